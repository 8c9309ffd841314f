//! The list of what was done.

use engine::project;
use serde::Serialize;
use specta::Type;

use super::Micros;
use super::edit::EditName;

/// All steps.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Steps {
    /// What was done, oldest first.
    done: Vec<Step>,
    /// What was undone, in the order in which it would be done again.
    undone: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Step {
    edit: EditName,
    /// Where, when it was done to one range or to words.
    place: Option<StepPlace>,
}

/// Where a step was done.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct StepPlace {
    /// The video's name.
    material: String,
    /// The range's title; empty without one.
    title: String,
    start: Micros,
}

impl From<project::Steps> for Steps {
    fn from(project::Steps { done, undone }: project::Steps) -> Self {
        let steps = |steps: Vec<project::StepName>| steps.into_iter().map(Step::from).collect();
        Self { done: steps(done), undone: steps(undone) }
    }
}

impl From<project::StepName> for Step {
    fn from(project::StepName { edit, place }: project::StepName) -> Self {
        Self { edit: edit.into(), place: place.map(StepPlace::from) }
    }
}

impl From<project::StepPlace> for StepPlace {
    fn from(project::StepPlace { material, title, start }: project::StepPlace) -> Self {
        Self { material, title, start: start.into() }
    }
}
