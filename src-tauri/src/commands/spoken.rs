//! What is said: read, and written as subtitles.

use engine::project::MaterialId;
use tauri::State;

use crate::shell::Shell;
use crate::wire::{SpokenText, WireError};

/// What is said in a video; null before it was analysed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn spoken(material: u32, shell: State<'_, Shell>) -> Result<Option<SpokenText>, WireError> {
    Ok(shell.desk.spoken(MaterialId(material)).map(SpokenText::from))
}

/// Writes what is said as subtitles to a file that the system's dialog asks for. Answers where it lies; null when the dialog
/// was closed without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_subtitles(
    material: u32,
    shell: State<'_, Shell>,
) -> Result<Option<String>, WireError> {
    let project = shell.desk.snapshot().project;
    let name = project.material(MaterialId(material)).map(|material| material.name()).unwrap_or_default();
    let Some(file) = shell.picker.subtitles_target(&name).await else { return Ok(None) };
    shell.desk.export_subtitles(MaterialId(material), &file)?;
    Ok(Some(file.display().to_string()))
}
