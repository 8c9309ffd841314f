//! Clips on their way into a bucket, so that an upload that was cut off goes on where it stopped.

use std::path::PathBuf;

use model::path_text::path_from;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};

use crate::{Library, LibraryError, Timestamp};

/// A clip that is on this machine and not yet in its bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingUpload {
    /// Names what is delivered and where to: the same order again has the same id.
    pub id: String,
    /// The clip's file.
    pub file: PathBuf,
    /// What it is and where it goes, as the engine writes it. It holds no secret.
    pub document: String,
    /// How far the upload came, as the engine writes it; `None` before it has begun.
    pub progress: Option<String>,
    /// When the clip was written.
    pub created: Timestamp,
}

const COLUMNS: &str = "SELECT id, file, document, progress, created FROM upload";

impl Library {
    /// Keeps an upload, replacing what was kept under its id.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn save_upload(&self, upload: &WaitingUpload) -> Result<(), LibraryError> {
        let WaitingUpload { id, file, document, progress, created } = upload;
        self.write("keep the upload", |transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO upload (id, file, document, progress, created) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, file.as_os_str().as_encoded_bytes(), document, progress, created.0],
            )
        })?;
        Ok(())
    }

    /// Notes how far an upload came.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_upload_progress(&self, id: &str, progress: Option<&str>) -> Result<(), LibraryError> {
        self.write("note the upload's progress", |transaction| {
            transaction.execute("UPDATE upload SET progress = ?2 WHERE id = ?1", params![id, progress])
        })?;
        Ok(())
    }

    /// The upload of that id.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn upload(&self, id: &str) -> Result<Option<WaitingUpload>, LibraryError> {
        self.run("read the upload", |connection| {
            connection.query_row(&format!("{COLUMNS} WHERE id = ?1"), [id], read_upload).optional()
        })
    }

    /// All uploads, the oldest first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn uploads(&self) -> Result<Vec<WaitingUpload>, LibraryError> {
        self.run("list the uploads", |connection| {
            connection
                .prepare_cached(&format!("{COLUMNS} ORDER BY created, rowid"))?
                .query_map([], read_upload)?
                .collect()
        })
    }

    /// Forgets an upload. Its file is the caller's.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn delete_upload(&self, id: &str) -> Result<(), LibraryError> {
        self.write("forget the upload", |transaction| {
            transaction.execute("DELETE FROM upload WHERE id = ?1", [id])
        })?;
        Ok(())
    }
}

fn read_upload(row: &Row<'_>) -> rusqlite::Result<WaitingUpload> {
    let foreign =
        || rusqlite::Error::FromSqlConversionFailure(1, Type::Blob, "a path of another system".into());
    Ok(WaitingUpload {
        id: row.get(0)?,
        file: path_from(row.get(1)?).ok_or_else(foreign)?,
        document: row.get(2)?,
        progress: row.get(3)?,
        created: Timestamp(row.get(4)?),
    })
}
