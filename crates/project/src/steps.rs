//! The list of what was done: each step, and what it was done to.

use model::MediaTime;

use crate::{EditCommand, EditName, MaterialId, Project, RangeId};

/// All steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steps {
    /// What was done, oldest first.
    pub done: Vec<StepName>,
    /// What was undone, in the order in which it would be done again.
    pub undone: Vec<StepName>,
}

/// One step of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepName {
    /// What was done.
    pub edit: EditName,
    /// Where, when it was done to one range or to words.
    pub place: Option<StepPlace>,
}

/// Where a step was done, as it was called and lay after the step; before it, when the step took it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepPlace {
    /// The video's name for people.
    pub material: String,
    /// The range's title; empty without one.
    pub title: String,
    /// Its beginning.
    pub start: MediaTime,
}

/// What a step was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Range(MaterialId, RangeId),
    /// Words, or a marker.
    Place(MaterialId, MediaTime),
}

impl Target {
    /// What `command` is done to; for a range that it adds, `added` is its id.
    pub(crate) fn of(command: &EditCommand, added: RangeId) -> Option<Self> {
        match command {
            EditCommand::AddRange { material, .. } => Some(Self::Range(*material, added)),
            EditCommand::SetRange { material, id, .. }
            | EditCommand::RemoveRange { material, id }
            | EditCommand::Judge { material, id, .. }
            | EditCommand::SetTitle { material, id, .. }
            | EditCommand::SetNote { material, id, .. }
            | EditCommand::SnapRange { material, id, .. }
            | EditCommand::CompareSnapping { material, id } => Some(Self::Range(*material, *id)),
            EditCommand::CorrectWords { material, range, .. }
            | EditCommand::RestoreWords { material, range } => Some(Self::Place(*material, range.start)),
            EditCommand::AddMarker { material, at } | EditCommand::MoveMarker { material, at, .. } => {
                Some(Self::Place(*material, *at))
            }
            EditCommand::AddMaterials(_)
            | EditCommand::RemoveMaterial(_)
            | EditCommand::SetStrategy(_)
            | EditCommand::AllowSpeechless(_)
            | EditCommand::NameMarker { .. }
            | EditCommand::RemoveMarker { .. }
            | EditCommand::Rename(_) => None,
        }
    }

    pub(crate) fn place(self, before: &Project, after: &Project) -> Option<StepPlace> {
        self.place_in(after).or_else(|| self.place_in(before))
    }

    fn place_in(self, project: &Project) -> Option<StepPlace> {
        let (Self::Range(material, _) | Self::Place(material, _)) = self;
        let material = project.material(material)?;
        let (title, start) = match self {
            Self::Range(_, id) => {
                let range = material.range(id)?;
                (range.title.clone(), range.range.start)
            }
            Self::Place(_, start) => (String::new(), start),
        };
        Some(StepPlace { material: material.name(), title, start })
    }
}
