//! Where Standout keeps what it knows.

use std::path::{Path, PathBuf};

use crate::{Code, Failure};

/// The folders of one user's Standout.
#[derive(Debug, Clone)]
pub struct Directories {
    data: PathBuf,
    cache: PathBuf,
    /// Folders beside `data` that models are looked for in.
    model_folders: Vec<PathBuf>,
}

impl Directories {
    /// The folders the operating system assigns, or all of them below `STANDOUT_HOME` when that is set; with the folders
    /// of models that `STANDOUT_MODELS` lists.
    ///
    /// # Errors
    /// When the operating system names no home folder.
    pub fn of_user() -> Result<Self, Failure> {
        if let Some(home) = std::env::var_os("STANDOUT_HOME").filter(|home| !home.is_empty()) {
            // What is noted of a file must lead to it from any working directory.
            let home = std::path::absolute(Path::new(&home)).map_err(|error| {
                Failure::new(Code::LibraryFailed, format!("STANDOUT_HOME is no folder's name ({error})."))
            })?;
            return Ok(Self::below(&home).with_models(listed_models()));
        }
        let found = directories::ProjectDirs::from("", "", "Standout").ok_or_else(|| {
            Failure::new(
                Code::LibraryFailed,
                "The system names no home folder. Set STANDOUT_HOME to a folder of your own.",
            )
        })?;
        Ok(Self {
            data: found.data_local_dir().to_owned(),
            cache: found.cache_dir().to_owned(),
            model_folders: listed_models(),
        })
    }

    /// All folders below one.
    #[must_use]
    pub fn below(root: &Path) -> Self {
        Self { data: root.join("data"), cache: root.join("cache"), model_folders: Vec::new() }
    }

    /// The same, with folders that models are looked for in as well. Nothing is written to them.
    #[must_use]
    pub fn with_models(self, model_folders: Vec<PathBuf>) -> Self {
        Self { model_folders, ..self }
    }

    /// The library's file: projects, jobs, evidence.
    #[must_use]
    pub fn library_file(&self) -> PathBuf {
        self.data.join("library.sqlite")
    }

    /// Copies that the player can show; each can be made again.
    #[must_use]
    pub fn previews(&self) -> PathBuf {
        self.cache.join("previews")
    }

    /// What timelines show of pictures, and when frames are shown; each can be made again.
    #[must_use]
    pub fn timelines(&self) -> PathBuf {
        self.cache.join("timelines")
    }

    /// Parts of remote media as they were read; each can be read again.
    #[must_use]
    pub fn mirrors(&self) -> PathBuf {
        self.cache.join("remote")
    }

    /// Clips on their way into a bucket. They stay until the bucket has confirmed them.
    #[must_use]
    pub fn outbox(&self) -> PathBuf {
        self.data.join("outbox")
    }

    /// Secrets of access keys where the system has no keyring; only its owner may read it.
    #[must_use]
    pub fn access_key_file(&self) -> PathBuf {
        self.data.join("access-keys.json")
    }

    /// A locked file for each process that runs queued jobs, so that others know that it lives.
    #[must_use]
    pub fn runners(&self) -> PathBuf {
        self.data.join("runners")
    }

    /// Models that were downloaded or imported.
    #[must_use]
    pub fn models(&self) -> PathBuf {
        self.data.join("models")
    }

    /// The other folders that models are looked for in.
    #[must_use]
    pub fn model_folders(&self) -> &[PathBuf] {
        &self.model_folders
    }

    /// What workers write before it is taken over.
    #[must_use]
    pub fn scratch(&self) -> PathBuf {
        self.cache.join("scratch")
    }

    /// Log files.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }

    /// Where clips go unless the editor chooses otherwise.
    #[must_use]
    pub fn default_export(&self) -> PathBuf {
        directories::UserDirs::new()
            .and_then(|user| {
                user.video_dir().map(Path::to_owned).or_else(|| Some(user.home_dir().to_owned()))
            })
            .unwrap_or_else(|| self.data.clone())
            .join("Standout")
    }

    /// Folders for a library that stands in for one that is left as it is: whatever belongs to that one is left, too. Models
    /// are read where they are.
    #[must_use]
    pub(crate) fn beside_library(&self) -> Self {
        let model_folders = self.model_folders.iter().cloned().chain([self.models()]).collect();
        Self { data: self.data.join("stand-in"), cache: self.cache.clone(), model_folders }
    }

    /// Makes every folder that is not there yet.
    pub(crate) fn create(&self) -> Result<(), Failure> {
        let cached = [self.previews(), self.timelines(), self.scratch(), self.mirrors()];
        for folder in [&self.data, &self.outbox()].into_iter().chain(&cached) {
            std::fs::create_dir_all(folder).map_err(|error| {
                Failure::new(Code::LibraryFailed, format!("A folder cannot be made ({error}). Check its permissions, or set STANDOUT_HOME to another folder.")).at(folder)
            })?;
        }
        Ok(())
    }
}

/// The folders of `STANDOUT_MODELS`, separated as in `PATH`.
fn listed_models() -> Vec<PathBuf> {
    let Some(listed) = std::env::var_os("STANDOUT_MODELS") else { return Vec::new() };
    let folders = std::env::split_paths(&listed).filter(|folder| !folder.as_os_str().is_empty());
    folders.filter_map(|folder| std::path::absolute(folder).ok()).collect()
}
