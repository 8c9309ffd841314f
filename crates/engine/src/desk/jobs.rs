//! The library's note of a run, so that the next start knows what was under way.

use library::{Job, JobId, JobState, Library};
use project::ProjectId;

use crate::engine::{fresh_id, now};
use crate::{Code, Failure, TranscriptionOptions};

/// What the library calls a run of finding highlights at a desk.
const FIND: &str = "find";
/// What the library calls a run of writing down what is said.
const TRANSCRIBE: &str = "transcribe";

/// What was under way when the program last ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Interrupted {
    pub(super) finding: bool,
    /// How speech was being written down.
    pub(super) transcription: Option<TranscriptionOptions>,
}

/// Notes that finding highlights has begun.
pub(super) fn begin_find(library: &Library, project: &ProjectId) -> Result<JobId, Failure> {
    begin(library, project, FIND, "{}".to_owned())
}

/// Notes that writing down what is said has begun.
pub(super) fn begin_transcription(
    library: &Library,
    project: &ProjectId,
    options: &TranscriptionOptions,
) -> Result<JobId, Failure> {
    let document = serde_json::to_string(options).map_err(|error| {
        Failure::new(Code::Internal, format!("The transcription cannot be noted ({error})."))
    })?;
    begin(library, project, TRANSCRIBE, document)
}

fn begin(library: &Library, project: &ProjectId, kind: &str, document: String) -> Result<JobId, Failure> {
    let id = JobId(fresh_id()?);
    let moment = now();
    let job = Job {
        id: id.clone(),
        kind: kind.to_owned(),
        state: JobState::Executing,
        project: Some(project.clone()),
        document,
        created: moment,
        updated: moment,
    };
    library.save_job(&job).map_err(|error| Failure::of_library(&error))?;
    Ok(id)
}

/// Notes how a run ended. That note failing costs a needless question at the next start, so it is only logged.
pub(super) fn end(library: &Library, id: &JobId, state: JobState) {
    if let Err(error) = library.set_job_state(id, state, now()) {
        tracing::warn!(%error, "the end of a job is not noted");
    }
}

/// Ends the runs of `project` that were under way when the program last ended, and says which these were.
pub(super) fn end_interrupted(library: &Library, project: &ProjectId) -> Result<Interrupted, Failure> {
    let left = library.jobs_in(JobState::Executing).map_err(|error| Failure::of_library(&error))?;
    let mut interrupted = Interrupted::default();
    for job in left.iter().filter(|job| job.project.as_ref() == Some(project)) {
        match job.kind.as_str() {
            FIND => interrupted.finding = true,
            TRANSCRIBE => interrupted.transcription = serde_json::from_str(&job.document).ok(),
            _ => continue,
        }
        end(library, &job.id, JobState::Failed);
    }
    Ok(interrupted)
}
