//! The library's note of a run, so that the next start knows what was under way.

use library::{Job, JobId, JobState, Library};
use project::ProjectId;

use crate::Failure;
use crate::engine::{fresh_id, now};

/// What the library calls a run of finding highlights at a desk.
const KIND: &str = "find";

/// Notes that a run has begun.
pub(super) fn begin(library: &Library, project: &ProjectId) -> Result<JobId, Failure> {
    let id = JobId(fresh_id()?);
    let moment = now();
    let job = Job {
        id: id.clone(),
        kind: KIND.to_owned(),
        state: JobState::Executing,
        project: Some(project.clone()),
        document: "{}".to_owned(),
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

/// Ends the runs of `project` that were under way when the program last ended; true when there was one.
pub(super) fn end_interrupted(library: &Library, project: &ProjectId) -> Result<bool, Failure> {
    let left = library.jobs_in(JobState::Executing).map_err(|error| Failure::of_library(&error))?;
    let mut any = false;
    for job in left.iter().filter(|job| job.kind == KIND && job.project.as_ref() == Some(project)) {
        end(library, &job.id, JobState::Failed);
        any = true;
    }
    Ok(any)
}
