//! What sound events do to a choice: what wins, why, under which names, and what is shown only once.

use std::collections::BTreeMap;

use model::job::Strategy;
use model::{Evidence, MediaTime, Series, Signal, SoundEvent, TimeRange, Utterance};
use standout_highlight::{Cause, Constraints, choose, choose_around};

const HOP: MediaTime = MediaTime::from_millis(480);

fn seconds(value: f64) -> MediaTime {
    MediaTime::from_micros((value * 1e6) as i64)
}

fn range(from: f64, to: f64) -> TimeRange {
    TimeRange::new(seconds(from), seconds(to))
}

/// A number from 0 to 1 that looks like chance, the same for the same place.
fn chance(place: u64) -> f32 {
    let mixed = (place ^ (place >> 7)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) as f32 / (1_u64 << 24) as f32
}

/// Talk of uneven loudness without an end, in sentences of two seconds, whose course never comes again.
fn talk(length: usize) -> Evidence {
    talk_that(length, |hop| hop)
}

/// The same; what is heard at a hop is what `source` says.
fn talk_that(length: usize, source: impl Fn(usize) -> usize) -> Evidence {
    let series = |seed: u64, low: f32, high: f32| {
        let values = (0..length * 10).map(|hop| {
            let at = source(hop) as u64;
            low + (high - low) * (chance(seed + at / 7) + chance(seed + at / 3)) / 2.0
        });
        Series::new(Evidence::HOP, values.collect())
    };
    let signals = BTreeMap::from([
        (Signal::Loudness, series(1 << 20, -26.0, -20.0)),
        (Signal::Fullness, series(1 << 21, -40.0, -38.0)),
        (Signal::Onset, series(1 << 22, 0.3, 0.8)),
        (Signal::Motion, series(1 << 23, 0.5, 0.9)),
    ]);
    let said = (0..length / 2).map(|at| {
        let start = 2.0 * at as f64;
        Utterance { range: range(start, start + 1.6), text: None }
    });
    Evidence {
        duration: seconds(length as f64),
        signals,
        sound_events: BTreeMap::new(),
        cuts: Vec::new(),
        utterances: said.collect(),
        silences: Vec::new(),
        fades: Vec::new(),
        cues: Vec::new(),
    }
}

/// With an event that is as certain as given within these times.
fn with(mut evidence: Evidence, event: SoundEvent, certainty: f32, times: &[TimeRange]) -> Evidence {
    let count = (evidence.duration.as_micros() / HOP.as_micros()) as usize;
    let value = |i: usize| {
        let at = HOP.scaled(i as f64 + 0.5);
        if times.iter().any(|time| time.contains(at)) { certainty } else { 0.0 }
    };
    evidence.sound_events.insert(event, Series::new(HOP, (0..count).map(value).collect()));
    evidence
}

fn asked(count: u32, actions: &[&str]) -> Strategy {
    Strategy {
        count,
        clip_duration: MediaTime::from_whole_seconds(15),
        enable_action_recognition: true,
        custom_actions: actions.iter().map(|action| (*action).to_owned()).collect(),
        ..Strategy::default()
    }
}

#[test]
fn a_laugh_wins_and_is_the_reason() {
    let evidence = with(talk(300), SoundEvent::Laughter, 0.3, &[range(150.0, 154.0)]);
    let found = choose(&evidence, &asked(1, &[])).highlights;
    let laugh = found.first().expect("the laugh is found");
    let reason = laugh.reasons.first().expect("it has a reason");
    assert_eq!(
        reason.event,
        Some(SoundEvent::Laughter),
        "the laugh is the first reason: {:?}",
        laugh.reasons
    );
    assert_eq!(reason.strength, 1.0, "no other laugh is stronger");
    assert!(range(149.0, 155.0).contains(reason.at), "the laugh is at its time, not at {}", reason.at);
    let (lead, rest) = (seconds(150.0) - laugh.range.start, laugh.range.end - seconds(154.0));
    assert!(lead > seconds(5.0), "what is laughed at comes first: {}", laugh.range);
    assert!(rest > seconds(0.4), "the laugh may land: {}", laugh.range);
}

#[test]
fn a_scream_comes_early_in_its_clip_and_a_laugh_late() {
    let place = |event| {
        let evidence = with(talk(300), event, 0.6, &[range(150.0, 153.0)]);
        let found = choose(&evidence, &asked(1, &[])).highlights;
        seconds(150.0) - found.first().expect("the event is found").range.start
    };
    let (scream, laugh) = (place(SoundEvent::Screaming), place(SoundEvent::Laughter));
    assert!(scream + seconds(2.0) < laugh, "a scream after {scream} s, a laugh after {laugh} s");
}

#[test]
fn music_speech_and_what_never_stops_do_not_win() {
    let everywhere = [range(0.0, 300.0)];
    for (event, times) in [
        (SoundEvent::Music, &[range(150.0, 158.0)][..]),
        (SoundEvent::Speech, &[range(150.0, 158.0)]),
        (SoundEvent::Cheering, &everywhere),
    ] {
        let evidence = with(talk(300), event, 0.95, times);
        let found = choose(&evidence, &asked(1, &[])).highlights;
        let named = found.iter().flat_map(|found| &found.reasons).filter_map(|reason| reason.event);
        assert_eq!(named.collect::<Vec<_>>(), [], "{event:?} is no reason");
    }
}

#[test]
fn tags_have_the_editors_names_in_any_language() {
    let sobbing = with(talk(120), SoundEvent::Crying, 0.9, &[range(60.0, 64.0)]);
    let evidence = with(sobbing, SoundEvent::Gunshot, 0.8, &[range(66.0, 68.0)]);
    for (actions, expected) in [
        (&[][..], ["Crying", "Gunshot"]),
        (&["哭"], ["哭", "Gunshot"]),
        (&["SOB"], ["SOB", "Gunshot"]),
        (&["llora", "disparo"], ["llora", "disparo"]),
        (&["泣く"], ["泣く", "Gunshot"]),
    ] {
        let found = choose(&evidence, &asked(1, actions)).highlights;
        let mut names: Vec<_> = found[0].tags.iter().map(|tag| tag.name.as_str()).collect();
        names.sort_by_key(|name| expected.iter().position(|known| known == name));
        assert_eq!(names, expected, "the tags when {actions:?} is asked for");
        for tag in &found[0].tags {
            assert!(found[0].range.overlaps(tag.range), "{tag:?} happens in {}", found[0].range);
            assert!((0.5..=1.0).contains(&tag.confidence), "{tag:?} is more likely than not");
        }
    }
    let silent = Strategy { enable_action_recognition: false, ..asked(1, &["哭"]) };
    let choice = choose(&evidence, &silent);
    assert!(choice.highlights[0].tags.is_empty() && choice.unrecognised.is_empty(), "nobody asked for tags");
}

#[test]
fn what_nothing_can_recognise_is_told_by_name_with_its_cause() {
    let told = |evidence: &Evidence| -> Vec<(String, Cause)> {
        let choice = choose(evidence, &asked(1, &["cry", "kiss", "xyzzy"]));
        choice.unrecognised.into_iter().map(|action| (action.name, action.cause)).collect()
    };
    let named = |name: &str, cause| (name.to_owned(), cause);
    let pictures = named("kiss", Cause::NeedsPictureModel);
    let unknown = named("xyzzy", Cause::Unknown);
    let without = talk(120);
    let sound = named("cry", Cause::NeedsSoundModel);
    assert_eq!(told(&without), [sound, pictures.clone(), unknown.clone()]);
    let evidence = with(without, SoundEvent::Speech, 0.9, &[range(0.0, 120.0)]);
    assert_eq!(told(&evidence), [pictures, unknown], "with the model of sounds, no crying is an answer");
}

#[test]
fn what_is_played_again_is_shown_once() {
    // A film of two minutes in a loop, three times over and a little; two laughs in it.
    const LOOP: usize = 1_203;
    let film = talk_that(380, |hop| hop % LOOP);
    let again = |at: f64| [0, 1, 2].map(|round| 120.3 * f64::from(round) + at);
    let laughs: Vec<TimeRange> =
        again(40.0).into_iter().chain(again(90.0)).map(|at| range(at, at + 4.0)).collect();
    let evidence = with(film, SoundEvent::Laughter, 0.4, &laughs);
    let found = choose(&evidence, &asked(6, &[])).highlights;
    let with_laugh = found.iter().filter(|found| laughs.iter().any(|laugh| laugh.overlaps(found.range)));
    assert_eq!(with_laugh.count(), 2, "each laugh of the film once: {found:?}");

    // The same laughs in talk that never comes again are six different ones.
    let evidence = with(talk(380), SoundEvent::Laughter, 0.4, &laughs);
    let found = choose(&evidence, &asked(6, &[])).highlights;
    assert_eq!(found.len(), 6, "different moments are all shown");
}

#[test]
fn what_the_editor_kept_is_not_shown_again() {
    let film = talk_that(250, |hop| hop % 1_203);
    let laughs = [range(40.0, 44.0), range(160.3, 164.3)];
    let evidence = with(film, SoundEvent::Laughter, 0.4, &laughs);
    let kept = Constraints { kept: vec![range(33.0, 46.0)], dropped: Vec::new() };
    let found = choose_around(&evidence, &asked(3, &[]), &kept).highlights;
    assert!(
        !found.iter().any(|found| found.range.overlaps(laughs[1])),
        "the laugh that was kept does not come a second time: {found:?}"
    );
}

#[test]
fn scores_compare_the_highlights_of_different_videos() {
    let score = |certainty: f32, length: f64| {
        let evidence = with(talk(300), SoundEvent::Laughter, certainty, &[range(150.0, 150.0 + length)]);
        choose(&evidence, &asked(1, &[])).highlights.first().map_or(0.0, |found| found.score)
    };
    let (weak, strong) = (score(0.05, 1.5), score(0.9, 6.0));
    assert!(
        weak < 0.8 * strong,
        "a chuckle of one video ({weak}) scores less than a roar of another ({strong})"
    );
}
