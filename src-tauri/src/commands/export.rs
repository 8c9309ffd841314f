//! Clips go out.

use std::path::Path;

use engine::{Code, Failure};
use tauri::State;

use crate::shell::Shell;
use crate::wire::{ExportPlan, ExportRequest, Snapshot, WireError};

#[tauri::command]
#[specta::specta]
pub(crate) async fn plan_export(
    request: ExportRequest,
    shell: State<'_, Shell>,
) -> Result<ExportPlan, WireError> {
    Ok(shell.desk.plan_export(&request.into()).await.into())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn start_export(
    request: ExportRequest,
    shell: State<'_, Shell>,
) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.start_export(&request.into()).await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_export(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(Ok(shell.desk.cancel_export()))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn dismiss_export(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.dismiss_export())
}

/// Asks for a folder with the system's dialog; null when that was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_folder(shell: State<'_, Shell>) -> Result<Option<String>, WireError> {
    Ok(shell.picker.folder().await.map(|folder| folder.display().to_string()))
}

/// Shows a written clip in the system's file manager. Other paths are refused: the page is no way to the whole disk.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal(path: String, shell: State<'_, Shell>) -> Result<(), WireError> {
    let path = Path::new(&path);
    if !shell.desk.has_written(path) {
        return Err(Failure::new(Code::InvalidRequest, "Only exported clips can be shown.").at(path).into());
    }
    tauri_plugin_opener::reveal_item_in_dir(path).map_err(|error| {
        let message = format!("The file manager cannot be opened ({error}). Open the folder by hand.");
        Failure::new(Code::FileNotFound, message).at(path).into()
    })
}
