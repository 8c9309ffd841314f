//! Speech recognition: loading, languages, progress and cancelling with whisper.cpp's own small test files, which hold no
//! weights, and what is built on words with transcripts that were written down.

#![allow(clippy::panic, clippy::expect_used, reason = "a failed expectation stops the test where it stands")]

mod shared;
mod transcripts;

use model::{Cue, Evidence, MediaTime, Samples, TimeRange, Utterance};
use standout_perception::{
    SpeechModel, SpeechModelError, Transcriber, TranscriptionError, TranscriptionRequest, sentences,
    speech_languages, with_transcript,
};

const RATE: usize = Samples::RATE as usize;

fn file(name: &str) -> Option<Vec<u8>> {
    let folder = shared::folder("models/whisper")?;
    Some(std::fs::read(folder.join(name)).expect("the test weights are readable"))
}

fn model(name: &str) -> Option<SpeechModel> {
    let bytes = file(name)?;
    Some(
        SpeechModel::from_bytes("test", &bytes).unwrap_or_else(|error| panic!("{name} was refused: {error}")),
    )
}

fn seconds(value: f64) -> MediaTime {
    MediaTime::from_seconds(value).expect("a sensible number of seconds")
}

fn request<'a>(voiced: &'a [TimeRange], language: Option<&'a str>) -> TranscriptionRequest<'a> {
    TranscriptionRequest { voiced, duration: seconds(11.0), language }
}

#[test]
fn weights_for_one_and_for_many_languages_are_told_apart() {
    for (name, many) in [
        ("for-tests-ggml-tiny.bin", true),
        ("for-tests-ggml-base.bin", true),
        ("for-tests-ggml-tiny.en.bin", false),
    ] {
        let Some(model) = model(name) else { return };
        assert_eq!(
            model.is_multilingual(),
            many,
            "{name} knows {} language",
            if many { "many" } else { "one" }
        );
    }
}

#[test]
fn other_files_are_refused_with_their_reason() {
    let (Some(whole), Some(silero)) =
        (file("for-tests-ggml-tiny.bin"), file("for-tests-silero-v6.2.0-ggml.bin"))
    else {
        return;
    };
    let refused = |bytes: &[u8]| {
        SpeechModel::from_bytes("test", bytes).err().unwrap_or_else(|| panic!("it was taken for a model"))
    };
    for other in [&b""[..], b"RIFF....WAVE", &silero, &[0_u8; 4_096]] {
        assert!(
            matches!(refused(other), SpeechModelError::NotWhisper(_)),
            "{} bytes of another kind",
            other.len()
        );
    }
    for length in [8, 47, 60, 70_000, whole.len() / 2, whole.len() - 1] {
        let error = refused(&whole[..length]);
        assert!(matches!(error, SpeechModelError::Damaged(_)), "cut after {length} bytes it is {error:?}");
    }
    for length in (48..whole.len()).step_by(9_973) {
        assert!(
            matches!(refused(&whole[..length]), SpeechModelError::Damaged(_)),
            "cut after {length} bytes"
        );
    }
    let mut changed = whole;
    changed[20..24].copy_from_slice(&(-1_i32).to_le_bytes());
    assert!(matches!(refused(&changed), SpeechModelError::NotWhisper(_)), "its sizes cannot be");
    changed.extend_from_slice(&[1, 0, 0, 0, 255, 255, 255, 127, 1, 0, 0, 0]);
    changed[20..24].copy_from_slice(&4_i32.to_le_bytes());
    assert!(
        matches!(refused(&changed), SpeechModelError::Damaged(_)),
        "a tensor that is longer than the file"
    );
}

#[test]
fn languages_are_checked_before_anything_is_heard() {
    let (Some(many), Some(english)) = (model("for-tests-ggml-tiny.bin"), model("for-tests-ggml-tiny.en.bin"))
    else {
        return;
    };
    let begin = |model, language| Transcriber::new(model, request(&[], language)).err();
    for code in ["en", "zh", "es", "ja"] {
        assert!(speech_languages().contains(&code), "{code} can be asked for");
        assert!(begin(&many, Some(code)).is_none(), "{code} is understood");
    }
    for code in ["xx", "", "e\0n", "English"] {
        let error = begin(&many, Some(code));
        assert!(matches!(error, Some(TranscriptionError::UnknownLanguage(_))), "“{code}” is no language");
    }
    assert!(matches!(begin(&english, Some("es")), Some(TranscriptionError::EnglishOnly)));
    assert!(begin(&english, Some("en")).is_none() && begin(&english, None).is_none());
}

/// Runs weights that hear nothing over a recording.
#[test]
fn a_recording_runs_to_its_end_and_nothing_invented_gets_a_time_outside() {
    let (Some(model), Some(media)) = (model("for-tests-ggml-tiny.bin"), shared::folder("media")) else {
        return;
    };
    let samples = shared::samples(&media.join("speech/jfk.wav"));
    let voiced = [TimeRange::new(seconds(0.3), seconds(2.4)), TimeRange::new(seconds(3.2), seconds(10.8))];
    let mut transcriber =
        Transcriber::new(&model, request(&voiced, None)).expect("any language may be found out");
    for block in samples.chunks(RATE) {
        transcriber.samples(block, |_| true).expect("it runs");
    }
    assert_eq!(transcriber.progress(), 0.0, "it waits for more to find out the language");
    let mut asked = 0;
    let transcript = transcriber.finish(|share| {
        asked += 1;
        (0.0..=1.0).contains(&share)
    });
    let transcript = transcript.expect("it runs to its end");
    assert!(1 < asked, "it asks while it computes");
    assert!(speech_languages().contains(&transcript.language.as_str()), "a language was settled on");
    assert_eq!(transcript.model, "test", "the transcript says who heard it");
    let mut at = MediaTime::ZERO;
    for word in &transcript.words {
        assert!(at <= word.range.start && word.range.start <= word.range.end, "words are in order");
        at = word.range.end;
    }
    assert!(at <= seconds(11.0), "the last word ends inside");
}

#[test]
fn silence_is_not_listened_to() {
    let Some(model) = model("for-tests-ggml-tiny.bin") else { return };
    let mut transcriber = Transcriber::new(&model, request(&[], Some("en"))).expect("it begins");
    transcriber.samples(&vec![0.0; 10 * RATE], |_| panic!("the network runs on silence")).expect("it runs");
    let transcript = transcriber.finish(|_| panic!("the network runs on silence")).expect("it ends");
    assert!(transcript.words.is_empty());
}

#[test]
fn it_stops_when_it_is_told_to() {
    let Some(model) = model("for-tests-ggml-tiny.bin") else { return };
    let voiced = [TimeRange::new(seconds(0.0), seconds(10.0))];
    for language in [None, Some("en")] {
        let mut transcriber = Transcriber::new(&model, request(&voiced, language)).expect("it begins");
        let samples: Vec<f32> = (0..10 * RATE).map(|i| (i as f32 * 0.05).sin() * 0.3).collect();
        transcriber.samples(&samples, |_| true).expect("gathering only");
        let mut asked = 0;
        let stopped = transcriber.finish(|_| {
            asked += 1;
            false
        });
        assert!(matches!(stopped, Err(TranscriptionError::Cancelled)), "it was cancelled");
        assert_eq!(asked, 1, "it stops at the first no");
    }
}

/// The sentences that a transcript is divided into, as they are expected beside it.
#[test]
fn words_become_sentences_in_four_languages() {
    for name in ["en", "zh", "es", "ja"] {
        let (transcript, expected) = transcripts::read(name);
        let cues = sentences(&transcript);
        let texts: Vec<&str> = cues.iter().map(|cue| cue.text.as_str()).collect();
        assert_eq!(texts, expected, "sentences of {name}");
        for pair in cues.windows(2) {
            assert!(pair[0].range.end <= pair[1].range.start, "sentences of {name} follow one another");
        }
        for cue in &cues {
            assert!(cue.range.duration() <= seconds(7.5), "“{}” can be read at once", cue.text);
        }
    }
}

fn evidence(heard: &[(f64, f64)], cues: Vec<Cue>) -> Evidence {
    let utterances = heard
        .iter()
        .map(|(from, to)| Utterance { range: TimeRange::new(seconds(*from), seconds(*to)), text: None })
        .collect();
    Evidence {
        duration: seconds(60.0),
        signals: Default::default(),
        sound_events: Default::default(),
        cuts: Vec::new(),
        utterances,
        silences: Vec::new(),
        fades: Vec::new(),
        cues,
    }
}

#[test]
fn a_transcript_gives_utterances_their_texts_and_keeps_their_edges() {
    let (transcript, _) = transcripts::read("en");
    let first = transcript.words.first().expect("somebody speaks").range.start.as_seconds();
    let bare = evidence(&[(first - 0.1, first + 3.0)], Vec::new());
    let told = with_transcript(bare.clone(), &transcript);
    assert_eq!(told.utterances[0].range, bare.utterances[0].range, "what was heard keeps its edges");
    assert!(told.utterances[0].text.is_some(), "and has words now");
    assert_eq!(told.cues, sentences(&transcript), "choosing reads the sentences as it reads cues");
}

#[test]
fn a_subtitle_wins_over_a_transcript() {
    let (transcript, _) = transcripts::read("en");
    let cue =
        Cue { range: TimeRange::new(seconds(1.0), seconds(2.0)), text: "As it was written.".to_owned() };
    let subtitled = evidence(&[(1.0, 2.0)], vec![cue]);
    assert_eq!(with_transcript(subtitled.clone(), &transcript), subtitled);
}

#[test]
fn progress_grows_with_every_piece() {
    let Some(model) = model("for-tests-ggml-tiny.bin") else { return };
    let voiced = [TimeRange::new(seconds(0.0), seconds(20.0)), TimeRange::new(seconds(30.0), seconds(50.0))];
    let request = TranscriptionRequest { voiced: &voiced, duration: seconds(60.0), language: Some("en") };
    let mut transcriber = Transcriber::new(&model, request).expect("it begins");
    transcriber.samples(&vec![0.01; 60 * RATE], |_| true).expect("it runs");
    let first = transcriber.progress();
    assert!((0.4..0.6).contains(&first), "one of two equal pieces is done: {first}");
    let mut told = Vec::new();
    transcriber
        .finish(|share| {
            told.push(share);
            true
        })
        .expect("it runs to its end");
    assert!(told.iter().all(|share| *share == first), "the second piece began where the first ended");
}
