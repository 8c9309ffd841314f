//! Which signed requests were taken already, so that one that is sent again by somebody else is refused.

use rusqlite::params;

use crate::{Library, LibraryError, Timestamp};

impl Library {
    /// Notes that a request was taken; false when one with this nonce of the same key was taken before. What expired before
    /// `now` is forgotten: such requests are too old to be taken by their date alone.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn take_nonce(
        &self,
        access_key: &str,
        nonce: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<bool, LibraryError> {
        let taken = self.write("note a request", |transaction| {
            transaction.execute("DELETE FROM nonce WHERE expires < ?1", [now.0])?;
            transaction.execute(
                "INSERT OR IGNORE INTO nonce (access_key, nonce, expires) VALUES (?1, ?2, ?3)",
                params![access_key, nonce, expires.0],
            )
        })?;
        Ok(taken > 0)
    }
}
