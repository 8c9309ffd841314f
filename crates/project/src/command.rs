//! The edits, each from one project to the next.

use model::job::{Faults, Strategy};
use model::{MediaTime, TimeRange};
use serde::{Deserialize, Serialize};

use crate::history::Ids;
use crate::{
    EditError, Judgement, Marker, MarkerId, Material, MaterialId, NewMaterial, Origin, Project, ProjectRange,
    RangeId,
};

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
    /// Keeps or drops a range, or takes that back.
    Judge {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: RangeId,
        /// What the editor thinks of it now.
        judgement: Judgement,
    },
    /// Calls a range something; nothing takes the name away.
    SetTitle {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: RangeId,
        /// At most [`Project::LONGEST_TITLE`] characters, in one line.
        title: String,
    },
    /// Writes about a range; nothing takes the note away.
    SetNote {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: RangeId,
        /// At most [`Project::LONGEST_NOTE`] characters.
        note: String,
    },
    /// Brings the ends of a range to better places; where it lay before stays to be compared.
    SnapRange {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: RangeId,
        /// To where.
        range: TimeRange,
    },
    /// Puts a range that was snapped to where it was before, or back.
    CompareSnapping {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: RangeId,
    },
    /// Puts right what is said in a stretch.
    CorrectWords {
        /// In which video.
        material: MaterialId,
        /// The words that are wrong.
        range: TimeRange,
        /// At most [`Project::LONGEST_CORRECTION`] characters; nothing where nothing is said.
        text: String,
    },
    /// Lets the words of a stretch be again what was heard or read.
    RestoreWords {
        /// In which video.
        material: MaterialId,
        /// Where.
        range: TimeRange,
    },
    /// Gives the project another name of at most [`Project::LONGEST_NAME`] characters; nothing makes it unnamed.
    Rename(String),
    /// Marks a place; where one is marked already, nothing changes.
    AddMarker {
        /// In which video.
        material: MaterialId,
        /// Where.
        at: MediaTime,
    },
    /// Moves a marker.
    MoveMarker {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: MarkerId,
        /// To where.
        at: MediaTime,
    },
    /// Calls a marker something; nothing takes the name away.
    NameMarker {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: MarkerId,
        /// At most [`Project::LONGEST_TITLE`] characters, in one line.
        name: String,
    },
    /// Takes a marker away.
    RemoveMarker {
        /// In which video.
        material: MaterialId,
        /// Which.
        id: MarkerId,
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
    /// Other highlights were looked for than those that were dropped.
    FindOthers,
    /// A range is wanted.
    KeepRange,
    /// A range is not wanted.
    DropRange,
    /// A range is to be judged again.
    UndecideRange,
    /// A range was given a title.
    SetTitle,
    /// A range was given a note.
    SetNote,
    /// The project was given another name.
    Rename,
    /// A place was marked.
    AddMarker,
    /// A marker was moved.
    MoveMarker,
    /// A marker was given a name.
    NameMarker,
    /// A marker was taken away.
    RemoveMarker,
    /// Ranges that resemble one were looked for.
    FindAlike,
    /// The ends of a range were brought to better places.
    SnapRange,
    /// A snapped range was put to where it was before, or back.
    CompareSnapping,
    /// Words were put right.
    CorrectWords,
    /// Words are again what was heard or read.
    RestoreWords,
    /// All that was edited before the program ended unexpectedly.
    Recover,
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
            EditCommand::Judge { judgement: Judgement::Kept, .. } => EditName::KeepRange,
            EditCommand::Judge { judgement: Judgement::Dropped, .. } => EditName::DropRange,
            EditCommand::Judge { judgement: Judgement::Undecided, .. } => EditName::UndecideRange,
            EditCommand::SetTitle { .. } => EditName::SetTitle,
            EditCommand::SetNote { .. } => EditName::SetNote,
            EditCommand::Rename(_) => EditName::Rename,
            EditCommand::AddMarker { .. } => EditName::AddMarker,
            EditCommand::MoveMarker { .. } => EditName::MoveMarker,
            EditCommand::NameMarker { .. } => EditName::NameMarker,
            EditCommand::RemoveMarker { .. } => EditName::RemoveMarker,
            EditCommand::SnapRange { .. } => EditName::SnapRange,
            EditCommand::CompareSnapping { .. } => EditName::CompareSnapping,
            EditCommand::CorrectWords { .. } => EditName::CorrectWords,
            EditCommand::RestoreWords { .. } => EditName::RestoreWords,
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
            EditCommand::Judge { material, id, judgement } => {
                project.material_mut(material)?.range_mut(id)?.judgement = judgement;
            }
            EditCommand::SetTitle { material, id, title } => {
                project.material_mut(material)?.range_mut(id)?.title = line(&title, Self::LONGEST_TITLE)?;
            }
            EditCommand::SetNote { material, id, note } => {
                project.material_mut(material)?.range_mut(id)?.note = text(&note, Self::LONGEST_NOTE)?;
            }
            EditCommand::SnapRange { material, id, range } => {
                project.material_mut(material)?.snap(id, range)?
            }
            EditCommand::CompareSnapping { material, id } => project.material_mut(material)?.compare(id)?,
            EditCommand::CorrectWords { material, range, text: words } => {
                let words = text(&words, Self::LONGEST_CORRECTION)?;
                project.material_mut(material)?.correct(range, words)?;
            }
            EditCommand::RestoreWords { material, range } => project.material_mut(material)?.restore(range),
            EditCommand::Rename(name) => project.name = line(&name, Self::LONGEST_NAME)?,
            EditCommand::AddMarker { material, at } => project.material_mut(material)?.mark(at, ids)?,
            EditCommand::MoveMarker { material, id, at } => {
                project.material_mut(material)?.move_marker(id, at)?
            }
            EditCommand::NameMarker { material, id, name } => {
                project.material_mut(material)?.marker_mut(id)?.name = line(&name, Self::LONGEST_TITLE)?;
            }
            EditCommand::RemoveMarker { material, id } => {
                let material = project.material_mut(material)?;
                material.marker_mut(id)?;
                material.markers.retain(|marker| marker.id != id);
            }
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
            judgement: Judgement::Undecided,
            title: String::new(),
            note: String::new(),
            score: None,
            tags: Vec::new(),
            reasons: Vec::new(),
            snapping: None,
            likeness: None,
        });
        self.sort_ranges();
        Ok(())
    }

    pub(crate) fn set(&mut self, id: RangeId, range: TimeRange) -> Result<(), EditError> {
        self.check(range)?;
        let edited = self.range_mut(id)?;
        let before = std::mem::replace(&mut edited.range, range);
        if before == range {
            return Ok(());
        }
        edited.snapping = None;
        if edited.origin == Origin::Found {
            edited.origin = Origin::Edited;
            // Where it was found it shall not come back beside itself.
            self.dropped.push(before);
        }
        self.sort_ranges();
        Ok(())
    }

    pub(crate) fn range_mut(&mut self, id: RangeId) -> Result<&mut ProjectRange, EditError> {
        self.ranges.iter_mut().find(|range| range.id == id).ok_or(EditError::UnknownRange(id))
    }

    fn remove(&mut self, id: RangeId) -> Result<(), EditError> {
        let index = self.ranges.iter().position(|range| range.id == id).ok_or(EditError::UnknownRange(id))?;
        let removed = self.ranges.remove(index);
        if removed.origin != Origin::Added {
            self.dropped.push(removed.range);
        }
        Ok(())
    }

    fn mark(&mut self, at: MediaTime, ids: &mut Ids) -> Result<(), EditError> {
        self.check_marker(at)?;
        if self.markers.iter().all(|marker| marker.at != at) {
            self.markers.push(Marker { id: ids.marker(), at, name: String::new() });
            self.sort_markers();
        }
        Ok(())
    }

    fn move_marker(&mut self, id: MarkerId, at: MediaTime) -> Result<(), EditError> {
        self.check_marker(at)?;
        self.marker_mut(id)?.at = at;
        self.sort_markers();
        Ok(())
    }

    fn marker_mut(&mut self, id: MarkerId) -> Result<&mut Marker, EditError> {
        self.markers.iter_mut().find(|marker| marker.id == id).ok_or(EditError::UnknownMarker(id))
    }

    /// Whether a marker may be at that time.
    pub(crate) fn check_marker(&self, at: MediaTime) -> Result<(), EditError> {
        let duration = self.info.duration;
        if at < MediaTime::ZERO || duration < at {
            return Err(EditError::MarkerOutside { at, duration });
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

/// What an editor wrote, without the space around it.
fn text(written: &str, longest: usize) -> Result<String, EditError> {
    let written = written.trim();
    if written.chars().count() > longest {
        return Err(EditError::TextTooLong { longest });
    }
    Ok(written.to_owned())
}

/// What an editor wrote in one line: line breaks that were pasted with it become spaces.
fn line(written: &str, longest: usize) -> Result<String, EditError> {
    text(&written.split_whitespace().collect::<Vec<_>>().join(" "), longest)
}
