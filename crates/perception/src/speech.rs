//! Where people speak, and where each stretch of speech begins and ends.
//!
//! Silero's probabilities are taken as they are. The built-in voice detector alone takes much music for voice. Speech is told from music and noise by how its loudness moves:
//! syllables come three to eight times a second with gaps between them (E. Scheirer and M. Slaney, "Construction and
//! evaluation of a robust multifeature speech/music discriminator", ICASSP 1997: 4 Hz modulation energy, share of
//! low-energy frames). Each of four figures over a second and a half is turned into a degree from 0 to 1; their product
//! is the probability kept as evidence. The centres below lie between what labelled speech and what music, rain,
//! engines and animals measured.

use std::sync::Arc;

use model::{Samples, TimeRange};
use realfft::{RealFftPlanner, RealToComplex};

use crate::sound::{Frames, HOP_SAMPLES, Heard, Level, NO_SOUND_DB, Voice};
use crate::statistics::{join, mean, percentile, runs};

/// Steps of 10 ms in the window that is judged: long enough for half a dozen syllables.
const WINDOW: usize = 150;
const STEP_SAMPLES: usize = 160;
const STEPS_PER_HOP: usize = HOP_SAMPLES / STEP_SAMPLES;
const FFT: usize = 256;

/// A figure's centre and the width of its slope.
type Slope = (f32, f32);
/// Mean probability of the voice detector.
const VOICE: Slope = (0.55, 0.06);
/// Standard deviation of the speech band's amplitude over its mean.
const DEPTH: Slope = (0.62, 0.06);
/// Distance in dB from the 10th to the 90th percentile of the speech band's level.
const RANGE_DB: Slope = (16.0, 2.0);
/// Share of the envelope's changes (0.6 to 30 a second) that come 2 to 9 times a second.
const SYLLABLES: Slope = (0.33, 0.05);

/// From which probability on a hop belongs to speech.
struct Threshold {
    /// Where speech begins.
    begins: f32,
    /// Down to which it goes on.
    goes_on: f32,
    /// Speech reaches up to so many hops over what was found, if it sounds there.
    margin_hops: usize,
}

/// The window of the built-in detector blurs.
const BUILT_IN: Threshold = Threshold { begins: 0.25, goes_on: 0.25, margin_hops: 5 };
/// Silero's published values (`get_speech_timestamps`: 0.5, and 0.15 less where it goes on).
const SILERO: Threshold = Threshold { begins: 0.5, goes_on: 0.35, margin_hops: 2 };
/// A material has speech when one passage of it lasts so long …
const PASSAGE_HOPS: usize = 30;
/// … or when at least this share of its sound is speech, and one passage is long enough for two or three words. Squeaks
/// and melodies stay below the share; crows, sneezes and single barks, however many, below the length: the shortest
/// recordings of a sentence measured 1.3 s in one piece, most of those 0.9 s at most.
const LEAST_SHARE: f32 = 0.08;
const WORDS_HOPS: usize = 12;

/// A pause a cut could use is at least so long (in steps of 10 ms); shorter ones lie inside an utterance.
const PAUSE: usize = 20;
/// A shorter sound is a click, not a word.
const SHORTEST: usize = 8;
/// A sound counts when it is no further than this under the loudest sounds around …
const UNDER_TOP_DB: f32 = 30.0;
/// … unless the noise reaches higher: then it must rise this far over the noise,
const OVER_FLOOR_DB: f32 = 7.0;
/// but in loud noise what comes this near to the top counts anyway.
const NEAR_TOP_DB: f32 = 14.0;
/// Steps on either side in which top and floor are measured.
const AROUND: usize = 300;

/// The probability that someone speaks, for each hop.
pub(crate) fn probability(heard: &Heard) -> Vec<f32> {
    let hops = heard.loudness.len().max(heard.onset.len());
    let degrees: Vec<f32> = match &heard.voice {
        Voice::Silero(frames) => {
            (0..hops).map(|hop| frames.greatest(hop * HOP_SAMPLES, (hop + 1) * HOP_SAMPLES)).collect()
        }
        Voice::BuiltIn(frames) => {
            let fft = RealFftPlanner::<f32>::new().plan_fft_forward(FFT);
            (0..hops)
                .map(|hop| {
                    let middle = hop * STEPS_PER_HOP + STEPS_PER_HOP / 2;
                    let from = middle.saturating_sub(WINDOW / 2);
                    let to = (from + WINDOW).min(heard.envelope.len());
                    let too_short = to < from + WINDOW / 3;
                    if too_short { 0.0 } else { degree(heard, frames, from, to, &fft) }
                })
                .collect()
        }
    };
    if has_speech(&degrees, heard) { degrees } else { vec![0.0; hops] }
}

impl Threshold {
    fn of(voice: &Voice) -> &'static Self {
        match voice {
            Voice::BuiltIn(_) => &BUILT_IN,
            Voice::Silero(_) => &SILERO,
        }
    }

    /// The passages of speech, in hops.
    fn passages(&self, probability: &[f32]) -> Vec<(usize, usize)> {
        let mut passages = runs(probability.iter().map(|p| self.goes_on < *p));
        passages.retain(|(from, to)| probability[*from..*to].iter().any(|p| self.begins < *p));
        passages
    }
}

/// How much a window is like speech.
fn degree(heard: &Heard, frames: &Frames, from: usize, to: usize, fft: &Arc<dyn RealToComplex<f32>>) -> f32 {
    let voice = slope(mean(frames.between(from * STEP_SAMPLES, to * STEP_SAMPLES)), VOICE);
    if voice < 0.01 {
        return 0.0;
    }
    let envelope = &heard.envelope[from..to];
    let average = mean(envelope).max(1e-7);
    let variance = envelope.iter().map(|e| (e - average).powi(2)).sum::<f32>() / envelope.len() as f32;
    let db = |share| 20.0 * (percentile(envelope, share).unwrap_or_default() + 1e-6).log10();
    let shape = slope(variance.sqrt() / average, DEPTH) * slope(db(0.9) - db(0.1), RANGE_DB);
    voice * shape * slope(syllables(envelope, average, fft), SYLLABLES)
}

/// 0 well below the centre, one half at it, 1 well above.
fn slope(value: f32, (centre, width): Slope) -> f32 {
    1.0 / (1.0 + (-(value - centre) / width).exp())
}

/// The share of the envelope's changes that have the rhythm of syllables.
fn syllables(envelope: &[f32], average: f32, fft: &Arc<dyn RealToComplex<f32>>) -> f32 {
    let (mut input, mut output) = (fft.make_input_vec(), fft.make_output_vec());
    for (i, (to, value)) in input.iter_mut().zip(envelope).enumerate() {
        let phase = std::f32::consts::TAU * i as f32 / envelope.len() as f32;
        *to = (value - average) * (0.5 - 0.5 * phase.cos());
    }
    if fft.process(&mut input, &mut output).is_err() {
        return 0.0;
    }
    let power = |low: f32, high: f32| -> f32 {
        let bin = |hertz: f32| (hertz * FFT as f32 / 100.0).ceil() as usize;
        output[bin(low)..bin(high)].iter().map(realfft::num_complex::Complex::norm_sqr).sum()
    };
    power(2.0, 9.0) / (power(0.6, 30.0) + 1e-12)
}

fn has_speech(degrees: &[f32], heard: &Heard) -> bool {
    let speech = Threshold::of(&heard.voice).passages(degrees);
    let longest = speech.iter().map(|(from, to)| to - from).max().unwrap_or(0);
    let total: usize = speech.iter().map(|(from, to)| to - from).sum();
    let audible = heard.loudness.iter().filter(|lufs| **lufs > AUDIBLE_LUFS).count();
    longest >= PASSAGE_HOPS || (longest >= WORDS_HOPS && total as f32 >= LEAST_SHARE * audible as f32)
}

/// Softer hops are not counted as sound when the share of speech is judged.
const AUDIBLE_LUFS: f32 = -50.0;

/// Stretches of speech without a usable pause, from their first to their last sound.
pub(crate) fn stretches(heard: &Heard, probability: &[f32]) -> Vec<TimeRange> {
    let threshold = Threshold::of(&heard.voice);
    let margin = threshold.margin_hops;
    let passages = threshold
        .passages(probability)
        .into_iter()
        .map(|(from, to)| (from.saturating_sub(margin) * STEPS_PER_HOP, (to + margin) * STEPS_PER_HOP));
    join(passages.collect(), 1).into_iter().flat_map(|passage| words(&heard.level, passage)).collect()
}

/// The sounding parts of a passage of speech, joined over pauses too short to cut in.
fn words(level: &Level, (from, to): (usize, usize)) -> Vec<TimeRange> {
    let mut sounding: Vec<bool> = Vec::with_capacity(to - from);
    for start in (from..to.min(level.values().len())).step_by(AROUND) {
        let end = (start + AROUND).min(to).min(level.values().len());
        let threshold = threshold(level.slice(start.saturating_sub(AROUND), end + AROUND));
        sounding.extend(level.slice(start, end).iter().map(|db| *db > threshold));
    }
    let stretches = join(runs(sounding), PAUSE).into_iter().filter(|(start, end)| end - start >= SHORTEST);
    stretches.map(|(start, end)| Level::range(from + start, from + end + 1)).collect()
}

/// The level from which something sounds, by the loudest and the softest of the surroundings.
fn threshold(levels: &[f32]) -> f32 {
    let top = percentile(levels, 0.95).unwrap_or(NO_SOUND_DB);
    let floor = percentile(levels, 0.05).unwrap_or(NO_SOUND_DB);
    (top - UNDER_TOP_DB).max((floor + OVER_FLOOR_DB).min(top - NEAR_TOP_DB))
}

const _: () = assert!(Samples::RATE == 16_000, "steps and windows are written for 16 kHz");
