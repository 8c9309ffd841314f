//! Models that are in no catalogue: an editor imported them as a folder, they were tried, and the digests of their files were
//! written down then. From there on they are recognised by those, as the catalogue's are.

use std::path::Path;
use std::sync::{MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::catalogue::{ModelEntry, ModelKind};
use super::folder::EncoderFolder;
use super::store::ModelStore;

/// What was imported so far, the newest first.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Imported {
    entries: Vec<ModelEntry>,
    /// Something came or went since it was last kept.
    #[serde(skip)]
    changed: bool,
}

impl ModelStore {
    /// With what was imported in earlier runs, as [`Self::take_imported`] gave it.
    pub(crate) fn with_imported(self, remembered: Option<&str>) -> Self {
        let imported = remembered.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        *self.lock_imported() = imported;
        self
    }

    /// What to give [`Self::with_imported`] the next time, when something came or went.
    pub(crate) fn take_imported(&self) -> Option<String> {
        let mut imported = self.lock_imported();
        if !std::mem::take(&mut imported.changed) {
            return None;
        }
        serde_json::to_string(&*imported).ok()
    }

    pub(super) fn imported_entries(&self) -> Vec<ModelEntry> {
        self.lock_imported().entries.clone()
    }

    pub(super) fn is_imported(&self, entry: &ModelEntry) -> bool {
        self.lock_imported().entries.iter().any(|it| it.id == entry.id)
    }

    pub(super) fn remember_imported(&self, entry: ModelEntry) {
        let mut imported = self.lock_imported();
        imported.entries.retain(|it| it.id != entry.id);
        imported.entries.insert(0, entry);
        imported.changed = true;
    }

    /// Answers whether there was one of this id.
    pub(super) fn forget_imported(&self, id: &str) -> bool {
        let mut imported = self.lock_imported();
        let before = imported.entries.len();
        imported.entries.retain(|it| it.id != id);
        let forgotten = imported.entries.len() < before;
        imported.changed |= forgotten;
        forgotten
    }

    fn lock_imported(&self) -> MutexGuard<'_, Imported> {
        self.imported.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The entry of an encoder that nobody published under a digest known here.
pub(super) fn entry_of(folder: &Path, encoder: &EncoderFolder) -> ModelEntry {
    let name =
        folder.file_name().map_or_else(|| "Encoder".to_owned(), |name| name.to_string_lossy().into_owned());
    let mut parts = encoder.parts.iter().map(|(part, _)| part.clone());
    let first = parts.next();
    let mut entry = ModelEntry {
        id: String::new(),
        kind: ModelKind::PictureText,
        name,
        purpose:
            "Sees what only pictures show. You imported it; it was tried, and nothing else is known of it."
                .to_owned(),
        languages: None,
        speed: None,
        licence: "NOASSERTION".to_owned(),
        source: None,
        file: first.as_ref().map(|part| part.file.clone()).unwrap_or_default(),
        url: None,
        size: first.as_ref().map_or(0, |part| part.size),
        sha256: first.map_or_else(|| super::Sha256::of_bytes(&[]), |part| part.sha256),
        // It was tried here.
        byte_products: false,
        also: parts.collect(),
    };
    entry.id = format!("encoder-{}", &entry.digest().to_string()[..12]);
    entry
}
