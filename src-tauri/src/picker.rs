//! The system's own dialogs.

use std::path::PathBuf;

use rfd::AsyncFileDialog;

/// Endings of files that are offered first; others can still be chosen.
const VIDEO_ENDINGS: [&str; 18] = [
    "mp4", "mov", "m4v", "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "wmv", "flv", "3gp",
    "ogv", "mxf", "vob", "m4a",
];

/// Asks the editor for files.
#[derive(Debug, Default)]
pub(crate) struct FilePicker {
    /// Answers instead of a person, who cannot be at the dialog of a test.
    #[cfg(debug_assertions)]
    scripted: Option<ScriptedAnswers>,
}

/// What a dialog of a development build answers when these environment variables are set.
#[cfg(debug_assertions)]
#[derive(Debug)]
struct ScriptedAnswers {
    videos: Vec<PathBuf>,
    folder: Option<PathBuf>,
}

impl FilePicker {
    /// The system's dialogs, or in a development build the answers that `STANDOUT_TEST_OPEN` (paths) and
    /// `STANDOUT_TEST_FOLDER` hold.
    pub(crate) fn new() -> Self {
        #[cfg(debug_assertions)]
        {
            let videos: Vec<PathBuf> = std::env::var_os("STANDOUT_TEST_OPEN")
                .map(|paths| std::env::split_paths(&paths).collect())
                .unwrap_or_default();
            let folder = std::env::var_os("STANDOUT_TEST_FOLDER").map(PathBuf::from);
            let scripted =
                (!videos.is_empty() || folder.is_some()).then_some(ScriptedAnswers { videos, folder });
            Self { scripted }
        }
        #[cfg(not(debug_assertions))]
        Self::default()
    }

    /// Videos to open; `None` when the dialog was closed without an answer.
    pub(crate) async fn videos(&self) -> Option<Vec<PathBuf>> {
        #[cfg(debug_assertions)]
        if let Some(scripted) = &self.scripted {
            return Some(scripted.videos.clone());
        }
        let files = AsyncFileDialog::new()
            .set_title("Open videos")
            .add_filter("Videos", &VIDEO_ENDINGS)
            .add_filter("All files", &["*"])
            .pick_files()
            .await?;
        Some(files.iter().map(|file| file.path().to_owned()).collect())
    }

    /// A folder for clips; `None` when the dialog was closed without an answer.
    pub(crate) async fn folder(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(scripted) = &self.scripted {
            return scripted.folder.clone();
        }
        let folder = AsyncFileDialog::new().set_title("Choose a folder for the clips").pick_folder().await?;
        Some(folder.path().to_owned())
    }
}
