//! Why an edit was refused.

use model::job::Faults;
use model::{MediaTime, TimeRange};

use crate::{MarkerId, MaterialId, Project, RangeId, RefusedMaterial};

/// Why an edit was refused; the project is as it was.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EditError {
    /// No material has that id (any more).
    #[error("This video is no longer part of the project")]
    UnknownMaterial(MaterialId),
    /// No range of the material has that id (any more).
    #[error("This range is no longer part of the project")]
    UnknownRange(RangeId),
    /// No marker of the material has that id (any more).
    #[error("This marker is no longer part of the project")]
    UnknownMarker(MarkerId),
    /// A marker lies outside its material.
    #[error("The marker at {at} lies outside the video, which lasts {duration}; put it within the video")]
    MarkerOutside {
        /// What was asked for.
        at: MediaTime,
        /// How long the material lasts.
        duration: MediaTime,
    },
    /// A range reaches out of its material.
    #[error("The range {range} reaches out of the video, which lasts {duration}; keep it within the video")]
    RangeOutside {
        /// What was asked for.
        range: TimeRange,
        /// How long the material lasts.
        duration: MediaTime,
    },
    /// A range ends before it starts, or too soon after.
    #[error("The range {range} is too short; make it last at least {} s", Project::SHORTEST_RANGE.as_seconds())]
    RangeTooShort {
        /// What was asked for.
        range: TimeRange,
    },
    /// Nothing brought the range to another place that it could be compared with.
    #[error("This range was not snapped; snap it first, then compare")]
    NotSnapped(RangeId),
    /// A name, a title or a note is too long.
    #[error("This text is too long; keep it to {longest} characters")]
    TextTooLong {
        /// How many characters it may have.
        longest: usize,
    },
    /// The strategy breaks a rule.
    #[error("These settings cannot be used: {0}")]
    Strategy(#[source] Faults),
    /// A video cannot be added.
    #[error(transparent)]
    Material(Box<RefusedMaterial>),
}
