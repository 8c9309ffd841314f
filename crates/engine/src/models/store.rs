//! Finds the files of models on this machine.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::catalogue::{Catalogue, ModelEntry, ModelKind, ModelPart};
use super::digest::Sha256;
use super::file_digests::FileDigests;
use super::gap::{EvidenceGap, GapReason};
use super::imported::Imported;
use super::install::check_usable;
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
    pub(super) imported: Mutex<Imported>,
}

/// A model that was recognised among the files of this machine. Whoever loads it verifies its bytes: they may have changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ModelFile {
    pub(crate) id: String,
    pub(crate) kind: ModelKind,
    pub(crate) path: PathBuf,
    pub(crate) sha256: Sha256,
    /// The other files of a model that takes several, in the order of its entry.
    #[serde(default)]
    pub(crate) also: Vec<PartFile>,
}

/// A further file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartFile {
    pub(crate) path: PathBuf,
    pub(crate) sha256: Sha256,
}

impl ModelFile {
    /// As [`ModelEntry::digest`].
    pub(crate) fn digest(&self) -> Sha256 {
        let digests = std::iter::once(self.sha256).chain(self.also.iter().map(|part| part.sha256));
        Sha256::of_several(&digests.collect::<Vec<_>>())
    }
}

/// Everything in the folders of models, and what is known of it.
pub(super) struct Found<'a> {
    own: Vec<Candidate>,
    listed: Vec<Candidate>,
    /// Held all along: who comes second finds everything read.
    digests: MutexGuard<'a, FileDigests>,
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
        Self { catalogue, own, listed, digests: Mutex::new(digests), imported: Mutex::default() }
    }

    /// All models that may be loaded: what the user imported as a folder, then the catalogue's, the preferred of a kind first.
    pub(super) fn entries(&self) -> Vec<ModelEntry> {
        self.imported_entries().into_iter().chain(self.catalogue.entries().iter().cloned()).collect()
    }

    /// The model of this id.
    pub(super) fn entry(&self, id: &str) -> Option<ModelEntry> {
        self.entries().into_iter().find(|entry| entry.id == id)
    }

    /// The file that a part of a model gets in the library's own folder.
    pub(super) fn target(&self, entry: &ModelEntry, part: &ModelPart) -> PathBuf {
        match entry.also.is_empty() {
            true => self.own.join(&part.file),
            false => self.own.join(&entry.id).join(&part.file),
        }
    }

    /// Where every model lies, in the order of [`Self::entries`].
    pub(super) fn all_places(&self) -> Vec<(ModelEntry, ModelPlace)> {
        let kinds: Vec<ModelKind> = self.entries().iter().map(|entry| entry.kind).collect();
        self.places(&kinds)
    }

    /// The files of the library's own folder that belong to a model, or have its place and other content.
    pub(super) fn own_files(&self, entry: &ModelEntry) -> Vec<PathBuf> {
        let mut found = self.found();
        // Two encoders may have the same tokenizer, each a copy in its own folder.
        let others =
            self.entries().into_iter().filter(|other| other.id != entry.id && !other.also.is_empty());
        let others: Vec<PathBuf> = others.map(|other| self.own.join(other.id)).collect();
        let own = std::mem::take(&mut found.own).into_iter();
        let parts = entry.parts();
        own.filter(|file| !others.iter().any(|folder| file.path.starts_with(folder)))
            .filter(|file| parts.iter().any(|part| found.is(part, file) || self.has_place(entry, part, file)))
            .map(|file| file.path)
            .collect()
    }

    /// Where every model of these kinds lies, in the order of [`Self::entries`]. Reads files that were not seen before, which
    /// takes seconds for large ones.
    pub(crate) fn places(&self, kinds: &[ModelKind]) -> Vec<(ModelEntry, ModelPlace)> {
        let mut found = self.found();
        let wanted = self.entries().into_iter().filter(|entry| kinds.contains(&entry.kind));
        wanted
            .map(|entry| {
                let place = self.place(&entry, &mut found);
                (entry, place)
            })
            .collect()
    }

    /// The files of each of these kinds, the preferred model's where there are several, and what is missing of them.
    pub(crate) fn files(&self, kinds: &[ModelKind]) -> (Vec<ModelFile>, Vec<EvidenceGap>) {
        let mut places = self.places(kinds);
        // One that lies there and cannot be used would fail each time, and hide another that can.
        places.retain(|(entry, _)| check_usable(entry).is_ok());
        let (mut files, mut gaps) = (Vec::new(), Vec::new());
        for kind in kinds {
            let mut of_kind = places.iter().filter(|(entry, _)| entry.kind == *kind);
            let found = of_kind.clone().find(|(_, place)| place.file().is_some());
            let Some(found) = found.and_then(|(entry, _)| self.file(entry)) else {
                let damaged = of_kind.clone().find(|(_, place)| matches!(place, ModelPlace::Damaged(_)));
                gaps.extend(damaged.or_else(|| of_kind.next()).map(|(entry, place)| gap(entry, place)));
                continue;
            };
            files.push(found);
        }
        (files, gaps)
    }

    /// Where each part of a model lies, `None` for those that are nowhere.
    pub(super) fn parts(&self, entry: &ModelEntry) -> Vec<(ModelPart, Option<PathBuf>)> {
        self.found().parts(entry)
    }

    fn file(&self, entry: &ModelEntry) -> Option<ModelFile> {
        let mut parts = self.parts(entry).into_iter();
        let (first, path) = parts.next()?;
        let also = parts.map(|(part, path)| Some(PartFile { path: path?, sha256: part.sha256 }));
        let (id, kind) = (entry.id.clone(), entry.kind);
        Some(ModelFile { id, kind, path: path?, sha256: first.sha256, also: also.collect::<Option<_>>()? })
    }

    /// Has the files of a model read again: one turned out not to be what it was.
    pub(crate) fn distrust(&self, model: &ModelFile) {
        let mut digests = self.digests();
        digests.forget(&model.path);
        model.also.iter().for_each(|part| digests.forget(&part.path));
    }

    /// What to give [`Self::new`] the next time, when there is something new.
    pub(crate) fn take_news(&self) -> Option<String> {
        self.digests().take_news()
    }

    fn digests(&self) -> MutexGuard<'_, FileDigests> {
        self.digests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn found(&self) -> Found<'_> {
        let digests = self.digests();
        let listed = self.listed.iter().flat_map(|folder| files_below(folder)).collect();
        Found { own: files_below(&self.own), listed, digests }
    }

    fn place(&self, entry: &ModelEntry, found: &mut Found<'_>) -> ModelPlace {
        let parts = entry.parts();
        let located: Vec<Option<(PathBuf, bool)>> = parts.iter().map(|part| found.locate(part)).collect();
        let is_own = located.iter().all(|it| it.as_ref().is_some_and(|(_, own)| *own));
        if located.iter().all(Option::is_some)
            && let Some(Some((first, _))) = located.first()
        {
            return if is_own {
                ModelPlace::Installed(first.clone())
            } else {
                ModelPlace::Listed(first.clone())
            };
        }
        let missing = parts.iter().zip(&located).filter(|(_, at)| at.is_none()).map(|(part, _)| part);
        let files = || found.own.iter().chain(&found.listed);
        let mut damaged = missing.filter_map(|part| files().find(|file| self.has_place(entry, part, file)));
        damaged.next().map_or(ModelPlace::Missing, |file| ModelPlace::Damaged(file.path.clone()))
    }

    /// Whether a file lies where a part of a model should. Of a model of one file its name tells; those of several have names
    /// that many models share, and are only looked for in a folder of their own.
    fn has_place(&self, entry: &ModelEntry, part: &ModelPart, file: &Candidate) -> bool {
        match entry.also.is_empty() {
            true => file.path.file_name().is_some_and(|name| name == part.file.as_str()),
            false => file.path == self.target(entry, part),
        }
    }
}

impl Found<'_> {
    pub(super) fn parts(&mut self, entry: &ModelEntry) -> Vec<(ModelPart, Option<PathBuf>)> {
        let located = |part: ModelPart| {
            let at = self.locate(&part).map(|(path, _)| path);
            (part, at)
        };
        entry.parts().into_iter().map(located).collect()
    }

    /// Where a part of a model lies, and whether that is the library's own folder.
    fn locate(&mut self, part: &ModelPart) -> Option<(PathBuf, bool)> {
        let digests = &mut self.digests;
        let mut whole = |files: &[Candidate]| files.iter().find(|file| is(part, file, digests)).cloned();
        let own = whole(&self.own).map(|file| (file.path, true));
        own.or_else(|| whole(&self.listed).map(|file| (file.path, false)))
    }

    fn is(&mut self, part: &ModelPart, file: &Candidate) -> bool {
        is(part, file, &mut self.digests)
    }
}

fn gap(entry: &ModelEntry, place: &ModelPlace) -> EvidenceGap {
    let reason = match place {
        ModelPlace::Damaged(path) => GapReason::Damaged(path.clone()),
        ModelPlace::Missing | ModelPlace::Installed(_) | ModelPlace::Listed(_) => GapReason::Missing,
    };
    EvidenceGap { kind: entry.kind, model: entry.id.clone(), name: entry.name.clone(), reason }
}

/// Whether a file has the content of a part of a model. Only one of its size is read.
fn is(part: &ModelPart, file: &Candidate, digests: &mut FileDigests) -> bool {
    if file.stamp.size != part.size {
        return false;
    }
    match digests.of(file) {
        Ok(digest) => digest == part.sha256,
        Err(error) => {
            tracing::warn!(%error, file = %file.path.display(), "a file that may be a model cannot be read");
            false
        }
    }
}

#[cfg(test)]
mod tests;
