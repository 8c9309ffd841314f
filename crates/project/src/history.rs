//! A project with its past and its undone future.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use model::{Fingerprint, Highlight, MediaLocation};

use crate::steps::Target;
use crate::{
    Alike, Cause, EditCommand, EditError, EditName, MarkerId, Material, MaterialId, Project, RangeId,
    StepName, Steps, Subtitles,
};

/// A project being edited. Every step keeps the whole state before it: a project is small (a few kilobytes), and a state
/// that is kept cannot be restored wrongly.
#[derive(Debug, Clone)]
pub struct History {
    present: Arc<Project>,
    /// Oldest first.
    past: VecDeque<Step>,
    /// The next to do again is last.
    future: Vec<Step>,
    /// What may still join the last step.
    open: Option<Group>,
    ids: Ids,
}

/// One undo step: its name, and the state on its other side.
#[derive(Debug, Clone)]
struct Step {
    name: EditName,
    target: Option<Target>,
    state: Arc<Project>,
}

/// Edits that make one step together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Gesture(u32),
    Run(u32),
}

/// The next ids. They live here and not in the project, so that an undo does not give an id to a second thing while work
/// for the first may still be under way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ids {
    material: u32,
    range: u32,
    marker: u32,
}

impl Ids {
    fn after(project: &Project) -> Self {
        let ranges = project.materials.iter().flat_map(|material| &material.ranges);
        let markers = project.materials.iter().flat_map(|material| &material.markers);
        Self {
            material: project.materials.iter().map(|material| material.id.0).max().unwrap_or(0),
            range: ranges.map(|range| range.id.0).max().unwrap_or(0),
            marker: markers.map(|marker| marker.id.0).max().unwrap_or(0),
        }
    }

    fn or_later(self, other: Self) -> Self {
        Self {
            material: self.material.max(other.material),
            range: self.range.max(other.range),
            marker: self.marker.max(other.marker),
        }
    }

    pub(crate) fn material(&mut self) -> MaterialId {
        self.material = self.material.saturating_add(1);
        MaterialId(self.material)
    }

    /// The id that [`Self::range`] gave last.
    fn last_range(self) -> RangeId {
        RangeId(self.range)
    }

    pub(crate) fn range(&mut self) -> RangeId {
        self.range = self.range.saturating_add(1);
        RangeId(self.range)
    }

    pub(crate) fn marker(&mut self) -> MarkerId {
        self.marker = self.marker.saturating_add(1);
        MarkerId(self.marker)
    }
}

impl Step {
    fn named(&self, before: &Project, after: &Project) -> StepName {
        StepName { edit: self.name, place: self.target.and_then(|target| target.place(before, after)) }
    }
}

impl History {
    /// How many steps can be undone; older ones are forgotten.
    pub const STEPS: usize = 500;

    /// Begins with nothing to undo.
    #[must_use]
    pub fn new(project: Project) -> Self {
        let ids = Ids::after(&project);
        Self { present: Arc::new(project), past: VecDeque::new(), future: Vec::new(), open: None, ids }
    }

    /// Begins after the program ended unexpectedly: what was edited since `beginning` is one step, which can be undone.
    #[must_use]
    pub fn recovered(beginning: Project, present: Project) -> Self {
        let mut history = Self::new(beginning);
        // What was removed since comes back with the beginning.
        history.ids = history.ids.or_later(Ids::after(&present));
        history.step(EditName::Recover, None, present, None);
        history
    }

    /// The project as it is now.
    #[must_use]
    pub fn project(&self) -> &Arc<Project> {
        &self.present
    }

    /// What [`History::undo`] would take back.
    #[must_use]
    pub fn undo_name(&self) -> Option<EditName> {
        self.past.back().map(|step| step.name)
    }

    /// What [`History::redo`] would do again.
    #[must_use]
    pub fn redo_name(&self) -> Option<EditName> {
        self.future.last().map(|step| step.name)
    }

    /// All steps that can be undone or done again.
    #[must_use]
    pub fn steps(&self) -> Steps {
        // A step that is done keeps the state before it, one that was undone the state after it.
        let after = self.past.iter().skip(1).map(|step| &step.state).chain([&self.present]);
        let done = self.past.iter().zip(after).map(|(step, after)| step.named(&step.state, after));
        let undone = self.future.iter().rev();
        let before = [&self.present].into_iter().chain(undone.clone().map(|step| &step.state));
        let undone = undone.zip(before).map(|(step, before)| step.named(before, &step.state));
        Steps { done: done.collect(), undone: undone.collect() }
    }

    /// Undoes or redoes until `done` steps are done, or as many as there are.
    pub fn go_to(&mut self, done: usize) {
        while self.past.len() > done && self.undo().is_some() {}
        while self.past.len() < done && self.redo().is_some() {}
    }

    /// Does an edit. Edits in a row with the same `gesture` make one undo step; an edit that changes nothing makes none.
    ///
    /// # Errors
    /// The rule the edit breaks; nothing has changed then.
    pub fn apply(&mut self, command: EditCommand, gesture: Option<u32>) -> Result<(), EditError> {
        let name = self.present.name_of(&command);
        let next = self.present.edited(command.clone(), &mut self.ids)?;
        let target = Target::of(&command, self.ids.last_range());
        self.step(name, target, next, gesture.map(Group::Gesture));
        Ok(())
    }

    /// Replaces the found ranges of one material. What the editor added or touched stays as it is; found ranges that
    /// overlap it, and those the editor took away before, are left out.
    ///
    /// With [`Cause::LastEdit`] call it right after that edit, before anything else is applied or undone.
    ///
    /// # Errors
    /// [`EditError::UnknownMaterial`] when the material was taken away in the meantime; nothing has changed then.
    pub fn set_found(
        &mut self,
        material: MaterialId,
        found: Vec<Highlight>,
        cause: Cause,
    ) -> Result<(), EditError> {
        let next = self.present.with_found(material, found, &mut self.ids)?;
        match cause {
            Cause::Find { run } => self.step(EditName::Find, None, next, Some(Group::Run(run))),
            Cause::Others { run } => self.step(EditName::FindOthers, None, next, Some(Group::Run(run))),
            Cause::LastEdit => {
                self.present = Arc::new(next);
                self.forget_if_nothing_changed();
            }
        }
        Ok(())
    }

    /// Takes in ranges that resemble `range` of `material` beside all that is there. Where something lies already, or was
    /// taken away by the editor, nothing is added.
    ///
    /// # Errors
    /// [`EditError::UnknownMaterial`]; nothing has changed then.
    pub fn add_alike(
        &mut self,
        material: MaterialId,
        range: RangeId,
        found: Vec<Alike>,
    ) -> Result<(), EditError> {
        let next = self.present.with_alike(found, &mut self.ids)?;
        self.step(EditName::FindAlike, Some(Target::Range(material, range)), next, None);
        Ok(())
    }

    /// Notes that the file of this content lies elsewhere now, with `sidecar` as the subtitle beside it when it had one. It is
    /// a fact of the disk and no edit: it holds in every state, so that no undo leads back to a place where the file no
    /// longer is.
    pub fn relocate(&mut self, content: &Fingerprint, location: &MediaLocation, sidecar: Option<&Path>) {
        let steps = self.past.iter_mut().chain(&mut self.future).map(|step| &mut step.state);
        for state in steps.chain([&mut self.present]) {
            let moved =
                |material: &&Material| material.fingerprint == *content && material.location != *location;
            if state.materials.iter().any(|material| moved(&material)) {
                let project = Arc::make_mut(state);
                let same = project.materials.iter_mut().filter(|material| material.fingerprint == *content);
                same.for_each(|material| {
                    material.location = location.clone();
                    if let (Subtitles::Sidecar(file), Some(found)) = (&mut material.subtitles, sidecar) {
                        *file = found.to_owned();
                    }
                });
            }
        }
    }

    /// Takes the last step back and names it; `None` when there is nothing to undo.
    pub fn undo(&mut self) -> Option<EditName> {
        let Step { name, target, state } = self.past.pop_back()?;
        self.open = None;
        let undone = std::mem::replace(&mut self.present, state);
        self.future.push(Step { name, target, state: undone });
        Some(name)
    }

    /// Does the last undone step again and names it; `None` when there is nothing to redo.
    pub fn redo(&mut self) -> Option<EditName> {
        let Step { name, target, state } = self.future.pop()?;
        self.open = None;
        let before = std::mem::replace(&mut self.present, state);
        self.past.push_back(Step { name, target, state: before });
        Some(name)
    }

    fn step(&mut self, name: EditName, target: Option<Target>, next: Project, group: Option<Group>) {
        if next == *self.present {
            return;
        }
        let joins = group.is_some() && group == self.open;
        let before = std::mem::replace(&mut self.present, Arc::new(next));
        self.future.clear();
        self.open = group;
        if joins {
            return self.forget_if_nothing_changed();
        }
        self.past.push_back(Step { name, target, state: before });
        if self.past.len() > Self::STEPS {
            self.past.pop_front();
        }
    }

    /// A gesture that came back to where it began leaves nothing to take back.
    fn forget_if_nothing_changed(&mut self) {
        if self.open.is_some() && self.past.back().is_some_and(|step| step.state == self.present) {
            self.past.pop_back();
            self.open = None;
        }
    }
}
