//! Projects, as documents whose content is not looked at.

use model::ProjectId;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};

use crate::{Library, LibraryError, Timestamp};

/// A project's entry in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectSummary {
    /// Which.
    pub id: ProjectId,
    /// Its name for people.
    pub name: String,
    /// When it was last saved.
    pub updated: Timestamp,
}

/// A saved project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectDocument {
    /// Its entry.
    pub summary: ProjectSummary,
    /// The project in its own format.
    pub document: String,
}

impl Library {
    /// Saves a project, replacing what was saved under its id.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn save_project(&self, project: &ProjectDocument) -> Result<(), LibraryError> {
        let ProjectSummary { id, name, updated } = &project.summary;
        self.write("save the project", |transaction| {
            transaction.execute(
                "INSERT INTO project (id, name, document, updated) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET name = ?2, document = ?3, updated = ?4",
                params![id.0, name, project.document, updated.0],
            )
        })?;
        Ok(())
    }

    /// The saved project of that id.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn project(&self, id: &ProjectId) -> Result<Option<ProjectDocument>, LibraryError> {
        self.run("read the project", |connection| {
            connection
                .query_row("SELECT name, updated, document FROM project WHERE id = ?1", [&id.0], |row| {
                    let (name, updated) = (row.get(0)?, Timestamp(row.get(1)?));
                    let summary = ProjectSummary { id: id.clone(), name, updated };
                    Ok(ProjectDocument { summary, document: row.get(2)? })
                })
                .optional()
        })
    }

    /// All projects, the last saved first. One that is damaged is listed with what can still be read of it.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn projects(&self) -> Result<Vec<ProjectSummary>, LibraryError> {
        self.run("list the projects", |connection| {
            summaries(connection).or_else(|error| match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseCorrupt) => summaries_one_by_one(connection),
                _ => Err(error),
            })
        })
    }

    /// Forgets a project and its jobs. Its media and their evidence stay.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn delete_project(&self, id: &ProjectId) -> Result<(), LibraryError> {
        self.write("delete the project", |transaction| {
            transaction.execute("DELETE FROM project WHERE id = ?1", [&id.0])
        })?;
        Ok(())
    }
}

fn summaries(connection: &Connection) -> rusqlite::Result<Vec<ProjectSummary>> {
    connection
        .prepare_cached("SELECT id, name, updated FROM project ORDER BY updated DESC, rowid DESC")?
        .query_map([], |row| {
            let (id, updated) = (ProjectId(row.get(0)?), Timestamp(row.get(2)?));
            Ok(ProjectSummary { id, name: name(row, 1)?, updated })
        })?
        .collect()
}

/// As [`summaries`], where damage in one project keeps SQLite from reading all of them at once. The ids are read from their
/// index, which holds nothing else.
fn summaries_one_by_one(connection: &Connection) -> rusqlite::Result<Vec<ProjectSummary>> {
    let mut listed = connection.prepare("SELECT id FROM project INDEXED BY sqlite_autoindex_project_1")?;
    let ids: Vec<String> = listed.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut all: Vec<ProjectSummary> = ids.into_iter().map(|id| legible(connection, id)).collect();
    all.sort_by_key(|summary| std::cmp::Reverse(summary.updated));
    Ok(all)
}

/// What can be read of a project. When it was saved stands behind its document and is lost with that: such a one comes last.
fn legible(connection: &Connection, id: String) -> ProjectSummary {
    let name = connection.query_row("SELECT name FROM project WHERE id = ?1", [&id], |row| name(row, 0));
    let updated = connection.query_row("SELECT updated FROM project WHERE id = ?1", [&id], |row| row.get(0));
    ProjectSummary {
        id: ProjectId(id),
        name: name.unwrap_or_default(),
        updated: Timestamp(updated.unwrap_or_default()),
    }
}

/// A name whose bytes are no text any more is still better than none.
fn name(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(String::from_utf8_lossy(row.get_ref(column)?.as_bytes()?).into_owned())
}
