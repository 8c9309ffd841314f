//! Which models there are on this machine, and how they come and go: by download and by removing.

use std::fs;
use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use super::fetch::{FetchProgress, Limits, Order, fetch};
use super::fetch_error::FetchError;
use super::partial::{discard, partial_path};
use super::{ModelEntry, ModelPart, ModelPlace, ModelStore};
use crate::engine::Engine;
use crate::{Code, Failure, Stopped};

/// A model and what there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelView {
    /// What the catalogue says.
    pub entry: ModelEntry,
    /// Where it lies.
    pub place: ModelPlace,
    /// Bytes that are there of what is not whole: of a download that was cut and goes on there, and of the files that are there
    /// already where it takes several.
    pub kept: u64,
    /// The names of its files that are still to come, where it takes several and some are there.
    pub lacking: Vec<String>,
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
        let found = self.models().await?.into_iter().find(|view| view.entry.id == id);
        found.ok_or_else(|| unknown_id(id, &self.models))
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
        mut on_progress: impl FnMut(FetchProgress) + Send,
    ) -> Result<ModelView, Stopped> {
        let view = self.model(id).await?;
        if view.place.file().is_some() {
            return Ok(view);
        }
        let entry = view.entry.clone();
        check_usable(&entry)?;
        let looked = entry.clone();
        let parts = self.in_store(move |store| store.parts(&looked)).await?;
        let size = entry.total_size();
        let mut done: u64 = parts.iter().filter(|(_, at)| at.is_some()).map(|(part, _)| part.size).sum();
        for part in parts.into_iter().filter(|(_, at)| at.is_none()).map(|(part, _)| part) {
            let Some(url) = &part.url else { return Err(cannot_be_fetched(&entry).into()) };
            let target = self.models.target(&entry, &part);
            let order = Order { url, size: part.size, sha256: part.sha256, target: &target };
            let of_all = |progress: FetchProgress| {
                on_progress(FetchProgress { arrived: done + progress.arrived, size, ..progress });
            };
            let fetched = tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(Stopped::Cancelled),
                fetched = fetch(&order, Limits::default(), of_all) => fetched,
            };
            fetched.map_err(|error| of_fetch(&error, &entry, &part))?;
            done += part.size;
        }
        Ok(self.model(id).await?)
    }

    /// Removes a model from the library's folder, and what has arrived of a download. Other folders are left alone.
    ///
    /// # Errors
    /// [`Code::ModelUnknown`] when there is nothing to remove, or why it cannot be removed.
    pub async fn remove_model(&self, id: &str) -> Result<(), Failure> {
        let entry = self.models.entry(id).ok_or_else(|| unknown_id(id, &self.models))?;
        self.in_store(move |store| store.remove(&entry)).await?
    }
}

impl ModelStore {
    fn views(&self) -> Vec<ModelView> {
        let places = self.all_places();
        let mut found = self.found();
        let view = |(entry, place): (ModelEntry, ModelPlace)| {
            let parts = if place.file().is_some() { Vec::new() } else { found.parts(&entry) };
            let arrived = |part: &ModelPart| {
                fs::metadata(partial_path(&self.target(&entry, part))).map_or(0, |it| it.len())
            };
            let kept =
                parts.iter().map(|(part, at)| if at.is_some() { part.size } else { arrived(part) }).sum();
            let some = parts.iter().any(|(_, at)| at.is_some());
            let lacking = parts.into_iter().filter(|(_, at)| some && at.is_none()).map(|(part, _)| part.file);
            ModelView { kept, lacking: lacking.collect(), entry, place }
        };
        places.into_iter().map(view).filter_map(|view| self.of_imported(view)).collect()
    }

    /// What was imported cannot be fetched: without all its files it is damaged, and without any it is gone.
    fn of_imported(&self, view: ModelView) -> Option<ModelView> {
        if view.place != ModelPlace::Missing || !self.is_imported(&view.entry) {
            return Some(view);
        }
        let lacking = view.entry.parts().into_iter().find(|part| view.lacking.contains(&part.file))?;
        let place = ModelPlace::Damaged(self.target(&view.entry, &lacking));
        Some(ModelView { place, ..view })
    }

    fn remove(&self, entry: &ModelEntry) -> Result<(), Failure> {
        let targets: Vec<PathBuf> = entry.parts().iter().map(|part| self.target(entry, part)).collect();
        let had_partial = targets.iter().any(|target| partial_path(target).exists());
        for target in &targets {
            discard(target).map_err(|error| Failure::of_write(&error, target))?;
        }
        let files = self.own_files(entry);
        for file in &files {
            fs::remove_file(file).map_err(|error| {
                let message = format!("The file cannot be removed ({error}). Check its permissions.");
                Failure::new(Code::FolderNotWritable, message).at(file)
            })?;
        }
        if let Some(folder) = targets.first().and_then(|target| target.parent())
            && !entry.also.is_empty()
        {
            // Whatever else somebody put into it stays, and the folder with it.
            let _ = fs::remove_dir(folder);
        }
        if self.forget_imported(&entry.id) || had_partial || !files.is_empty() {
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

fn unknown_id(id: &str, store: &ModelStore) -> Failure {
    let known: Vec<String> = store.entries().into_iter().map(|entry| entry.id).collect();
    Failure::new(Code::ModelUnknown, format!("There is no model {id}. There are: {}.", known.join(", ")))
}

fn cannot_be_fetched(entry: &ModelEntry) -> Failure {
    let message = format!("{} was imported and is published nowhere. Import its folder again.", entry.name);
    Failure::new(Code::ModelUnknown, message)
}

/// Refuses a model that would be of no use once it was there, or is of none where it lies.
pub(super) fn check_usable(entry: &ModelEntry) -> Result<(), Failure> {
    check_usable_where(perception::byte_products_overflow(), entry)
}

/// The same for a processor that adds products of bytes up so.
fn check_usable_where(byte_products_overflow: bool, entry: &ModelEntry) -> Result<(), Failure> {
    if !(entry.byte_products && byte_products_overflow) {
        return Ok(());
    }
    let message = format!(
        "{} is of no use here: its weights have 8 bits and come out wrong on this processor, which lacks the VNNI instructions. Import \
         the folder of an encoder whose weights have 32 bits instead.",
        entry.name
    );
    Err(Failure::new(Code::ProcessorUnsuitable, message))
}

/// Why a model cannot be fetched, with the other way to get it.
fn of_fetch(error: &FetchError, entry: &ModelEntry, part: &ModelPart) -> Failure {
    let page = entry.source.as_deref().unwrap_or("its makers");
    let by_hand = format!("or get {} from {page} and import it", part.file);
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
