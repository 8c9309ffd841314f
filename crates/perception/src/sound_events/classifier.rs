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
    /// Of the last patch, and of the one between it and that before.
    scores: Vec<f32>,
    between: Vec<f32>,
    listening: Listening,
}

/// Which patches the network hears.
#[derive(Clone, Copy)]
enum Listening {
    Every,
    /// Every second one, which are all that is told.
    EverySecond,
    /// Every second one, and those between two of which one holds something by this measure; the rest is told as their mean.
    Around(fn(&[f32]) -> bool),
}

impl Listening {
    /// Hops from one told patch to the next.
    fn stride(self) -> usize {
        if matches!(self, Self::EverySecond) { 2 } else { 1 }
    }
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
            between: vec![0.0; Self::CLASSES],
            listening: Listening::Every,
        })
    }

    /// Scores every second patch only: each stretch of sound lies in one of them instead of in two.
    #[must_use]
    pub(crate) fn every_second_patch(self) -> Self {
        Self { listening: Listening::EverySecond, ..self }
    }

    /// Scores every second patch, and one between two others only where one of them `holds` something by its scores; else
    /// their mean stands for it. Every instant lies in one of every two.
    #[must_use]
    pub(crate) fn closer_where(self, holds: fn(&[f32]) -> bool) -> Self {
        Self { listening: Listening::Around(holds), ..self }
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
        let more = self.taken.saturating_sub(PATCH_SAMPLES).div_ceil(self.listening.stride() * HOP_SAMPLES);
        let wanted = if self.taken == 0 { 0 } else { 1 + more };
        let listening = self.listening;
        if matches!(listening, Listening::Around(_)) {
            // Nothing follows that the last ones could lie between.
            self.listening = Listening::Every;
            self.score(&mut each);
        }
        while self.patches < wanted {
            self.take(&SILENCE, &mut each);
        }
        self.pending.clear();
        self.rows.clear();
        (self.taken, self.patches, self.listening) = (0, 0, listening);
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
        match self.listening {
            Listening::Around(holds) if self.patches > 0 => self.score_two(holds, each),
            _ => self.score_next(each),
        }
    }

    fn score_next(&mut self, each: &mut impl FnMut(PatchScores<'_>)) {
        let Some(patch) = self.rows.get(..ROWS * BANDS) else { return };
        self.network.run(patch, &mut self.scores);
        self.rows.drain(..self.listening.stride() * HOP_ROWS * BANDS);
        each(PatchScores { range: self.next_range(), scores: &self.scores });
    }

    /// The patch after the next, and then the one between it and the last.
    fn score_two(&mut self, holds: fn(&[f32]) -> bool, each: &mut impl FnMut(PatchScores<'_>)) {
        const HOP: usize = HOP_ROWS * BANDS;
        let Some(following) = self.rows.get(HOP..HOP + ROWS * BANDS) else { return };
        std::mem::swap(&mut self.scores, &mut self.between);
        self.network.run(following, &mut self.scores);
        if holds(&self.between) || holds(&self.scores) {
            self.network.run(&self.rows[..ROWS * BANDS], &mut self.between);
        } else {
            self.between.iter_mut().zip(&self.scores).for_each(|(last, next)| *last = last.midpoint(*next));
        }
        self.rows.drain(..2 * HOP);
        each(PatchScores { range: self.next_range(), scores: &self.between });
        each(PatchScores { range: self.next_range(), scores: &self.scores });
    }

    fn next_range(&mut self) -> TimeRange {
        let hops = (self.patches * self.listening.stride()) as i64;
        self.patches += 1;
        let start = MediaTime::from_micros(hops * Self::HOP.as_micros());
        TimeRange::new(start, start + Self::PATCH)
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

    /// The scores of all patches of a sound of so many samples, which swells and fades.
    fn scores(classifier: &mut SoundClassifier, count: usize) -> Vec<(TimeRange, Vec<f32>)> {
        let noise = |index: usize| ((index * index) % 977) as f32 / 977.0 - 0.5;
        let samples: Vec<f32> =
            (0..count).map(|index| noise(index) * (index as f32 / 9_000.0).sin()).collect();
        let mut told = Vec::new();
        for piece in samples.chunks(3_001) {
            classifier.samples(piece, |patch| told.push((patch.range, patch.scores.to_vec())));
        }
        classifier.finish(|patch| told.push((patch.range, patch.scores.to_vec())));
        told
    }

    #[test]
    fn a_patch_between_two_is_heard_itself_only_where_one_of_them_holds_something() {
        let Some(folder) = shared::folder("models/yamnet") else { return };
        let bytes = std::fs::read(folder.join("yamnet.tflite")).expect("the model is readable");
        let classifier = || SoundClassifier::from_bytes(&bytes).expect("the model is accepted");
        let (mut every, mut around, mut apart) =
            (classifier(), classifier().closer_where(|_| true), classifier().closer_where(|_| false));
        // Up to a hop longer and shorter than whole patches, and nothing at all.
        for count in [0, 1, 15_600, 15_601, 23_280, 23_281, 30_960, 30_961, 65_000] {
            let (every, apart) = (scores(&mut every, count), scores(&mut apart, count));
            assert_eq!(scores(&mut around, count), every, "all {count} samples are heard");
            assert_eq!(apart.len(), every.len(), "{count} samples fill as many patches");
            for (index, (range, values)) in apart.iter().enumerate() {
                // The last ones, filled up with silence, are all heard.
                let between = index % 2 == 1 && (index + 1) * HOP_SAMPLES + PATCH_SAMPLES <= count;
                let mean = |of: &[(TimeRange, Vec<f32>)]| -> Vec<f32> {
                    let (before, after) = (&of[index - 1].1, &of[index + 1].1);
                    before.iter().zip(after).map(|(before, after)| before.midpoint(*after)).collect()
                };
                let expected = if between { mean(&every) } else { every[index].1.clone() };
                assert_eq!((range, values), (&every[index].0, &expected), "patch {index} of {count} samples");
            }
        }
    }
}
