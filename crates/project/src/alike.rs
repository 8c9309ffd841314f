//! Ranges that were looked for because they resemble one that the editor likes.

use model::{Highlight, MediaTime, TimeRange};
use serde::{Deserialize, Serialize};

use crate::found::{new_range, share};
use crate::history::Ids;
use crate::{EditError, Material, MaterialId, Project};

/// What a range was found to resemble.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// The video of the range it resembles.
    pub material: MaterialId,
    /// Where that range began.
    pub start: MediaTime,
    /// How much, 0 to 1.
    pub share: f32,
}

/// A moment that resembles a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// In which video.
    pub material: MaterialId,
    /// What was found, with the reasons of the likeness.
    pub highlight: Highlight,
    /// To what.
    pub likeness: Likeness,
}

impl Project {
    /// This project with ranges that resemble another one beside all that it has.
    pub(crate) fn with_alike(&self, found: Vec<Alike>, ids: &mut Ids) -> Result<Self, EditError> {
        let mut project = self.clone();
        for Alike { material, highlight, likeness } in found {
            let likeness = Likeness { share: share(likeness.share), ..likeness };
            project.material_mut(material)?.offer(highlight, likeness, ids);
        }
        Ok(project)
    }
}

impl Material {
    /// Takes a range in where nothing lies yet and nothing was taken away.
    fn offer(&mut self, highlight: Highlight, likeness: Likeness, ids: &mut Ids) {
        // What choosing says is not trusted as a time.
        let whole = TimeRange::new(MediaTime::ZERO, self.info.duration);
        let Some(range) = highlight.range.intersection(whole) else { return };
        let free = !self.ranges.iter().any(|other| other.range.overlaps(range));
        let wanted = !self.dropped.iter().any(|gone| gone.shows_same_moment(range));
        if free && wanted && range.duration() >= Project::SHORTEST_RANGE {
            let mut offered = new_range(ids.range(), range, highlight);
            offered.likeness = Some(likeness);
            self.ranges.push(offered);
            self.sort_ranges();
        }
    }
}
