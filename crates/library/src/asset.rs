//! Media the library knows.

use std::fmt;

use model::{Fingerprint, MediaLocation, SourceInfo};
use rusqlite::types::Type;
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
    pub location: MediaLocation,
    /// What it holds.
    pub info: SourceInfo,
    /// When it came into the library first.
    pub added: Timestamp,
    /// When this was last written.
    pub updated: Timestamp,
}

const COLUMNS: &str = "SELECT id, fingerprint, location, info, added, updated FROM asset";

impl Library {
    /// Registers a file, or notes its new place when its content is known. A thumbnail that is there stays.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn register_asset(
        &self,
        fingerprint: &Fingerprint,
        location: &MediaLocation,
        info: &SourceInfo,
        now: Timestamp,
    ) -> Result<MediaId, LibraryError> {
        let doing = "register the video";
        let id = MediaId::of(fingerprint);
        let info = serde_json::to_string(info).map_err(|source| LibraryError::Document { doing, source })?;
        self.write(doing, |transaction| {
            transaction.execute(
                "INSERT INTO asset (id, fingerprint, location, info, added, updated) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
                 ON CONFLICT (id) DO UPDATE SET location = ?3, info = ?4, updated = ?5, listed = 1",
                params![id.0, fingerprint.0, location.to_bytes(), info, now.0],
            )
        })?;
        Ok(id)
    }

    /// The asset of that id; `None` also when it was removed.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn asset(&self, id: &MediaId) -> Result<Option<Asset>, LibraryError> {
        self.run("read the video's entry", |connection| {
            connection
                .query_row(&format!("{COLUMNS} WHERE id = ?1 AND listed"), [&id.0], read_asset)
                .optional()
        })
    }

    /// All assets, the last added first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn assets(&self) -> Result<Vec<Asset>, LibraryError> {
        self.run("list the videos", |connection| {
            connection
                .prepare_cached(&format!("{COLUMNS} WHERE listed ORDER BY added DESC, rowid DESC"))?
                .query_map([], read_asset)?
                .collect()
        })
    }

    /// Takes an asset out of the library; its file is not touched. True when it was there. With `in_use`, its small
    /// picture and its evidence stay for the projects that show it; else they go, too.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn remove_asset(&self, id: &MediaId, in_use: bool) -> Result<bool, LibraryError> {
        let changed = self.write("remove the video", |transaction| {
            if in_use {
                return transaction.execute("UPDATE asset SET listed = 0 WHERE id = ?1 AND listed", [&id.0]);
            }
            for cache in ["evidence", "peaks"] {
                transaction.execute(
                    &format!(
                        "DELETE FROM {cache} WHERE fingerprint = (SELECT fingerprint FROM asset WHERE id = ?1)"
                    ),
                    [&id.0],
                )?;
            }
            transaction.execute("DELETE FROM asset WHERE id = ?1", [&id.0])
        })?;
        Ok(changed > 0)
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

fn read_asset(row: &Row<'_>) -> rusqlite::Result<Asset> {
    let unreadable = |column, kind, source: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(column, kind, source)
    };
    let info: String = row.get(3)?;
    Ok(Asset {
        id: MediaId(row.get(0)?),
        fingerprint: Fingerprint(row.get(1)?),
        location: MediaLocation::from_bytes(row.get(2)?)
            .ok_or_else(|| unreadable(2, Type::Blob, "a path of another system".into()))?,
        info: serde_json::from_str(&info).map_err(|error| unreadable(3, Type::Text, error.into()))?,
        added: Timestamp(row.get(4)?),
        updated: Timestamp(row.get(5)?),
    })
}
