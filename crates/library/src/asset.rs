//! Media the library knows.

use std::fmt;
use std::path::{Path, PathBuf};

use model::{Fingerprint, SourceInfo};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{Library, LibraryError, Timestamp};

/// An asset's id in the contract's form: 32 hexadecimal digits. The same content always has the same id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MediaId(pub String);

impl MediaId {
    /// The id of the content with this fingerprint.
    #[must_use]
    pub fn of(fingerprint: &Fingerprint) -> Self {
        let digits = blake3::hash(fingerprint.0.as_bytes()).to_hex();
        Self(digits.chars().take(32).collect())
    }
}

impl fmt::Display for MediaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A media file the library knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// Its id.
    pub id: MediaId,
    /// Which content it is.
    pub fingerprint: Fingerprint,
    /// Where it was last seen.
    pub path: PathBuf,
    /// What it holds.
    pub info: SourceInfo,
    /// When this was last written.
    pub updated: Timestamp,
}

impl Library {
    /// Registers a file, or notes its new place when its content is known. A thumbnail that is there stays.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn register_asset(
        &self,
        fingerprint: &Fingerprint,
        path: &Path,
        info: &SourceInfo,
        now: Timestamp,
    ) -> Result<MediaId, LibraryError> {
        let doing = "register the video";
        let id = MediaId::of(fingerprint);
        let info = serde_json::to_string(info).map_err(|source| LibraryError::Document { doing, source })?;
        self.write(doing, |transaction| {
            transaction.execute(
                "INSERT INTO asset (id, fingerprint, path, info, updated) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (id) DO UPDATE SET path = ?3, info = ?4, updated = ?5",
                params![id.0, fingerprint.0, path.as_os_str().as_encoded_bytes(), info, now.0],
            )
        })?;
        Ok(id)
    }

    /// The asset of that id.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn asset(&self, id: &MediaId) -> Result<Option<Asset>, LibraryError> {
        let doing = "read the video's entry";
        let found = self.run(doing, |connection| {
            connection
                .query_row(
                    "SELECT fingerprint, path, info, updated FROM asset WHERE id = ?1",
                    [&id.0],
                    Entry::read,
                )
                .optional()
        })?;
        found
            .map(|entry| {
                let info = serde_json::from_str(&entry.info);
                Ok(Asset {
                    id: id.clone(),
                    fingerprint: entry.fingerprint,
                    path: entry.path,
                    info: info.map_err(|source| LibraryError::Document { doing, source })?,
                    updated: entry.updated,
                })
            })
            .transpose()
    }

    /// Keeps the thumbnail (JPEG) of a registered asset; of one that is not registered, nothing happens.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_thumbnail(&self, id: &MediaId, jpeg: &[u8]) -> Result<(), LibraryError> {
        self.write("keep the thumbnail", |transaction| {
            transaction.execute("UPDATE asset SET thumbnail = ?2 WHERE id = ?1", params![id.0, jpeg])
        })?;
        Ok(())
    }

    /// The thumbnail (JPEG) of an asset.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn thumbnail(&self, id: &MediaId) -> Result<Option<Vec<u8>>, LibraryError> {
        let found: Option<Option<Vec<u8>>> = self.run("read the thumbnail", |connection| {
            connection
                .query_row("SELECT thumbnail FROM asset WHERE id = ?1", [&id.0], |row| row.get(0))
                .optional()
        })?;
        Ok(found.flatten())
    }
}

/// A row as it is kept.
struct Entry {
    fingerprint: Fingerprint,
    path: PathBuf,
    info: String,
    updated: Timestamp,
}

impl Entry {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            fingerprint: Fingerprint(row.get(0)?),
            path: path_from(row.get(1)?),
            info: row.get(2)?,
            updated: Timestamp(row.get(3)?),
        })
    }
}

/// File names are bytes here, not necessarily UTF-8.
#[cfg(unix)]
fn path_from(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_from(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
