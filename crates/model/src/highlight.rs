//! The answer: ranges worth keeping, and why.

use serde::{Deserialize, Serialize};

use crate::{MediaTime, Signal, SoundEvent, TimeRange};

/// A range worth keeping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Highlight {
    /// Where it lies in its material.
    pub range: TimeRange,
    /// How much it stands out, 0 to 1. It is measured on the same scale in every material, so that the highlights of
    /// several can be compared.
    pub score: f32,
    /// What was detected in it, the most certain first, each name once; may be empty.
    pub tags: Vec<Tag>,
    /// Why it was chosen, strongest first; at most three.
    pub reasons: Vec<Reason>,
}

/// Something that happens in a highlight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tag {
    /// What it is called: the editor's own name for it where there is one.
    pub name: String,
    /// When it happens, in the material's time. Of several times the most certain one.
    pub range: TimeRange,
    /// How certain it is, 0 to 1; from one half on it is more likely than not.
    pub confidence: f32,
}

/// One signal's part in a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What stood out.
    pub signal: Signal,
    /// Which sound it was, where the signal is [`Signal::SoundEvents`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<SoundEvent>,
    /// The share of the material's time in which this signal is weaker than here at its peak, 0 to 1.
    pub strength: f32,
    /// When it peaks, in the material's time.
    pub at: MediaTime,
}
