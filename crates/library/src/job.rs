//! Jobs and how far they came, so that a restart knows what was under way.

use model::ProjectId;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{Library, LibraryError, Timestamp};

/// Names a job for good.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub String);

/// How far a job came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for its turn.
    Created,
    /// It is being done; or was, when the program ended.
    Executing,
    /// It has its answer.
    Finished,
    /// It ended without an answer.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

impl JobState {
    /// All of them, in the order of a job's life.
    pub const ALL: [Self; 5] =
        [Self::Created, Self::Executing, Self::Finished, Self::Failed, Self::Cancelled];

    /// The state's name in the library, in small letters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Executing => "executing",
            Self::Finished => "finished",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl ToSql for JobState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for JobState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        Self::ALL.into_iter().find(|state| state.name() == name).ok_or(FromSqlError::InvalidType)
    }
}

/// A job's entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// What is done, as the engine names it.
    pub kind: String,
    /// How far it came.
    pub state: JobState,
    /// The project it belongs to, when it does; the job goes when the project goes.
    pub project: Option<ProjectId>,
    /// What is asked and answered, as the engine writes it.
    pub document: String,
    /// When it was asked for.
    pub created: Timestamp,
    /// When this entry last changed.
    pub updated: Timestamp,
}

pub(crate) const COLUMNS: &str = "SELECT id, kind, state, project, document, created, updated FROM job";

impl Library {
    /// Keeps a job, replacing what was kept under its id.
    ///
    /// # Errors
    /// When the library cannot be written, or the job's project is not in it.
    pub fn save_job(&self, job: &Job) -> Result<(), LibraryError> {
        self.write("save the job", |transaction| {
            transaction.execute(
                "INSERT INTO job (id, kind, state, project, document, created, updated)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id) DO UPDATE SET
                     kind = ?2, state = ?3, project = ?4, document = ?5, created = ?6, updated = ?7",
                params![
                    job.id.0,
                    job.kind,
                    job.state,
                    job.project.as_ref().map(|project| &project.0),
                    job.document,
                    job.created.0,
                    job.updated.0
                ],
            )
        })?;
        Ok(())
    }

    /// Notes how far a job came; true when there is such a job.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_job_state(&self, id: &JobId, state: JobState, now: Timestamp) -> Result<bool, LibraryError> {
        let changed = self.write("note the job's state", |transaction| {
            transaction
                .execute("UPDATE job SET state = ?2, updated = ?3 WHERE id = ?1", params![id.0, state, now.0])
        })?;
        Ok(changed > 0)
    }

    /// The job of that id.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn job(&self, id: &JobId) -> Result<Option<Job>, LibraryError> {
        self.run("read the job", |connection| {
            connection.query_row(&format!("{COLUMNS} WHERE id = ?1"), [&id.0], read_job).optional()
        })
    }

    /// Every job in `state`, the oldest first. Right after a start, those that are executing were left behind when the
    /// program ended.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn jobs_in(&self, state: JobState) -> Result<Vec<Job>, LibraryError> {
        self.run("list the jobs", |connection| {
            connection
                .prepare_cached(&format!("{COLUMNS} WHERE state = ?1 ORDER BY created, rowid"))?
                .query_map([state], read_job)?
                .collect()
        })
    }

    /// Forgets a job; true when there was such a job.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn delete_job(&self, id: &JobId) -> Result<bool, LibraryError> {
        let deleted = self.write("delete the job", |transaction| {
            transaction.execute("DELETE FROM job WHERE id = ?1", [&id.0])
        })?;
        Ok(deleted > 0)
    }
}

pub(crate) fn read_job(row: &Row<'_>) -> rusqlite::Result<Job> {
    Ok(Job {
        id: JobId(row.get(0)?),
        kind: row.get(1)?,
        state: row.get(2)?,
        project: row.get::<_, Option<String>>(3)?.map(ProjectId),
        document: row.get(4)?,
        created: Timestamp(row.get(5)?),
        updated: Timestamp(row.get(6)?),
    })
}
