//! What the dialogs of a development build answer by themselves, so that a test can drive the window. Release builds do
//! not contain this file.

use std::path::PathBuf;

/// Answers; a dialog without one asks the person.
#[derive(Debug)]
pub(super) struct Answers {
    pub(super) videos: Option<Vec<PathBuf>>,
    pub(super) video: Option<PathBuf>,
    pub(super) folder: Option<PathBuf>,
    pub(super) model: Option<PathBuf>,
    pub(super) model_folder: Option<PathBuf>,
    pub(super) project: Option<PathBuf>,
    pub(super) subtitles: Option<PathBuf>,
}

impl Answers {
    /// `STANDOUT_TEST_OPEN` (paths, separated as in `PATH`), `STANDOUT_TEST_RELINK`, `STANDOUT_TEST_FOLDER`,
    /// `STANDOUT_TEST_MODEL`, `STANDOUT_TEST_MODEL_FOLDER`, `STANDOUT_TEST_PROJECT` and
    /// `STANDOUT_TEST_SUBTITLES`.
    pub(super) fn from_environment() -> Self {
        let value = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        Self {
            videos: value("STANDOUT_TEST_OPEN").map(|paths| std::env::split_paths(&paths).collect()),
            video: value("STANDOUT_TEST_RELINK").map(PathBuf::from),
            folder: value("STANDOUT_TEST_FOLDER").map(PathBuf::from),
            model: value("STANDOUT_TEST_MODEL").map(PathBuf::from),
            model_folder: value("STANDOUT_TEST_MODEL_FOLDER").map(PathBuf::from),
            project: value("STANDOUT_TEST_PROJECT").map(PathBuf::from),
            subtitles: value("STANDOUT_TEST_SUBTITLES").map(PathBuf::from),
        }
    }
}
