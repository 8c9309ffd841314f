//! Cases as strips: one character is one second of a material. What is loud and full, what moves, what is said:
//!
//! sound `.` calm talk with gaps, `#` unbroken loud sound, `-` silence;
//! picture `.` calm, `!` action; words `.` none, `w` dull, `S` strong.

use std::collections::BTreeMap;

use model::job::Strategy;
use model::{Evidence, MediaTime, Series, Signal, TimeRange, Utterance};
use standout_highlight::{Choice, Constraints, Notice, choose, choose_around, length_band};

fn seconds(value: usize) -> MediaTime {
    MediaTime::from_whole_seconds(value as i64)
}

fn range(from: usize, to: usize) -> TimeRange {
    TimeRange::new(seconds(from), seconds(to))
}

/// The unevenness of real signals, 0 to 1: never the same course twice.
fn ripple(i: usize) -> f32 {
    let mixed = (i as u64 / 2).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) as f32 / (1_u64 << 24) as f32
}

/// Ten hops a second.
fn series(strip: &str, level: impl Fn(char, usize) -> f32) -> Series {
    let hops = strip.chars().flat_map(|c| std::iter::repeat_n(c, 10)).enumerate();
    Series::new(Evidence::HOP, hops.map(|(i, c)| level(c, i)).collect())
}

fn material(sound: &str, picture: &str, words: &str) -> Evidence {
    assert!([picture, words].iter().all(|strip| strip.len() == sound.len()), "strips are of one length");
    // Talk: nine tenths of a second of voice, then a gap.
    let gap = |i: usize| i % 20 >= 17;
    let signals = BTreeMap::from([
        (
            Signal::Loudness,
            series(sound, |c, i| match c {
                '#' => -14.0 - ripple(i),
                '-' => -60.0,
                _ if gap(i) => -45.0,
                _ => -21.0,
            }),
        ),
        (
            Signal::Fullness,
            series(sound, |c, i| match c {
                '#' => -20.0,
                '-' => -60.0,
                _ => -38.0 + ripple(i) * 1.8,
            }),
        ),
        (Signal::Onset, series(sound, |c, i| if c == '-' { 0.05 } else { 0.4 + ripple(i) * 0.4 })),
        (Signal::Motion, series(picture, |c, i| if c == '!' { 9.0 } else { 0.6 } + ripple(i) * 0.2)),
    ]);
    let talks = sound.char_indices().filter(|(_, c)| *c == '.').map(|(at, _)| at);
    let utterances = talks.filter(|at| at % 2 == 0).map(|at| {
        let start = seconds(at);
        Utterance { range: TimeRange::new(start, start + MediaTime::from_millis(1_700)), text: None }
    });
    let mut signals = signals;
    if words.contains(['w', 'S']) {
        let telling = |c, _| match c {
            'S' => 0.8,
            'w' => 0.2,
            _ => 0.0,
        };
        signals.insert(Signal::Words, series(words, telling));
    }
    Evidence {
        duration: seconds(sound.len()),
        signals,
        sound_events: BTreeMap::new(),
        cuts: Vec::new(),
        fades: Vec::new(),
        utterances: utterances.collect(),
        silences: Vec::new(),
        cues: Vec::new(),
    }
}

fn asked(count: u32, clip: usize) -> Strategy {
    Strategy { count, clip_duration: seconds(clip), ..Strategy::default() }
}

/// Asks for as many clips as there are events, each of which must be held by one highlight, in order.
#[track_caller]
fn check(evidence: &Evidence, clip: usize, events: &[(usize, usize)]) {
    let choice = choose(evidence, &asked(events.len() as u32, clip));
    let found: Vec<String> = choice.highlights.iter().map(|h| h.range.to_string()).collect();
    assert_eq!(found.len(), events.len(), "as many highlights as events: {found:?}");
    for (highlight, (from, to)) in choice.highlights.iter().zip(events) {
        let event = range(*from, *to);
        let shared = highlight.range.intersection(event).map_or(MediaTime::ZERO, TimeRange::duration);
        let least = event.duration().scaled(0.75);
        assert!(shared >= least, "the event {event} is held by a highlight, not by {found:?}");
    }
}

const CALM: &str = "............................................................";

#[test]
fn of_two_equal_events_the_one_with_a_face_close_by_is_shown() {
    let sound = format!("{}#####{}#####{}", &CALM[..40], &CALM[..41], &CALM[..39]);
    let still = ".".repeat(130);
    for (close, event) in [(42, (40, 45)), (88, (86, 91))] {
        let mut evidence = material(&sound, &still, &still);
        let near = |second: usize| if second.abs_diff(close) <= 3 { 0.6 } else { 0.15 };
        let faces = Series::new(Evidence::HOP, (0..1_300).map(|hop| near(hop / 10)).collect());
        evidence.signals.insert(Signal::Faces, faces);
        check(&evidence, 12, &[event]);
    }
}

#[test]
fn a_face_close_by_is_no_event_alone() {
    let mut evidence = material(CALM, CALM, CALM);
    let near = |hop: usize| if (300..360).contains(&hop) { 0.6 } else { 0.15 };
    let loudest = choose(&evidence, &asked(1, 12));
    evidence.signals.insert(Signal::Faces, Series::new(Evidence::HOP, (0..600).map(near).collect()));
    let with_face = choose(&evidence, &asked(1, 12));
    let score = |choice: &Choice| choice.highlights.first().map_or(0.0, |highlight| highlight.score);
    assert!(score(&with_face) - score(&loudest) < 0.1, "it tips the scales, and no more");
}

#[test]
fn a_burst_of_laughter_is_found_with_what_leads_to_it() {
    let sound = format!("{}#####{}", &CALM[..40], &CALM[..35]);
    let evidence = material(&sound, &".".repeat(80), &".".repeat(80));
    check(&evidence, 12, &[(40, 45)]);
    let range = choose(&evidence, &asked(1, 12)).highlights[0].range;
    assert!(
        seconds(40) - range.start > range.end - seconds(45),
        "the lead-in is longer than the aftermath: {range}"
    );
}

#[test]
fn a_silent_action_is_not_averaged_away() {
    let sound = format!("{}{}{}", &CALM[..30], "-".repeat(30), &CALM[..30]);
    let picture = format!("{}{}{}", ".".repeat(42), "!".repeat(12), ".".repeat(36));
    check(&material(&sound, &picture, &".".repeat(90)), 12, &[(42, 54)]);
}

#[test]
fn strong_words_are_found_though_nothing_is_loud_or_moves() {
    let words = format!("{}{}{}", "w.".repeat(25), "SSSSSSSSSS", "w.".repeat(20));
    check(&material(&".".repeat(100), &".".repeat(100), &words), 10, &[(50, 60)]);
}

#[test]
fn a_long_loud_bed_loses_against_a_short_burst() {
    let sound = format!("{}{}{}#####{}", &CALM[..40], "#".repeat(45), &CALM[..40], &CALM[..30]);
    let still = ".".repeat(sound.len());
    check(&material(&sound, &still, &still), 12, &[(125, 130)]);
}

/// A film of ten scenes with a burst of laughter and music under its last 40 seconds, all of one shot.
fn film_with_credits() -> Evidence {
    let sound = format!("{}#####{}{}", &CALM[..40], &CALM[..55], "#".repeat(10) + &"-#####----".repeat(3));
    let picture = format!("{}{}", ".".repeat(100), "!".repeat(40));
    let mut evidence = material(&sound, &picture, &".".repeat(140));
    evidence.cuts = (1..=25).map(|shot| seconds(shot * 4)).collect();
    evidence
}

#[test]
fn closing_credits_are_no_highlight_however_loud_and_restless() {
    let credits = range(100, 140);
    let shown = |evidence: &Evidence| {
        let highlights = choose(evidence, &asked(3, 10)).highlights;
        highlights.iter().any(|highlight| highlight.range.overlaps(credits))
    };
    let evidence = film_with_credits();
    assert!(!shown(&evidence), "names that roll to music are not chosen");
    check(&evidence, 12, &[(40, 45)]);
    let cut = Evidence { cuts: (1..=35).map(|shot| seconds(shot * 4)).collect(), ..evidence.clone() };
    assert!(shown(&cut), "the same in shots of the usual length is action");
    let mut spoken = evidence;
    spoken.utterances.push(Utterance { range: range(110, 120), text: None });
    assert!(shown(&spoken), "and so is a long take in which somebody speaks");
}

#[test]
fn in_a_short_video_a_long_bed_does_not_set_the_measure() {
    // Half of the video is a bed as loud as the laughter; what is usual is the talk between.
    for bed in [0, 20, 40, 60, 80] {
        let sound = format!("{}#####{}{}{}", &CALM[..25], &CALM[..20], "#".repeat(bed), &CALM[..25]);
        let still = ".".repeat(sound.len());
        check(&material(&sound, &still, &still), 12, &[(25, 30)]);
    }
}

#[test]
fn between_silences_a_line_must_beat_the_other_lines() {
    // Four seconds of talk, eight of silence; every line of a short video is new, one of them tells more.
    let sound = "....--------".repeat(10);
    let still = ".".repeat(sound.len());
    let mut evidence = material(&sound, &still, &still);
    let words = format!("{}SSSS--------{}", "wwww--------".repeat(5), "wwww--------".repeat(4));
    let telling = |c, _| match c {
        'S' => 0.7,
        'w' => 0.35,
        _ => 0.0,
    };
    evidence.signals.insert(Signal::Words, series(&words, telling));
    check(&evidence, 12, &[(60, 64)]);
    let found = choose(&evidence, &asked(3, 12)).highlights;
    assert_eq!(found.len(), 1, "to be heard at all is no event: {found:?}");
}

#[test]
fn a_few_words_in_long_silence_stand_out() {
    let sound = format!("{}{}{}", "-".repeat(90), &CALM[..12], "-".repeat(90));
    let still = ".".repeat(sound.len());
    check(&material(&sound, &still, &still), 12, &[(90, 102)]);
}

#[test]
fn several_events_come_in_order_of_time() {
    let sound = format!("{}####{}######{}", &CALM[..40], &CALM[..46], &CALM[..34]);
    let picture = format!("{}{}{}", ".".repeat(64), "!".repeat(10), ".".repeat(56));
    check(&material(&sound, &picture, &".".repeat(130)), 10, &[(40, 44), (64, 74), (90, 96)]);
}

#[test]
fn fewer_than_asked_is_said() {
    let sound = format!("{}#####{}", &CALM[..40], &CALM[..35]);
    let still = ".".repeat(80);
    let choice = choose(&material(&sound, &still, &still), &asked(5, 12));
    let found = choice.highlights.len() as u32;
    assert!((1..5).contains(&found), "one burst is not five highlights");
    assert_eq!(choice.notice, Some(Notice::FewerThanAsked { asked: 5, found }));
}

#[test]
fn a_material_without_anything_has_no_highlight_and_says_so() {
    let evidence = Evidence { signals: BTreeMap::new(), ..material("", "", "") };
    assert_eq!(
        choose(&evidence, &asked(5, 15)),
        Choice { notice: Some(Notice::NothingFound), ..Choice::default() }
    );
}

#[test]
fn a_material_shorter_than_a_clip_is_its_own_highlight() {
    let choice = choose(&material("..##..", "......", "......"), &asked(5, 15));
    assert_eq!(choice.highlights.len(), 1, "the whole is the only one");
    assert_eq!(choice.highlights[0].range, range(0, 6));
    assert_eq!(choice.notice, Some(Notice::ShorterThanClip));
}

#[test]
fn what_was_dropped_does_not_come_back() {
    let sound = format!("{}#####{}#####{}", &CALM[..40], &CALM[..45], &CALM[..35]);
    let still = ".".repeat(130);
    let evidence = material(&sound, &still, &still);
    let first = choose(&evidence, &asked(1, 12)).highlights[0].range;
    let constraints = Constraints { kept: Vec::new(), dropped: vec![first] };
    let second = choose_around(&evidence, &asked(1, 12), &constraints).highlights[0].range;
    assert!(!first.overlaps(second), "{second} shows {first} again");
}

#[test]
fn a_speech_without_pauses_is_still_cut_somewhere() {
    let mut evidence = material(
        &".".repeat(120),
        &format!("{}!!!!!!!!{}", ".".repeat(60), ".".repeat(52)),
        &".".repeat(120),
    );
    evidence.utterances = vec![Utterance { range: range(0, 120), text: None }];
    check(&evidence, 12, &[(60, 68)]);
}

#[test]
fn music_under_still_cards_is_no_event_but_under_action_it_is() {
    // The second burst is laughter in a still room: it is found in any case.
    let sound = format!("{}############{}#####{}", &CALM[..40], &CALM[..40], &CALM[..30]);
    for (moves, is_event) in [(0.0, false), (9.0, true)] {
        let still = ".".repeat(sound.len());
        let mut evidence = material(&sound, &still, &still);
        let montage = |inside: f32, outside: f32| {
            let hops = (0..sound.len() * 10).map(|i| if (400..520).contains(&i) { inside } else { outside });
            Series::new(Evidence::HOP, hops.collect())
        };
        evidence.signals.insert(Signal::Motion, montage(moves, 0.8));
        evidence.signals.insert(Signal::CutRate, montage(1.7, 0.2));
        let found = choose(&evidence, &asked(2, 12)).highlights;
        let is_found = |event: TimeRange| found.iter().any(|highlight| highlight.range.overlaps(event));
        assert!(is_found(range(92, 97)), "laughter is an event: {found:?}");
        assert_eq!(
            is_found(range(42, 50)),
            is_event,
            "rapid cuts of pictures that move by {moves}: {found:?}"
        );
    }
}

#[test]
fn a_breath_is_no_place_to_cut() {
    let sound = format!("{}#####{}", &CALM[..40], &CALM[..35]);
    let still = ".".repeat(80);
    let mut evidence = material(&sound, &still, &still);
    // After every second utterance comes a pause, after the others only a breath.
    for (i, utterance) in evidence.utterances.iter_mut().enumerate() {
        let length = if i % 2 == 0 { 1_400 } else { 1_800 };
        utterance.range.end = utterance.range.start + MediaTime::from_millis(length);
    }
    let highlight = choose(&evidence, &asked(1, 12)).highlights[0].range;
    for edge in [highlight.start, highlight.end] {
        let before = evidence.utterances.iter().rfind(|utterance| utterance.range.end <= edge);
        let after = evidence.utterances.iter().find(|utterance| utterance.range.start >= edge);
        let pause = before.zip(after).map(|(before, after)| after.range.start - before.range.end);
        assert!(pause >= Some(MediaTime::from_millis(400)), "{edge} lies in a breath of {pause:?}");
    }
}

#[test]
fn beside_a_cut_a_clip_starts_and_ends_at_the_cut() {
    let sound = format!("{}-----#####-----{}", &CALM[..40], &CALM[..40]);
    let still = ".".repeat(95);
    let mut evidence = material(&sound, &still, &still);
    evidence.cuts = [41_100, 51_950].map(MediaTime::from_millis).to_vec();
    let found = choose(&evidence, &asked(1, 12)).highlights[0].range;
    for edge in [found.start, found.end] {
        let nearest = evidence.cuts.iter().map(|cut| cut.distance(edge)).min();
        let is_clean = nearest.is_some_and(|d| d == MediaTime::ZERO || d > MediaTime::from_millis(200));
        assert!(is_clean, "{edge} leaves a few pictures of another shot, {nearest:?} from a cut");
    }
}

#[test]
fn the_band_has_at_least_two_seconds_of_slack() {
    for (clip, shortest, longest) in [(15, 12, 18), (5, 3, 7), (60, 48, 72)] {
        assert_eq!(length_band(seconds(clip)), (seconds(shortest), seconds(longest)));
    }
}
