//! The library as the engine and the editor's disk meet it.

mod content;
mod embedding;
mod evidence;
mod file;
mod fingerprint;
mod queue;
mod transcript;

use std::path::PathBuf;

use model::{Fingerprint, ProjectId};
use tempfile::TempDir;

use crate::*;

/// A place for a library, in a folder that does not exist yet.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("data/library.db");
    (folder, path)
}

fn open(path: &std::path::Path) -> Library {
    Library::open(path).unwrap_or_else(|error| panic!("the library does not open: {error}"))
}

fn document(id: &str, name: &str, updated: i64) -> ProjectDocument {
    let summary =
        ProjectSummary { id: ProjectId(id.to_owned()), name: name.to_owned(), updated: Timestamp(updated) };
    ProjectDocument { summary, document: format!("{{\"version\":1,\"name\":\"{name}\"}}") }
}

fn job(id: &str, state: JobState, project: Option<&str>, created: i64) -> Job {
    Job {
        id: JobId(id.to_owned()),
        kind: "find".to_owned(),
        state,
        project: project.map(|id| ProjectId(id.to_owned())),
        document: "{}".to_owned(),
        created: Timestamp(created),
        updated: Timestamp(created),
    }
}

fn content(name: &str) -> Fingerprint {
    Fingerprint(name.to_owned())
}
