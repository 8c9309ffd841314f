//! The jobs of the library.

use tauri::State;

use crate::shell::Shell;
use crate::wire::{JobEntry, WireError};

/// More jobs than these nobody looks through; older ones are left to the HTTP door's pages.
const MOST_JOBS: u32 = 200;

/// The latest jobs, whichever process runs them, the newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn jobs(shell: State<'_, Shell>) -> Result<Vec<JobEntry>, WireError> {
    Ok(shell.desk.engine().jobs(MOST_JOBS)?.into_iter().map(JobEntry::from).collect())
}
