//! How long the evidence of the longest job, two hours, takes to be kept and found again.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark reports to a terminal and stops when it cannot go on"
)]

use std::time::{Duration, Instant};

use model::{Cue, Evidence, Fingerprint, MediaTime, Series, Signal, SoundEvent, TimeRange, Utterance};
use standout_library::{EvidenceKey, Library};

/// A window that opens a project must not be seen to wait.
const LIMIT: Duration = Duration::from_millis(30);

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let library = Library::open(&folder.path().join("library.db")).expect("a new library");
    let key =
        EvidenceKey { fingerprint: Fingerprint("a".to_owned()), detectors: "1".to_owned(), subtitles: None };
    let evidence = two_hours();

    let begin = Instant::now();
    library.set_evidence(&key, &evidence).expect("evidence is kept");
    println!("keeping two hours of evidence: {:?}", begin.elapsed());

    let mut fastest = Duration::MAX;
    for _ in 0..20 {
        let begin = Instant::now();
        let found = library.evidence(&key).expect("the library can be read");
        fastest = fastest.min(begin.elapsed());
        assert_eq!(found.as_ref(), Some(&evidence), "evidence comes back as it was");
    }
    println!("finding it again: {fastest:?} (limit {LIMIT:?})");
    assert!(fastest < LIMIT, "the evidence of two hours takes too long to load");
}

/// What two hours of talk may give: 10 values a second, a cut and a sentence every four seconds.
fn two_hours() -> Evidence {
    let seconds = 7_200;
    let range = |start: i64, length: i64| {
        TimeRange::new(MediaTime::from_millis(start), MediaTime::from_millis(start + length))
    };
    let values: Vec<f32> = (0..seconds * 10).map(|value| (value as f32 * 0.37).sin()).collect();
    let every_four = || (0..seconds / 4).map(|number| number * 4_000);
    let text = "A sentence of about the usual length, as people speak it.".to_owned();
    let heard = Series::new(MediaTime::from_millis(480), values[..seconds as usize * 100 / 48].to_vec());
    Evidence {
        duration: MediaTime::from_whole_seconds(seconds),
        signals: Signal::ALL
            .into_iter()
            .map(|signal| (signal, Series::new(Evidence::HOP, values.clone())))
            .collect(),
        sound_events: SoundEvent::ALL.into_iter().map(|event| (event, heard.clone())).collect(),
        cuts: every_four().map(MediaTime::from_millis).collect(),
        fades: Vec::new(),
        utterances: every_four()
            .map(|at| Utterance { range: range(at, 3_500), text: Some(text.clone()) })
            .collect(),
        silences: every_four().map(|at| range(at + 3_500, 500)).collect(),
        cues: every_four().map(|at| Cue { range: range(at, 3_500), text: text.clone() }).collect(),
    }
}
