//! The system's own dialogs.

#[cfg(debug_assertions)]
mod scripted;

use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use rfd::AsyncFileDialog;

use crate::wire::DialogWords;

/// Endings of files that are offered first; others can still be chosen.
const VIDEO_ENDINGS: [&str; 17] = [
    "mp4", "mov", "m4v", "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "wmv", "flv", "3gp",
    "ogv", "mxf", "vob",
];

/// Endings that models are published with; a file is recognised by its content all the same.
const MODEL_ENDINGS: [&str; 3] = ["tflite", "onnx", "bin"];

/// The ending of subtitles that are written.
const SUBTITLES_ENDING: &str = "srt";

/// The ending of a project's file.
const PROJECT_ENDING: &str = "standout";

/// Asks the editor for files.
#[derive(Debug)]
pub(crate) struct FilePicker {
    words: RwLock<DialogWords>,
    /// Answers instead of a person, who cannot be at the dialog of a test.
    #[cfg(debug_assertions)]
    scripted: scripted::Answers,
}

impl FilePicker {
    /// The system's dialogs.
    pub(crate) fn new() -> Self {
        Self {
            words: RwLock::default(),
            #[cfg(debug_assertions)]
            scripted: scripted::Answers::from_environment(),
        }
    }

    /// Calls the dialogs so from now on.
    pub(crate) fn speak(&self, words: DialogWords) {
        *self.words.write().unwrap_or_else(PoisonError::into_inner) = words;
    }

    fn words(&self) -> DialogWords {
        self.words.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Videos to open; `None` when the dialog was closed without an answer.
    pub(crate) async fn videos(&self) -> Option<Vec<PathBuf>> {
        #[cfg(debug_assertions)]
        if let Some(videos) = &self.scripted.videos {
            return Some(videos.clone());
        }
        let words = self.words();
        let files = AsyncFileDialog::new()
            .set_title(words.open_videos)
            .add_filter(words.videos, &VIDEO_ENDINGS)
            .add_filter(words.all_files, &["*"])
            .pick_files()
            .await?;
        Some(files.iter().map(|file| file.path().to_owned()).collect())
    }

    /// One video; `None` when the dialog was closed without an answer.
    pub(crate) async fn video(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(video) = &self.scripted.video {
            return Some(video.clone());
        }
        let words = self.words();
        let file = AsyncFileDialog::new()
            .set_title(words.relink)
            .add_filter(words.videos, &VIDEO_ENDINGS)
            .add_filter(words.all_files, &["*"])
            .pick_file()
            .await?;
        Some(file.path().to_owned())
    }

    /// A file that may be a model; `None` when the dialog was closed without an answer.
    pub(crate) async fn model(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(model) = &self.scripted.model {
            return Some(model.clone());
        }
        let words = self.words();
        let file = AsyncFileDialog::new()
            .set_title(words.import_model)
            .add_filter(words.models, &MODEL_ENDINGS)
            .add_filter(words.all_files, &["*"])
            .pick_file()
            .await?;
        Some(file.path().to_owned())
    }

    /// A folder that may hold an encoder; `None` when the dialog was closed without an answer.
    pub(crate) async fn model_folder(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(folder) = &self.scripted.model_folder {
            return Some(folder.clone());
        }
        let folder = AsyncFileDialog::new().set_title(self.words().import_model_folder).pick_folder().await?;
        Some(folder.path().to_owned())
    }

    /// A project's file to open; `None` when the dialog was closed without an answer.
    pub(crate) async fn project(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(project) = &self.scripted.project {
            return Some(project.clone());
        }
        let words = self.words();
        let file = AsyncFileDialog::new()
            .set_title(words.open_project)
            .add_filter(words.projects, &[PROJECT_ENDING])
            .pick_file()
            .await?;
        Some(file.path().to_owned())
    }

    /// Where to write a project of that name; `None` when the dialog was closed without an answer.
    pub(crate) async fn project_target(&self, name: &str) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(project) = &self.scripted.project {
            return Some(project.clone());
        }
        let words = self.words();
        let name = if name.is_empty() { &words.untitled } else { name };
        let file = AsyncFileDialog::new()
            .set_title(words.save_project)
            .add_filter(words.projects, &[PROJECT_ENDING])
            .set_file_name(format!("{name}.{PROJECT_ENDING}"))
            .save_file()
            .await?;
        Some(file.path().to_owned())
    }

    /// Where to write the subtitles of the video called `name`; `None` when the dialog was closed without an answer.
    pub(crate) async fn subtitles_target(&self, name: &str) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(subtitles) = &self.scripted.subtitles {
            return Some(subtitles.clone());
        }
        let words = self.words();
        let file = AsyncFileDialog::new()
            .set_title(words.save_subtitles)
            .add_filter(words.subtitles, &[SUBTITLES_ENDING])
            .set_file_name(Path::new(name).with_extension(SUBTITLES_ENDING).display().to_string())
            .save_file()
            .await?;
        Some(file.path().to_owned())
    }

    /// A folder for clips; `None` when the dialog was closed without an answer.
    pub(crate) async fn folder(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(folder) = &self.scripted.folder {
            return Some(folder.clone());
        }
        let folder = AsyncFileDialog::new().set_title(self.words().clips_folder).pick_folder().await?;
        Some(folder.path().to_owned())
    }
}
