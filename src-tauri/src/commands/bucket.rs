//! Buckets are set up.

use engine::Credentials;
use tauri::State;

use crate::shell::Shell;
use crate::wire::{BucketProfile, BucketSecrets, BucketView, WireError};

#[tauri::command]
#[specta::specta]
pub(crate) async fn buckets(shell: State<'_, Shell>) -> Result<Vec<BucketView>, WireError> {
    Ok(shell.desk.engine().buckets()?.into_iter().map(BucketView::from).collect())
}

/// Keeps a bucket in place of the one named `replaces`; without secrets those that are kept stay.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_bucket(
    replaces: Option<String>,
    profile: BucketProfile,
    secrets: Option<BucketSecrets>,
    shell: State<'_, Shell>,
) -> Result<Vec<BucketView>, WireError> {
    let credentials = secrets.map(Credentials::try_from).transpose()?;
    shell.desk.engine().save_bucket(replaces.as_deref(), &profile.into(), credentials.as_ref())?;
    buckets(shell).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_bucket(
    name: String,
    shell: State<'_, Shell>,
) -> Result<Vec<BucketView>, WireError> {
    shell.desk.engine().remove_bucket(&name)?;
    buckets(shell).await
}

/// Writes, looks at and removes a small object; answers only when all of that works.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_bucket(
    profile: BucketProfile,
    secrets: Option<BucketSecrets>,
    shell: State<'_, Shell>,
) -> Result<(), WireError> {
    let credentials = secrets.map(Credentials::try_from).transpose()?;
    Ok(shell.desk.engine().test_bucket(&profile.into(), credentials).await?)
}

/// Begins to send the clips of earlier exports that wait for their bucket.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resume_uploads(shell: State<'_, Shell>) -> Result<crate::wire::Snapshot, WireError> {
    shell.snapshot(shell.desk.resume_uploads())
}

/// Gives those clips up and removes them from this machine.
#[tauri::command]
#[specta::specta]
pub(crate) async fn discard_uploads(shell: State<'_, Shell>) -> Result<crate::wire::Snapshot, WireError> {
    shell.snapshot(shell.desk.discard_uploads().await)
}
