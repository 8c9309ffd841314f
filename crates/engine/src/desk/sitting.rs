//! The library's note of how the open project was when the editor sat down, so that a start after a sudden end can say what
//! was restored, and undo it.

use library::Library;
use project::{History, Project};
use serde::{Deserialize, Serialize};

const SETTING: &str = "sitting";

#[derive(Serialize, Deserialize)]
struct Note {
    /// The id of the project on the desk.
    project: String,
    /// Its document as it was then.
    beginning: String,
}

/// The history that a project begins with: with one step to undo when the last sitting at it ended suddenly.
pub(super) fn history(library: &Library, project: Project) -> History {
    match beginning(library, &project) {
        Some(beginning) => History::recovered(beginning, project),
        None => History::new(project),
    }
}

/// Notes that the editor sits down at a project. That failing costs a restart its step of undo, so it is only logged.
pub(super) fn begin(library: &Library, project: &Project) {
    let Ok(beginning) = project::to_json(project) else { return };
    let note = Note { project: project.id.0.clone(), beginning };
    match serde_json::to_string(&note) {
        Ok(note) => keep(library, Some(&note)),
        Err(error) => tracing::warn!(%error, "the beginning of a sitting is not noted"),
    }
}

/// Notes that the editor got up in good order.
pub(super) fn end(library: &Library) {
    keep(library, None);
}

fn keep(library: &Library, note: Option<&str>) {
    if let Err(error) = library.set_setting(SETTING, note) {
        tracing::warn!(%error, "a sitting is not noted");
    }
}

/// How `project` was when a sitting at it began that never ended.
fn beginning(library: &Library, project: &Project) -> Option<Project> {
    let note: Note = serde_json::from_str(&library.setting(SETTING).ok()??).ok()?;
    let beginning = (note.project == project.id.0).then(|| project::from_json(&note.beginning))?;
    beginning.inspect_err(|error| tracing::warn!(%error, "the beginning of a sitting is not known")).ok()
}
