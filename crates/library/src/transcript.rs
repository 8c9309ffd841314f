//! What was said in materials. It was asked for and took long to make, so it stays when detectors change.

use model::{Fingerprint, Transcript};
use rusqlite::{OptionalExtension, params};

use crate::{Library, LibraryError, Timestamp};

/// What a transcript depends on. When any of it differs, there is none yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TranscriptKey {
    /// The material.
    pub fingerprint: Fingerprint,
    /// The weights, as [`Transcript::model`] names them.
    pub model: String,
    /// The language that was asked for; `None` when it was to be found out.
    pub language: Option<String>,
}

impl TranscriptKey {
    fn language(&self) -> &str {
        self.language.as_deref().unwrap_or_default()
    }
}

impl Library {
    /// The transcript kept under `key`, which becomes the latest of its material. One that cannot be read back counts as
    /// absent.
    ///
    /// # Errors
    /// When the library cannot be read or written.
    pub fn transcript(
        &self,
        key: &TranscriptKey,
        now: Timestamp,
    ) -> Result<Option<Transcript>, LibraryError> {
        let document = self.write("read a transcript", |transaction| {
            transaction
                .query_row(
                    "UPDATE transcript SET used = ?4 WHERE fingerprint = ?1 AND model = ?2 AND language = ?3
                     RETURNING document",
                    params![key.fingerprint.0, key.model, key.language(), now.0],
                    |row| row.get::<_, String>(0),
                )
                .optional()
        })?;
        Ok(document.and_then(|document| serde_json::from_str(&document).ok()))
    }

    /// The transcript of a material that was asked for last, whatever the weights and the language.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn latest_transcript(&self, material: &Fingerprint) -> Result<Option<Transcript>, LibraryError> {
        let document = self.run("read a transcript", |connection| {
            connection
                .query_row(
                    "SELECT document FROM transcript WHERE fingerprint = ?1 ORDER BY used DESC, rowid DESC LIMIT 1",
                    [&material.0],
                    |row| row.get::<_, String>(0),
                )
                .optional()
        })?;
        Ok(document.and_then(|document| serde_json::from_str(&document).ok()))
    }

    /// Keeps a transcript, which becomes the latest of its material.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_transcript(
        &self,
        key: &TranscriptKey,
        transcript: &Transcript,
        now: Timestamp,
    ) -> Result<(), LibraryError> {
        let doing = "keep a transcript";
        let document =
            serde_json::to_string(transcript).map_err(|source| LibraryError::Document { doing, source })?;
        self.write(doing, |transaction| {
            transaction.execute(
                "INSERT INTO transcript (fingerprint, model, language, document, used) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (fingerprint, model, language) DO UPDATE SET document = ?4, used = ?5",
                params![key.fingerprint.0, key.model, key.language(), document, now.0],
            )
        })?;
        Ok(())
    }
}
