//! How far a piece of long work has come.

use serde::{Deserialize, Serialize};

/// What is being done to a material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading what the file holds.
    Probing,
    /// Decoding picture and sound, measuring signals.
    Analysing,
    /// Choosing the ranges.
    Choosing,
    /// Writing down what is said.
    Transcribing,
    /// Writing a clip.
    Exporting,
    /// Sending a clip to its bucket.
    Uploading,
    /// Making a copy that the player can show.
    Preparing,
}

/// A stage and the share of it that is done.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// The share done, 0 to 1.
    pub fraction: f32,
}
