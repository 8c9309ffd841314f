//! Why a file cannot be fetched.

use std::io;
use std::path::PathBuf;

/// What went wrong. It names the server and never the whole address.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// No connection came about.
    #[error("the server {server} cannot be reached ({reason})")]
    Unreachable {
        server: String,
        /// As the end of a sentence.
        reason: String,
    },
    /// The connection ended, or nothing came over it for too long.
    #[error("the connection to {server} broke off after {kept} of {size} bytes")]
    Interrupted { server: String, kept: u64, size: u64 },
    /// The server has nothing at the address.
    #[error("the server {server} no longer has the file")]
    NotThere { server: String },
    /// The server answers with anything else but the file.
    #[error("the server {server} does not send the file (status {status})")]
    Status { server: String, status: u16 },
    /// The server has a file of another size.
    #[error("the server {server} has another file, of {found} bytes instead of {size}")]
    WrongSize { server: String, found: u64, size: u64 },
    /// What arrived is not what it should be.
    #[error("what the server {server} sent is not the model: its SHA-256 differs")]
    WrongContent { server: String },
    /// The disk has no room for it.
    #[error("the disk has {free} bytes left and {needed} are needed: {}", path.display())]
    NoRoom { needed: u64, free: u64, path: PathBuf },
    /// Somebody else fetches it right now.
    #[error("the same file is being fetched by another Standout: {}", path.display())]
    Busy { path: PathBuf },
    /// This machine's disk refuses.
    #[error("the file cannot be written ({source}): {}", path.display())]
    File { source: io::Error, path: PathBuf },
}

impl FetchError {
    /// True when asking again may help.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Interrupted { .. } => true,
            Self::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
            _ => false,
        }
    }
}
