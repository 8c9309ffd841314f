//! Exports.

use std::path::Path;

use engine::project::{MaterialId, RangeId};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

use super::WireError;

/// A range of a material.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
struct RangeKey {
    material: u32,
    range: u32,
}

/// What is to be exported.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportRequest {
    ranges: Vec<RangeKey>,
    folder: String,
    template: String,
    overwrite: bool,
}

impl From<ExportRequest> for engine::ExportRequest {
    fn from(ExportRequest { ranges, folder, template, overwrite }: ExportRequest) -> Self {
        let key = |RangeKey { material, range }| (MaterialId(material), RangeId(range));
        Self { ranges: ranges.into_iter().map(key).collect(), folder: folder.into(), template, overwrite }
    }
}

/// What an export would do.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportPlan {
    clips: Vec<PlannedClip>,
    faults: Vec<WireError>,
    #[specta(type = Option<Number>)]
    free_bytes: Option<u64>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct PlannedClip {
    material: u32,
    range: u32,
    path: String,
    exists: bool,
}

impl From<engine::ExportPlan> for ExportPlan {
    fn from(engine::ExportPlan { clips, faults, free_bytes }: engine::ExportPlan) -> Self {
        let planned = |clip| {
            let engine::PlannedClip { material, range, path, exists } = clip;
            PlannedClip { material: material.0, range: range.0, path: text(&path), exists }
        };
        Self {
            clips: clips.into_iter().map(planned).collect(),
            faults: faults.into_iter().map(WireError::from).collect(),
            free_bytes,
        }
    }
}

/// An export that runs or has ended.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportView {
    finished: bool,
    clips: Vec<ExportClip>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct ExportClip {
    material: u32,
    range: u32,
    path: String,
    state: ClipState,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "state", rename_all = "camelCase")]
enum ClipState {
    Waiting,
    Running,
    Written,
    Cancelled,
    Failed { error: WireError },
}

impl From<engine::ExportStatus> for ExportView {
    fn from(engine::ExportStatus { finished, clips }: engine::ExportStatus) -> Self {
        Self { finished, clips: clips.into_iter().map(ExportClip::from).collect() }
    }
}

impl From<engine::ExportedClip> for ExportClip {
    fn from(engine::ExportedClip { material, range, path, state }: engine::ExportedClip) -> Self {
        let state = match state {
            engine::ClipState::Waiting => ClipState::Waiting,
            engine::ClipState::Running => ClipState::Running,
            engine::ClipState::Written => ClipState::Written,
            engine::ClipState::Cancelled => ClipState::Cancelled,
            engine::ClipState::Failed(failure) => ClipState::Failed { error: failure.into() },
        };
        Self { material: material.0, range: range.0, path: text(&path), state }
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
