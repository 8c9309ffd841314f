//! The media library.

use engine::model::{Fingerprint, MediaLocation};
use engine::{AssetView, Code, Failure};
use tauri::State;

use crate::shell::Shell;
use crate::wire::{AddedMedia, Bytes, Imported, MediaAsset, Refusal, WireError};

/// The videos in which every word of `search` occurs, the last added first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn media_assets(
    search: String,
    shell: State<'_, Shell>,
) -> Result<Vec<MediaAsset>, WireError> {
    Ok(assets(&shell, &search)?)
}

/// A small picture as JPEG.
#[tauri::command]
#[specta::specta]
pub(crate) async fn media_thumbnail(id: String, shell: State<'_, Shell>) -> Result<Bytes, WireError> {
    let missing = || Failure::new(Code::FileNotFound, "This video has no picture.");
    Ok(Bytes::from(shell.desk.engine().asset_thumbnail(&id)?.ok_or_else(missing)?))
}

/// Asks for files with the system's dialog; null when that was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_media(shell: State<'_, Shell>) -> Result<Option<AddedMedia>, WireError> {
    let Some(paths) = shell.picker.videos().await else { return Ok(None) };
    let locations = paths.into_iter().map(MediaLocation::LocalFile).collect();
    let refused = shell.desk.engine().add_assets(locations).await;
    Ok(Some(added(&shell, refused)?))
}

/// Takes in what a text names: a path or an address on each line.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_media_text(text: String, shell: State<'_, Shell>) -> Result<AddedMedia, WireError> {
    let refused = shell.desk.engine().add_assets_text(&text).await;
    Ok(added(&shell, refused)?)
}

/// Takes a video out of the library; its file is not touched.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_media(id: String, shell: State<'_, Shell>) -> Result<Vec<MediaAsset>, WireError> {
    shell.desk.engine().remove_asset(&id)?;
    Ok(assets(&shell, "")?)
}

/// Asks where a video lies now; null when the dialog was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn relink_media(
    id: String,
    shell: State<'_, Shell>,
) -> Result<Option<MediaAsset>, WireError> {
    let Some(file) = shell.picker.video().await else { return Ok(None) };
    let view = shell.desk.engine().relink_asset(&id, &file).await?;
    shell.desk.follow(&view)?;
    Ok(Some(MediaAsset::of(view, &shown(&shell))))
}

/// Takes a video of the library into the project.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_asset(id: String, shell: State<'_, Shell>) -> Result<Imported, WireError> {
    Ok(Imported::of(shell.desk.import_asset(&id).await?, &shell.server))
}

fn added(shell: &Shell, refused: Vec<engine::Refusal>) -> Result<AddedMedia, Failure> {
    let refused = refused.into_iter().map(Refusal::from).collect();
    Ok(AddedMedia { assets: assets(shell, "")?, refused })
}

fn assets(shell: &Shell, search: &str) -> Result<Vec<MediaAsset>, Failure> {
    let shown = shown(shell);
    let page = |view: AssetView| MediaAsset::of(view, &shown);
    Ok(shell.desk.engine().assets(search)?.into_iter().map(page).collect())
}

/// The contents of the open project.
fn shown(shell: &Shell) -> Vec<Fingerprint> {
    let project = shell.desk.snapshot().project;
    project.materials.iter().map(|material| material.fingerprint.clone()).collect()
}
