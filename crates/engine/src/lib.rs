//! The one engine behind the window, the command line and the HTTP endpoint: open, analyse, review, export.
//!
//! It joins the rooms that do not know each other. Everything here takes its progress and its cancelling as parameters;
//! nothing is global. It knows no window and no terminal: a door acts on [`Code`]s, and shows a [`Failure`]'s words or its own.

mod desk;
mod directories;
mod engine;
mod export;
mod extract;
mod failure;
mod notice;
mod remaining;
mod sidecar;
mod subject;
mod tidy;
mod worker;

pub use desk::{
    Analysis, ClipState, Desk, Event, EvidenceView, ExportPlan, ExportRequest, ExportStatus, ExportedClip,
    Imported, MaterialStatus, PlannedClip, Playback, ProgressItem, ProgressSubject, Refusal, Snapshot,
};
pub use directories::Directories;
pub use engine::{Engine, Options, Perceived};
pub use extract::{ExtractProgress, ExtractSubject, Extracted, OnExtractProgress, check_supported};
pub use failure::{Code, Failure, Stopped};
pub use model;
pub use notice::Notice;
pub use project;
pub use worker::{WorkerCommand, WorkerLimits, serve as serve_worker};
