//! Files come in.

use engine::{Code, Failure};
use tauri::{AppHandle, State};

use crate::sample;
use crate::shell::Shell;
use crate::wire::{Imported, Snapshot, WireError};

#[tauri::command]
#[specta::specta]
pub(crate) async fn import_paths(paths: Vec<String>, shell: State<'_, Shell>) -> Result<Imported, WireError> {
    let imported = shell.desk.import(paths.into_iter().map(Into::into).collect()).await?;
    Ok(Imported::of(imported, &shell.server))
}

/// A pasted text: a path or `file://` address on each line.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_text(text: String, shell: State<'_, Shell>) -> Result<Imported, WireError> {
    Ok(Imported::of(shell.desk.import_text(&text).await?, &shell.server))
}

/// Asks for files with the system's dialog; null when that was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_files(shell: State<'_, Shell>) -> Result<Option<Imported>, WireError> {
    let Some(paths) = shell.picker.videos().await else { return Ok(None) };
    Ok(Some(Imported::of(shell.desk.import(paths).await?, &shell.server)))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn try_sample(app: AppHandle, shell: State<'_, Shell>) -> Result<Imported, WireError> {
    let path = sample::path(&app).ok_or_else(|| {
        Failure::new(Code::FileNotFound, "The sample is not installed. Open a video of your own instead.")
    })?;
    Ok(Imported::of(shell.desk.import(vec![path]).await?, &shell.server))
}

/// Gives up reading what was to come in; what was read already comes in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_import(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(Ok(shell.desk.cancel_import()))
}
