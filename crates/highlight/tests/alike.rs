//! More like this, and better places for the ends of a range, on strips of evidence.

use std::collections::BTreeMap;

use model::job::Strategy;
use model::{Evidence, MediaTime, Series, Signal, TimeRange, Utterance};
use standout_highlight::{Constraints, Example, LEAST_LIKENESS, SNAPPING_REACH, Sights, alike, snapped};

fn seconds(start: i64, end: i64) -> TimeRange {
    TimeRange::new(MediaTime::from_whole_seconds(start), MediaTime::from_whole_seconds(end))
}

/// A strip of one character a second: `M` moves, `L` is loud, `.` is quiet and still.
fn evidence(strip: &str) -> Evidence {
    let series = |loud: fn(char) -> f32| {
        let values = strip.chars().flat_map(|character| [loud(character); 10]).collect();
        Series::new(Evidence::HOP, values)
    };
    // Sound without onsets would be a hum, in which nothing happens.
    let signals = BTreeMap::from([
        (Signal::Loudness, series(|it| if it == 'L' { -12.0 } else { -32.0 })),
        (Signal::Fullness, series(|it| if it == 'L' { -14.0 } else { -40.0 })),
        (Signal::Onset, series(|_| 1.0)),
        (Signal::Motion, series(|it| if it == 'M' { 30.0 } else { 1.0 })),
    ]);
    Evidence {
        duration: MediaTime::from_whole_seconds(strip.len() as i64),
        signals,
        sound_events: BTreeMap::new(),
        cuts: Vec::new(),
        fades: Vec::new(),
        utterances: Vec::new(),
        silences: Vec::new(),
        cues: Vec::new(),
    }
}

const STRIP: &str = concat!(
    "....................MMMMMM....................LLLLLL....................MMMMMM....................",
    "LLLLLL....................MMMMMM...................."
);

fn like(range: TimeRange) -> Vec<(TimeRange, f32, Vec<Signal>)> {
    let evidence = evidence(STRIP);
    let constraints = Constraints { kept: vec![range], dropped: Vec::new() };
    let found = alike(
        &Example::new(&evidence, range),
        &evidence,
        &Sights::default(),
        &Strategy::default(),
        &constraints,
        5,
    );
    let told = found.into_iter().map(|it| {
        let signals = it.highlight.reasons.iter().map(|reason| reason.signal).collect();
        (it.highlight.range, it.likeness, signals)
    });
    told.collect()
}

#[test]
fn what_moves_is_like_what_moves_and_what_is_loud_like_what_is_loud() {
    for (range, others, signal) in [
        (seconds(18, 28), [seconds(72, 78), seconds(124, 130)].to_vec(), Signal::Motion),
        (seconds(44, 54), [seconds(98, 104)].to_vec(), Signal::Loudness),
    ] {
        let found = like(range);
        for other in &others {
            assert!(found.iter().any(|(at, ..)| at.overlaps(*other)), "{other} is like {range}: {found:?}");
        }
        for (at, likeness, signals) in found.iter().take(others.len()) {
            assert!(others.iter().any(|other| other.overlaps(*at)), "{at} is not like {range}: {found:?}");
            assert!((LEAST_LIKENESS..=1.0).contains(likeness), "{at} is alike by {likeness}");
            assert!(signals.contains(&signal), "{at} says what it shares: {signals:?}");
        }
    }
}

#[test]
fn the_same_question_gets_the_same_answer_and_never_the_range_itself() {
    let range = seconds(18, 28);
    assert_eq!(like(range), like(range));
    assert!(like(range).iter().all(|(at, ..)| !at.overlaps(range)), "a range is not offered beside itself");
}

#[test]
fn nothing_is_like_a_moment_in_which_nothing_happens() {
    assert_eq!(like(seconds(2, 12)), []);
}

#[test]
fn the_ends_of_a_range_come_to_cuts_and_pauses_near_them() {
    let at = |millis| MediaTime::from_millis(millis);
    let said = |start, end| Utterance { range: TimeRange::new(at(start), at(end)), text: None };
    let evidence = Evidence {
        cuts: vec![at(30_000)],
        utterances: vec![said(5_000, 10_000), said(12_000, 20_000), said(31_000, 50_000)],
        ..evidence(STRIP)
    };
    let range = TimeRange::new(at(12_300), at(29_500));
    let better = snapped(&evidence, range);
    assert!(
        (10_000..12_000).contains(&(better.start.as_micros() / 1_000)),
        "it begins before the sentence: {better}"
    );
    assert_eq!(better.end, at(30_000), "it ends at the cut");
    let inside = TimeRange::new(at(35_000), at(45_000));
    assert_eq!(snapped(&evidence, inside), inside, "no good place is within {SNAPPING_REACH}");
    assert_eq!(snapped(&evidence, better), better, "what was snapped stays");
}
