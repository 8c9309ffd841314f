//! The desk as the page shows it.

use serde::Serialize;
use specta::Type;

use super::WireError;
use super::edit::{EditName, Strategy};
use super::export::{ExportDefaults, ExportView};
use super::keys::KeyBinding;
use super::material::Material;
use super::transcribe::TranscriptionRequest;
use crate::media_server::MediaServer;

/// The whole state at one moment.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Snapshot {
    /// Grows with every change.
    revision: u32,
    project_id: String,
    project_name: String,
    strategy: Strategy,
    materials: Vec<Material>,
    undo: Option<EditName>,
    redo: Option<EditName>,
    /// The files that are being read before they come in.
    importing: Option<Importing>,
    /// Highlights are being found.
    finding: bool,
    /// What is said is being written down.
    transcribing: bool,
    /// Something is under way that can be held on.
    working: bool,
    /// It is held on.
    paused: bool,
    /// The last run of the program ended in the middle of finding highlights.
    interrupted: bool,
    /// The last run of the program ended in the middle of writing down what is said: what was asked for.
    interrupted_transcription: Option<TranscriptionRequest>,
    exporting: Option<ExportView>,
    /// Clips of earlier exports that are on this machine and not yet in their bucket.
    waiting_uploads: u32,
}

impl Snapshot {
    /// The page's form; files to play get their addresses from `server`.
    pub(crate) fn of(snapshot: engine::Snapshot, server: &MediaServer) -> Self {
        let engine::Snapshot {
            revision,
            project,
            materials,
            undo,
            redo,
            importing,
            finding,
            transcribing,
            working,
            paused,
            interrupted,
            interrupted_transcription,
            export,
            waiting_uploads,
        } = snapshot;
        Self {
            revision,
            project_id: project.id.0.clone(),
            project_name: project.name.clone(),
            strategy: Strategy::from(&project.strategy),
            materials: project
                .materials
                .iter()
                .zip(materials)
                .map(|(material, status)| Material::of(material, status, server))
                .collect(),
            undo: undo.map(EditName::from),
            redo: redo.map(EditName::from),
            importing: importing.map(Importing::from),
            finding,
            transcribing,
            working,
            paused,
            interrupted,
            interrupted_transcription: interrupted_transcription.and_then(TranscriptionRequest::of),
            exporting: export.map(ExportView::from),
            waiting_uploads: u32::try_from(waiting_uploads).unwrap_or(u32::MAX),
        }
    }
}

/// Files that are being read, one after the other.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Importing {
    /// The path or address that is read now.
    current: String,
    /// How many were read before it.
    done: u32,
    all: u32,
}

impl From<engine::Importing> for Importing {
    fn from(engine::Importing { current, done, all }: engine::Importing) -> Self {
        let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Self { current: current.display().to_string(), done: count(done), all: count(all) }
    }
}

/// A file that stays out, and why.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Refusal {
    path: String,
    error: WireError,
}

impl From<engine::Refusal> for Refusal {
    fn from(engine::Refusal { path, failure }: engine::Refusal) -> Self {
        Self { path: path.display().to_string(), error: failure.into() }
    }
}

/// What became of an import.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Imported {
    snapshot: Snapshot,
    refused: Vec<Refusal>,
}

impl Imported {
    pub(crate) fn of(imported: engine::Imported, server: &MediaServer) -> Self {
        let engine::Imported { snapshot, refused } = imported;
        Self {
            snapshot: Snapshot::of(snapshot, server),
            refused: refused.into_iter().map(Refusal::from).collect(),
        }
    }
}

/// What the page needs to begin.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Bootstrap {
    pub(crate) snapshot: Snapshot,
    /// What could not be opened when the program started, and what lies in its place.
    pub(crate) setback: Option<WireError>,
    /// The program's version.
    pub(crate) version: String,
    pub(crate) sample_available: bool,
    /// Whether the window is painted by the processors, and only what changes.
    pub(crate) paints_changes_only: bool,
    /// Where clips go unless another folder is chosen.
    pub(crate) export_folder: String,
    /// What an export begins with.
    pub(crate) export: ExportDefaults,
    pub(crate) export_template: String,
    /// The keys that differ from the usual ones.
    pub(crate) keys: Vec<KeyBinding>,
}
