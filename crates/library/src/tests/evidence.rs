//! The cache of what was perceived.

use std::collections::BTreeMap;

use model::{Cue, Evidence, Fade, MediaTime, Series, Signal, SoundEvent, TimeRange, Utterance};

use super::*;

fn evidence(loudness: f32) -> Evidence {
    let range = TimeRange::new(MediaTime::from_millis(100), MediaTime::from_millis(900));
    Evidence {
        duration: MediaTime::from_micros(1_234_567),
        signals: BTreeMap::from([
            (Signal::Loudness, Series::new(Evidence::HOP, vec![loudness, f32::NEG_INFINITY, -0.0])),
            (Signal::CutRate, Series::new(Evidence::HOP, Vec::new())),
        ]),
        sound_events: BTreeMap::from([(
            SoundEvent::Laughter,
            Series::new(MediaTime::from_millis(480), vec![0.0, 0.5]),
        )]),
        cuts: vec![MediaTime::from_millis(500)],
        fades: vec![Fade {
            range: TimeRange::new(MediaTime::from_millis(300), MediaTime::from_millis(700)),
            blank: TimeRange::new(MediaTime::from_millis(450), MediaTime::from_millis(500)),
        }],
        utterances: vec![Utterance { range, text: None }],
        silences: vec![range],
        cues: vec![Cue { range, text: "[laughter]\n“Ça va?”".to_owned() }],
    }
}

fn key(detectors: &str, subtitles: Option<&str>) -> EvidenceKey {
    EvidenceKey {
        fingerprint: content("a"),
        detectors: detectors.to_owned(),
        subtitles: subtitles.map(content),
    }
}

#[test]
fn evidence_comes_back_as_it_was() {
    let library = Library::in_memory().expect("a library");
    library.set_evidence(&key("1", None), &evidence(-23.5)).expect("kept");
    assert_eq!(library.evidence(&key("1", None)).expect("readable"), Some(evidence(-23.5)));
}

#[test]
fn evidence_depends_on_content_detectors_and_subtitle() {
    let library = Library::in_memory().expect("a library");
    library.set_evidence(&key("1", Some("s")), &evidence(-1.0)).expect("kept");
    let other = EvidenceKey { fingerprint: content("b"), ..key("1", Some("s")) };
    for absent in [key("2", Some("s")), key("1", None), key("1", Some("t")), other] {
        assert_eq!(library.evidence(&absent).expect("readable"), None, "{absent:?}");
    }
    let detectors = |asked: &EvidenceKey| library.evidence_detectors(asked).expect("readable");
    assert_eq!(detectors(&key("2", Some("s"))), ["1"], "other detectors are told, whichever are asked for");
    assert!(detectors(&key("1", None)).is_empty(), "those of another subtitle are not");
}

#[test]
fn evidence_is_replaced_and_that_of_other_detectors_thrown_away() {
    let library = Library::in_memory().expect("a library");
    for (detectors, subtitles, loudness) in
        [("1", None, -1.0), ("1", Some("s"), -2.0), ("1", None, -3.0), ("2", None, -4.0)]
    {
        library.set_evidence(&key(detectors, subtitles), &evidence(loudness)).expect("kept");
        let found = library.evidence(&key(detectors, subtitles)).expect("readable");
        assert_eq!(found, Some(evidence(loudness)));
    }
    let rows = |table: &str| -> u32 {
        let count = format!("SELECT count(*) FROM {table}");
        library.connection().query_row(&count, [], |row| row.get(0)).expect("a number")
    };
    assert_eq!((rows("evidence"), rows("evidence_signal")), (1, 3), "nothing of the first version is left");
}

#[test]
fn a_damaged_entry_counts_as_absent_and_is_thrown_away() {
    for damage in [
        "UPDATE evidence_signal SET samples = x'00112233'",
        "UPDATE evidence_signal SET samples = x'0011', count = 0",
        "UPDATE evidence_signal SET signal = 'other' WHERE signal = 'loudness'",
        "UPDATE evidence SET outline = '{'",
    ] {
        let library = Library::in_memory().expect("a library");
        library.set_evidence(&key("1", None), &evidence(-1.0)).expect("kept");
        library.connection().execute_batch(damage).expect("damaged");
        assert_eq!(library.evidence(&key("1", None)).expect("readable"), None, "{damage}");
        let left: u32 = library
            .connection()
            .query_row("SELECT count(*) FROM evidence", [], |row| row.get(0))
            .expect("a number");
        assert_eq!(left, 0, "{damage}");
    }
}

#[test]
fn a_waveform_of_another_form_counts_as_absent() {
    let library = Library::in_memory().expect("a library");
    library.set_peaks(&content("a"), "1", &[1, 2]).expect("kept");
    assert_eq!(library.peaks(&content("a"), "1").expect("readable"), Some(vec![1, 2]));
    assert_eq!(library.peaks(&content("a"), "2").expect("readable"), None);
    library.set_peaks(&content("a"), "2", &[3]).expect("kept");
    assert_eq!(library.peaks(&content("a"), "2").expect("readable"), Some(vec![3]));
}
