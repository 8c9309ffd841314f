//! Exports.

use std::path::Path;

use engine::model::job::{RateControl as EngineRate, VideoCodec as EngineCodec, VideoEncoding};
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
    target: ExportTarget,
    template: String,
    overwrite: bool,
    options: ExportOptions,
}

impl From<ExportRequest> for engine::ExportRequest {
    fn from(ExportRequest { ranges, target, template, overwrite, options }: ExportRequest) -> Self {
        let key = |RangeKey { material, range }| (MaterialId(material), RangeId(range));
        let ranges = ranges.into_iter().map(key).collect();
        Self { ranges, target: target.into(), template, overwrite, options: options.into() }
    }
}

/// Where clips go.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum ExportTarget {
    Folder {
        folder: String,
    },
    /// The bucket that was set up under this name.
    Bucket {
        profile: String,
    },
}

impl From<ExportTarget> for engine::ExportTarget {
    fn from(target: ExportTarget) -> Self {
        match target {
            ExportTarget::Folder { folder } => Self::Folder(folder.into()),
            ExportTarget::Bucket { profile } => Self::Bucket(profile),
        }
    }
}

impl From<engine::ExportTarget> for ExportTarget {
    fn from(target: engine::ExportTarget) -> Self {
        match target {
            engine::ExportTarget::Folder(folder) => Self::Folder { folder: text(&folder) },
            engine::ExportTarget::Bucket(profile) => Self::Bucket { profile },
        }
    }
}

/// How clips are encoded, and whether they become media of the library.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportOptions {
    /// Pixels in a row, 128 to 4096 and even; null follows the height, or the source.
    width: Option<u32>,
    /// Rows, as the width.
    height: Option<u32>,
    codec: VideoCodec,
    rate: RateControl,
    register: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
enum VideoCodec {
    H264,
    H265,
    Vp9,
    Av1,
    Copy,
}

#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum RateControl {
    /// Constant quality, 0 (best) to 51.
    Crf {
        #[specta(type = Number)]
        value: f64,
    },
    /// Average kbit/s, 10 to 50000.
    Bitrate { kilobits: u32 },
}

impl From<ExportOptions> for engine::ClipOptions {
    fn from(ExportOptions { width, height, codec, rate, register }: ExportOptions) -> Self {
        let codec = match codec {
            VideoCodec::H264 => EngineCodec::H264,
            VideoCodec::H265 => EngineCodec::H265,
            VideoCodec::Vp9 => EngineCodec::Vp9,
            VideoCodec::Av1 => EngineCodec::Av1,
            VideoCodec::Copy => EngineCodec::Copy,
        };
        let rate = match rate {
            RateControl::Crf { value } => EngineRate::Crf(value),
            RateControl::Bitrate { kilobits } => EngineRate::Bitrate(kilobits),
        };
        Self { width, height, video: VideoEncoding { codec, rate }, register }
    }
}

impl From<EngineCodec> for VideoCodec {
    fn from(codec: EngineCodec) -> Self {
        match codec {
            EngineCodec::H264 => Self::H264,
            EngineCodec::H265 => Self::H265,
            EngineCodec::Vp9 => Self::Vp9,
            EngineCodec::Av1 => Self::Av1,
            EngineCodec::Copy => Self::Copy,
        }
    }
}

impl From<engine::ClipOptions> for ExportOptions {
    fn from(engine::ClipOptions { width, height, video, register }: engine::ClipOptions) -> Self {
        let rate = match video.rate {
            EngineRate::Crf(value) => RateControl::Crf { value },
            EngineRate::Bitrate(kilobits) => RateControl::Bitrate { kilobits },
        };
        Self { width, height, codec: video.codec.into(), rate, register }
    }
}

/// What an export may begin with.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportDefaults {
    target: ExportTarget,
    options: ExportOptions,
    presets: Vec<ExportPreset>,
    /// Codecs that this machine cannot encode.
    unavailable_codecs: Vec<VideoCodec>,
}

/// Options with a name.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct ExportPreset {
    id: PresetId,
    options: PresetOptions,
}

/// What a preset sets; whether clips are registered is the editor's own choice.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct PresetOptions {
    width: Option<u32>,
    height: Option<u32>,
    codec: VideoCodec,
    rate: RateControl,
}

#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum PresetId {
    Standard,
    Master,
    Small,
    Web720,
    Open,
    Unchanged,
}

impl From<engine::ExportChoices> for ExportDefaults {
    fn from(choices: engine::ExportChoices) -> Self {
        let engine::ExportChoices { presets, missing_codecs, folder } = choices;
        Self {
            target: engine::ExportTarget::Folder(folder).into(),
            options: engine::ClipOptions::default().into(),
            presets: presets.into_iter().map(ExportPreset::from).collect(),
            unavailable_codecs: missing_codecs.into_iter().map(VideoCodec::from).collect(),
        }
    }
}

impl From<engine::ExportPreset> for ExportPreset {
    fn from(engine::ExportPreset { id, options }: engine::ExportPreset) -> Self {
        let id = match id {
            engine::PresetId::Standard => PresetId::Standard,
            engine::PresetId::Master => PresetId::Master,
            engine::PresetId::Small => PresetId::Small,
            engine::PresetId::Web720 => PresetId::Web720,
            engine::PresetId::Open => PresetId::Open,
            engine::PresetId::Unchanged => PresetId::Unchanged,
        };
        let ExportOptions { width, height, codec, rate, register: _ } = options.into();
        Self { id, options: PresetOptions { width, height, codec, rate } }
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
    #[specta(type = Option<Number>)]
    estimated_bytes: Option<u64>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct PlannedClip {
    material: u32,
    range: u32,
    /// Its file, or its key in the bucket.
    path: String,
    exists: bool,
    #[specta(type = Number)]
    estimated_bytes: u64,
}

impl From<engine::ExportPlan> for ExportPlan {
    fn from(plan: engine::ExportPlan) -> Self {
        let engine::ExportPlan { clips, faults, free_bytes, estimated_bytes } = plan;
        let planned = |clip| {
            let engine::PlannedClip { material, range, path, exists, estimated_bytes } = clip;
            PlannedClip { material: material.0, range: range.0, path: text(&path), exists, estimated_bytes }
        };
        Self {
            clips: clips.into_iter().map(planned).collect(),
            faults: faults.into_iter().map(WireError::from).collect(),
            free_bytes,
            estimated_bytes,
        }
    }
}

/// An export that runs or has ended.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportView {
    finished: bool,
    target: ExportTarget,
    clips: Vec<ExportClip>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct ExportClip {
    /// Its file, or its key in the bucket.
    path: String,
    state: ClipState,
    /// It is written and waits on this machine for its bucket.
    kept: bool,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "state", rename_all = "camelCase")]
enum ClipState {
    Waiting,
    Running,
    /// Complete on this machine, on its way into its bucket.
    Uploading,
    #[serde(rename_all = "camelCase")]
    Written {
        /// Its file's path, or its address in the bucket.
        address: String,
        /// Its id in the media library, when it was registered.
        media_id: Option<String>,
    },
    Cancelled,
    Failed {
        error: WireError,
    },
}

impl From<engine::ExportStatus> for ExportView {
    fn from(engine::ExportStatus { finished, target, clips }: engine::ExportStatus) -> Self {
        Self { finished, target: target.into(), clips: clips.into_iter().map(ExportClip::from).collect() }
    }
}

impl From<engine::ExportedClip> for ExportClip {
    fn from(engine::ExportedClip { path, state, kept }: engine::ExportedClip) -> Self {
        let state = match state {
            engine::ClipState::Waiting => ClipState::Waiting,
            engine::ClipState::Running => ClipState::Running,
            engine::ClipState::Uploading => ClipState::Uploading,
            engine::ClipState::Written { address, media } => {
                ClipState::Written { address, media_id: media.map(|id| id.0) }
            }
            engine::ClipState::Cancelled => ClipState::Cancelled,
            engine::ClipState::Failed(failure) => ClipState::Failed { error: failure.into() },
        };
        Self { path: text(&path), state, kept }
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
