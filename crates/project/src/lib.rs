//! What an editor's project holds, the edits on it, and its file format.
//!
//! Pure: no input or output, no clock, nothing random; equal commands on equal projects give equal projects. It does not
//! know where projects are kept, how media are analysed or what a window shows.
//!
//! # Invariants
//! - A [`Project`] changes only through a [`History`]; an edit that is refused changes nothing.
//! - Every range lies inside its material and lasts at least [`Project::SHORTEST_RANGE`]; ranges are in order of time.
//! - Ranges that the editor made, moved, judged or described are never moved by a later analysis. Only they may overlap,
//!   and what is found may overlap what was dropped.
//! - Ids are never used twice in the life of a [`History`], also after an undo.

mod admission;
mod alike;
mod command;
mod correction;
mod document;
mod error;
mod found;
mod history;
mod material;
mod snapping;
mod steps;

#[cfg(test)]
mod tests;

pub use admission::{Admission, AdmissionRule, RefusedMaterial};
pub use alike::{Alike, Likeness};
pub use command::{EditCommand, EditName};
pub use correction::Correction;
pub use document::{DocumentError, from_json, to_json};
pub use error::EditError;
pub use found::Cause;
pub use history::History;
pub use material::{
    Judgement, Marker, MarkerId, Material, MaterialId, NewMaterial, Origin, Project, ProjectRange, RangeId,
    Subtitles,
};
pub use model::ProjectId;
pub use snapping::Snapping;
pub use steps::{StepName, StepPlace, Steps};
