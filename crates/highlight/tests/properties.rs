//! What holds for every choice, whatever the evidence.

use std::collections::BTreeMap;

use model::job::Strategy;
use model::{Evidence, MediaTime, Series, Signal, SoundEvent, TimeRange, Utterance};
use proptest::prelude::{Just, ProptestConfig, prop, prop_assert, prop_assert_eq, prop_compose, proptest};
use proptest::strategy::Strategy as _;
use standout_highlight::{Constraints, Interest, choose, choose_around, interest, length_band};

/// Alternating stretches of speech and pause, in milliseconds.
fn utterances(seconds: i64) -> impl proptest::strategy::Strategy<Value = Vec<Utterance>> {
    prop::collection::vec((300_i64..9_000, 100_i64..4_000), 0..(seconds as usize / 4 + 1)).prop_map(
        move |parts| {
            let mut start = 0;
            let mut found = Vec::new();
            for (speech, pause) in parts {
                let range = range(start, (start + speech).min(seconds * 1_000));
                start += speech + pause;
                if !range.is_empty() {
                    found.push(Utterance { range, text: None });
                }
            }
            found
        },
    )
}

fn range(from: i64, to: i64) -> TimeRange {
    TimeRange::new(MediaTime::from_millis(from), MediaTime::from_millis(to))
}

prop_compose! {
    fn evidence()(seconds in 0_i64..240)(
        loudness in prop::collection::vec(-80.0_f32..0.0, (seconds * 10) as usize),
        motion in prop::collection::vec(0.0_f32..40.0, (seconds * 10) as usize),
        cuts in prop::collection::btree_set(1_i64..seconds.max(1) * 1_000 + 1, 0..20),
        utterances in utterances(seconds),
        seconds in Just(seconds),
        words in prop::option::of(prop::collection::vec(0.0_f32..1.0, (seconds * 10) as usize)),
        laughter in prop::option::of(prop::collection::vec(0.0_f32..1.0, (seconds * 2) as usize)),
    ) -> Evidence {
        let mut signals = BTreeMap::from([
            (Signal::Fullness, Series::new(Evidence::HOP, loudness.clone())),
            (Signal::Loudness, Series::new(Evidence::HOP, loudness)),
            (Signal::Motion, Series::new(Evidence::HOP, motion)),
        ]);
        signals.extend(words.map(|values| (Signal::Words, Series::new(Evidence::HOP, values))));
        let laughter = laughter.map(|values| (SoundEvent::Laughter, Series::new(MediaTime::from_millis(480), values)));
        Evidence {
            duration: MediaTime::from_whole_seconds(seconds),
            signals,
            sound_events: laughter.into_iter().collect(),
            cuts: cuts.into_iter().filter(|cut| *cut < seconds * 1_000).map(MediaTime::from_millis).collect(),
            fades: Vec::new(),
            cues: Vec::new(),
            utterances,
            silences: Vec::new(),
        }
    }
}

fn asked(count: u32, seconds: i64) -> Strategy {
    Strategy { count, clip_duration: MediaTime::from_whole_seconds(seconds), ..Strategy::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn highlights_are_sorted_apart_inside_and_of_the_asked_length(
        evidence in evidence(), count in 1_u32..=10, seconds in 3_i64..=60,
    ) {
        let strategy = asked(count, seconds);
        let highlights = choose(&evidence, &strategy).highlights;
        let (shortest, longest) = length_band(strategy.clip_duration);
        prop_assert!(highlights.len() <= count as usize, "no more than were asked for");
        for highlight in &highlights {
            let (range, length) = (highlight.range, highlight.range.duration());
            prop_assert!(range.start >= MediaTime::ZERO && range.end <= evidence.duration, "{range} leaves the material");
            let is_whole = evidence.duration < shortest && length == evidence.duration;
            prop_assert!(is_whole || (shortest <= length && length <= longest), "{range} has a wrong length");
            prop_assert!((0.0..=1.0).contains(&highlight.score), "a score is a share");
            prop_assert!(highlight.reasons.len() <= 3, "three reasons are enough");
            for reason in &highlight.reasons {
                prop_assert!(range.contains(reason.at), "a reason lies in its range");
                prop_assert!((0.0..=1.0).contains(&reason.strength), "a strength is a share");
            }
        }
        for pair in highlights.windows(2) {
            prop_assert!(pair[0].range.end <= pair[1].range.start, "highlights are in order and apart");
        }
    }

    #[test]
    fn the_same_evidence_gives_the_same_choice(evidence in evidence(), count in 1_u32..=10) {
        prop_assert_eq!(choose(&evidence, &asked(count, 15)), choose(&evidence, &asked(count, 15)));
    }

    #[test]
    fn no_edge_lies_in_speech_where_pauses_leave_room(evidence in evidence(), count in 1_u32..=5) {
        let strategy = asked(count, 15);
        // Pauses of half a second at least every other second leave room wherever a clip fits.
        let mut spaced = evidence;
        for utterance in &mut spaced.utterances {
            utterance.range.end = utterance.range.end.min(utterance.range.start + MediaTime::from_millis(1_500));
        }
        spaced.utterances.retain(|utterance| utterance.range.start.as_micros() % 2 == 0);
        for highlight in choose(&spaced, &strategy).highlights {
            for edge in [highlight.range.start, highlight.range.end] {
                let inside = spaced.utterances.iter().any(|u| u.range.start < edge && edge < u.range.end);
                prop_assert!(!inside, "{edge} lies inside an utterance");
            }
        }
    }

    #[test]
    fn kept_ranges_are_counted_and_left_alone(
        evidence in evidence(), count in 1_u32..=10, kept in prop::collection::vec((0_i64..200_000, 1_000_i64..20_000), 0..4),
    ) {
        let kept: Vec<TimeRange> = kept.into_iter().map(|(from, length)| range(from, from + length)).collect();
        let constraints = Constraints { kept: kept.clone(), dropped: Vec::new() };
        let highlights = choose_around(&evidence, &asked(count, 15), &constraints).highlights;
        prop_assert!(highlights.len() + kept.len() <= (count as usize).max(kept.len()), "kept ranges count");
        for highlight in highlights {
            prop_assert!(!kept.iter().any(|kept| kept.overlaps(highlight.range)), "{} is taken", highlight.range);
        }
    }

    #[test]
    fn interest_is_a_share_for_every_hop(evidence in evidence()) {
        let Interest { curve, parts } = interest(&evidence);
        prop_assert_eq!(curve.values().len() as i64, evidence.duration.as_micros() / Evidence::HOP.as_micros());
        prop_assert!(curve.values().iter().all(|value| (0.0..=1.0).contains(value)));
        for (hop, value) in curve.values().iter().enumerate() {
            let sum: f32 = parts.iter().map(|(_, part)| part.values()[hop]).sum();
            prop_assert!((sum - value).abs() < 1e-4, "the parts are the whole: {sum} of {value} at {hop}");
        }
    }
}
