//! What can go wrong with a media file, in words that name the next step.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use ffmpeg_next::error as errno;
use model::TimeRange;

use crate::format::ContainerRefusal;

/// Why a media operation gave no result. [`MediaError::Cancelled`] is an outcome rather than a fault.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// Nothing lies at the path.
    #[error("The file is not there. Check that it was not moved or renamed: {}", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// The file is there, but the system does not let it be read.
    #[error("The file cannot be read ({source}). Check its permissions and the disk it is on: {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// No known container format.
    #[error("This is not a video or sound file that can be read. Choose another file: {}", path.display())]
    NotMedia {
        /// The file.
        path: PathBuf,
    },
    /// A media file that holds neither picture nor sound.
    #[error("The file holds neither picture nor sound. Choose another file: {}", path.display())]
    NoPictureOrSound {
        /// The file.
        path: PathBuf,
    },
    /// No decoder for what the file holds.
    #[error("The codec {codec} cannot be decoded. Convert the file to H.264 and AAC first: {}", path.display())]
    UnsupportedCodec {
        /// FFmpeg's name of the codec, or the container's own tag.
        codec: String,
        /// The file.
        path: PathBuf,
    },
    /// Picture or sound is encrypted.
    #[error("The file is protected by encryption. Choose a copy without protection: {}", path.display())]
    Encrypted {
        /// The file.
        path: PathBuf,
    },
    /// It is a media file, yet not one picture or sample of it can be decoded.
    #[error("{damage}. Copy the file again from where it came, or repair it with another tool: {}", path.display())]
    Damaged {
        /// What was found in it.
        damage: Damage,
        /// The file.
        path: PathBuf,
    },
    /// The asked stretch is empty or lies outside the material.
    #[error("The range {range} holds nothing of this material. Choose a range inside it: {}", path.display())]
    EmptyRange {
        /// What was asked.
        range: TimeRange,
        /// The file.
        path: PathBuf,
    },
    /// The caller asked to stop.
    #[error("Cancelled.")]
    Cancelled,
    /// No room for the output.
    #[error("The disk is full. Free some space or choose another folder: {}", path.display())]
    DiskFull {
        /// The file being written.
        path: PathBuf,
    },
    /// The output cannot be created or written.
    #[error("The file cannot be written ({source}). Choose another folder: {}", path.display())]
    Unwritable {
        /// The file being written.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The target's format is unknown, or does not hold what is to be written.
    #[error("{refusal}: {}", path.display())]
    Container {
        /// Why.
        refusal: ContainerRefusal,
        /// The file that was to be written.
        path: PathBuf,
    },
    /// The source's packets cannot be taken over as they are.
    #[error("The pictures cannot be copied ({reason}). Choose a codec to encode them with: {}", path.display())]
    CannotCopy {
        /// What stands in the way.
        reason: &'static str,
        /// The source.
        path: PathBuf,
    },
    /// FFmpeg was built without an encoder that is needed.
    #[error(
        "FFmpeg has no working {codec} encoder here. Choose another codec, or install an FFmpeg with such an encoder."
    )]
    EncoderMissing {
        /// What should have been encoded.
        codec: &'static str,
    },
    /// The server does not let the file be read.
    #[error(
        "The server does not allow this address to be read. Check that it is public, or ask for a new link if this one \
         has run out: {}", path.display()
    )]
    RemoteForbidden {
        /// The address, for display.
        path: PathBuf,
    },
    /// The server has no such file.
    #[error("The server has no file at this address. Check the address: {}", path.display())]
    RemoteNotFound {
        /// The address, for display.
        path: PathBuf,
    },
    /// The server sends no parts of the file.
    #[error(
        "The server does not send parts of this file. Download the file and open it from this machine: {}",
        path.display()
    )]
    RemoteWithoutRanges {
        /// The address, for display.
        path: PathBuf,
    },
    /// The connection broke off, again and again.
    #[error(
        "The connection broke off; {} of {} have arrived and are kept. Try again to go on from there: {}",
        Megabytes(*kept), Megabytes(*size), path.display()
    )]
    RemoteInterrupted {
        /// Bytes that are in the mirror.
        kept: u64,
        /// Bytes of the whole file.
        size: u64,
        /// The address, for display.
        path: PathBuf,
    },
    /// No connection to the server comes about.
    #[error(
        "The server cannot be reached: {reason}. Check the address and the connection, then try again: {}",
        path.display()
    )]
    RemoteUnreachable {
        /// Why, as the end of a sentence.
        reason: String,
        /// The address, for display.
        path: PathBuf,
    },
    /// The remote file is not the version that was asked for, or another took its place meanwhile.
    #[error("The remote file has changed since it was first read. Open it anew: {}", path.display())]
    RemoteChanged {
        /// The address, for display.
        path: PathBuf,
    },
    /// The server leads on too often, to no web address, or from a safe connection to one that is not.
    #[error("The server leads on to an address that is not followed. Open the final address: {}", path.display())]
    RemoteRedirected {
        /// The address, for display.
        path: PathBuf,
    },
    /// The server answers with something else than the file.
    #[error(
        "The server answers with status {status} instead of the file. Try again later, or download the file and open it \
         from this machine: {}", path.display()
    )]
    RemoteStatus {
        /// The HTTP status.
        status: u16,
        /// The address, for display.
        path: PathBuf,
    },
    /// Anything else FFmpeg refuses.
    #[error("FFmpeg could not {operation} ({source}): {}", path.display())]
    Ffmpeg {
        /// What was being done, as a verb phrase.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// FFmpeg's own answer.
        source: ffmpeg_next::Error,
    },
}

impl MediaError {
    /// An FFmpeg refusal while reading `path`; system errors get their own variants.
    pub(crate) fn reading(operation: &'static str, path: &Path, source: ffmpeg_next::Error) -> Self {
        let path = path.to_owned();
        match source {
            ffmpeg_next::Error::Other { errno: errno::ENOENT } => Self::NotFound { path },
            ffmpeg_next::Error::Other {
                errno: code @ (errno::EACCES | errno::EPERM | errno::EIO | errno::EISDIR),
            } => Self::Unreadable { path, source: io::Error::from_raw_os_error(code) },
            ffmpeg_next::Error::Exit => Self::Cancelled,
            source => Self::Ffmpeg { operation, path, source },
        }
    }

    /// An FFmpeg refusal while writing `path`.
    pub(crate) fn writing(operation: &'static str, path: &Path, source: ffmpeg_next::Error) -> Self {
        match source {
            ffmpeg_next::Error::Other { errno: code } if is_system_error(code) => {
                Self::from_write(path, io::Error::from_raw_os_error(code))
            }
            source => Self::Ffmpeg { operation, path: path.to_owned(), source },
        }
    }

    /// A refusal of the system while writing `path`.
    pub(crate) fn from_write(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.raw_os_error() {
            // 122 is EDQUOT on Linux, which FFmpeg's own list of codes lacks.
            Some(errno::ENOSPC | 122) => Self::DiskFull { path },
            _ => Self::Unwritable { path, source },
        }
    }
}

/// What was found in a file of which nothing can be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// It begins as such a container, and the description of what is in it is missing or invalid.
    Streams {
        /// FFmpeg's name of the container.
        container: String,
    },
    /// It says what is in it, and nothing of that can be decoded.
    Content {
        /// FFmpeg's names of the codecs of picture and sound.
        codecs: Vec<String>,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Streams { container } => write!(
                f,
                "The file begins as {container}, but is damaged or cut short: the description of what is in it is missing or invalid"
            ),
            Self::Content { codecs } if codecs.is_empty() => {
                write!(f, "The file is damaged: nothing in it can be decoded")
            }
            Self::Content { codecs } => write!(
                f,
                "The file says that it holds {}, but is damaged: its data are invalid, and nothing of it can be decoded",
                codecs.join(" and ")
            ),
        }
    }
}

/// Bytes as a person reads them.
struct Megabytes(u64);

impl fmt::Display for Megabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} MB", self.0 as f64 / 1e6)
    }
}

/// Codes that only a file system gives; `EINVAL` and the like mean a fault in what was asked of FFmpeg.
fn is_system_error(code: i32) -> bool {
    matches!(
        code,
        errno::ENOSPC
            | 122
            | errno::EFBIG
            | errno::EIO
            | errno::EACCES
            | errno::EPERM
            | errno::EROFS
            | errno::ENOENT
            | errno::ENOTDIR
            | errno::EISDIR
            | errno::ENAMETOOLONG
            | errno::EMFILE
    )
}
