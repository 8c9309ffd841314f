//! Evidence that analysing goes without, because a model is not there.

use std::path::PathBuf;

use super::catalogue::ModelKind;

/// A kind of evidence that is missing, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceGap {
    /// What is missing.
    pub kind: ModelKind,
    /// The id of the model that would give it.
    pub model: String,
    /// What that model is called.
    pub name: String,
    /// Why it does not.
    pub reason: GapReason,
}

/// Why a model gives no evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GapReason {
    /// It is not installed.
    Missing,
    /// Its file has other content than it should have.
    Damaged(PathBuf),
}
