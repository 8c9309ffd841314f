//! The open project and its undo.

use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::shell::Shell;
use crate::wire::{Bootstrap, DialogWords, EditCommand, Event, KeyBinding, Snapshot, Steps, WireError};
use crate::{events, sample};

/// How clips are named unless the editor says otherwise.
const EXPORT_TEMPLATE: &str = "{media}-{index}.mp4";

/// The tag of the language that was chosen for the window; null when it follows the system.
#[tauri::command]
#[specta::specta]
pub(crate) async fn language(shell: State<'_, Shell>) -> Result<Option<String>, WireError> {
    Ok(shell.desk.engine().language()?)
}

/// Keeps the language; null follows the system.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_language(tag: Option<String>, shell: State<'_, Shell>) -> Result<(), WireError> {
    Ok(shell.desk.engine().save_language(tag.as_deref())?)
}

/// Begins: the page says what the system's dialogs are to be called, and gets what it needs.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bootstrap(
    dialogs: DialogWords,
    app: AppHandle,
    shell: State<'_, Shell>,
) -> Result<Bootstrap, WireError> {
    shell.picker.speak(dialogs);
    let choices = shell.desk.export_choices().await;
    Ok(Bootstrap {
        snapshot: Snapshot::of(shell.desk.snapshot(), &shell.server),
        setback: shell.desk.setback().cloned().map(WireError::from),
        version: app.package_info().version.to_string(),
        sample_available: sample::path(&app).is_some(),
        paints_changes_only: paints_changes_only(),
        export_folder: choices.folder.display().to_string(),
        export: choices.into(),
        export_template: EXPORT_TEMPLATE.to_owned(),
        keys: shell.desk.engine().key_bindings()?.into_iter().map(KeyBinding::from).collect(),
    })
}

/// Whether only what changes in the window is painted. Elsewhere than on Linux the web view always puts layers together.
fn paints_changes_only() -> bool {
    #[cfg(target_os = "linux")]
    return crate::painting::paints_changes_only();
    #[cfg(not(target_os = "linux"))]
    false
}

/// Tells `channel` of everything from now on. A page that was loaded again subscribes again; the old channel falls silent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn subscribe(
    channel: Channel<Event>,
    listeners: State<'_, events::Listeners>,
) -> Result<(), WireError> {
    listeners.set(channel);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn edit(
    command: EditCommand,
    gesture: Option<u32>,
    shell: State<'_, Shell>,
) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.edit(command.into(), gesture))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn undo(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.undo())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn redo(shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.redo())
}

/// The steps that can be undone or done again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn steps(shell: State<'_, Shell>) -> Result<Steps, WireError> {
    Ok(shell.desk.steps().into())
}

/// Undoes or redoes until so many steps are done.
#[tauri::command]
#[specta::specta]
pub(crate) async fn go_to_step(done: u32, shell: State<'_, Shell>) -> Result<Snapshot, WireError> {
    shell.snapshot(shell.desk.go_to_step(done as usize))
}

/// Keeps the keys that differ from the usual ones.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_keys(bindings: Vec<KeyBinding>, shell: State<'_, Shell>) -> Result<(), WireError> {
    let bindings: Vec<_> = bindings.into_iter().map(engine::KeyBinding::from).collect();
    Ok(shell.desk.engine().save_key_bindings(&bindings)?)
}
