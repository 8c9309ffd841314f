//! The one engine behind the window, the command line and the HTTP endpoint: open, analyse, review, export.
//!
//! It joins the rooms that do not know each other. Everything here takes its progress and its cancelling as parameters;
//! nothing is global. It knows no window and no terminal: a door acts on [`Code`]s, and shows a [`Failure`]'s words or its own.

mod access_key;
mod address;
mod asset;
mod bucket;
mod control;
mod desk;
mod directories;
mod disk;
mod engine;
mod export;
mod extract;
mod failure;
mod keys;
mod language;
mod log;
mod models;
mod notice;
mod pictures;
mod queue;
mod remaining;
mod sidecar;
mod source;
mod stand_in;
mod subject;
mod tidy;
mod transcribe;
mod worker;

pub use access_key::{AccessKey, AccessSecret, NewAccessKey};
pub use address::Refusal;
pub use asset::AssetView;
pub use bucket::{BucketView, SecretsPlace, read_credentials};
pub use delivery::{BucketProfile, Credentials, EnvironmentVariables, SecretError, SecretStore};
pub use desk::{
    Analysis, ClipState, Desk, EarlyStretch, Event, EvidenceView, ExportChoices, ExportPlan, ExportRequest,
    ExportStatus, ExportTarget, ExportedClip, Imported, Importing, MaterialStatus, ModelStatus, PlannedClip,
    Playback, ProgressItem, ProgressSubject, ProjectView, Snapshot, SpokenLine, SpokenSource, SpokenText,
    SpokenWord, StripPlace, Transfer, TransferProgress,
};
pub use directories::Directories;
pub use engine::{Engine, Options, Perceived};
pub use export::{ClipOptions, DeliveredClip, ExportPreset, PresetId, WaitingClip};
pub use extract::{ExtractProgress, ExtractSubject, Extracted, OnExtractProgress, check_export};
pub use failure::{Code, Failure, Stopped};
pub use highlight::Interest;
pub use keys::{KeyBinding, KeyPress};
pub use library::{JobId, JobOrder, JobState, MediaId, Timestamp};
pub use log::log_filter;
pub use model;
pub use models::{
    Catalogue, EvidenceGap, FetchProgress, GapReason, ModelEntry, ModelKind, ModelPart, ModelPlace,
    ModelView, Sha256,
};
pub use notice::Notice;
pub use project;
pub use queue::{
    Figures, JobAnswer, JobDoor, JobRequest, JobView, JobsMark, NotifyPolicy, OrderedJob, Runner,
};
pub use transcribe::{SpeechModelChoice, TranscriptionOptions, transcription_languages};
pub use worker::{WorkerCommand, WorkerLimits, serve as serve_worker};
