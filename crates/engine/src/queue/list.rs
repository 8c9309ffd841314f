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
    /// The project's name, or the first material.
    pub title: String,
    /// When it was asked for.
    pub created: Timestamp,
    /// Why it failed, where that is known.
    pub failure: Option<Failure>,
}

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
}

impl JobView {
    fn new(project: String, job: Job) -> Self {
        let (door, title, failure) = if job.kind == KIND {
            let (title, failure) = match Document::read(&job) {
                Ok(document) => {
                    (first_material(&document.input), document.answer.and_then(|answer| answer.failure))
                }
                Err(failure) => (String::new(), Some(failure)),
            };
            (JobDoor::Http, title, failure)
        } else {
            let failed = job.state == JobState::Failed;
            let message = "Not every video could be searched. The window's materials tell why.";
            (JobDoor::Window, project, failed.then(|| Failure::new(Code::Internal, message)))
        };
        Self { id: job.id, door, state: job.state, title, created: job.created, failure }
    }
}

/// The first material as a request names it, without what an address may hide after `?`.
pub(super) fn first_material(input: &str) -> String {
    let Ok(input) = serde_json::from_str::<Value>(input) else { return String::new() };
    let first = &input["MediaArray"][0];
    let named = [&first["MediaId"], &first["MediaURL"]]
        .into_iter()
        .find_map(|text| text.as_str().filter(|text| !text.is_empty()));
    let named = named.unwrap_or_default();
    if named.contains("://") {
        named.split('?').next().unwrap_or_default().to_owned()
    } else {
        named.to_owned()
    }
}
