//! Hearing, on sounds whose truth is known because they are made here.

mod synthetic;

use model::{Cue, Evidence, MediaTime, Samples, Signal, TimeRange};
use standout_perception::Perceiver;
use synthetic::{Noise, RATE, seconds, sine, syllables};

/// Feeds samples in pieces of odd sizes, as decoders do.
fn hear(samples: &[f32]) -> Evidence {
    let mut perceiver = Perceiver::new();
    let mut taken = 0;
    for piece in samples.chunks(1_021) {
        let time = MediaTime::from_ticks(taken as i64, 1, RATE as i32);
        perceiver.samples(Samples { time, values: piece });
        taken += piece.len();
    }
    perceiver.finish(seconds(samples.len() as f64 / f64::from(RATE)), None, Vec::new())
}

fn values(evidence: &Evidence, signal: Signal, from: f64, to: f64) -> Vec<f32> {
    evidence.signals[&signal].slice(TimeRange::new(seconds(from), seconds(to))).to_vec()
}

#[test]
fn loudness_agrees_with_the_standard() {
    // EBU Tech 3341, case 1: a stereo 1 kHz sine at -23 dBFS measures -23 LUFS.
    let evidence = hear(&sine(1_000.0, 10.0, 10_f32.powf(-23.0 / 20.0)));
    for lufs in values(&evidence, Signal::Loudness, 1.0, 9.0) {
        assert!((lufs + 23.0).abs() < 0.1, "{lufs} LUFS instead of -23");
    }
}

#[test]
fn onsets_stand_where_clicks_are() {
    let mut sound = Noise::new(1).samples(6.0, 0.001);
    for at in [1.55, 3.25, 4.85] {
        let start = (at * f64::from(RATE)) as usize;
        sound[start..start + 400].copy_from_slice(&sine(2_000.0, 0.025, 0.5));
    }
    let onset = hear(&sound).signals[&Signal::Onset].values().to_vec();
    let mut strongest: Vec<usize> = (0..onset.len()).collect();
    strongest.sort_by(|a, b| onset[*b].total_cmp(&onset[*a]));
    let mut found = strongest[..3].to_vec();
    found.sort_unstable();
    assert_eq!(found, [15, 32, 48], "the three strongest hops are those of the clicks");
}

#[test]
fn unbroken_sound_is_fuller_than_broken_sound_of_the_same_loudness() {
    let steady = Noise::new(2).samples(8.0, 0.1);
    let broken: Vec<f32> =
        steady.iter().enumerate().map(|(i, v)| if i / 4_000 % 2 == 0 { *v } else { v * 0.01 }).collect();
    let middle = |sound: &[f32]| values(&hear(sound), Signal::Fullness, 4.0, 4.1)[0];
    assert!(middle(&steady) > middle(&broken) + 20.0, "gaps take fullness away");
}

#[test]
fn silences_are_found_over_the_room_s_own_noise() {
    let mut sound = Noise::new(3).samples(12.0, 0.003);
    for (start, end) in [(1.0, 4.0), (5.5, 9.0)] {
        let tone = sine(500.0, end - start, 0.3);
        let at = (start * f64::from(RATE)) as usize;
        sound[at..at + tone.len()].copy_from_slice(&tone);
    }
    let silences = hear(&sound).silences;
    let expected = [(0.0, 1.0), (4.0, 5.5), (9.0, 12.0)];
    assert_eq!(silences.len(), expected.len(), "{silences:?}");
    for (silence, (start, end)) in silences.iter().zip(expected) {
        assert!(silence.start.distance(seconds(start)) < seconds(0.05), "{silence} starts at {start}");
        assert!(silence.end.distance(seconds(end)) < seconds(0.05), "{silence} ends at {end}");
    }
}

#[test]
fn tones_noise_and_steady_music_are_not_speech() {
    let chord: Vec<f32> = [220.0, 277.0, 330.0]
        .iter()
        .map(|hertz| sine(*hertz, 20.0, 0.1))
        .fold(vec![0.0; 20 * RATE as usize], |sum, tone| sum.iter().zip(tone).map(|(a, b)| a + b).collect());
    for (name, sound) in
        [("a tone", sine(440.0, 20.0, 0.3)), ("noise", Noise::new(4).samples(20.0, 0.2)), ("a chord", chord)]
    {
        assert!(!hear(&sound).has_speech(), "{name} is taken for speech");
    }
}

#[test]
fn a_late_stream_and_a_gap_keep_their_times() {
    let mut perceiver = Perceiver::new();
    let tone = sine(1_000.0, 1.0, 0.3);
    perceiver.samples(Samples { time: seconds(2.0), values: &tone });
    perceiver.samples(Samples { time: seconds(5.0), values: &tone });
    let evidence = perceiver.finish(seconds(8.0), None, Vec::new());
    let loudness = evidence.signals[&Signal::Loudness].values();
    assert_eq!(loudness.len(), 80, "one value for every hop of the material");
    for (hop, sounds) in [(10, false), (25, true), (40, false), (55, true), (70, false)] {
        assert_eq!(loudness[hop] > -40.0, sounds, "at hop {hop}: {}", loudness[hop]);
    }
}

#[test]
fn no_sound_at_all_is_no_signal() {
    let evidence = Perceiver::new().finish(seconds(5.0), None, Vec::new());
    assert!(evidence.signals.is_empty() && evidence.utterances.is_empty() && evidence.silences.is_empty());
}

#[test]
fn values_that_are_no_numbers_do_no_harm() {
    let mut sound = syllables(3.0, 5);
    sound[100] = f32::NAN;
    sound[200] = f32::INFINITY;
    let evidence = hear(&sound);
    for (signal, series) in &evidence.signals {
        assert!(series.values().iter().all(|value| value.is_finite()), "{signal:?} holds numbers only");
    }
}

#[test]
fn cues_outside_the_material_are_left_out_and_those_inside_make_utterances() {
    let cue = |from, to| Cue { range: TimeRange::new(seconds(from), seconds(to)), text: "Words.".to_owned() };
    let evidence =
        Perceiver::new().finish(seconds(10.0), None, vec![cue(12.0, 13.0), cue(8.0, 11.0), cue(1.0, 3.0)]);
    assert_eq!(
        evidence.cues.iter().map(|cue| cue.range.start).collect::<Vec<_>>(),
        [seconds(1.0), seconds(8.0)]
    );
    assert_eq!(evidence.utterances.len(), 2, "what is written is said, even where nothing is heard");
    assert!(evidence.utterances[1].range.end <= seconds(10.0), "nothing lies past the end");
}
