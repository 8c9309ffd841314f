//! From scores of classes to events along time.

use std::collections::BTreeMap;

use model::{Series, SoundEvent};

use super::classifier::{PatchScores, SoundClassifier};
use super::vocabulary::VOCABULARY;
use super::{SoundModelError, vocabulary::Entry};

/// Listens to one sound track for events. It keeps four bytes for each event and hop, one megabyte an hour.
pub struct SoundEvents {
    classifier: SoundClassifier,
    heard: Heard,
}

/// What was heard so far, for each entry of the vocabulary.
struct Heard {
    /// Certainty in the last patch.
    last: [f32; VOCABULARY.len()],
    values: [Vec<f32>; VOCABULARY.len()],
}

impl SoundEvents {
    /// Takes the model from the bytes of its file, `yamnet.tflite`.
    ///
    /// # Errors
    /// When they are another file's, or damaged, as in [`SoundClassifier::from_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SoundModelError> {
        let classifier = SoundClassifier::from_bytes(bytes)?;
        let heard = Heard { last: [0.0; VOCABULARY.len()], values: std::array::from_fn(|_| Vec::new()) };
        Ok(Self { classifier, heard })
    }

    /// Takes the next samples, in pieces of any size: one channel, [`model::Samples::RATE`] a second, the first at
    /// time zero, without gaps.
    pub fn samples(&mut self, values: &[f32]) {
        self.classifier.samples(values, |patch| self.heard.take(patch));
    }

    /// How certain each event is along time, 0 to 1, every [`SoundClassifier::HOP`]. Events that were never heard are
    /// left out; without any sample the map is empty.
    #[must_use]
    pub fn finish(mut self) -> BTreeMap<SoundEvent, Series> {
        self.classifier.finish(|patch| self.heard.take(patch));
        let series = |values| Series::new(SoundClassifier::HOP, values);
        VOCABULARY
            .iter()
            .zip(self.heard.values)
            .filter(|(_, values)| values.iter().any(|value| *value > 0.0))
            .map(|(entry, values)| (entry.event, series(values)))
            .collect()
    }
}

impl Heard {
    /// Every stretch of one hop lies in two patches, but the first: it takes their mean, which puts an event where both
    /// heard it.
    fn take(&mut self, patch: PatchScores<'_>) {
        for ((entry, last), values) in VOCABULARY.iter().zip(&mut self.last).zip(&mut self.values) {
            let certainty = entry.certainty(patch.scores);
            let before = if values.is_empty() { certainty } else { *last };
            values.push(f32::midpoint(before, certainty));
            *last = certainty;
        }
    }
}

impl Entry {
    /// The certainty that at least one of its classes sounds, were they independent: one laugh that the network splits
    /// between laughter, giggle and chuckle is no less certain for it.
    fn certainty(&self, scores: &[f32]) -> f32 {
        let scores = self.classes.iter().filter_map(|(class, _)| scores.get(*class));
        1.0 - scores.fold(1.0, |none, score| none * (1.0 - score))
    }
}
