//! The words of the system's dialogs, in the language of the page.

use serde::Deserialize;
use specta::Type;

/// What the system's dialogs are called and offer. The page hands them over before it can ask for any dialog.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DialogWords {
    pub(crate) open_videos: String,
    pub(crate) relink: String,
    pub(crate) import_model: String,
    pub(crate) import_model_folder: String,
    pub(crate) open_project: String,
    pub(crate) save_project: String,
    pub(crate) save_subtitles: String,
    pub(crate) clips_folder: String,
    /// The kinds of files that can be chosen.
    pub(crate) videos: String,
    pub(crate) models: String,
    pub(crate) projects: String,
    pub(crate) subtitles: String,
    pub(crate) all_files: String,
    /// What a project without a name is called as a file.
    pub(crate) untitled: String,
}
