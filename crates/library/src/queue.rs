//! Jobs that wait for a runner: each is taken by one runner at a time, whichever process that is in.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row, params};

use crate::job::{COLUMNS, read_job};
use crate::{Job, JobId, JobState, Library, LibraryError, Timestamp};

/// A job of the queue and what the queue knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedJob {
    /// The job.
    pub job: Job,
    /// The runner that executes it.
    pub runner: Option<String>,
    /// How often it was begun: more than once when a runner died.
    pub runs: u32,
}

/// In which order jobs are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum JobOrder {
    /// The oldest first.
    Oldest,
    /// The newest first.
    #[default]
    Newest,
}

/// A part of a list of jobs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobPage {
    /// The jobs of the part.
    pub jobs: Vec<Job>,
    /// How many jobs the whole list has.
    pub total: u32,
}

impl Library {
    /// Puts a new job into the queue, unless a job has the same token: then nothing changes, and that job's id is the answer.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn queue_job(&self, job: &Job, token: Option<&str>) -> Result<JobId, LibraryError> {
        self.write("queue the job", |transaction| {
            let known: Option<String> = match token {
                Some(token) => transaction
                    .query_row("SELECT id FROM job WHERE token = ?1", [token], |row| row.get(0))
                    .optional()?,
                None => None,
            };
            if let Some(known) = known {
                return Ok(JobId(known));
            }
            transaction.execute(
                "INSERT INTO job (id, kind, state, document, created, updated, token)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![job.id.0, job.kind, job.state, job.document, job.created.0, job.updated.0, token],
            )?;
            Ok(job.id.clone())
        })
    }

    /// The job of this token.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn job_of_token(&self, token: &str) -> Result<Option<JobId>, LibraryError> {
        self.run("look for the job", |connection| {
            connection
                .query_row("SELECT id FROM job WHERE token = ?1", [token], |row| Ok(JobId(row.get(0)?)))
                .optional()
        })
    }

    /// Hands the oldest waiting job of `kind` to `runner`, and to nobody else.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn claim_job(
        &self,
        kind: &str,
        runner: &str,
        now: Timestamp,
    ) -> Result<Option<QueuedJob>, LibraryError> {
        self.write("take a job", |transaction| {
            let oldest: Option<String> = transaction
                .query_row(
                    "SELECT id FROM job WHERE kind = ?1 AND state = ?2 ORDER BY created, rowid LIMIT 1",
                    params![kind, JobState::Created],
                    |row| row.get(0),
                )
                .optional()?;
            let Some(id) = oldest else { return Ok(None) };
            transaction.execute(
                "UPDATE job SET state = ?2, runner = ?3, runs = runs + 1, updated = ?4 WHERE id = ?1",
                params![id, JobState::Executing, runner, now.0],
            )?;
            transaction.query_row(&format!("{QUEUED} WHERE id = ?1"), [id], read_queued).map(Some)
        })
    }

    /// Notes how a job ended that `runner` has; false when the runner does not have it any more, and nothing is noted.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn end_job(
        &self,
        id: &JobId,
        runner: &str,
        state: JobState,
        document: &str,
        now: Timestamp,
    ) -> Result<bool, LibraryError> {
        let changed = self.write("note the job's end", |transaction| {
            transaction.execute(
                "UPDATE job SET state = ?3, document = ?4, runner = NULL, updated = ?5
                 WHERE id = ?1 AND runner = ?2",
                params![id.0, runner, state, document, now.0],
            )
        })?;
        Ok(changed > 0)
    }

    /// Puts back what the runners executed for which `is_gone` holds. Answers how many jobs wait again.
    ///
    /// # Errors
    /// When the library cannot be read or written.
    pub fn requeue_jobs(
        &self,
        kind: &str,
        is_gone: impl Fn(&str) -> bool,
        now: Timestamp,
    ) -> Result<usize, LibraryError> {
        let runners: BTreeSet<String> = self.run("list the runners", |connection| {
            connection
                .prepare_cached(
                    "SELECT DISTINCT coalesce(runner, '') FROM job WHERE kind = ?1 AND state = ?2",
                )?
                .query_map(params![kind, JobState::Executing], |row| row.get(0))?
                .collect()
        })?;
        let gone: Vec<String> = runners.into_iter().filter(|runner| is_gone(runner)).collect();
        if gone.is_empty() {
            return Ok(0);
        }
        self.write("queue jobs again", |transaction| {
            let mut changed = 0;
            for runner in &gone {
                changed += transaction.execute(
                    "UPDATE job SET state = ?3, runner = NULL, updated = ?5
                     WHERE kind = ?1 AND state = ?4 AND coalesce(runner, '') = ?2",
                    params![kind, runner, JobState::Created, JobState::Executing, now.0],
                )?;
            }
            Ok(changed)
        })
    }

    /// What the queue knows of a job.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn queued_job(&self, id: &JobId) -> Result<Option<QueuedJob>, LibraryError> {
        self.run("read the job", |connection| {
            connection.query_row(&format!("{QUEUED} WHERE id = ?1"), [&id.0], read_queued).optional()
        })
    }

    /// A part of the jobs, of one kind and in one state where these are given.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn list_jobs(
        &self,
        kind: Option<&str>,
        state: Option<JobState>,
        order: JobOrder,
        skip: u32,
        most: u32,
    ) -> Result<JobPage, LibraryError> {
        const WHICH: &str = "WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR state = ?2)";
        let direction = match order {
            JobOrder::Oldest => "ASC",
            JobOrder::Newest => "DESC",
        };
        self.run("list the jobs", |connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM job {WHICH}"))?
                .query_row(params![kind, state], |row| row.get(0))?;
            let jobs = connection
                .prepare_cached(&format!(
                    "{COLUMNS} {WHICH} ORDER BY created {direction}, rowid {direction} LIMIT ?3 OFFSET ?4"
                ))?
                .query_map(params![kind, state, most, skip], read_job)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(JobPage { jobs, total })
        })
    }

    /// How many jobs of a kind are in a state.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn count_jobs(&self, kind: &str, state: JobState) -> Result<u32, LibraryError> {
        self.run("count the jobs", |connection| {
            connection
                .prepare_cached("SELECT count(*) FROM job WHERE kind = ?1 AND state = ?2")?
                .query_row(params![kind, state], |row| row.get(0))
        })
    }

    /// How often jobs of a kind were begun in all: more often than there are jobs when runners died.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn count_runs(&self, kind: &str) -> Result<u32, LibraryError> {
        self.run("count the runs of jobs", |connection| {
            connection
                .prepare_cached("SELECT coalesce(sum(runs), 0) FROM job WHERE kind = ?1")?
                .query_row([kind], |row| row.get(0))
        })
    }

    /// Two numbers that change whenever a job comes, goes or changes, whichever process changed it.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn jobs_mark(&self) -> Result<(i64, i64), LibraryError> {
        self.run("look for changes of jobs", |connection| {
            // The sum and not the latest: two jobs may change within one millisecond, with a look in between.
            connection
                .prepare_cached("SELECT count(*), coalesce(sum(updated), 0) FROM job")?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        })
    }
}

const QUEUED: &str = "SELECT id, kind, state, project, document, created, updated, runner, runs FROM job";

fn read_queued(row: &Row<'_>) -> rusqlite::Result<QueuedJob> {
    Ok(QueuedJob { job: read_job(row)?, runner: row.get(7)?, runs: row.get(8)? })
}
