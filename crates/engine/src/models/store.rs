//! Finds the files of models on this machine.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::catalogue::{Catalogue, ModelEntry, ModelKind};
use super::digest::Sha256;
use super::file_digests::FileDigests;
use super::gap::{EvidenceGap, GapReason};
use super::place::ModelPlace;
use super::search::{Candidate, files_below};

/// The models of one user.
#[derive(Debug)]
pub(crate) struct ModelStore {
    catalogue: Catalogue,
    own: PathBuf,
    /// Folders that are only looked into.
    listed: Vec<PathBuf>,
    digests: Mutex<FileDigests>,
}

/// A file that was recognised as a model. Whoever loads it verifies its bytes: it may have changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ModelFile {
    pub(crate) id: String,
    pub(crate) kind: ModelKind,
    pub(crate) path: PathBuf,
    pub(crate) sha256: Sha256,
}

impl ModelStore {
    /// The models of `catalogue` in the folder `own` and the folders `listed`. `remembered`: what [`Self::take_news`]
    /// gave last.
    pub(crate) fn new(
        catalogue: Catalogue,
        own: PathBuf,
        listed: Vec<PathBuf>,
        remembered: Option<&str>,
    ) -> Self {
        let digests = remembered.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        Self { catalogue, own, listed, digests: Mutex::new(digests) }
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The file that a model gets in the library's own folder.
    pub(super) fn target(&self, entry: &ModelEntry) -> PathBuf {
        self.own.join(&entry.file)
    }

    /// Where every model lies, in the catalogue's order.
    pub(super) fn all_places(&self) -> Vec<(&ModelEntry, ModelPlace)> {
        let kinds: Vec<ModelKind> = self.catalogue.entries().iter().map(|entry| entry.kind).collect();
        self.places(&kinds)
    }

    /// The files of the library's own folder that are a model, or have its name and other content.
    pub(super) fn own_files(&self, entry: &ModelEntry) -> Vec<PathBuf> {
        let mut digests = self.digests();
        let own = files_below(&self.own).into_iter();
        own.filter(|file| is(entry, file, &mut digests) || has_name(entry, file))
            .map(|file| file.path)
            .collect()
    }

    /// Where every model of these kinds lies, in the catalogue's order. Reads files that were not seen before, which takes
    /// seconds for large ones.
    pub(crate) fn places(&self, kinds: &[ModelKind]) -> Vec<(&ModelEntry, ModelPlace)> {
        // Held all along: who comes second finds everything read.
        let mut digests = self.digests();
        let own = files_below(&self.own);
        let listed: Vec<Candidate> = self.listed.iter().flat_map(|folder| files_below(folder)).collect();
        let wanted = self.catalogue.entries().iter().filter(|entry| kinds.contains(&entry.kind));
        wanted.map(|entry| (entry, place(entry, &own, &listed, &mut digests))).collect()
    }

    /// The file of each of these kinds, the catalogue's first where there are several, and what is missing of them.
    pub(crate) fn files(&self, kinds: &[ModelKind]) -> (Vec<ModelFile>, Vec<EvidenceGap>) {
        let places = self.places(kinds);
        let (mut files, mut gaps) = (Vec::new(), Vec::new());
        for kind in kinds {
            let mut of_kind = places.iter().filter(|(entry, _)| entry.kind == *kind);
            let found = of_kind.clone().find_map(|(entry, place)| Some(file(entry, place.file()?)));
            let Some(found) = found else {
                let damaged = of_kind.clone().find(|(_, place)| matches!(place, ModelPlace::Damaged(_)));
                gaps.extend(damaged.or_else(|| of_kind.next()).map(|(entry, place)| gap(entry, place)));
                continue;
            };
            files.push(found);
        }
        (files, gaps)
    }

    /// Has a file read again: it turned out not to be what it was.
    pub(crate) fn distrust(&self, file: &Path) {
        self.digests().forget(file);
    }

    /// What to give [`Self::new`] the next time, when there is something new.
    pub(crate) fn take_news(&self) -> Option<String> {
        self.digests().take_news()
    }

    fn digests(&self) -> MutexGuard<'_, FileDigests> {
        self.digests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn file(entry: &ModelEntry, path: &Path) -> ModelFile {
    let ModelEntry { id, kind, sha256, .. } = entry;
    ModelFile { id: id.clone(), kind: *kind, path: path.to_owned(), sha256: *sha256 }
}

fn gap(entry: &ModelEntry, place: &ModelPlace) -> EvidenceGap {
    let reason = match place {
        ModelPlace::Damaged(path) => GapReason::Damaged(path.clone()),
        ModelPlace::Missing | ModelPlace::Installed(_) | ModelPlace::Listed(_) => GapReason::Missing,
    };
    EvidenceGap { kind: entry.kind, model: entry.id.clone(), name: entry.name.clone(), reason }
}

fn place(
    entry: &ModelEntry,
    own: &[Candidate],
    listed: &[Candidate],
    digests: &mut FileDigests,
) -> ModelPlace {
    let mut whole = |files: &[Candidate]| files.iter().find(|file| is(entry, file, digests)).cloned();
    if let Some(file) = whole(own) {
        return ModelPlace::Installed(file.path);
    }
    if let Some(file) = whole(listed) {
        return ModelPlace::Listed(file.path);
    }
    let damaged = own.iter().chain(listed).find(|file| has_name(entry, file));
    damaged.map_or(ModelPlace::Missing, |file| ModelPlace::Damaged(file.path.clone()))
}

fn has_name(entry: &ModelEntry, file: &Candidate) -> bool {
    file.path.file_name().is_some_and(|name| name == entry.file.as_str())
}

/// Whether a file has the content of a model. Only one of its size is read.
fn is(entry: &ModelEntry, file: &Candidate, digests: &mut FileDigests) -> bool {
    if file.stamp.size != entry.size {
        return false;
    }
    match digests.of(file) {
        Ok(digest) => digest == entry.sha256,
        Err(error) => {
            tracing::warn!(%error, file = %file.path.display(), "a file that may be a model cannot be read");
            false
        }
    }
}

#[cfg(test)]
mod tests;
