//! How processes know of each other which of them run jobs: each holds a lock that the system lets go when it dies.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::Failure;
use crate::engine::fresh_id;

/// A runner's sign of life.
#[derive(Debug)]
pub(super) struct Presence {
    /// The runner's name.
    pub(super) name: String,
    path: PathBuf,
    _lock: File,
}

impl Presence {
    /// Gives a new runner a name and locks its file.
    pub(super) fn begin(folder: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder).map_err(|error| Failure::of_write(&error, folder))?;
        let name = fresh_id()?;
        let path = folder.join(&name);
        let failed = |error| Failure::of_write(&error, &path);
        let file = File::create(&path).map_err(failed)?;
        file.lock().map_err(failed)?;
        Ok(Self { name, path, _lock: file })
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        // A file that stays is removed by the next runner that finds its lock free.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Whether the runner of this name is dead; its file is removed then. In doubt it lives.
pub(super) fn is_gone(folder: &Path, name: &str) -> bool {
    let path = folder.join(name);
    if name.is_empty() || !path.exists() {
        return true;
    }
    let Ok(file) = File::open(&path) else { return !path.exists() };
    match file.try_lock() {
        Ok(()) => {
            let _ = std::fs::remove_file(&path);
            true
        }
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
    }
}
