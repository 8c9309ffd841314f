//! Which project lies on the desk, and the others.

use std::path::Path;

use delivery::{Existing, PendingFile};
use library::{LibraryError, MediaId, ProjectDocument, ProjectSummary, Timestamp};
use model::MediaTime;
use project::{DocumentError, EditCommand, History, Project, ProjectId};

use super::jobs::Interrupted;
use super::state::State;
use super::view::Snapshot;
use super::{Desk, jobs, sitting};
use crate::engine::{Engine, fresh_id, now};
use crate::{Code, Failure};

/// What a new project is called until it gets a name: each door has its own words for that.
const UNNAMED: &str = "";
/// No project comes near this many bytes; what is larger is another file.
const LARGEST_FILE: u64 = 64 << 20;

/// A project of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectView {
    /// Which.
    pub id: ProjectId,
    /// Its name for people.
    pub name: String,
    /// When it was last saved.
    pub updated: Timestamp,
    /// True when it lies on the desk.
    pub open: bool,
    /// How many videos it holds; none when it cannot be read.
    pub materials: usize,
    /// How long they last together.
    pub duration: MediaTime,
    /// The video whose small picture stands for it.
    pub picture: Option<MediaId>,
}

impl Desk {
    /// The projects that hold a video, and the one on the desk, the last saved first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn projects(&self) -> Result<Vec<ProjectView>, Failure> {
        let open = self.lock().history.project().id.clone();
        let engine = &self.shared.engine;
        let library = &engine.library;
        let mut views = Vec::new();
        for summary in library.projects().map_err(|error| Failure::of_library(&error))? {
            let project = saved(engine, &summary.id);
            let view = ProjectView::new(summary, project.as_ref().ok(), &open);
            let is_empty = project.is_ok() && view.materials == 0;
            if view.open || !is_empty {
                views.push(view);
            }
        }
        Ok(views)
    }

    /// Puts the open project away and begins an empty one.
    ///
    /// # Errors
    /// While highlights are found, speech is transcribed or clips are exported, or when it cannot be saved.
    pub fn new_project(&self) -> Result<Snapshot, Failure> {
        self.replace(new_project()?, Interrupted::default())
    }

    /// Puts the open project away and goes on with another one.
    ///
    /// # Errors
    /// As [`Desk::new_project`]; when there is none of that id, or it cannot be read.
    pub async fn open_project(&self, id: &ProjectId) -> Result<Snapshot, Failure> {
        let engine = &self.shared.engine;
        let project = saved(engine, id)?;
        let interrupted = jobs::end_interrupted(&engine.library, id)?;
        self.replace(project, interrupted)?;
        self.recall_all().await;
        Ok(self.snapshot())
    }

    /// Goes on with a copy of the open project under another name; the project itself stays as it was last saved.
    ///
    /// # Errors
    /// As [`Desk::new_project`], or when the name is too long.
    pub async fn save_as(&self, name: &str) -> Result<Snapshot, Failure> {
        let project = Project::clone(self.lock().history.project());
        self.replace(copy(project, name)?, Interrupted::default())?;
        self.recall_all().await;
        Ok(self.snapshot())
    }

    /// Makes a copy of a project under another name; the desk stays as it is.
    ///
    /// # Errors
    /// When there is none of that id, it cannot be read, or the copy cannot be saved or named so.
    pub fn duplicate_project(&self, id: &ProjectId, name: &str) -> Result<Vec<ProjectView>, Failure> {
        let engine = &self.shared.engine;
        save(engine, &copy(saved(engine, id)?, name)?)?;
        // What lies on the desk stays the one that the next start opens.
        let open = Project::clone(self.lock().history.project());
        save(engine, &open)?;
        self.projects()
    }

    /// Forgets a project. Its videos and what was measured of them stay.
    ///
    /// # Errors
    /// When it lies on the desk, or the library cannot be written.
    pub fn remove_project(&self, id: &ProjectId) -> Result<Vec<ProjectView>, Failure> {
        if self.lock().history.project().id == *id {
            let message = "This project is open. Open another one first, then remove it.";
            return Err(Failure::new(Code::Busy, message));
        }
        let library = &self.shared.engine.library;
        library.delete_project(id).map_err(|error| Failure::of_library(&error))?;
        self.projects()
    }

    /// Writes the open project to a file, in place of one that is there: the dialog has asked.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn export_project(&self, file: &Path) -> Result<(), Failure> {
        let document = written(self.lock().history.project())?;
        let pending = PendingFile::create(file).map_err(|error| Failure::of_delivery(&error))?;
        std::fs::write(pending.path(), document).map_err(|error| Failure::of_write(&error, file))?;
        pending.commit(Existing::Replace).map(drop).map_err(|error| Failure::of_delivery(&error))
    }

    /// Takes in a project from a file and goes on with it, under an id of its own: nothing in the library is replaced.
    /// Videos that are not where they were are looked for in the library and beside the file.
    ///
    /// # Errors
    /// As [`Desk::new_project`]; [`Code::ProjectUnreadable`] when the file is no project.
    pub async fn import_project(&self, file: &Path) -> Result<Snapshot, Failure> {
        let document = read_file(file)?;
        let project = project::from_json(&document).map_err(|error| unreadable(&error).at(file))?;
        self.replace(Project { id: ProjectId(fresh_id()?), ..project }, Interrupted::default())?;
        self.follow_all();
        if let Some(folder) = file.parent() {
            self.search_missing(folder).await;
        }
        self.recall_all().await;
        Ok(self.snapshot())
    }

    /// Puts a project onto the desk in place of the open one. An empty one that leaves is forgotten.
    fn replace(&self, project: Project, interrupted: Interrupted) -> Result<Snapshot, Failure> {
        let mut state = self.lock();
        if state.find.is_some() || state.transcription.is_some() || state.is_exporting() {
            return Err(Failure::new(Code::Busy, "Work is still running. Wait for it to end, or cancel it."));
        }
        let before = state.history.project().clone();
        // Saved even if nothing changed: the project saved last is the one the next start opens.
        self.save(&project)?;
        let mut away = std::mem::take(&mut state.away);
        if before.materials.is_empty() && before.id != project.id {
            self.forget(&before.id);
        } else {
            away.insert(before.id.clone(), state.history.clone());
        }
        sitting::begin(&self.shared.engine.library, &project);
        let known = away.remove(&project.id).filter(|history| **history.project() == project);
        *state = State {
            revision: state.revision,
            waiting_uploads: state.waiting_uploads,
            interrupted,
            away,
            ..State::new(known.unwrap_or_else(|| History::new(project)))
        };
        Ok(self.publish(state))
    }

    /// An empty project that stays is only clutter.
    fn forget(&self, id: &ProjectId) {
        if let Err(error) = self.shared.engine.library.delete_project(id) {
            tracing::warn!(%error, "an empty project is not forgotten");
        }
    }
}

impl ProjectView {
    fn new(summary: ProjectSummary, project: Option<&Project>, open: &ProjectId) -> Self {
        let ProjectSummary { id, name, updated } = summary;
        let first = project.and_then(|project| project.materials.first());
        Self {
            open: id == *open,
            id,
            name,
            updated,
            materials: project.map_or(0, |project| project.materials.len()),
            duration: project.map_or(MediaTime::ZERO, Project::total_duration),
            picture: first.map(|material| MediaId::of(&material.fingerprint)),
        }
    }
}

/// What a desk begins with.
pub(super) struct Beginning {
    pub(super) project: Project,
    /// Why it is not the project that was saved last.
    pub(super) setback: Option<Failure>,
}

/// The project that was saved last, or a new one. One that cannot be read stays in the library as it is.
pub(super) fn beginning(engine: &Engine) -> Result<Beginning, Failure> {
    let listed = engine.library.projects().map_err(|error| Failure::of_library(&error))?;
    let Some(last) = listed.into_iter().next() else {
        return Ok(Beginning { project: new_project()?, setback: None });
    };
    match saved(engine, &last.id) {
        Ok(project) => Ok(Beginning { project, setback: None }),
        Err(failure) if matches!(failure.code, Code::ProjectUnreadable | Code::ProjectUnknown) => {
            let setback = last_unreadable(engine, &last.name, failure);
            tracing::error!(failure = %setback, "an empty project is open instead");
            Ok(Beginning { project: new_project()?, setback: Some(setback) })
        }
        Err(failure) => Err(failure),
    }
}

/// Says of the last project what is said of any that cannot be read, and which it is: its name, or where it is kept.
fn last_unreadable(engine: &Engine, name: &str, failure: Failure) -> Failure {
    let kept = engine.directories.library_file();
    let place = if name.is_empty() { kept.as_path() } else { Path::new(name) };
    Failure { code: Code::LastProjectUnreadable, path: None, ..failure }.at(place)
}

/// Saves a project under its id.
pub(super) fn save(engine: &Engine, project: &Project) -> Result<(), Failure> {
    let document = written(project)?;
    let summary = ProjectSummary { id: project.id.clone(), name: project.name.clone(), updated: now() };
    engine
        .library
        .save_project(&ProjectDocument { summary, document })
        .map_err(|error| Failure::of_library(&error))
}

fn new_project() -> Result<Project, Failure> {
    Ok(Project::new(ProjectId(fresh_id()?), UNNAMED))
}

/// The same project under an id and a name of its own.
fn copy(project: Project, name: &str) -> Result<Project, Failure> {
    let mut history = History::new(Project { id: ProjectId(fresh_id()?), ..project });
    history.apply(EditCommand::Rename(name.to_owned()), None).map_err(|error| Failure::of_edit(&error))?;
    Ok(Project::clone(history.project()))
}

/// A project of the library.
fn saved(engine: &Engine, id: &ProjectId) -> Result<Project, Failure> {
    let saved = engine.library.project(id).map_err(|error| spoilt(&error))?;
    let unknown = || {
        let message = "This project is no longer in the library. Choose another one.";
        Failure::new(Code::ProjectUnknown, message)
    };
    project::from_json(&saved.ok_or_else(unknown)?.document).map_err(|error| unreadable(&error))
}

fn read_file(file: &Path) -> Result<String, Failure> {
    let cannot = |error: &dyn std::fmt::Display| {
        let message =
            format!("The file cannot be read ({error}). Choose a project that Standout has written.");
        Failure::new(Code::ProjectUnreadable, message).at(file)
    };
    let size = std::fs::metadata(file).map_err(|error| cannot(&error))?.len();
    if size > LARGEST_FILE {
        return Err(cannot(&"it is far larger than any project"));
    }
    std::fs::read_to_string(file).map_err(|error| cannot(&error))
}

fn written(project: &Project) -> Result<String, Failure> {
    project::to_json(project)
        .map_err(|error| Failure::new(Code::Internal, format!("The project cannot be written. {error}")))
}

/// Why a project's record cannot be read. Damage there is that project's own: the library is open and lists the others.
fn spoilt(error: &LibraryError) -> Failure {
    match error {
        LibraryError::Damaged { source, .. } | LibraryError::Database { source, .. } => {
            let message = format!("This project is damaged where the library keeps it ({source}).");
            Failure::new(Code::ProjectUnreadable, message)
        }
        _ => Failure::of_library(error),
    }
}

fn unreadable(error: &DocumentError) -> Failure {
    Failure::new(Code::ProjectUnreadable, format!("{error}."))
}
