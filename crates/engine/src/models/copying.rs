//! Copying a model's files, seen by whoever waits for it.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::digest::{Growing, PIECE, Sha256};
use super::fetch::FetchProgress;

/// Is told the model that is copied, and how much of it.
type OnProgress = Box<dyn FnMut(&str, FetchProgress) + Send>;

/// Copies files one after the other, tells how far it is, and stops when asked to.
pub(super) struct Copying {
    /// Asks it to stop.
    pub(super) cancel: CancellationToken,
    on_progress: OnProgress,
    /// Bytes copied so far, of all files.
    copied: u64,
}

/// Why a file was not copied.
#[derive(Debug)]
pub(super) enum CopyError {
    Read(io::Error),
    Write(io::Error),
    Cancelled,
}

impl Copying {
    pub(super) fn new(
        cancel: CancellationToken,
        on_progress: impl FnMut(&str, FetchProgress) + Send + 'static,
    ) -> Self {
        Self { cancel, on_progress: Box::new(on_progress), copied: 0 }
    }

    /// Copies a file over one that exists and answers the digest of what was copied. The model `id` is told of, whose files are
    /// `size` bytes in all.
    pub(super) fn copy(&mut self, from: &Path, to: &Path, id: &str, size: u64) -> Result<Sha256, CopyError> {
        let mut from = File::open(from).map_err(CopyError::Read)?;
        let mut to = File::options().write(true).open(to).map_err(CopyError::Write)?;
        let (mut growing, mut piece) = (Growing::default(), vec![0; PIECE]);
        loop {
            let read = from.read(&mut piece).map_err(CopyError::Read)?;
            if self.cancel.is_cancelled() {
                return Err(CopyError::Cancelled);
            }
            if read == 0 {
                return Ok(growing.finish());
            }
            growing.update(&piece[..read]);
            to.write_all(&piece[..read]).map_err(CopyError::Write)?;
            self.copied += read as u64;
            // Of a file that is copied twice no more arrives than there is.
            let arrived = self.copied.min(size);
            (self.on_progress)(id, FetchProgress { arrived, size, trying_again: None });
        }
    }
}
