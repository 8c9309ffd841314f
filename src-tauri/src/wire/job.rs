//! The jobs of the library.

use engine::JobView;
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::WireError;

/// A job as the list shows it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JobEntry {
    id: String,
    door: JobDoor,
    state: JobState,
    /// The project's name, or the materials as they were named.
    names: Vec<String>,
    /// When it was asked for, in milliseconds since the beginning of 1970 (UTC).
    #[specta(type = Number)]
    created: i64,
    /// When it last changed.
    #[specta(type = Number)]
    updated: i64,
    /// Why it failed.
    error: Option<WireError>,
}

/// Where a job came in.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum JobDoor {
    Window,
    Http,
}

/// How far a job came.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum JobState {
    Created,
    Executing,
    Finished,
    Failed,
    Cancelled,
}

impl From<JobView> for JobEntry {
    fn from(JobView { id, door, state, names, created, updated, failure }: JobView) -> Self {
        Self {
            id: id.0,
            door: match door {
                engine::JobDoor::Window => JobDoor::Window,
                engine::JobDoor::Http => JobDoor::Http,
            },
            state: match state {
                engine::JobState::Created => JobState::Created,
                engine::JobState::Executing => JobState::Executing,
                engine::JobState::Finished => JobState::Finished,
                engine::JobState::Failed => JobState::Failed,
                engine::JobState::Cancelled => JobState::Cancelled,
            },
            names,
            created: created.0,
            updated: updated.0,
            error: failure.map(WireError::from),
        }
    }
}
