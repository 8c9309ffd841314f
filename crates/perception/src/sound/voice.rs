//! Who listens for voices: Silero's network where its weights are given, else `earshot`, a small recurrent network over
//! frames of 16 ms whose weights live in its crate.
//!
//! What `earshot` is known to do wrong, and `speech` makes up for: it hovers about one half in near silence, and it takes
//! sustained pitched music, boos and laughter for voice. It is deaf to sirens, screams and applause, as it should be.

use earshot::Detector;

use super::silero::{self, VoiceDetector};

/// Samples in one frame of the built-in detector, 16 ms.
const FRAME_SAMPLES: usize = 256;

/// What a voice detector made of the sound, for each of its frames.
pub(crate) enum Voice {
    /// `earshot`'s probabilities: to be looked at together with the sound's rhythm.
    BuiltIn(Frames),
    /// Silero's, which are to be believed.
    Silero(Frames),
}

/// Probabilities frame by frame.
pub(crate) struct Frames {
    values: Vec<f32>,
    /// In samples.
    length: usize,
}

impl Frames {
    /// The frames that lie between two samples, the one that reaches over the last of them left out.
    pub(crate) fn between(&self, from: usize, to: usize) -> &[f32] {
        let index = |sample: usize| (sample / self.length).min(self.values.len());
        &self.values[index(from)..index(to)]
    }

    /// The greatest of the frames that share a sample with this stretch.
    pub(crate) fn greatest(&self, from: usize, to: usize) -> f32 {
        let last = to.div_ceil(self.length).min(self.values.len());
        self.values[(from / self.length).min(last)..last].iter().copied().fold(0.0, f32::max)
    }
}

/// The detector at work.
pub(crate) enum Listener {
    BuiltIn(BuiltInDetector),
    Silero(Box<VoiceDetector>),
}

impl Listener {
    pub(crate) fn built_in() -> Self {
        Self::BuiltIn(BuiltInDetector::new())
    }

    pub(crate) fn take(&mut self, values: &[f32]) {
        match self {
            Self::BuiltIn(detector) => detector.take(values),
            Self::Silero(detector) => detector.take(values),
        }
    }

    pub(crate) fn finish(self) -> Voice {
        match self {
            Self::BuiltIn(detector) => {
                Voice::BuiltIn(Frames { values: detector.values, length: FRAME_SAMPLES })
            }
            Self::Silero(detector) => {
                Voice::Silero(Frames { values: detector.finish(), length: silero::FRAME_SAMPLES })
            }
        }
    }
}

pub(crate) struct BuiltInDetector {
    detector: Box<Detector>,
    carry: Vec<f32>,
    values: Vec<f32>,
}

impl BuiltInDetector {
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
}
