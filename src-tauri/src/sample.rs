//! The short programme that comes with Standout, for those who have no video at hand.

use std::path::PathBuf;

use tauri::path::BaseDirectory;
use tauri::{AppHandle, Manager};

/// Where the sample is installed; `None` when it is not.
pub(crate) fn path(app: &AppHandle) -> Option<PathBuf> {
    let path = app.path().resolve("sample/standout-sample.mp4", BaseDirectory::Resource).ok()?;
    path.is_file().then_some(path)
}
