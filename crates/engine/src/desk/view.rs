//! What a window shows of a desk.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use model::{MediaTime, Progress, Series, Stage, TimeRange, Utterance};
use project::{EditName, MaterialId, Project, RangeId};

use crate::{Failure, Notice};

/// The whole state at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Grows with every change.
    pub revision: u32,
    /// What is edited.
    pub project: Arc<Project>,
    /// What is known of each material, in the project's order.
    pub materials: Vec<MaterialStatus>,
    /// What undo would take back.
    pub undo: Option<EditName>,
    /// What redo would do again.
    pub redo: Option<EditName>,
    /// Highlights are being found.
    pub finding: bool,
    /// The last run ended in the middle of finding highlights.
    pub interrupted: bool,
    /// The export that runs, or the last one until it is dismissed.
    pub export: Option<ExportStatus>,
}

/// What is known of a material beyond the project's own data.
#[derive(Debug, Clone)]
pub struct MaterialStatus {
    /// Its file is not where it was.
    pub missing: bool,
    /// Whether somebody speaks in it; `None` before it was analysed.
    pub voice: Option<bool>,
    /// How far analysing has come.
    pub analysis: Analysis,
    /// What the player can show.
    pub playback: Playback,
    /// What there is to say about its ranges.
    pub notices: Vec<Notice>,
}

/// How far analysing a material has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Analysis {
    /// Not asked for yet.
    #[default]
    None,
    /// Asked for, not begun.
    Waiting,
    /// Under way.
    Running(Stage),
    /// Finished: the ranges follow the strategy.
    Done,
    /// Given up on request.
    Cancelled,
    /// Given up.
    Failed(Failure),
}

impl Analysis {
    /// Asked for, and not ended yet.
    pub(super) const fn is_under_way(&self) -> bool {
        matches!(self, Self::Waiting | Self::Running(_))
    }
}

/// What the player can show of a material.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Playback {
    /// Nothing: the file is gone.
    #[default]
    None,
    /// A copy that the player understands is being made.
    Preparing,
    /// This file.
    Ready(PathBuf),
    /// No copy could be made.
    Failed(Failure),
}

/// An export.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportStatus {
    /// No clip is waiting or being written any more.
    pub finished: bool,
    /// Its clips, in their order.
    pub clips: Vec<ExportedClip>,
}

/// A clip of an export.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportedClip {
    /// The material it is cut from.
    pub material: MaterialId,
    /// The range it shows.
    pub range: RangeId,
    /// Its file.
    pub path: PathBuf,
    /// How far it is.
    pub state: ClipState,
}

/// How far a clip of an export is.
#[derive(Debug, Clone, PartialEq)]
pub enum ClipState {
    /// Not begun.
    Waiting,
    /// Being written under a temporary name.
    Running,
    /// Complete under its name.
    Written,
    /// Given up on request; nothing is left.
    Cancelled,
    /// Given up; nothing is left.
    Failed(Failure),
}

/// What a desk tells those who listen.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A newer snapshot is there.
    Changed,
    /// Something came further.
    Progress(ProgressItem),
}

/// How far one thing has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProgressItem {
    /// Which.
    pub subject: ProgressSubject,
    /// What is done to it, and the share that is done.
    pub progress: Progress,
    /// The time it will still take, once that can be told.
    pub remaining: Option<Duration>,
}

/// What progress is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProgressSubject {
    /// Analysing a material.
    Material(MaterialId),
    /// Making a copy of a material for the player.
    Preview(MaterialId),
    /// The clip of this place in the export.
    Clip(usize),
}

/// What a timeline draws of a material.
#[derive(Debug, Clone)]
pub struct EvidenceView {
    /// The first pictures of shots.
    pub cuts: Vec<MediaTime>,
    /// Stretches of speech.
    pub speech: Vec<Utterance>,
    /// Stretches without sound.
    pub silences: Vec<TimeRange>,
    /// How much each moment stands out, 0 to 1.
    pub interest: Series,
}
