//! What analysis found comes into a project without touching what the editor did.

use model::{Highlight, MediaTime, Reason, Tag, TimeRange};

use crate::history::Ids;
use crate::{EditError, Judgement, Material, MaterialId, Origin, Project, ProjectRange, RangeId};

/// Why found ranges are replaced, which decides where they are undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The editor asked for it. The materials of one run make one undo step as long as no other edit comes between.
    Find {
        /// Tells runs apart.
        run: u32,
    },
    /// The editor asked for other ranges than those that were dropped.
    Others {
        /// Tells runs apart.
        run: u32,
    },
    /// The last edit (a changed strategy) brought it about: it is undone together with that edit.
    LastEdit,
}

impl Project {
    /// This project with the found ranges of one material replaced.
    pub(crate) fn with_found(
        &self,
        material: MaterialId,
        found: Vec<Highlight>,
        ids: &mut Ids,
    ) -> Result<Self, EditError> {
        let mut project = self.clone();
        project.material_mut(material)?.replace_found(found, ids);
        Ok(project)
    }
}

impl Material {
    fn replace_found(&mut self, found: Vec<Highlight>, ids: &mut Ids) {
        let mut taken: Vec<TimeRange> = self.fixed().collect();
        let unwanted: Vec<TimeRange> = self.unwanted().collect();
        let (mut before, mut ranges): (Vec<_>, Vec<_>) =
            self.ranges.drain(..).partition(|range| !range.is_fixed());
        let whole = TimeRange::new(MediaTime::ZERO, self.info.duration);
        for highlight in found {
            // What choosing says is not trusted as a time.
            let Some(range) = highlight.range.intersection(whole) else { continue };
            let free = !taken.iter().any(|other| other.overlaps(range));
            let wanted = !unwanted.iter().any(|unwanted| unwanted.shows_same_moment(range));
            if !free || !wanted || range.duration() < Project::SHORTEST_RANGE {
                continue;
            }
            taken.push(range);
            let id = id_of_same_moment(&mut before, range).unwrap_or_else(|| ids.range());
            ranges.push(new_range(id, range, highlight));
        }
        self.ranges = ranges;
        self.sort_ranges();
    }
}

/// A range as analysis found it.
pub(crate) fn new_range(id: RangeId, range: TimeRange, found: Highlight) -> ProjectRange {
    ProjectRange {
        id,
        range,
        origin: Origin::Found,
        judgement: Judgement::Undecided,
        title: String::new(),
        note: String::new(),
        score: Some(share(found.score)),
        tags: found.tags.into_iter().map(with_confidence).collect(),
        reasons: found.reasons.into_iter().map(with_share).collect(),
        snapping: None,
        likeness: None,
    }
}

/// A moment found again keeps its id, so that a selection stays on it while settings change. Takes it out of `before`.
fn id_of_same_moment(before: &mut Vec<ProjectRange>, range: TimeRange) -> Option<RangeId> {
    let shared = |other: &ProjectRange| other.range.intersection(range).map(TimeRange::duration);
    let (index, _) = before
        .iter()
        .enumerate()
        .filter(|(_, other)| other.range.shows_same_moment(range))
        .max_by_key(|(_, other)| shared(other))?;
    Some(before.remove(index).id)
}

/// A figure from 0 to 1. What is no number counts as 0: it could neither be compared nor written to a document.
pub(crate) fn share(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}

fn with_confidence(tag: Tag) -> Tag {
    Tag { confidence: share(tag.confidence), ..tag }
}

fn with_share(reason: Reason) -> Reason {
    Reason { strength: share(reason.strength), ..reason }
}
