//! Settings: a text under a key.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use crate::{Library, LibraryError};

impl Library {
    /// The setting under `key`.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, LibraryError> {
        self.run("read a setting", |connection| {
            connection
                .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0))
                .optional()
        })
    }

    /// All settings, by key.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn settings(&self) -> Result<BTreeMap<String, String>, LibraryError> {
        self.run("read the settings", |connection| {
            connection
                .prepare("SELECT key, value FROM setting")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// Keeps a setting; `None` forgets it.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_setting(&self, key: &str, value: Option<&str>) -> Result<(), LibraryError> {
        self.write("keep a setting", |transaction| match value {
            Some(value) => transaction.execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                [key, value],
            ),
            None => transaction.execute("DELETE FROM setting WHERE key = ?1", [key]),
        })?;
        Ok(())
    }
}
