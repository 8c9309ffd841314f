//! The sound's level every 10 ms: fine enough to put the end of a word where it really is.

use model::{MediaTime, Samples, TimeRange};

use super::HOP_SAMPLES;
use crate::statistics::percentile;

/// The distance between two levels.
const STEP: MediaTime = MediaTime::from_millis(10);
const STEP_SAMPLES: usize = (Samples::RATE / 100) as usize;
/// What stands for digital silence.
pub(crate) const NO_SOUND_DB: f32 = -100.0;

/// Steps on either side that fullness looks at: two seconds hold several words.
const FULL_REACH: usize = 100;
/// The share of them that may be softer.
const FULL_SHARE: f32 = 0.25;

/// Mean power in dB relative to full scale, every 10 ms.
pub(crate) struct Level {
    power: f64,
    taken: usize,
    values: Vec<f32>,
}

impl Level {
    pub(crate) fn new() -> Self {
        Self { power: 0.0, taken: 0, values: Vec::new() }
    }

    pub(crate) fn take(&mut self, mut values: &[f32]) {
        while !values.is_empty() {
            let (piece, rest) = values.split_at(values.len().min(STEP_SAMPLES - self.taken));
            self.power += piece.iter().map(|v| f64::from(*v) * f64::from(*v)).sum::<f64>();
            self.taken += piece.len();
            values = rest;
            if self.taken == STEP_SAMPLES {
                let mean = self.power / STEP_SAMPLES as f64;
                self.values.push((10.0 * (mean + 1e-10).log10()) as f32);
                (self.power, self.taken) = (0.0, 0);
            }
        }
    }

    /// All levels, value `i` describing 10 ms from `i * STEP`.
    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    /// The level that the sound exceeds for three quarters of the time around each hop.
    ///
    /// Speech alternates with gaps, on the scale of syllables and of phrases; laughter, applause, cheering and screams
    /// leave none. Labelled dense speech measured 7 to 20 dB lower than laughter at the same loudness.
    pub(crate) fn fullness(&self) -> Vec<f32> {
        let per_hop = HOP_SAMPLES / STEP_SAMPLES;
        (0..self.values.len().div_ceil(per_hop))
            .map(|hop| {
                let middle = hop * per_hop + per_hop / 2;
                let around = self.slice(middle.saturating_sub(FULL_REACH), middle + FULL_REACH);
                percentile(around, FULL_SHARE).unwrap_or(NO_SOUND_DB)
            })
            .collect()
    }

    /// The levels of a range of steps.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &[f32] {
        let to = to.min(self.values.len());
        &self.values[from.min(to)..to]
    }

    /// The stretch of time of a range of steps.
    pub(crate) fn range(from: usize, to: usize) -> TimeRange {
        let time = |step: usize| MediaTime::from_micros(step as i64 * STEP.as_micros());
        TimeRange::new(time(from), time(to))
    }
}
