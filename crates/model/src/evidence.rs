//! Everything perceived in a material. It never depends on what the editor asks for, so it can be kept and reused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{MediaTime, Series, SoundEvent, TimeRange};

/// A thing measured along a material's time. Its figures have no common unit: choosing looks at their rank within one
/// material only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Momentary loudness, LUFS (EBU R 128, 400 ms windows).
    Loudness,
    /// Probability that a human voice sounds, 0 to 1.
    Voice,
    /// Strength of sudden beginnings in the sound (spectral flux), 0 and up.
    Onset,
    /// Mean change between neighbouring pictures within a shot, 0 to 255.
    Motion,
    /// Cuts a second, smoothed.
    CutRate,
    /// The level that the sound holds for three quarters of two seconds, dB relative to full scale: laughter, applause
    /// and screams fill the gaps that speech leaves.
    Fullness,
    /// The height of the largest face as a share of the picture's height, 0 (no face) to 1.
    Faces,
    /// How much the words said stand out of all that is said, 0 to 1.
    Words,
    /// How certain the sounds are that make people look up (laughter, applause, a scream), each by what it deserves, 0 to
    /// 1. Derived from [`Evidence::sound_events`] while choosing, never measured.
    SoundEvents,
}

impl Signal {
    /// Every signal, in the order they are listed to a user.
    pub const ALL: [Self; 9] = [
        Self::Loudness,
        Self::Fullness,
        Self::Voice,
        Self::Onset,
        Self::Motion,
        Self::CutRate,
        Self::Faces,
        Self::Words,
        Self::SoundEvents,
    ];
}

/// A fade to or from black or white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fade {
    /// From the last picture in full light before it to the first one after it. Where one side is a hard cut, or the
    /// material's own end, it begins or ends with [`Self::blank`].
    pub range: TimeRange,
    /// When all is black or white: nothing is lost where a clip begins or ends in it. Empty where the shots meet at the
    /// deepest point.
    pub blank: TimeRange,
}

/// One timed text of a subtitle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// When it is shown.
    pub range: TimeRange,
    /// Its text without markup; lines are separated by `\n`.
    pub text: String,
}

/// A stretch of speech without a pause that a cut could use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    /// From its first to its last sound.
    pub range: TimeRange,
    /// What is said, when a subtitle tells.
    pub text: Option<String>,
}

/// What was seen, heard and read in one material.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// How long the material lasts.
    pub duration: MediaTime,
    /// What was measured; a signal that could not be (no sound, no picture) is absent. All have the same hop.
    pub signals: BTreeMap<Signal, Series>,
    /// How certain each sound event is, 0 to 1. Empty without the model that hears them; events that were never heard are
    /// absent. All have the same hop, which is the model's.
    #[serde(default)]
    pub sound_events: BTreeMap<SoundEvent, Series>,
    /// Times of the first picture of every shot but the first, ascending.
    pub cuts: Vec<MediaTime>,
    /// Fades, ascending, not overlapping. Where one lies between two shots, the cut to the second one is among
    /// [`Self::cuts`].
    #[serde(default)]
    pub fades: Vec<Fade>,
    /// Stretches of speech, ascending, not overlapping.
    pub utterances: Vec<Utterance>,
    /// Stretches without any sound to speak of, ascending, not overlapping.
    pub silences: Vec<TimeRange>,
    /// The subtitle that was read, in order of time; empty when there is none.
    pub cues: Vec<Cue>,
}

impl Evidence {
    /// The distance between two values of every signal.
    pub const HOP: MediaTime = MediaTime::from_millis(100);

    /// True when a human voice or a subtitle was found: what the contract asks of a material.
    #[must_use]
    pub fn has_speech(&self) -> bool {
        !self.cues.is_empty() || !self.utterances.is_empty()
    }
}
