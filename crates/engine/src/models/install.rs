//! Models come onto this machine and go again: by download, by hand, and by removing.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use delivery::{Existing, PendingFile};
use tokio_util::sync::CancellationToken;

use super::digest::{Growing, Sha256};
use super::fetch::{FetchProgress, Limits, Order, fetch};
use super::fetch_error::FetchError;
use super::partial::{discard, partial_path};
use super::{Catalogue, ModelEntry, ModelPlace, ModelStore};
use crate::engine::Engine;
use crate::{Code, Failure, Stopped};

/// A model and what there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelView {
    /// What the catalogue says.
    pub entry: ModelEntry,
    /// Where it lies.
    pub place: ModelPlace,
    /// Bytes of a download that was cut, and goes on there.
    pub kept: u64,
}

impl Engine {
    /// Every model of the catalogue and where it lies.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub async fn models(&self) -> Result<Vec<ModelView>, Failure> {
        self.in_store(ModelStore::views).await
    }

    /// One model.
    ///
    /// # Errors
    /// [`Code::ModelUnknown`] when the catalogue has none of this id.
    pub async fn model(&self, id: &str) -> Result<ModelView, Failure> {
        let known = self.model_entry(id)?.id.clone();
        let found = self.models().await?.into_iter().find(|view| view.entry.id == known);
        found.ok_or_else(|| unknown_id(id, self.models.catalogue()))
    }

    /// Fetches a model into the library's folder, or goes on where an earlier download was cut. One that is there already is
    /// not fetched again.
    ///
    /// # Errors
    /// [`Stopped::Cancelled`], with what has arrived kept for the next time; or why it cannot be had.
    pub async fn download_model(
        &self,
        id: &str,
        cancel: &CancellationToken,
        on_progress: impl FnMut(FetchProgress) + Send,
    ) -> Result<ModelView, Stopped> {
        let view = self.model(id).await?;
        if view.place.file().is_some() {
            return Ok(view);
        }
        let entry = &view.entry;
        let target = self.models.target(entry);
        let order = Order { url: &entry.url, size: entry.size, sha256: entry.sha256, target: &target };
        let fetched = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(Stopped::Cancelled),
            fetched = fetch(&order, Limits::default(), on_progress) => fetched,
        };
        fetched.map_err(|error| of_fetch(&error, entry))?;
        Ok(self.model(id).await?)
    }

    /// Copies a file into the library's folder, if its content is that of a model; its name does not matter.
    ///
    /// # Errors
    /// [`Code::ModelUnknown`] with what was expected, or why the file cannot be read or copied.
    pub async fn import_model(&self, file: &Path) -> Result<ModelView, Failure> {
        let from = file.to_owned();
        let id = self.in_store(move |store| store.import(&from)).await??;
        self.model(&id).await
    }

    /// Removes a model from the library's folder, and what has arrived of a download. Other folders are left alone.
    ///
    /// # Errors
    /// [`Code::ModelUnknown`] when there is nothing to remove, or why it cannot be removed.
    pub async fn remove_model(&self, id: &str) -> Result<ModelView, Failure> {
        let entry = self.model_entry(id)?.clone();
        self.in_store(move |store| store.remove(&entry)).await??;
        self.model(id).await
    }

    fn model_entry(&self, id: &str) -> Result<&ModelEntry, Failure> {
        let catalogue = self.models.catalogue();
        catalogue.entry(id).ok_or_else(|| unknown_id(id, catalogue))
    }
}

impl ModelStore {
    fn views(&self) -> Vec<ModelView> {
        let kept =
            |entry: &ModelEntry| fs::metadata(partial_path(&self.target(entry))).map_or(0, |it| it.len());
        let places = self.all_places().into_iter();
        places.map(|(entry, place)| ModelView { kept: kept(entry), entry: entry.clone(), place }).collect()
    }

    /// Answers the id of the model that the file is.
    fn import(&self, file: &Path) -> Result<String, Failure> {
        let cannot_read = |error: io::Error| {
            let message = format!("The file cannot be read ({error}). Check its permissions and its drive.");
            Failure::new(Code::FileUnreadable, message).at(file)
        };
        let size = fs::metadata(file).map_err(cannot_read)?.len();
        let mut of_size = self.catalogue().entries().iter().filter(|entry| entry.size == size).peekable();
        // Only a file of a model's size is worth reading.
        let digest = match of_size.peek() {
            Some(_) => Some(Sha256::of_file(file).map_err(cannot_read)?),
            None => None,
        };
        let entry = of_size.find(|entry| digest == Some(entry.sha256));
        let entry = entry.ok_or_else(|| unknown_file(file, size, digest, self.catalogue()))?;
        let target = self.target(entry);
        if Sha256::of_file(&target).is_ok_and(|there| there == entry.sha256) {
            return Ok(entry.id.clone());
        }
        let pending = PendingFile::create(&target).map_err(|error| Failure::of_delivery(&error))?;
        let copied = copy(file, pending.path()).map_err(|error| Failure::of_write(&error, &target))?;
        if copied != entry.sha256 {
            let message = "The file changed while it was copied. Import it again when nothing writes to it.";
            return Err(Failure::new(Code::ModelDamaged, message).at(file));
        }
        pending.commit(Existing::Replace).map_err(|error| Failure::of_delivery(&error))?;
        // Nothing is left to go on with.
        discard(&target).map_err(|error| Failure::of_write(&error, &target))?;
        Ok(entry.id.clone())
    }

    fn remove(&self, entry: &ModelEntry) -> Result<(), Failure> {
        let target = self.target(entry);
        let had_partial = partial_path(&target).exists();
        discard(&target).map_err(|error| Failure::of_write(&error, &target))?;
        let files = self.own_files(entry);
        for file in &files {
            fs::remove_file(file).map_err(|error| {
                let message = format!("The file cannot be removed ({error}). Check its permissions.");
                Failure::new(Code::FolderNotWritable, message).at(file)
            })?;
        }
        if had_partial || !files.is_empty() {
            return Ok(());
        }
        let places = self.all_places();
        Err(match places.into_iter().find(|(known, _)| known.id == entry.id) {
            Some((_, ModelPlace::Listed(path) | ModelPlace::Damaged(path))) => {
                let message = "It lies in a folder of STANDOUT_MODELS, where Standout removes nothing. Remove the file \
                               yourself, or take the folder off the list.";
                Failure::new(Code::ModelUnknown, message).at(&path)
            }
            _ => Failure::new(Code::ModelUnknown, format!("{} is not installed.", entry.name)),
        })
    }
}

/// Copies a file and answers the digest of what was copied.
fn copy(from: &Path, to: &Path) -> io::Result<Sha256> {
    let (mut from, mut to) = (File::open(from)?, File::options().write(true).open(to)?);
    let (mut growing, mut piece) = (Growing::default(), vec![0; 1 << 18]);
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(growing.finish()),
            read => {
                growing.update(&piece[..read]);
                to.write_all(&piece[..read])?;
            }
        }
    }
}

fn unknown_id(id: &str, catalogue: &Catalogue) -> Failure {
    let known: Vec<&str> = catalogue.entries().iter().map(|entry| entry.id.as_str()).collect();
    Failure::new(Code::ModelUnknown, format!("There is no model {id}. There are: {}.", known.join(", ")))
}

/// A file that is no model, and what it would have to be.
fn unknown_file(file: &Path, size: u64, digest: Option<Sha256>, catalogue: &Catalogue) -> Failure {
    let named = file.file_name().and_then(|name| name.to_str());
    let named = catalogue.entries().iter().find(|entry| named == Some(&entry.file));
    let message = match (named, digest) {
        (Some(ModelEntry { name, size: expected, .. }), _) if *expected != size => format!(
            "It is not {name} as it was published: it holds {size} bytes instead of {expected}. Download it again, or \
             look for the version that Standout knows."
        ),
        (Some(ModelEntry { name, sha256, .. }), Some(digest)) => format!(
            "It is not {name} as it was published: its SHA-256 is {digest} instead of {sha256}. Download it again."
        ),
        _ => {
            let files: Vec<&str> = catalogue.entries().iter().map(|entry| entry.file.as_str()).collect();
            format!("It is none of the models that Standout knows, whatever its name: {}.", files.join(", "))
        }
    };
    Failure::new(Code::ModelUnknown, message).at(file)
}

/// Why a model cannot be fetched, with the other way to get it.
fn of_fetch(error: &FetchError, entry: &ModelEntry) -> Failure {
    let by_hand = format!("or get {} from {} and import it", entry.file, entry.source);
    let (code, next) = match error {
        FetchError::File { source, path } => return Failure::of_write(source, path),
        FetchError::Interrupted { .. } => {
            (Code::DownloadInterrupted, "Try again: it goes on where it was cut.".to_owned())
        }
        FetchError::Unreachable { .. } => {
            (Code::DownloadFailed, format!("Check the network and try again, {by_hand}."))
        }
        FetchError::NotThere { .. } | FetchError::Status { .. } | FetchError::WrongSize { .. } => {
            (Code::DownloadFailed, format!("Try again later, {by_hand}."))
        }
        FetchError::WrongContent { .. } => (Code::ModelDamaged, format!("Try again later, {by_hand}.")),
        FetchError::NoRoom { .. } => (Code::DiskFull, "Free some space and try again.".to_owned()),
        FetchError::Busy { .. } => (Code::Busy, "Wait until it is done.".to_owned()),
    };
    let path: Option<&PathBuf> = match error {
        FetchError::NoRoom { path, .. } | FetchError::Busy { path } => Some(path),
        _ => None,
    };
    let words = error.to_string();
    let words = path.and_then(|path| words.strip_suffix(&format!(": {}", path.display()))).unwrap_or(&words);
    let failure = Failure::new(code, format!("{} cannot be downloaded: {words}. {next}", entry.name));
    path.map_or(failure.clone(), |path| failure.at(path))
}

#[cfg(test)]
mod tests;
