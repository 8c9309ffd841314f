//! Finding highlights.

use engine::project::{MaterialId, RangeId};
use tauri::State;

use crate::shell::Shell;
use crate::wire::{Snapshot, WireError};

#[tauri::command]
#[specta::specta]
pub(crate) async fn find(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.find())
}

/// Chooses others than those that were dropped, in one video or in all.
#[tauri::command]
#[specta::specta]
pub(crate) async fn find_others(
    material: Option<u32>,
    shell: State<'_, Shell>,
) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.find_others(material.map(MaterialId)))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_find(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(Ok(shell.desk.cancel_find()))
}

/// Holds on what is under way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.pause())
}

/// Lets what was paused go on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resume(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(Ok(shell.desk.resume()))
}

/// Looks for moments that resemble a range.
#[tauri::command]
#[specta::specta]
pub(crate) async fn find_alike(
    material: u32,
    range: u32,
    shell: State<'_, Shell>,
) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.find_alike(MaterialId(material), RangeId(range)))
}

/// Brings the ends of a range to cuts and pauses near them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn snap_range(
    material: u32,
    range: u32,
    shell: State<'_, Shell>,
) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.snap_range(MaterialId(material), RangeId(range)))
}
