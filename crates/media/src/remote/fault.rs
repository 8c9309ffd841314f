//! Why a remote file cannot be read, as data that can be kept and told again.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::MediaError;

/// What went wrong. It never holds the address that is read, which may be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The server wants to know who asks, or does not let this one in.
    Forbidden,
    /// The server has no such file.
    NotFound,
    /// The server sends the whole file or nothing.
    WithoutRanges,
    /// The server has nothing at the place that was asked for.
    OutOfRange,
    /// It is not the version that was asked for, or no longer the one that was begun.
    Changed,
    /// The server leads in circles, or to what is not followed.
    Redirected,
    /// Any other answer that is none.
    Status(u16),
    /// The connection broke off, or nothing came for too long.
    Interrupted,
    /// No connection came about; the reason as the end of a sentence.
    Unreachable(String),
    /// The server cannot prove who it is; the reason as the end of a sentence.
    Untrusted(String),
    /// What arrived cannot be kept on this machine.
    Mirror {
        /// The file or folder that cannot be written.
        path: PathBuf,
        /// The system's number for it, when there is one.
        errno: Option<i32>,
        /// Its kind otherwise.
        kind: io::ErrorKind,
    },
}

impl Fault {
    /// A refusal of this machine's own disk.
    pub(crate) fn of_mirror(path: &Path, error: &io::Error) -> Self {
        Self::Mirror { path: path.to_owned(), errno: error.raw_os_error(), kind: error.kind() }
    }

    /// True when asking again may help.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Interrupted | Self::Unreachable(_) => true,
            Self::Status(status) => *status == 429 || (500..600).contains(status),
            _ => false,
        }
    }

    /// The same in words for the user. `kept` and `size` are bytes that are here already and those there are in all.
    pub(crate) fn into_error(self, address: &str, kept: u64, size: u64) -> MediaError {
        let path = PathBuf::from(address);
        match self {
            Self::Forbidden => MediaError::RemoteForbidden { path },
            Self::NotFound => MediaError::RemoteNotFound { path },
            Self::WithoutRanges | Self::OutOfRange => MediaError::RemoteWithoutRanges { path },
            Self::Changed => MediaError::RemoteChanged { path },
            Self::Redirected => MediaError::RemoteRedirected { path },
            Self::Status(status) => MediaError::RemoteStatus { status, path },
            Self::Interrupted => MediaError::RemoteInterrupted { kept, size, path },
            Self::Unreachable(reason) | Self::Untrusted(reason) => {
                MediaError::RemoteUnreachable { reason, path }
            }
            Self::Mirror { path, errno, kind } => MediaError::from_write(
                &path,
                errno.map_or_else(|| io::Error::from(kind), io::Error::from_raw_os_error),
            ),
        }
    }
}

/// A try that brought nothing, or not all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setback {
    pub(crate) fault: Fault,
    /// How long the server asks to be left alone.
    pub(crate) wait: Option<Duration>,
}

impl From<Fault> for Setback {
    fn from(fault: Fault) -> Self {
        Self { fault, wait: None }
    }
}
