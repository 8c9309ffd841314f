//! The edits, each from one project to the next.

use model::TimeRange;
use model::job::{Faults, Strategy};
use serde::{Deserialize, Serialize};

use crate::history::Ids;
use crate::{EditError, Material, MaterialId, NewMaterial, Origin, Project, ProjectRange, RangeId};

/// One edit.
#[derive(Debug, Clone, PartialEq)]
pub enum EditCommand {
    /// Adds videos; all or none. [`Project::admit`] tells beforehand which may come in.
    AddMaterials(Vec<NewMaterial>),
    /// Takes a video away with its ranges.
    RemoveMaterial(MaterialId),
    /// Changes what to look for.
    SetStrategy(Strategy),
    /// Goes on with a video though nobody speaks in it.
    AllowSpeechless(MaterialId),
    /// Adds a range by hand.
    AddRange {
        /// In which video.
        material: MaterialId,
        /// Where.
        range: TimeRange,
    },
    /// Moves or trims a range.
    SetRange {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: RangeId,
        /// To where.
        range: TimeRange,
    },
    /// Takes a range away.
    RemoveRange {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: RangeId,
    },
}

/// What an undo step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EditName {
    /// Videos were added.
    AddMaterials,
    /// A video was taken away.
    RemoveMaterial,
    /// Count, length or actions were changed.
    SetStrategy,
    /// Highlights were found.
    Find,
    /// A video without speech was let in.
    AllowSpeechless,
    /// A range was moved, its length kept.
    MoveRange,
    /// A range's start or end was moved.
    TrimRange,
    /// A range was added by hand.
    AddRange,
    /// A range was taken away.
    RemoveRange,
}

impl Project {
    /// What `command` does to this project, for its undo step.
    pub(crate) fn name_of(&self, command: &EditCommand) -> EditName {
        match command {
            EditCommand::AddMaterials(_) => EditName::AddMaterials,
            EditCommand::RemoveMaterial(_) => EditName::RemoveMaterial,
            EditCommand::SetStrategy(_) => EditName::SetStrategy,
            EditCommand::AllowSpeechless(_) => EditName::AllowSpeechless,
            EditCommand::AddRange { .. } => EditName::AddRange,
            EditCommand::RemoveRange { .. } => EditName::RemoveRange,
            EditCommand::SetRange { material, id, range } => {
                let before = self.material(*material).and_then(|material| material.range(*id));
                let keeps_length = before.is_some_and(|before| before.range.duration() == range.duration());
                if keeps_length { EditName::MoveRange } else { EditName::TrimRange }
            }
        }
    }

    /// This project after `command`.
    pub(crate) fn edited(&self, command: EditCommand, ids: &mut Ids) -> Result<Self, EditError> {
        let mut project = self.clone();
        match command {
            EditCommand::AddMaterials(new) => project.add_materials(new, ids)?,
            EditCommand::RemoveMaterial(id) => {
                project.material_mut(id)?;
                project.materials.retain(|material| material.id != id);
            }
            EditCommand::SetStrategy(strategy) => {
                Faults::none_of(strategy.check()).map_err(EditError::Strategy)?;
                project.strategy = strategy;
            }
            EditCommand::AllowSpeechless(id) => project.material_mut(id)?.allow_speechless = true,
            EditCommand::AddRange { material, range } => project.material_mut(material)?.add(range, ids)?,
            EditCommand::SetRange { material, id, range } => {
                project.material_mut(material)?.set(id, range)?
            }
            EditCommand::RemoveRange { material, id } => project.material_mut(material)?.remove(id)?,
        }
        Ok(project)
    }

    pub(crate) fn material_mut(&mut self, id: MaterialId) -> Result<&mut Material, EditError> {
        self.materials.iter_mut().find(|material| material.id == id).ok_or(EditError::UnknownMaterial(id))
    }

    fn add_materials(&mut self, new: Vec<NewMaterial>, ids: &mut Ids) -> Result<(), EditError> {
        let admission = self.admit(new);
        if let Some(refused) = admission.refused.into_iter().next() {
            return Err(EditError::Material(Box::new(refused)));
        }
        self.materials.extend(admission.accepted.into_iter().map(|new| Material::new(ids.material(), new)));
        Ok(())
    }
}

impl Material {
    fn add(&mut self, range: TimeRange, ids: &mut Ids) -> Result<(), EditError> {
        self.check(range)?;
        self.ranges.push(ProjectRange {
            id: ids.range(),
            range,
            origin: Origin::Added,
            score: None,
            tags: Vec::new(),
            reasons: Vec::new(),
        });
        self.sort_ranges();
        Ok(())
    }

    fn set(&mut self, id: RangeId, range: TimeRange) -> Result<(), EditError> {
        self.check(range)?;
        let edited =
            self.ranges.iter_mut().find(|range| range.id == id).ok_or(EditError::UnknownRange(id))?;
        if edited.range == range {
            return Ok(());
        }
        if edited.origin == Origin::Found {
            edited.origin = Origin::Edited;
            // Where it was found it shall not come back beside itself.
            self.dropped.push(edited.range);
        }
        edited.range = range;
        self.sort_ranges();
        Ok(())
    }

    fn remove(&mut self, id: RangeId) -> Result<(), EditError> {
        let index = self.ranges.iter().position(|range| range.id == id).ok_or(EditError::UnknownRange(id))?;
        let removed = self.ranges.remove(index);
        if removed.origin != Origin::Added {
            self.dropped.push(removed.range);
        }
        Ok(())
    }

    /// Whether `range` may be one of this material.
    pub(crate) fn check(&self, range: TimeRange) -> Result<(), EditError> {
        let duration = self.info.duration;
        if range.start < model::MediaTime::ZERO || duration < range.end {
            return Err(EditError::RangeOutside { range, duration });
        }
        // Not by `TimeRange::duration`: an end before the start must not wrap into something that looks long.
        if range.end < range.start + Project::SHORTEST_RANGE {
            return Err(EditError::RangeTooShort { range });
        }
        Ok(())
    }
}
