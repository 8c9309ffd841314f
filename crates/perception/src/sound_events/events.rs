//! From scores of classes to events along time.

use std::collections::BTreeMap;

use model::{Series, SoundEvent};

use super::classifier::{PatchScores, SoundClassifier};
use super::high_pass::HighPass;
use super::vocabulary::VOCABULARY;
use super::{SoundModelError, vocabulary::Entry};

/// Events that are heard better without the low part of the sound, where voices and music have most of their energy: of ten
/// laughs, screams and shots, half of them under loud talk, the network then told eight, and in the whole sound six.
const ABOVE_VOICES: [SoundEvent; 5] = [
    SoundEvent::Laughter,
    SoundEvent::Applause,
    SoundEvent::Cheering,
    SoundEvent::Screaming,
    SoundEvent::Gunshot,
];

/// What goes on for minutes, so that half of the patches show as much of it as all do.
const LASTING: [SoundEvent; 4] =
    [SoundEvent::Speech, SoundEvent::Singing, SoundEvent::Music, SoundEvent::Crowd];
/// Less than this share of certainty in a patch and in the next but one is nothing that the one between would tell: the least
/// that is ever told of an event is a half more.
const TRACE: f32 = 0.02;

/// Listens to one sound track for events, to all of it and once more to what lies above voices. It keeps four bytes for each event
/// and hop, one megabyte an hour.
pub struct SoundEvents {
    whole: SoundClassifier,
    heard: Heard,
    above: SoundClassifier,
    high_pass: HighPass,
    high: Vec<f32>,
    heard_above: Vec<[f32; ABOVE_VOICES.len()]>,
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
        Ok(Self {
            whole: SoundClassifier::from_bytes(bytes)?.closer_where(holds_an_event),
            heard: Heard { last: [0.0; VOCABULARY.len()], values: std::array::from_fn(|_| Vec::new()) },
            above: SoundClassifier::from_bytes(bytes)?.every_second_patch(),
            high_pass: HighPass::new(),
            high: Vec::new(),
            heard_above: Vec::new(),
        })
    }

    /// Takes the next samples, in pieces of any size: one channel, [`model::Samples::RATE`] a second, the first at
    /// time zero, without gaps.
    pub fn samples(&mut self, values: &[f32]) {
        self.whole.samples(values, |patch| self.heard.take(patch));
        self.high.clear();
        self.high.extend(values.iter().map(|value| self.high_pass.next(*value)));
        self.above.samples(&self.high, |patch| self.heard_above.push(certainties_above(&patch)));
    }

    /// How certain each event is along time, 0 to 1, every [`SoundClassifier::HOP`]. Events that were never heard are
    /// left out, but speech never is: that it is there says that somebody listened. Without any sample the map is empty.
    #[must_use]
    pub fn finish(mut self) -> BTreeMap<SoundEvent, Series> {
        self.whole.finish(|patch| self.heard.take(patch));
        self.above.finish(|patch| self.heard_above.push(certainties_above(&patch)));
        for (index, event) in ABOVE_VOICES.into_iter().enumerate() {
            for (hop, value) in self.heard.values[event as usize].iter_mut().enumerate() {
                let above = self.heard_above.get(hop / 2).map_or(0.0, |certainties| certainties[index]);
                *value = value.max(above);
            }
        }
        let series = |values| Series::new(SoundClassifier::HOP, values);
        VOCABULARY
            .iter()
            .zip(self.heard.values)
            .filter(|(entry, values)| match entry.event {
                SoundEvent::Speech => !values.is_empty(),
                _ => values.iter().any(|value| *value > 0.0),
            })
            .map(|(entry, values)| (entry.event, series(values)))
            .collect()
    }
}

/// Whether there is a trace of anything but what lasts.
fn holds_an_event(scores: &[f32]) -> bool {
    let brief = VOCABULARY.iter().filter(|entry| !LASTING.contains(&entry.event));
    brief.map(|entry| entry.certainty(scores)).any(|certainty| TRACE <= certainty)
}

fn certainties_above(patch: &PatchScores<'_>) -> [f32; ABOVE_VOICES.len()] {
    ABOVE_VOICES.map(|event| VOCABULARY[event as usize].certainty(patch.scores))
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
