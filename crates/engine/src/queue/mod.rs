//! Jobs that are handed in to be done later: they wait in the library, and a [`Runner`] takes them.

mod answer;
mod document;
mod figures;
mod list;
mod notify;
mod presence;
mod runner;

use library::{Job, JobId, JobOrder, JobState};
use model::job::{Fault, Faults, InputConfig, OutputConfig};

use crate::engine::{Engine, fresh_id, now};
use crate::{Code, Failure, check_export};

pub use answer::JobAnswer;
use document::Document;
pub use figures::Figures;
pub use list::{JobDoor, JobView, JobsMark};
pub use notify::NotifyPolicy;
pub use runner::Runner;

/// What the library calls a job that was handed in to be done later.
pub(crate) const KIND: &str = "extract";

/// A job as it is handed in: the contract's own texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobRequest {
    /// `InputConfig` as JSON.
    pub input: String,
    /// `OutputConfig` as JSON; the default when not given.
    pub output: Option<String>,
    /// Anything; where it is JSON with a `NotifyAddress`, that is told when the job has ended.
    pub user_data: Option<String>,
    /// The same token again makes no other job.
    pub token: Option<String>,
    /// Whose access key asked.
    pub owner: String,
}

/// A job of the queue as it is told to who handed it in.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedJob {
    /// Its id.
    pub id: JobId,
    /// How far it came.
    pub state: JobState,
    /// What was handed in; without the token.
    pub request: JobRequest,
    /// What came of it, once it has ended.
    pub answer: Option<JobAnswer>,
    /// When it was handed in.
    pub created: library::Timestamp,
    /// When it last changed.
    pub updated: library::Timestamp,
}

impl Engine {
    /// Puts a job into the queue. A token that was used before gives that job's id, whatever else is asked.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`] with every rule that the request breaks; or that the library cannot be written.
    pub fn queue_job(&self, request: &JobRequest) -> Result<JobId, Failure> {
        let of_library = |error| Failure::of_library(&error);
        if let Some(token) = &request.token
            && let Some(known) = self.library.job_of_token(token).map_err(of_library)?
        {
            return Ok(known);
        }
        check(request).map_err(|faults| Failure::new(Code::InvalidRequest, faults.to_string()))?;
        let moment = now();
        let job = Job {
            id: JobId(fresh_id()?),
            kind: KIND.to_owned(),
            state: JobState::Created,
            project: None,
            document: Document::of(request).to_json()?,
            created: moment,
            updated: moment,
        };
        self.library.queue_job(&job, request.token.as_deref()).map_err(of_library)
    }

    /// The job of that id, when there is one in the queue.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn ordered_job(&self, id: &str) -> Result<Option<OrderedJob>, Failure> {
        let job = self.library.job(&JobId(id.to_owned())).map_err(|error| Failure::of_library(&error))?;
        job.filter(|job| job.kind == KIND).map(OrderedJob::read).transpose()
    }

    /// A part of the queue, ended jobs included, and how many jobs there are in all.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn ordered_jobs(
        &self,
        state: Option<JobState>,
        order: JobOrder,
        skip: u32,
        most: u32,
    ) -> Result<(Vec<OrderedJob>, u32), Failure> {
        let page = self.library.list_jobs(Some(KIND), state, order, skip, most);
        let page = page.map_err(|error| Failure::of_library(&error))?;
        Ok((page.jobs.into_iter().map(OrderedJob::read).collect::<Result<_, _>>()?, page.total))
    }

    /// Takes a job out of the queue; one that is executed is ended. Clips that are written stay. True when there was one.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn delete_ordered_job(&self, id: &str) -> Result<bool, Failure> {
        if self.ordered_job(id)?.is_none() {
            return Ok(false);
        }
        self.library.delete_job(&JobId(id.to_owned())).map_err(|error| Failure::of_library(&error))
    }

    /// How many jobs of the queue are in this state.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn count_ordered_jobs(&self, state: JobState) -> Result<u32, Failure> {
        self.library.count_jobs(KIND, state).map_err(|error| Failure::of_library(&error))
    }

    /// How often jobs of the queue were begun in all: more often than there are jobs when runners died.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn count_job_runs(&self) -> Result<u32, Failure> {
        self.library.count_runs(KIND).map_err(|error| Failure::of_library(&error))
    }
}

impl OrderedJob {
    fn read(job: Job) -> Result<Self, Failure> {
        let Document { input, output, user_data, owner, answer } = Document::read(&job)?;
        let request = JobRequest { input, output, user_data, owner, token: None };
        let Job { id, state, created, updated, .. } = job;
        Ok(Self { id, state, request, answer, created, updated })
    }

    /// The first material as the request names it; empty when the request cannot be read any more.
    #[must_use]
    pub fn first_material(&self) -> String {
        list::materials(&self.request.input).into_iter().next().unwrap_or_default()
    }
}

/// What a request asks for, all of its rules kept.
fn check(request: &JobRequest) -> Result<(InputConfig, OutputConfig), Faults> {
    let input = InputConfig::parse(&request.input);
    let output = match &request.output {
        Some(text) => OutputConfig::parse(text),
        None => Ok(model::job::Parsed { config: OutputConfig::default(), warnings: Vec::new() }),
    };
    let output = output.and_then(|output| check_export(&output.config).map(|()| output));
    let notify = notify::address(request.user_data.as_deref()).map(drop).map_err(|fault| Faults(vec![fault]));
    match (input, output, notify) {
        (Ok(input), Ok(output), Ok(())) => Ok((input.config, output.config)),
        (input, output, notify) => {
            let faults = [input.err(), output.err(), notify.err()].into_iter().flatten();
            Err(Faults(faults.flat_map(|Faults(faults)| faults).collect::<Vec<Fault>>()))
        }
    }
}
