//! What can go wrong with the library.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What went wrong with the library.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A newer Standout has changed the file.
    #[error(
        "The library was last used by a newer Standout (format {found}, this one knows {known}); update Standout: {}",
        path.display()
    )]
    Newer {
        /// The file's version.
        found: u32,
        /// The newest this build knows.
        known: u32,
        /// The file.
        path: PathBuf,
    },
    /// The file is a database of another program.
    #[error("This file belongs to another program; choose another place for the library: {}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file is no database, or its content is broken.
    #[error("The library is damaged; move the file aside and start again with an empty one: {}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database said.
        #[source]
        source: rusqlite::Error,
    },
    /// Another process holds the library for too long.
    #[error("The library is in use by another Standout; close it or try again: {}", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
        /// What the database said.
        #[source]
        source: rusqlite::Error,
    },
    /// The disk has no room.
    #[error("The disk of the library is full; free some space and try again: {}", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
        /// What the database said.
        #[source]
        source: rusqlite::Error,
    },
    /// The folder of the library cannot be made.
    #[error("The folder of the library cannot be made; check its permissions: {}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Anything else a database can fail with.
    #[error("Could not {doing}; check that the library's folder can be written to: {}", path.display())]
    Database {
        /// What was being done.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the database said.
        #[source]
        source: rusqlite::Error,
    },
    /// A document could not be turned into JSON or back.
    #[error("Could not {doing}: its document is damaged")]
    Document {
        /// What was being done.
        doing: &'static str,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

impl LibraryError {
    pub(crate) fn from_database(doing: &'static str, path: Option<&Path>, source: rusqlite::Error) -> Self {
        let path = path.unwrap_or(Path::new("(in memory)")).to_path_buf();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged { path, source },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path, source },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path, source },
            _ => Self::Database { doing, path, source },
        }
    }
}
