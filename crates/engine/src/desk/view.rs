//! What a window shows of a desk.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use highlight::Interest;
use library::MediaId;
use model::{MediaTime, Progress, Series, Signal, SoundEvent, Stage, TimeRange, Utterance};
use project::{EditName, MaterialId, Project};

use super::models::TransferProgress;
use crate::{DeliveredClip, Failure, Notice, Stopped, TranscriptionOptions};

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
    /// The files that are being read before they come in.
    pub importing: Option<Importing>,
    /// Highlights are being found.
    pub finding: bool,
    /// What is said is being written down.
    pub transcribing: bool,
    /// Something is under way that can be held on: all of that, the export, or a copy for the player.
    pub working: bool,
    /// It is held on.
    pub paused: bool,
    /// The last run ended in the middle of finding highlights.
    pub interrupted: bool,
    /// The last run ended in the middle of writing down what is said: what was asked for.
    pub interrupted_transcription: Option<TranscriptionOptions>,
    /// The export that runs, or the last one until it is dismissed.
    pub export: Option<ExportStatus>,
    /// Clips of earlier exports that wait on this machine for their bucket.
    pub waiting_uploads: usize,
}

/// Files that are being read, one after the other, before they come onto the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Importing {
    /// The one that is read now, as failures name it.
    pub current: PathBuf,
    /// How many were read before it.
    pub done: usize,
    /// How many there are.
    pub all: usize,
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
    /// How far writing down what is said has come, since the desk was opened.
    pub transcription: Analysis,
    /// The language of its transcript, as its code; `None` without one.
    pub transcript_language: Option<String>,
    /// What the player can show.
    pub playback: Playback,
    /// The index of the sound stream that the player lets hear; `None` for the one it begins with.
    pub sound: Option<usize>,
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
    /// The editor has given up the copy; another one is made when that is asked for.
    Cancelled,
    /// No copy could be made.
    Failed(Failure),
}

/// An export.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportStatus {
    /// No clip is waiting or on its way any more.
    pub finished: bool,
    /// Where its clips go.
    pub target: ExportTarget,
    /// Its clips, in their order.
    pub clips: Vec<ExportedClip>,
}

/// Where an editor's clips go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportTarget {
    /// A folder of this machine.
    Folder(PathBuf),
    /// The bucket that was set up under this name.
    Bucket(String),
}

/// A clip of an export.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportedClip {
    /// Its file, or its key in the bucket.
    pub path: PathBuf,
    /// How far it is.
    pub state: ClipState,
    /// It is written and waits on this machine for its bucket, whatever kept it from getting there.
    pub kept: bool,
}

/// How far a clip of an export is.
#[derive(Debug, Clone, PartialEq)]
pub enum ClipState {
    /// Not begun.
    Waiting,
    /// Being written under a temporary name.
    Running,
    /// Complete on this machine, on its way into its bucket.
    Uploading,
    /// Complete under its name.
    Written {
        /// Its file's path, or its address in the bucket.
        address: String,
        /// Its id in the media library, when it was registered.
        media: Option<MediaId>,
    },
    /// Given up on request; nothing carries its name.
    Cancelled,
    /// Given up; nothing carries its name.
    Failed(Failure),
}

impl ClipState {
    /// How the delivery of a clip ended.
    pub(super) fn of(ended: Result<DeliveredClip, Stopped>) -> Self {
        match ended {
            Ok(DeliveredClip { address, media }) => Self::Written { address, media },
            Err(Stopped::Cancelled) => Self::Cancelled,
            Err(Stopped::Failed(failure)) => Self::Failed(failure),
        }
    }
}

/// What a desk tells those who listen.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A newer snapshot is there.
    Changed,
    /// Something came further.
    Progress(ProgressItem),
    /// A model came, went, is on its way or did not arrive.
    Models,
    /// The download of a model came further.
    Transfer {
        /// Its id.
        model: String,
        /// How far.
        progress: TransferProgress,
    },
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
    /// Writing down what is said in a material.
    Transcript(MaterialId),
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
    /// Where each word of a transcript is said; empty without one.
    pub words: Vec<TimeRange>,
    /// Stretches without sound.
    pub silences: Vec<TimeRange>,
    /// What was measured along time.
    pub signals: BTreeMap<Signal, Series>,
    /// How certain each sound event is along time, 0 to 1; empty without the model that hears them.
    pub sound_events: BTreeMap<SoundEvent, Series>,
    /// How much each moment stands out, and the part each signal has in it.
    pub interest: Interest,
}
