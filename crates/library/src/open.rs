//! Opening a library and bringing it to the present version.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::schema::{APPLICATION_ID, MIGRATIONS, VERSION};
use crate::{Library, LibraryError};

/// How long a write waits for another process to finish its own.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait where SQLite does not wait by itself.
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

impl Library {
    /// Opens the library at `path`, made with its folder when there is none.
    ///
    /// # Errors
    /// When it cannot be made or read, or another version or program owns it; the file is left as it was.
    pub fn open(path: &Path) -> Result<Self, LibraryError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|source| LibraryError::Folder { path: folder.to_path_buf(), source })?;
        }
        let connection = Connection::open(path)
            .map_err(|source| LibraryError::from_database("open the library", Some(path), source))?;
        Self::prepare(connection, Some(path.to_path_buf()))
    }

    /// A library that is gone when it is dropped.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, LibraryError> {
        let connection = Connection::open_in_memory()
            .map_err(|source| LibraryError::from_database("open a library in memory", None, source))?;
        Self::prepare(connection, None)
    }

    fn prepare(connection: Connection, path: Option<PathBuf>) -> Result<Self, LibraryError> {
        let library = Self { connection: Mutex::new(connection), path };
        library.run("read the library", |connection| connection.busy_timeout(PATIENCE))?;
        library.check(library.owner()?)?;
        library.run("set the library up", |connection| {
            write_ahead(connection)?;
            // With a write-ahead log NORMAL survives every crash of the program whole; only a power cut can take the last
            // moments. FULL would wait for the disk at each step of a slider that is being dragged.
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            connection.pragma_update(None, "foreign_keys", true)
        })?;
        library.migrate()?;
        Ok(library)
    }

    /// Read in one transaction: another program that sets the same file up must be seen before it began or after it ended,
    /// never with its tables but without its mark.
    fn owner(&self) -> Result<Owner, LibraryError> {
        let mut connection = self.connection();
        let mut read = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
            owner(&transaction)
        };
        read().map_err(|source| self.error("read the library", source))
    }

    fn check(&self, owner: Owner) -> Result<(), LibraryError> {
        let path = || self.path.clone().unwrap_or_default();
        match owner {
            Owner::Foreign => Err(LibraryError::Foreign { path: path() }),
            Owner::Standout(found) if found > VERSION => {
                Err(LibraryError::Newer { found, known: VERSION, path: path() })
            }
            Owner::Nobody | Owner::Standout(_) => Ok(()),
        }
    }

    /// All steps happen together. The version is read again inside, because another process may have been faster.
    fn migrate(&self) -> Result<(), LibraryError> {
        let owner = self.migrated("update the library's format")?;
        self.check(owner)
    }

    fn migrated(&self, doing: &'static str) -> Result<Owner, LibraryError> {
        let mut connection = self.connection();
        let mut work = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before = owner(&transaction)?;
            let version = match before {
                Owner::Nobody => 0,
                Owner::Standout(version) => version,
                Owner::Foreign => return Ok(before),
            };
            if version < VERSION {
                for step in &MIGRATIONS[version as usize..] {
                    transaction.execute_batch(step)?;
                }
                transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
                transaction.pragma_update(None, "user_version", VERSION)?;
                transaction.commit()?;
            }
            Ok(before)
        };
        work().map_err(|source| self.error(doing, source))
    }
}

/// Turns the write-ahead log on. When two programs change a new file's journal at once, SQLite refuses one of them at
/// once instead of letting it wait (<https://sqlite.org/rescode.html#busy>): then it is tried again.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let start = Instant::now();
    loop {
        let set = connection.pragma_update(None, "journal_mode", "WAL");
        let is_busy =
            set.as_ref().is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy));
        if !is_busy || start.elapsed() > PATIENCE {
            return set;
        }
        std::thread::sleep(BETWEEN_TRIES);
    }
}

/// Whose database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// It is empty.
    Nobody,
    /// Ours, of this version.
    Standout(u32),
    /// Another program's.
    Foreign,
}

fn owner(connection: &Connection) -> rusqlite::Result<Owner> {
    let id: u32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id == APPLICATION_ID {
        let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        return Ok(Owner::Standout(version));
    }
    let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(if tables == 0 && id == 0 { Owner::Nobody } else { Owner::Foreign })
}
