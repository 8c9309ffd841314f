//! Transcripts.

use model::{MediaTime, TimeRange, Transcript, Word};

use super::*;

fn transcript(model: &str, said: &str) -> Transcript {
    let range = TimeRange::new(MediaTime::from_millis(1_200), MediaTime::from_millis(1_800));
    let words = vec![Word { range, text: said.to_owned(), probability: 0.75 }];
    Transcript { language: "es".to_owned(), model: model.to_owned(), words }
}

fn key(material: &str, model: &str, language: Option<&str>) -> TranscriptKey {
    TranscriptKey {
        fingerprint: content(material),
        model: model.to_owned(),
        language: language.map(str::to_owned),
    }
}

#[test]
fn a_transcript_comes_back_by_material_weights_and_language() {
    let library = Library::in_memory().expect("a library");
    let said = transcript("tiny", "¿Bueno?");
    library.set_transcript(&key("a", "tiny", None), &said, Timestamp(1)).expect("kept");
    for (asked, expected) in [
        (key("a", "tiny", None), Some(said.clone())),
        (key("b", "tiny", None), None),
        (key("a", "base", None), None),
        (key("a", "tiny", Some("es")), None),
    ] {
        assert_eq!(library.transcript(&asked, Timestamp(2)).expect("readable"), expected, "{asked:?}");
    }
}

#[test]
fn the_one_asked_for_last_is_the_latest() {
    let library = Library::in_memory().expect("a library");
    let (tiny, base) = (transcript("tiny", "uno"), transcript("base", "dos"));
    library.set_transcript(&key("a", "tiny", None), &tiny, Timestamp(1)).expect("kept");
    library.set_transcript(&key("a", "base", None), &base, Timestamp(2)).expect("kept");
    assert_eq!(library.latest_transcript(&content("a")).expect("readable"), Some(base));
    library.transcript(&key("a", "tiny", None), Timestamp(3)).expect("readable");
    assert_eq!(
        library.latest_transcript(&content("a")).expect("readable"),
        Some(tiny),
        "it was asked for again"
    );
    let anew = transcript("base", "tres");
    library.set_transcript(&key("a", "base", None), &anew, Timestamp(4)).expect("kept");
    assert_eq!(
        library.latest_transcript(&content("a")).expect("readable"),
        Some(anew),
        "one takes the other's place"
    );
    assert_eq!(library.latest_transcript(&content("b")).expect("readable"), None);
}
