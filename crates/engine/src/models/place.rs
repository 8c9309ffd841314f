//! Where a model lies.

use std::path::{Path, PathBuf};

/// What there is of a model on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelPlace {
    /// No file.
    Missing,
    /// This file of the library's own folder.
    Installed(PathBuf),
    /// This file of a folder that `STANDOUT_MODELS` lists. It is never changed or removed.
    Listed(PathBuf),
    /// This file has the model's name and other content: it is cut short, damaged, of another version, or unreadable.
    Damaged(PathBuf),
}

impl ModelPlace {
    /// The whole, verified file.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Installed(path) | Self::Listed(path) => Some(path),
            Self::Missing | Self::Damaged(_) => None,
        }
    }
}
