//! YAMNet on a stream of samples: the scores of AudioSet's classes for patches that follow one another.

use model::{MediaTime, Samples, TimeRange};

use super::SoundModelError;
use super::log_mel::{BANDS, LogMel, PATCH_SAMPLES, ROWS, STEP, WINDOW};
use super::network::Network;
use super::tflite::Model;

/// Samples from one patch to the next: half a patch, as the model was published.
const HOP_SAMPLES: usize = 7_680;
const HOP_ROWS: usize = HOP_SAMPLES / STEP;

/// What one patch of sound scored.
#[derive(Debug, Clone, Copy)]
pub struct PatchScores<'a> {
    /// The stretch that the network heard. At the end of the sound it reaches past it: the rest counts as silence.
    pub range: TimeRange,
    /// One score for each of [`SoundClassifier::CLASSES`], 0 to 1, in steps of 1/256. They do not add up to one: many
    /// things may sound at once.
    pub scores: &'a [f32],
}

/// The network YAMNet (M. Plakal and D. Ellis, TensorFlow models), which knows the 521 classes of AudioSet, from its
/// public file `yamnet.tflite` (8 bit).
///
/// It takes samples in pieces of any size and keeps one second of them.
pub struct SoundClassifier {
    log_mel: LogMel,
    network: Network,
    /// Samples not yet in the next spectrum.
    pending: Vec<f32>,
    /// Quantised spectra of the patch that is being filled.
    rows: Vec<i16>,
    /// Samples taken, without the silence that fills the last patch.
    taken: usize,
    patches: usize,
    scores: Vec<f32>,
    /// Hops from one patch to the next.
    stride: usize,
}

impl SoundClassifier {
    /// How many classes are scored: AudioSet's, in the order of the model's label list.
    pub const CLASSES: usize = 521;
    /// From one patch to the next.
    pub const HOP: MediaTime = MediaTime::from_millis(480);
    /// How much sound one patch holds.
    pub const PATCH: MediaTime = MediaTime::from_millis(975);

    /// Takes the model from a file's bytes.
    ///
    /// # Errors
    /// When they are another file's, or damaged. Changed weights are not noticed: compare the file's hash for that.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SoundModelError> {
        let model = Model::read(bytes)?;
        let (log_mel, rest) = LogMel::read(&model)?;
        let patch = rest.first().ok_or(SoundModelError::NotYamnet("its layers are missing"))?;
        let network = Network::read(&model, rest, &model.tensor(patch.inputs.first())?)?;
        if network.classes() != Self::CLASSES {
            return Err(SoundModelError::NotYamnet("it knows other classes"));
        }
        Ok(Self {
            log_mel,
            network,
            pending: Vec::with_capacity(WINDOW),
            rows: Vec::with_capacity(ROWS * BANDS),
            taken: 0,
            patches: 0,
            scores: vec![0.0; Self::CLASSES],
            stride: 1,
        })
    }

    /// Scores every second patch only: each stretch of sound lies in one of them instead of in two.
    #[must_use]
    pub(crate) fn every_second_patch(self) -> Self {
        Self { stride: 2, ..self }
    }

    /// Takes the next samples, [`Samples::RATE`] a second, and calls `each` for every patch that they complete. The
    /// first sample lies at time zero. What is not a number counts as silence.
    pub fn samples(&mut self, values: &[f32], mut each: impl FnMut(PatchScores<'_>)) {
        self.taken += values.len();
        self.take(values, &mut each);
    }

    /// Ends the sound: what no patch has heard yet is filled up with silence and scored. The next sample lies at time
    /// zero again.
    pub fn finish(&mut self, mut each: impl FnMut(PatchScores<'_>)) {
        const SILENCE: [f32; STEP] = [0.0; STEP];
        let hop = self.stride * HOP_SAMPLES;
        let heard = |patches: usize| if patches == 0 { 0 } else { (patches - 1) * hop + PATCH_SAMPLES };
        let wanted = self.patches + usize::from(heard(self.patches) < self.taken);
        while self.patches < wanted {
            self.take(&SILENCE, &mut each);
        }
        self.pending.clear();
        self.rows.clear();
        (self.taken, self.patches) = (0, 0);
    }

    fn take(&mut self, mut values: &[f32], each: &mut impl FnMut(PatchScores<'_>)) {
        while !values.is_empty() {
            let (piece, rest) = values.split_at(values.len().min(WINDOW - self.pending.len()));
            self.pending.extend(piece.iter().map(|value| if value.is_finite() { *value } else { 0.0 }));
            values = rest;
            if self.pending.len() == WINDOW {
                let mut spectrum = [0.0; BANDS];
                self.log_mel.spectrum(&self.pending, &mut spectrum);
                self.rows.extend(self.log_mel.quantize(&spectrum));
                self.pending.drain(..STEP);
                self.score(each);
            }
        }
    }

    fn score(&mut self, each: &mut impl FnMut(PatchScores<'_>)) {
        if self.rows.len() < ROWS * BANDS {
            return;
        }
        self.network.run(&self.rows, &mut self.scores);
        self.rows.drain(..self.stride * HOP_ROWS * BANDS);
        let start = MediaTime::from_micros((self.patches * self.stride) as i64 * Self::HOP.as_micros());
        self.patches += 1;
        each(PatchScores { range: TimeRange::new(start, start + Self::PATCH), scores: &self.scores });
    }
}

const _: () =
    assert!(PATCH_SAMPLES as i64 * 1_000_000 == SoundClassifier::PATCH.as_micros() * Samples::RATE as i64);
const _: () =
    assert!(HOP_SAMPLES as i64 * 1_000_000 == SoundClassifier::HOP.as_micros() * Samples::RATE as i64);

#[cfg(test)]
mod tests {
    use super::super::shared;
    use super::*;

    /// The published vectors: spectra, and the sound that they were made from.
    struct Published {
        classifier: SoundClassifier,
        samples: Vec<f32>,
        spectra: Vec<[f32; BANDS]>,
    }

    fn published() -> Option<Published> {
        let folder = shared::folder("models/yamnet")?;
        let read = |name| std::fs::read(folder.join(name)).expect("the reference vectors are readable");
        let (audio, spectra) = (read("yamnet_test_audio.bin"), read("yamnet_test_spectra.bin"));
        let samples = audio.as_chunks().0.iter().map(|bytes| f32::from(i16::from_le_bytes(*bytes)));
        let spectra: Vec<f32> =
            spectra.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        Some(Published {
            classifier: SoundClassifier::from_bytes(&read("yamnet.tflite")).expect("the model is accepted"),
            samples: samples.collect(),
            spectra: spectra.as_chunks().0.to_vec(),
        })
    }

    #[test]
    fn spectra_agree_with_the_published_ones() {
        let Some(Published { mut classifier, samples, spectra }) = published() else { return };
        // They were made by other code, in whole numbers, from the sound brought to full scale: close, never equal.
        let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        let samples: Vec<f32> = samples.iter().map(|sample| sample / peak).collect();
        let (mut total, mut spectrum) = (0.0, [0.0; BANDS]);
        for (row, expected) in spectra.iter().enumerate() {
            classifier.log_mel.spectrum(&samples[row * STEP..row * STEP + WINDOW], &mut spectrum);
            for (band, (value, expected)) in spectrum.iter().zip(expected).enumerate() {
                let difference = (value - expected).abs();
                assert!(difference < 0.6, "spectrum {row}, band {band} is {value} instead of {expected}");
                total += difference;
            }
        }
        let mean = total / (ROWS * BANDS) as f32;
        assert!(mean < 0.02, "spectra are {mean} off in the mean");
    }

    #[test]
    fn published_spectra_score_as_with_the_reference() {
        let Some(Published { mut classifier, spectra, .. }) = published() else { return };
        let patch: Vec<i16> = spectra.iter().flat_map(|row| classifier.log_mel.quantize(row)).collect();
        let mut scores = vec![0.0; SoundClassifier::CLASSES];
        classifier.network.run(&patch, &mut scores);
        // What the reference runtime makes of them: speech; narration, monologue; inside, small room.
        let expected = [(0, 0.941), (3, 0.004), (500, 0.023)];
        for (class, score) in scores.iter().enumerate() {
            let expected =
                expected.iter().find(|(known, _)| *known == class).map_or(0.0, |(_, score)| *score);
            assert!((score - expected).abs() < 0.02, "class {class} scores {score} instead of {expected}");
        }
    }
}
