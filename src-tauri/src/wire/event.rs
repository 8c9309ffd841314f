//! What the page is told without asking.

use engine::model::Progress;
use serde::Serialize;
use specta::Type;

use super::material::Stage;
use super::{Micros, ModelProgress, Refusal, Snapshot};

/// Something happened.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(crate) enum Event {
    /// The desk changed.
    Snapshot { snapshot: Box<Snapshot> },
    /// Work came further; numbered, so that an older one is never shown after a newer one.
    Progress { sequence: u32, items: Vec<ProgressItem> },
    /// A model came, went, is on its way or did not arrive: the list is to be read again.
    Models,
    /// Downloads of models came further.
    ModelProgress { items: Vec<ModelProgress> },
    /// A job of the library came, went or changed, whichever process did that: the list is to be read again.
    Jobs,
    /// Files given to the program from outside the window stay out.
    Refused { refused: Vec<Refusal> },
}

/// How far one piece of work has come.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProgressItem {
    subject: ProgressSubject,
    stage: Stage,
    /// The share done, 0 to 1.
    fraction: f32,
    /// The time it will still take, once that can be told.
    remaining: Option<Micros>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum ProgressSubject {
    Material { material: u32 },
    Transcript { material: u32 },
    Preview { material: u32 },
    Clip { index: u32 },
}

impl From<engine::ProgressItem> for ProgressItem {
    fn from(engine::ProgressItem { subject, progress, remaining }: engine::ProgressItem) -> Self {
        let Progress { stage, fraction } = progress;
        let subject = match subject {
            engine::ProgressSubject::Material(material) => ProgressSubject::Material { material: material.0 },
            engine::ProgressSubject::Transcript(material) => {
                ProgressSubject::Transcript { material: material.0 }
            }
            engine::ProgressSubject::Preview(material) => ProgressSubject::Preview { material: material.0 },
            engine::ProgressSubject::Clip(index) => {
                ProgressSubject::Clip { index: u32::try_from(index).unwrap_or(u32::MAX) }
            }
        };
        let remaining = remaining.map(|left| Micros(i64::try_from(left.as_micros()).unwrap_or(i64::MAX)));
        Self { subject, stage: stage.into(), fraction, remaining }
    }
}
