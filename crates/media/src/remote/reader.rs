//! A remote file as FFmpeg reads it: bytes after bytes, with jumps.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use super::RemoteVersion;
use super::session::Session;
use crate::MediaError;

/// A session that several readers may share, one after the other.
#[derive(Clone)]
pub(crate) struct SharedSession(Arc<Mutex<Session>>);

impl SharedSession {
    pub(crate) fn new(session: Session) -> Self {
        Self(Arc::new(Mutex::new(session)))
    }

    /// A reader that stands at the beginning.
    pub(crate) fn reader(&self) -> RemoteReader {
        RemoteReader { session: self.clone(), position: 0, size: self.version().size }
    }

    /// Which version is read.
    pub(crate) fn version(&self) -> RemoteVersion {
        self.with(|session| session.version().clone())
    }

    /// The reason why reading failed, however FFmpeg took it.
    pub(crate) fn failure(&self) -> Option<MediaError> {
        self.with(|session| session.failure())
    }

    fn with<T>(&self, act: impl FnOnce(&mut Session) -> T) -> T {
        // A panic elsewhere leaves the session as it was: what it holds is checked wherever it is used.
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads a remote file. What goes wrong is told as a mere failure here; the session keeps the reason.
pub(crate) struct RemoteReader {
    session: SharedSession,
    position: u64,
    size: u64,
}

impl Read for RemoteReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.session.with(|session| session.read_at(self.position, buffer));
        let read = read.map_err(|_| io::Error::other("the remote file cannot be read"))?;
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for RemoteReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
