//! The answer: ranges worth keeping, and why.

use serde::{Deserialize, Serialize};

use crate::{MediaTime, Signal, TimeRange};

/// A range worth keeping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Highlight {
    /// Where it lies in its material.
    pub range: TimeRange,
    /// How much it stands out, 0 to 1.
    pub score: f32,
    /// What was detected in it; may be empty.
    pub tags: Vec<String>,
    /// Why it was chosen, strongest first; at most three.
    pub reasons: Vec<Reason>,
}

/// One signal's part in a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What stood out.
    pub signal: Signal,
    /// The share of the material's time in which this signal is weaker than here at its peak, 0 to 1.
    pub strength: f32,
    /// When it peaks, in the material's time.
    pub at: MediaTime,
}
