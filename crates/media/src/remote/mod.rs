//! Remote media, read by range requests, each byte once.
//!
//! # How
//! FFmpeg reads through a [`reader`], which reads through a [`session`]: that takes what is there from the [`mirror`] on
//! this machine's disk and asks the server for the rest, which goes through the mirror as well. So one file may be probed,
//! decoded and cut into clips, by several processes at once or one after the other, and nothing is downloaded twice.
//!
//! # Invariants
//! - The address that is read may carry a signature: it is never shown and is part of no error.
//! - Bytes of two versions are never mixed: whoever began with one ends with it or with [`MediaError::RemoteChanged`].
//! - Nobody waits longer than [`limits::Limits`] says without a byte or an error.

mod answer;
mod client;
mod fault;
mod limits;
mod lock;
mod mirror;
mod prefetch;
mod read_ahead;
mod reader;
mod session;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::MediaError;
pub(crate) use reader::SharedSession;
use session::Session;

/// A file that a web server sends in parts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteSource {
    /// How messages name it: the address as the user gave it, without secrets.
    pub address: String,
    /// What is read, `http` or `https`: the address or a signed form of it. Never shown.
    pub url: String,
    /// The folder that keeps what was read so far, so that nothing is downloaded twice.
    pub mirror: PathBuf,
    /// The version it must still be; `None`: whichever is there now.
    pub version: Option<RemoteVersion>,
}

impl fmt::Debug for RemoteSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteSource")
            .field("address", &self.address)
            .field("mirror", &self.mirror)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// What tells one version of a remote file from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteVersion {
    /// Bytes.
    pub size: u64,
    /// What the server calls the version: its `ETag`, else when it was last modified; `None` where it says neither.
    pub tag: Option<String>,
}

impl RemoteSource {
    /// The sparse copy in the mirror, as long as the remote file. What has not been read reads as zeros.
    #[must_use]
    pub fn mirrored_file(&self) -> PathBuf {
        self.mirror.join(mirror::DATA)
    }

    /// Finds the file.
    pub(crate) fn open(&self) -> Result<SharedSession, MediaError> {
        Session::open(self, limits::Limits::default()).map(SharedSession::new)
    }

    /// The ending of the file's name, which helps to tell formats apart.
    pub(crate) fn extension(&self) -> Option<String> {
        let url = url::Url::parse(&self.url).ok()?;
        let (_, extension) = url.path_segments()?.next_back()?.rsplit_once('.')?;
        let is_plain =
            (1..=8).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
        is_plain.then(|| extension.to_ascii_lowercase())
    }
}

/// Bytes of remote media that have arrived in this process so far. While the number grows, work that says nothing of its
/// progress, such as probing, is waiting for a slow line rather than hanging.
#[must_use]
pub fn arrived_bytes() -> u64 {
    client::arrived()
}

/// Makes sure that the first and the last `bytes` of a remote file are in its mirror, and says which version it is.
///
/// # Errors
/// The `Remote…` variants of [`MediaError`], and [`MediaError::DiskFull`] or [`MediaError::Unwritable`] when the mirror
/// cannot be written.
pub fn mirror_ends(source: &RemoteSource, bytes: u64) -> Result<RemoteVersion, MediaError> {
    let mut session = Session::open(source, limits::Limits::default())?;
    let version = session.version().clone();
    let tail = version.size.saturating_sub(bytes)..version.size;
    let brought = session.ensure(0..bytes.min(version.size)).and_then(|()| session.ensure(tail));
    brought.map(|()| version).map_err(|fault| session.error_of(fault))
}
