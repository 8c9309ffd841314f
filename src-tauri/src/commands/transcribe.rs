//! Writing down what is said.

use tauri::State;

use crate::shell::Shell;
use crate::wire::{Snapshot, SpeechChoices, TranscriptionRequest, WireError};

/// What there is to choose from: models that are installed, and languages.
#[tauri::command]
#[specta::specta]
pub(crate) async fn speech_choices(shell: State<'_, Shell>) -> Result<SpeechChoices, WireError> {
    let models = shell.desk.engine().speech_models().await?;
    Ok(SpeechChoices::of(models, engine::transcription_languages()))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn transcribe(
    request: TranscriptionRequest,
    shell: State<'_, Shell>,
) -> Result<Snapshot, WireError> {
    let begun = shell.desk.transcribe(&request.into()).await;
    shell.snapshot(begun)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_transcription(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(Ok(shell.desk.cancel_transcription()))
}
