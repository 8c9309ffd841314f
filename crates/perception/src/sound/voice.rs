//! The voice detector: `earshot`, a small recurrent network over 16 ms frames whose weights live in its crate.
//!
//! What it is known to do wrong, and `speech` makes up for: it hovers about one half in near silence, and it takes
//! sustained pitched music, boos and laughter for voice. It is deaf to sirens, screams and applause, as it should be.

use earshot::Detector;

/// Samples in one frame, 16 ms.
pub(crate) const FRAME_SAMPLES: usize = 256;

pub(crate) struct VoiceDetector {
    detector: Box<Detector>,
    carry: Vec<f32>,
    values: Vec<f32>,
}

impl VoiceDetector {
    pub(crate) fn new() -> Self {
        Self { detector: Box::default(), carry: Vec::with_capacity(FRAME_SAMPLES), values: Vec::new() }
    }

    pub(crate) fn take(&mut self, mut values: &[f32]) {
        while !values.is_empty() {
            let (piece, rest) = values.split_at(values.len().min(FRAME_SAMPLES - self.carry.len()));
            self.carry.extend(piece.iter().map(|v| if v.is_finite() { v.clamp(-1.0, 1.0) } else { 0.0 }));
            values = rest;
            if self.carry.len() == FRAME_SAMPLES {
                let probability = self.detector.predict_f32(&self.carry);
                self.values.push(if probability.is_finite() { probability } else { 0.0 });
                self.carry.clear();
            }
        }
    }

    /// One probability for each whole frame.
    pub(crate) fn finish(self) -> Vec<f32> {
        self.values
    }
}
