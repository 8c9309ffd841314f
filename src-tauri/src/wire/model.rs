//! Models that can be installed.

use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::{Micros, WireError};

/// SPDX's word for a licence that nobody stated.
const NOT_SAID: &str = "NOASSERTION";

/// A model, where it lies and what its download is doing.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ModelView {
    /// What the commands call it by.
    id: String,
    kind: ModelKind,
    /// What its makers call it.
    name: String,
    /// What an editor gets from it, as an English sentence.
    purpose: String,
    languages: Option<String>,
    /// How quick it is beside the others of its kind.
    speed: Option<String>,
    /// The file's name as it is published; of several files the first one's.
    file: String,
    /// As an SPDX expression; null where nobody said.
    licence: Option<String>,
    /// The page that tells about it; null for what was imported as a folder, which cannot be downloaded either.
    source: Option<String>,
    /// Of all its files.
    #[specta(type = Number)]
    size_bytes: u64,
    /// Bytes that are there of what is not whole; a download goes on there.
    #[specta(type = Number)]
    kept_bytes: u64,
    place: ModelPlace,
    transfer: Transfer,
}

/// What a model adds.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum ModelKind {
    SoundEvents,
    Voice,
    Faces,
    Speech,
    PictureText,
}

/// What there is of a model on this machine.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "state", rename_all = "camelCase")]
enum ModelPlace {
    Missing,
    /// In Standout's own folder.
    Installed {
        path: String,
    },
    /// In a folder that `STANDOUT_MODELS` lists.
    Listed {
        path: String,
    },
    /// A file of its name with other content.
    Damaged {
        path: String,
    },
}

/// How the download of a model stands.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "state", rename_all = "camelCase")]
enum Transfer {
    None,
    Running { progress: TransferProgress },
    Failed { error: WireError },
}

/// How far a download has come.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TransferProgress {
    #[specta(type = Number)]
    arrived_bytes: u64,
    #[specta(type = Number)]
    size_bytes: u64,
    /// Why it is being tried again, until bytes arrive.
    trying_again: Option<String>,
    /// The time it will still take, once that can be told.
    remaining: Option<Micros>,
}

/// How far the download of one model has come.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ModelProgress {
    pub(crate) model: String,
    pub(crate) progress: TransferProgress,
}

impl From<engine::ModelStatus> for ModelView {
    fn from(engine::ModelStatus { view, transfer }: engine::ModelStatus) -> Self {
        let engine::ModelView { entry, place, kept, lacking: _ } = view;
        let size_bytes = entry.total_size();
        let engine::ModelEntry {
            id,
            kind,
            name,
            purpose,
            languages,
            speed,
            file,
            licence,
            source,
            url: _,
            size: _,
            sha256: _,
            byte_products: _,
            also: _,
        } = entry;
        let licence = Some(licence).filter(|licence| licence != NOT_SAID);
        Self {
            id,
            kind: kind.into(),
            name,
            purpose,
            languages,
            speed,
            file,
            licence,
            source,
            size_bytes,
            kept_bytes: kept,
            place: place.into(),
            transfer: transfer.into(),
        }
    }
}

impl From<engine::ModelKind> for ModelKind {
    fn from(kind: engine::ModelKind) -> Self {
        match kind {
            engine::ModelKind::SoundEvents => Self::SoundEvents,
            engine::ModelKind::Voice => Self::Voice,
            engine::ModelKind::Faces => Self::Faces,
            engine::ModelKind::Speech => Self::Speech,
            engine::ModelKind::PictureText => Self::PictureText,
        }
    }
}

impl From<engine::ModelPlace> for ModelPlace {
    fn from(place: engine::ModelPlace) -> Self {
        let shown = |path: std::path::PathBuf| path.display().to_string();
        match place {
            engine::ModelPlace::Missing => Self::Missing,
            engine::ModelPlace::Installed(path) => Self::Installed { path: shown(path) },
            engine::ModelPlace::Listed(path) => Self::Listed { path: shown(path) },
            engine::ModelPlace::Damaged(path) => Self::Damaged { path: shown(path) },
        }
    }
}

impl From<engine::Transfer> for Transfer {
    fn from(transfer: engine::Transfer) -> Self {
        match transfer {
            engine::Transfer::None => Self::None,
            engine::Transfer::Running(progress) => Self::Running { progress: progress.into() },
            engine::Transfer::Failed(failure) => Self::Failed { error: failure.into() },
        }
    }
}

impl From<engine::TransferProgress> for TransferProgress {
    fn from(engine::TransferProgress { fetched, remaining }: engine::TransferProgress) -> Self {
        let engine::FetchProgress { arrived, size, trying_again } = fetched;
        let remaining = remaining.map(|left| Micros(i64::try_from(left.as_micros()).unwrap_or(i64::MAX)));
        Self { arrived_bytes: arrived, size_bytes: size, trying_again, remaining }
    }
}
