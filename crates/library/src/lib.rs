//! What Standout remembers between runs, in one SQLite file: media assets, cached evidence, transcripts, pictures as vectors,
//! projects, jobs, uploads under way, settings.
//!
//! It keeps documents and finds them again. It does not know how media are analysed, what a job does or what the time is:
//! callers hand in ids and [`Timestamp`]s.
//!
//! # Invariants
//! - One [`Library`] may be shared by threads, and several processes may open the same file: writes take turns, and each is
//!   whole or absent, also after a power cut (write-ahead log).
//! - A file of a newer Standout is refused, never changed.
//! - The evidence cache may be emptied at any time at the price of analysing again. What cannot be read back from it counts
//!   as absent; everything else that cannot be read back is an error.

mod asset;
mod embedding;
mod error;
mod evidence;
mod fingerprint;
mod job;
mod nonce;
mod open;
mod project;
mod queue;
mod schema;
mod settings;
mod transcript;
mod upload;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};

pub use asset::{Asset, MediaId};
pub use error::LibraryError;
pub use evidence::EvidenceKey;
pub use fingerprint::{FINGERPRINT_END, fingerprint};
pub use job::{Job, JobId, JobState};
pub use project::{ProjectDocument, ProjectSummary};
pub use queue::{JobOrder, JobPage, QueuedJob};
pub use transcript::TranscriptKey;
pub use upload::WaitingUpload;

/// A moment, in milliseconds since the beginning of 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// An open library.
#[derive(Debug)]
pub struct Library {
    connection: Mutex<Connection>,
    /// Where it lies, for messages; `None` in memory.
    path: Option<PathBuf>,
}

impl Library {
    /// Runs statements; `doing` completes "Could not …" should they fail.
    fn run<T>(
        &self,
        doing: &'static str,
        statements: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        statements(&self.connection()).map_err(|source| self.error(doing, source))
    }

    /// Runs statements that take effect together or not at all.
    fn write<T>(
        &self,
        doing: &'static str,
        statements: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        let mut connection = self.connection();
        let work = || {
            // Taking the write lock at once lets a second writer wait its turn instead of failing half-way.
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = statements(&transaction)?;
            transaction.commit()?;
            Ok(result)
        };
        work().map_err(|source| self.error(doing, source))
    }

    /// A thread that panicked in the middle of a transaction has rolled it back, so the connection is still good.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn error(&self, doing: &'static str, source: rusqlite::Error) -> LibraryError {
        LibraryError::from_database(doing, self.path.as_deref(), source)
    }
}
