//! All jobs of the library, whichever door they came through, as a list shows them.

use library::{Job, JobId, JobOrder, JobState, Timestamp};
use serde_json::Value;

use super::KIND;
use super::document::Document;
use crate::engine::{Engine, waiting};
use crate::{Code, Failure};

/// Where a job came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobDoor {
    /// The window.
    Window,
    /// The HTTP endpoint.
    Http,
}

/// A job as a list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// Where it came in.
    pub door: JobDoor,
    /// How far it came.
    pub state: JobState,
    /// The project's name; or all materials as they were named, without what an address may hide after `?`.
    pub names: Vec<String>,
    /// When it was asked for.
    pub created: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
    /// Why it failed, where that is known.
    pub failure: Option<Failure>,
}

/// Changes whenever a job of the library comes, goes or changes, whichever process does that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobsMark(i64, i64);

impl Engine {
    /// The jobs of both doors, the newest first, at most so many.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn jobs(&self, most: u32) -> Result<Vec<JobView>, Failure> {
        waiting(|| {
            let of_library = |error| Failure::of_library(&error);
            let page = self.library.list_jobs(None, None, JobOrder::Newest, 0, most).map_err(of_library)?;
            let projects = self.library.projects().map_err(of_library)?;
            let name = |job: &Job| {
                let own = projects.iter().find(|project| Some(&project.id) == job.project.as_ref());
                own.map(|project| project.name.clone()).unwrap_or_default()
            };
            Ok(page.jobs.into_iter().map(|job| JobView::new(name(&job), job)).collect())
        })
    }

    /// How the jobs stand; to be compared with a later mark.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn jobs_mark(&self) -> Result<JobsMark, Failure> {
        let mark = waiting(|| self.library.jobs_mark()).map_err(|error| Failure::of_library(&error))?;
        Ok(JobsMark(mark.0, mark.1))
    }
}

impl JobView {
    fn new(project: String, job: Job) -> Self {
        let (door, names, failure) = if job.kind == KIND {
            let (names, failure) = match Document::read(&job) {
                Ok(document) => {
                    (materials(&document.input), document.answer.and_then(|answer| answer.failure))
                }
                Err(failure) => (Vec::new(), Some(failure)),
            };
            (JobDoor::Http, names, failure)
        } else {
            let failed = job.state == JobState::Failed;
            let message = "Not every video could be searched. The window's materials tell why.";
            (JobDoor::Window, vec![project], failed.then(|| Failure::new(Code::Internal, message)))
        };
        let Job { id, state, created, updated, .. } = job;
        Self { id, door, state, names, created, updated, failure }
    }
}

/// The materials as a request names them, without what an address may hide after `?`.
pub(super) fn materials(input: &str) -> Vec<String> {
    let Ok(input) = serde_json::from_str::<Value>(input) else { return Vec::new() };
    let named = |material: &Value| {
        let given = [&material["MediaId"], &material["MediaURL"]].into_iter().filter_map(Value::as_str);
        let named = given.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let end = if named.contains("://") { named.find('?') } else { None };
        named[..end.unwrap_or(named.len())].to_owned()
    };
    input["MediaArray"].as_array().into_iter().flatten().map(named).collect()
}
