//! What is left of a sound above voices.

use std::f32::consts::{FRAC_1_SQRT_2, PI};

use model::Samples;

/// Where it begins to let through, in hertz: the first formant and nearly all pitches lie below.
const CORNER: f32 = 800.0;

/// A Butterworth high-pass of the second order (R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter
/// coefficients").
pub(super) struct HighPass {
    forward: [f32; 3],
    backward: [f32; 2],
    inputs: [f32; 2],
    outputs: [f32; 2],
}

impl HighPass {
    pub(super) fn new() -> Self {
        let angle = 2.0 * PI * CORNER / Samples::RATE as f32;
        let (cosine, alpha) = (angle.cos(), angle.sin() / (2.0 * FRAC_1_SQRT_2));
        let scale = 1.0 / (1.0 + alpha);
        let side = scale * (1.0 + cosine) / 2.0;
        Self {
            forward: [side, -2.0 * side, side],
            backward: [-2.0 * cosine * scale, (1.0 - alpha) * scale],
            inputs: [0.0; 2],
            outputs: [0.0; 2],
        }
    }

    /// The next sample. What is not a number counts as silence, since it would never leave again.
    pub(super) fn next(&mut self, value: f32) -> f32 {
        let input = if value.is_finite() { value } else { 0.0 };
        let [b0, b1, b2] = self.forward;
        let [a1, a2] = self.backward;
        let [x1, x2] = self.inputs;
        let [y1, y2] = self.outputs;
        let output = b0 * input + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
        self.inputs = [input, x1];
        // Numbers near zero that are not normal take a hundred times as long.
        self.outputs = [if output.abs() < f32::MIN_POSITIVE { 0.0 } else { output }, y1];
        self.outputs[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gain at a frequency, in decibels, once the filter has settled.
    fn gain(hertz: f32) -> f32 {
        let mut filter = HighPass::new();
        let tone = |index: usize| (2.0 * PI * hertz * index as f32 / Samples::RATE as f32).sin();
        let power: f32 = (0..16_000).map(|index| filter.next(tone(index)).powi(2)).skip(8_000).sum();
        10.0 * (power / 4_000.0).log10()
    }

    #[test]
    fn voices_are_weakened_and_what_is_above_them_stays() {
        assert!(
            (gain(800.0) + 3.0).abs() < 0.2,
            "half the power is left at the corner, not {} dB",
            gain(800.0)
        );
        assert!(gain(200.0) < -23.0, "twelve decibels an octave are gone below, not {} dB", gain(200.0));
        assert!(gain(3_000.0).abs() < 0.2, "nothing is gone above, not {} dB", gain(3_000.0));
    }

    #[test]
    fn a_sample_that_is_no_number_is_forgotten() {
        let mut filter = HighPass::new();
        filter.next(f32::NAN);
        filter.next(f32::INFINITY);
        assert_eq!(filter.next(0.0), 0.0, "nothing of it is left");
    }
}
