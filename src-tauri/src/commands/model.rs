//! Models: what can be installed, and how it comes and goes.

use engine::{Code, Failure};
use tauri::State;

use crate::shell::Shell;
use crate::wire::{ModelView, WireError};

/// Every model, the preferred of each kind first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn models(shell: State<'_, Shell>) -> Result<Vec<ModelView>, WireError> {
    Ok(shell.desk.models().await?.into_iter().map(ModelView::from).collect())
}

/// Begins to fetch a model, or goes on where that was cut. What becomes of it is told as events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn download_model(id: String, shell: State<'_, Shell>) -> Result<(), WireError> {
    Ok(shell.desk.download_model(&id).await?)
}

/// Gives up fetching a model; what has arrived is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_model_download(id: String, shell: State<'_, Shell>) -> Result<(), WireError> {
    shell.desk.cancel_model_download(&id);
    Ok(())
}

/// Asks for a model's file with the system's dialog; false when that was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_model(shell: State<'_, Shell>) -> Result<bool, WireError> {
    let Some(file) = shell.picker.model().await else { return Ok(false) };
    shell.desk.import_model(&file).await?;
    Ok(true)
}

/// Asks for a folder with a picture-text encoder with the system's dialog; false when that was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_model_folder(shell: State<'_, Shell>) -> Result<bool, WireError> {
    let Some(folder) = shell.picker.model_folder().await else { return Ok(false) };
    shell.desk.import_model(&folder).await?;
    Ok(true)
}

/// Removes a model from Standout's own folder.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_model(id: String, shell: State<'_, Shell>) -> Result<(), WireError> {
    Ok(shell.desk.remove_model(&id).await?)
}

/// Opens the page that tells about a model in the system's browser.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_model_page(id: String, shell: State<'_, Shell>) -> Result<(), WireError> {
    let Some(page) = shell.desk.engine().model(&id).await?.entry.source else {
        return Err(Failure::new(Code::ModelUnknown, "It was imported, and no page tells about it.").into());
    };
    tauri_plugin_opener::open_url(&page, None::<&str>).map_err(|error| {
        let message = format!("No browser can be opened ({error}). The page is at {page}");
        Failure::new(Code::Internal, message).into()
    })
}
