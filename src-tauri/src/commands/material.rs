//! What the timeline and the list of materials draw. Bulk data goes as bytes.

use engine::project::MaterialId;
use engine::{Code, Failure};
use tauri::State;

use crate::shell::Shell;
use crate::wire::{Bytes, EvidenceView, WireError};

/// What was perceived; null before the material was analysed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn evidence(
    material: u32,
    shell: State<'_, Shell>,
) -> Result<Option<EvidenceView>, WireError> {
    Ok(shell.desk.evidence(MaterialId(material)).map(EvidenceView::from))
}

/// The waveform: pairs of signed bytes (lowest, highest), 100 a second; empty before the material was analysed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn peaks(material: u32, shell: State<'_, Shell>) -> Result<Bytes, WireError> {
    let peaks = shell.desk.peaks(MaterialId(material));
    Ok(Bytes::from(peaks.map(|peaks| peaks.to_vec()).unwrap_or_default()))
}

/// A small picture as JPEG.
#[tauri::command]
#[specta::specta]
pub(crate) async fn thumbnail(material: u32, shell: State<'_, Shell>) -> Result<Bytes, WireError> {
    let picture = shell.desk.thumbnail(MaterialId(material))?;
    let missing = || Failure::new(Code::FileNotFound, "This material has no picture.");
    Ok(Bytes::from(picture.ok_or_else(missing)?))
}
