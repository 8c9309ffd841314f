//! Projects, as documents whose content is not looked at.

use model::ProjectId;
use rusqlite::{OptionalExtension, params};

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

    /// All projects, the last saved first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn projects(&self) -> Result<Vec<ProjectSummary>, LibraryError> {
        self.run("list the projects", |connection| {
            connection
                .prepare_cached("SELECT id, name, updated FROM project ORDER BY updated DESC, rowid DESC")?
                .query_map([], |row| {
                    let (id, updated) = (ProjectId(row.get(0)?), Timestamp(row.get(2)?));
                    Ok(ProjectSummary { id, name: row.get(1)?, updated })
                })?
                .collect()
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
