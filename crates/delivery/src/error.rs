//! Why a clip cannot be delivered.

use std::io;
use std::path::{Path, PathBuf};

/// What is wrong with a name template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Clips would all have one name.
    #[error(
        "The name must contain {{index}}, the running number of the clip; add it, as in clip-{{index}}.mp4"
    )]
    WithoutIndex,
    /// A `{…}` that means nothing.
    #[error("{{{0}}} is not known in a name; use {{index}}, {{media}}, {{start}}, {{tag}} or {{title}}")]
    UnknownPlaceholder(String),
    /// A `{` without its `}`, or the other way round.
    #[error("The name has a brace without its partner; write placeholders as {{index}}")]
    UnmatchedBrace,
    /// It leads out of the folder.
    #[error("The name must stay inside the chosen folder; remove the leading slash, the drive or the ..")]
    OutsideFolder,
    /// It ends in a slash.
    #[error("The name ends in a folder; add a file name, as in clip-{{index}}.mp4")]
    WithoutFileName,
    /// Its own text is too long for a file system.
    #[error("A part of the name is longer than {limit} bytes; shorten it")]
    TooLong {
        /// Bytes that a part may have.
        limit: usize,
    },
    /// All of it is too long for an object's key.
    #[error("The name has too many folders, or they are too long; use fewer or shorter ones")]
    TooDeep,
}

/// Why a clip could not get its place.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// There is a file of that name, and it was not to be replaced.
    #[error("A file of this name is already there; choose another name or allow replacing it: {}", path.display())]
    TargetExists {
        /// The file.
        path: PathBuf,
    },
    /// Nothing can be written into the folder.
    #[error("Nothing can be written into this folder; choose another one: {}", path.display())]
    FolderNotWritable {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The disk has no room.
    #[error("The disk is full; free some space or choose another folder: {}", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Anything else a file system can fail with.
    #[error("The clip could not be saved; check the folder and try again: {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl DeliveryError {
    /// The error for a failure to make `folder`.
    pub(crate) fn from_folder(folder: &Path, source: io::Error) -> Self {
        let path = folder.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path, source },
            _ => Self::FolderNotWritable { path, source },
        }
    }

    /// The error for a failure while `target` was being written.
    pub(crate) fn from_io(target: &Path, source: io::Error) -> Self {
        use io::ErrorKind::{
            AlreadyExists, NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        };
        let path = target.to_path_buf();
        match source.kind() {
            AlreadyExists => Self::TargetExists { path },
            StorageFull | QuotaExceeded => Self::DiskFull { path, source },
            PermissionDenied | ReadOnlyFilesystem | NotADirectory => {
                let folder = target.parent().unwrap_or(target).to_path_buf();
                Self::FolderNotWritable { path: folder, source }
            }
            _ => Self::Io { path, source },
        }
    }
}
