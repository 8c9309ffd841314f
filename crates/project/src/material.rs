//! What a project holds.

use std::path::PathBuf;

use model::job::Strategy;
use model::{Fingerprint, MediaLocation, MediaTime, ProjectId, Reason, SourceInfo, Tag, TimeRange};
use serde::{Deserialize, Serialize};

use crate::{Correction, Likeness, Snapping};

/// Names a material within its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MaterialId(pub u32);

/// Names a range within its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RangeId(pub u32);

/// Names a marker within its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MarkerId(pub u32);

/// An editor's project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Its lasting name for programs.
    pub id: ProjectId,
    /// Its name for people.
    pub name: String,
    /// What to look for.
    pub strategy: Strategy,
    /// The videos, in the order they were added.
    pub materials: Vec<Material>,
}

/// A video in a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Material {
    /// Its name within the project.
    pub id: MaterialId,
    /// Where the file was when it was added.
    pub location: MediaLocation,
    /// Tells whether the file is still that one.
    pub fingerprint: Fingerprint,
    /// What the file holds.
    pub info: SourceInfo,
    /// The subtitle that is read along with it.
    pub subtitles: Subtitles,
    /// The editor chose to go on though nobody speaks in it.
    pub allow_speechless: bool,
    /// The ranges, in order of start; also those the editor has dropped.
    pub ranges: Vec<ProjectRange>,
    /// Where analysis found a range that the editor took away or moved: such a range is not offered again.
    pub dropped: Vec<TimeRange>,
    /// The places the editor marked, in order of time.
    pub markers: Vec<Marker>,
    /// Words that the editor put right, in order of time, not overlapping.
    pub corrections: Vec<Correction>,
}

/// A place in a material that the editor marked. Markers decide nothing: they are for finding a place again, and edges cling to
/// them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Marker {
    /// Its name for programs.
    pub id: MarkerId,
    /// Where it is, inside the material.
    pub at: MediaTime,
    /// What the editor calls it; empty without a name.
    pub name: String,
}

/// Where a material's subtitle comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subtitles {
    /// There is none.
    #[default]
    None,
    /// A file beside the video.
    Sidecar(#[serde(with = "model::path_text")] PathBuf),
    /// A text stream of the video.
    Embedded,
}

/// A range of a material.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectRange {
    /// Its name within the project.
    pub id: RangeId,
    /// Where it lies in its material.
    pub range: TimeRange,
    /// Who made it.
    pub origin: Origin,
    /// What the editor thinks of it.
    pub judgement: Judgement,
    /// What the editor calls it; empty without a name.
    pub title: String,
    /// What the editor wrote about it; empty without a note.
    pub note: String,
    /// How much it stands out, 0 to 1; `None` when it was added by hand.
    pub score: Option<f32>,
    /// What was detected in it. Of an edited range some may lie outside: see [`ProjectRange::tags_inside`].
    pub tags: Vec<Tag>,
    /// Why it was found, strongest first. Of an edited range some may lie outside: see [`ProjectRange::reasons_inside`].
    pub reasons: Vec<Reason>,
    /// Where it lay before its ends were snapped and where they came to; `None` when they were not, or were moved since.
    pub snapping: Option<Snapping>,
    /// What it was found to resemble; `None` when it was not looked for so.
    pub likeness: Option<Likeness>,
}

impl ProjectRange {
    /// Whether the editor has made, moved, judged, described or asked for it by a likeness: such a range is never moved by a later analysis.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.origin != Origin::Found
            || self.judgement != Judgement::Undecided
            || !self.title.is_empty()
            || !self.note.is_empty()
            || self.likeness.is_some()
    }

    /// Whether the editor does not want it.
    #[must_use]
    pub fn is_dropped(&self) -> bool {
        self.judgement == Judgement::Dropped
    }

    /// The reasons that still hold where the range now lies.
    pub fn reasons_inside(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|reason| self.range.contains(reason.at))
    }

    /// The tags of what happens where the range now lies.
    pub fn tags_inside(&self) -> impl Iterator<Item = &Tag> {
        self.tags.iter().filter(|tag| self.range.overlaps(tag.range))
    }
}

/// Who made a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Analysis.
    Found,
    /// Analysis, and the editor moved or trimmed it.
    Edited,
    /// The editor.
    Added,
}

/// What an editor thinks of a range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Nothing yet.
    #[default]
    Undecided,
    /// It is wanted.
    Kept,
    /// It is not wanted: it stays to be seen, is not exported, and its moment is not found again.
    Dropped,
}

/// A video on its way into a project.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMaterial {
    /// Where the file is.
    pub location: MediaLocation,
    /// Which file it is.
    pub fingerprint: Fingerprint,
    /// What it holds.
    pub info: SourceInfo,
    /// The subtitle that goes with it.
    pub subtitles: Subtitles,
}

impl Project {
    /// The longest title of a range, in characters.
    pub const LONGEST_TITLE: usize = 200;
    /// The longest note on a range, in characters.
    pub const LONGEST_NOTE: usize = 5_000;
    /// The longest name of a project, in characters.
    pub const LONGEST_NAME: usize = 200;
    /// The shortest range an editor may make.
    pub const SHORTEST_RANGE: MediaTime = MediaTime::from_millis(100);

    /// A project without materials.
    #[must_use]
    pub fn new(id: ProjectId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), strategy: Strategy::default(), materials: Vec::new() }
    }

    /// The material of that id.
    #[must_use]
    pub fn material(&self, id: MaterialId) -> Option<&Material> {
        self.materials.iter().find(|material| material.id == id)
    }

    /// How long all materials last together.
    #[must_use]
    pub fn total_duration(&self) -> MediaTime {
        self.materials.iter().fold(MediaTime::ZERO, |total, material| total + material.info.duration)
    }
}

impl Material {
    /// The range of that id.
    #[must_use]
    pub fn range(&self, id: RangeId) -> Option<&ProjectRange> {
        self.ranges.iter().find(|range| range.id == id)
    }

    /// The ranges that a choice has to stay beside: those the editor made, touched or kept.
    pub fn fixed(&self) -> impl Iterator<Item = TimeRange> {
        self.ranges.iter().filter(|range| range.is_fixed() && !range.is_dropped()).map(|range| range.range)
    }

    /// The moments that are not to be found again: those the editor took away, moved or dropped.
    pub fn unwanted(&self) -> impl Iterator<Item = TimeRange> {
        let dropped = self.ranges.iter().filter(|range| range.is_dropped()).map(|range| range.range);
        self.dropped.iter().copied().chain(dropped)
    }

    /// The file's name, for people.
    #[must_use]
    pub fn name(&self) -> String {
        self.location.name()
    }

    pub(crate) fn new(id: MaterialId, new: NewMaterial) -> Self {
        let NewMaterial { location, fingerprint, info, subtitles } = new;
        Self {
            id,
            location,
            fingerprint,
            info,
            subtitles,
            allow_speechless: false,
            ranges: Vec::new(),
            dropped: Vec::new(),
            markers: Vec::new(),
            corrections: Vec::new(),
        }
    }

    pub(crate) fn sort_markers(&mut self) {
        self.markers.sort_by_key(|marker| (marker.at, marker.id));
    }

    pub(crate) fn sort_ranges(&mut self) {
        self.ranges.sort_by_key(|range| (range.range, range.id));
    }
}
