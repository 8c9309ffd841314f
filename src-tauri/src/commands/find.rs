//! Finding highlights.

use tauri::State;

use crate::shell::Shell;
use crate::wire::{Snapshot, WireError};

#[tauri::command]
#[specta::specta]
pub(crate) async fn find(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.find())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_find(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(Ok(shell.desk.cancel_find()))
}
