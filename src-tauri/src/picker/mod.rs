//! The system's own dialogs.

#[cfg(debug_assertions)]
mod scripted;

use std::path::PathBuf;

use rfd::AsyncFileDialog;

/// Endings of files that are offered first; others can still be chosen.
const VIDEO_ENDINGS: [&str; 17] = [
    "mp4", "mov", "m4v", "mkv", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "wmv", "flv", "3gp",
    "ogv", "mxf", "vob",
];

/// Endings that models are published with; a file is recognised by its content all the same.
const MODEL_ENDINGS: [&str; 3] = ["tflite", "onnx", "bin"];

/// The ending of a project's file.
const PROJECT_ENDING: &str = "standout";

/// Asks the editor for files.
#[derive(Debug)]
pub(crate) struct FilePicker {
    /// Answers instead of a person, who cannot be at the dialog of a test.
    #[cfg(debug_assertions)]
    scripted: scripted::Answers,
}

impl FilePicker {
    /// The system's dialogs.
    pub(crate) fn new() -> Self {
        Self {
            #[cfg(debug_assertions)]
            scripted: scripted::Answers::from_environment(),
        }
    }

    /// Videos to open; `None` when the dialog was closed without an answer.
    pub(crate) async fn videos(&self) -> Option<Vec<PathBuf>> {
        #[cfg(debug_assertions)]
        if let Some(videos) = &self.scripted.videos {
            return Some(videos.clone());
        }
        let files = AsyncFileDialog::new()
            .set_title("Open videos")
            .add_filter("Videos", &VIDEO_ENDINGS)
            .add_filter("All files", &["*"])
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
        let file = AsyncFileDialog::new()
            .set_title("Where the video lies now")
            .add_filter("Videos", &VIDEO_ENDINGS)
            .add_filter("All files", &["*"])
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
        let file = AsyncFileDialog::new()
            .set_title("Import a model")
            .add_filter("Models", &MODEL_ENDINGS)
            .add_filter("All files", &["*"])
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
        let folder = AsyncFileDialog::new().set_title("Import a folder with a model").pick_folder().await?;
        Some(folder.path().to_owned())
    }

    /// A project's file to open; `None` when the dialog was closed without an answer.
    pub(crate) async fn project(&self) -> Option<PathBuf> {
        #[cfg(debug_assertions)]
        if let Some(project) = &self.scripted.project {
            return Some(project.clone());
        }
        let file = AsyncFileDialog::new()
            .set_title("Open a project")
            .add_filter("Projects", &[PROJECT_ENDING])
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
        let file = AsyncFileDialog::new()
            .set_title("Save the project to a file")
            .add_filter("Projects", &[PROJECT_ENDING])
            .set_file_name(format!("{name}.{PROJECT_ENDING}"))
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
        let folder = AsyncFileDialog::new().set_title("Choose a folder for the clips").pick_folder().await?;
        Some(folder.path().to_owned())
    }
}
