//! What the timeline and the list of materials draw. Bulk data goes as bytes.

use engine::project::MaterialId;
use engine::{Code, Failure, StripPlace};
use tauri::State;

use crate::shell::Shell;
use crate::wire::{Bytes, EvidenceView, Micros, Snapshot, WireError};

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

/// Sixteen pictures at equal distances side by side, as JPEG: those from `16 * index * hop` on. Empty while nothing can be played, and
/// behind the end.
#[tauri::command]
#[specta::specta]
pub(crate) async fn strip(
    material: u32,
    hop: Micros,
    index: u32,
    shell: State<'_, Shell>,
) -> Result<Bytes, WireError> {
    let place = StripPlace { hop: hop.into(), index };
    let strip = shell.desk.strip(MaterialId(material), place).await?;
    Ok(Bytes::from(strip.unwrap_or_default()))
}

/// The very picture on screen at a time, as JPEG; empty while nothing can be played.
#[tauri::command]
#[specta::specta]
pub(crate) async fn picture(material: u32, at: Micros, shell: State<'_, Shell>) -> Result<Bytes, WireError> {
    let picture = shell.desk.picture(MaterialId(material), at.into()).await?;
    Ok(Bytes::from(picture.unwrap_or_default()))
}

/// When each frame that the player shows begins: microseconds as 64-bit integers in little-endian order. Empty while nothing can be
/// played.
#[tauri::command]
#[specta::specta]
pub(crate) async fn frame_times(material: u32, shell: State<'_, Shell>) -> Result<Bytes, WireError> {
    let times = shell.desk.frame_times(MaterialId(material)).await?;
    Ok(Bytes::from(times.unwrap_or_default()))
}

/// Lets the player hear a sound track, by its index; null for the one it begins with.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_sound(
    material: u32,
    sound: Option<u32>,
    shell: State<'_, Shell>,
) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.choose_sound(MaterialId(material), sound.map(|index| index as usize)))
}

/// Where what follows a time can be watched while the copy for the player is still being made; null when nothing is being made, and when
/// something else was asked for meanwhile.
#[tauri::command]
#[specta::specta]
pub(crate) async fn play_early(
    material: u32,
    at: Micros,
    shell: State<'_, Shell>,
) -> Result<Option<String>, WireError> {
    let stretch = shell.desk.play_early(MaterialId(material), at.into()).await?;
    Ok(stretch
        .map(|stretch| shell.server.register_growing(&stretch.file, stretch.whole))
        .transpose()
        .map_err(|error| {
            Failure::new(Code::Internal, format!("What is being made cannot be served ({error})."))
        })?)
}

/// Gives up the copy for the player that is being made; one of another sound track brings back the first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_copy(material: u32, shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.cancel_copy(MaterialId(material)))
}

/// Makes the copy for the player after all that was given up.
#[tauri::command]
#[specta::specta]
pub(crate) async fn make_copy(material: u32, shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.make_copy(MaterialId(material)))
}

/// Says that the web view does not show a material's file, so that a copy is made; false when what it was shown is a copy already.
#[tauri::command]
#[specta::specta]
pub(crate) async fn refuse_playback(material: u32, shell: State<'_, Shell>) -> Result<bool, WireError> {
    Ok(shell.desk.refuse_playback(MaterialId(material)))
}
