//! Where media are read from.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::remote::RemoteSource;

/// Where media are read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A file of this machine.
    File(PathBuf),
    /// A file that a web server sends in parts.
    Remote(RemoteSource),
}

impl Source {
    /// How messages name it: the path, or the address as a path that is only shown.
    #[must_use]
    pub fn name(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Remote(remote) => Path::new(&remote.address),
        }
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<RemoteSource> for Source {
    fn from(remote: RemoteSource) -> Self {
        Self::Remote(remote)
    }
}
