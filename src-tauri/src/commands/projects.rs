//! The projects of the library, and projects in files.

use engine::project::{MaterialId, ProjectId};
use tauri::State;

use crate::shell::Shell;
use crate::wire::{ProjectView, Snapshot, WireError};

/// The projects, the last saved first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn projects(shell: State<'_, Shell>) -> Result<Vec<ProjectView>, WireError> {
    Ok(views(shell.desk.projects()?))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn new_project(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.new_project())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_project(id: String, shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.open_project(&ProjectId(id)).await)
}

/// Goes on with a copy of the open project under another name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_project_as(name: String, shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.save_as(&name).await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn duplicate_project(
    id: String,
    name: String,
    shell: State<'_, Shell>,
) -> Result<Vec<ProjectView>, WireError> {
    Ok(views(shell.desk.duplicate_project(&ProjectId(id), &name)?))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_project(
    id: String,
    shell: State<'_, Shell>,
) -> Result<Vec<ProjectView>, WireError> {
    Ok(views(shell.desk.remove_project(&ProjectId(id))?))
}

/// Writes the open project to a file that the system's dialog asks for. Answers where it lies; null when the dialog was
/// closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_project(shell: State<'_, Shell>) -> Result<Option<String>, WireError> {
    let name = shell.desk.snapshot().project.name.clone();
    let Some(file) = shell.picker.project_target(&name).await else { return Ok(None) };
    shell.desk.export_project(&file)?;
    Ok(Some(file.display().to_string()))
}

/// Opens a project from a file; null when the dialog was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_project(shell: State<'_, Shell>) -> Result<Option<Snapshot>, WireError> {
    let Some(file) = shell.picker.project().await else { return Ok(None) };
    Ok(Some(shell.snapshot(shell.desk.import_project(&file).await)?))
}

/// Asks where a video of the project lies now; null when the dialog was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn relink_material(
    material: u32,
    shell: State<'_, Shell>,
) -> Result<Option<Snapshot>, WireError> {
    let Some(file) = shell.picker.video().await else { return Ok(None) };
    Ok(Some(shell.snapshot(shell.desk.relink(MaterialId(material), &file).await)?))
}

fn views(projects: Vec<engine::ProjectView>) -> Vec<ProjectView> {
    projects.into_iter().map(ProjectView::from).collect()
}
