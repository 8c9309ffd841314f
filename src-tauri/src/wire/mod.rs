//! What crosses the border to the page, in the page's own terms. Each type is made from the engine's by taking that apart,
//! so that a new field there does not compile until it is dealt with here.

mod bucket;
mod bytes;
mod desk;
mod dialog;
mod edit;
mod error;
mod event;
mod evidence;
mod export;
mod job;
mod keys;
mod library;
mod material;
mod model;
mod project;
mod range;
mod sound_event;
mod spoken;
mod steps;
mod transcribe;

use engine::model::MediaTime;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

pub(crate) use bucket::{BucketProfile, BucketSecrets, BucketView};
pub(crate) use bytes::Bytes;
pub(crate) use desk::{Bootstrap, Imported, Refusal, Snapshot};
pub(crate) use dialog::DialogWords;
pub(crate) use edit::EditCommand;
pub(crate) use error::WireError;
pub(crate) use event::{Event, ProgressItem};
pub(crate) use evidence::EvidenceView;
pub(crate) use export::{ExportPlan, ExportRequest};
pub(crate) use job::JobEntry;
pub(crate) use keys::KeyBinding;
pub(crate) use library::{AddedMedia, MediaAsset};
pub(crate) use model::{ModelProgress, ModelView};
pub(crate) use project::ProjectView;
pub(crate) use spoken::SpokenText;
pub(crate) use steps::Steps;
pub(crate) use transcribe::{SpeechChoices, TranscriptionRequest};

/// Whole microseconds, below 2^53 so that the page's numbers hold them exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub(crate) struct Micros(#[specta(type = Number)] i64);

impl From<MediaTime> for Micros {
    fn from(time: MediaTime) -> Self {
        Self(time.as_micros())
    }
}

impl From<Micros> for MediaTime {
    fn from(Micros(micros): Micros) -> Self {
        Self::from_micros(micros)
    }
}
