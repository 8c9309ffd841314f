//! A project as a document, and its migrations.

use model::job::{Faults, InputConfig};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{EditError, Judgement, Project};

/// The version this build writes. A change of the document's form raises it and adds a step to [`migrated`].
const VERSION: u64 = 5;

/// Why a project's document cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A newer Standout wrote it.
    #[error(
        "This project was saved by a newer Standout (format {found}, this one knows {VERSION}); update Standout"
    )]
    Newer {
        /// The document's version.
        found: u64,
    },
    /// It is no project, or a damaged one.
    #[error("This is not a project of Standout, or it is damaged: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It has no version.
    #[error("This is not a project of Standout: it has no version")]
    Unversioned,
    /// It can be read but breaks a rule of projects.
    #[error("This project is damaged: {0}")]
    Damaged(#[source] EditError),
    /// Two materials or ranges have the same id, or there are too many materials.
    #[error("This project is damaged: {0}")]
    Inconsistent(&'static str),
}

#[derive(Serialize)]
struct Written<'a> {
    version: u64,
    #[serde(flatten)]
    project: &'a Project,
}

/// The document of a project.
///
/// # Errors
/// When a figure in it cannot be written as JSON.
pub fn to_json(project: &Project) -> Result<String, DocumentError> {
    Ok(serde_json::to_string(&Written { version: VERSION, project })?)
}

/// Reads a project's document, of this version or an older one.
///
/// # Errors
/// When it is newer, unreadable, or breaks a rule that every project keeps.
pub fn from_json(text: &str) -> Result<Project, DocumentError> {
    let document = migrated(serde_json::from_str(text)?)?;
    let mut project = Project::deserialize(document)?;
    check(&project)?;
    for material in &mut project.materials {
        material.sort_ranges();
        material.sort_markers();
    }
    Ok(project)
}

/// Brings a document to the present version, one version at a time.
fn migrated(mut document: Value) -> Result<Value, DocumentError> {
    let found = match document.get("version").and_then(Value::as_u64) {
        None | Some(0) => return Err(DocumentError::Unversioned),
        Some(found) if found > VERSION => return Err(DocumentError::Newer { found }),
        Some(found) => found,
    };
    for (from, step) in (1..VERSION).zip(STEPS) {
        if found <= from {
            step(&mut document);
        }
    }
    Ok(document)
}

/// What brings a document from each version to the next.
const STEPS: [fn(&mut Value); VERSION as usize - 1] =
    [paths_to_locations, names_to_tags, undecided_ranges, words_as_heard];

/// Version 1 knew files of this machine only. A path is a location as it stands.
fn paths_to_locations(document: &mut Value) {
    for material in items(document, "materials").filter_map(Value::as_object_mut) {
        if let Some(path) = material.remove("path") {
            material.insert("location".to_owned(), path);
        }
    }
}

/// Up to version 2 a tag was a name: it holds in the whole of its range, and how certain it was is not known.
fn names_to_tags(document: &mut Value) {
    for range in ranges(document) {
        let span = range["range"].clone();
        let tags = range.get_mut("tags").and_then(Value::as_array_mut);
        for tag in tags.into_iter().flatten().filter(|tag| tag.is_string()) {
            *tag = json!({ "name": tag, "range": span, "confidence": 0.5 });
        }
    }
}

/// Up to version 3 ranges were neither judged nor described.
fn undecided_ranges(document: &mut Value) {
    for range in ranges(document).filter_map(Value::as_object_mut) {
        range.insert("judgement".to_owned(), json!(Judgement::Undecided));
        range.insert("title".to_owned(), json!(""));
        range.insert("note".to_owned(), json!(""));
    }
}

/// Up to version 4 there were no markers, no word was put right, and a project without a name was called so in English.
fn words_as_heard(document: &mut Value) {
    for material in items(document, "materials").filter_map(Value::as_object_mut) {
        material.insert("markers".to_owned(), json!([]));
        material.insert("corrections".to_owned(), json!([]));
    }
    if document["name"] == "Untitled" {
        document["name"] = json!("");
    }
}

fn ranges(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    items(document, "materials").flat_map(|material| items(material, "ranges"))
}

fn items<'a>(value: &'a mut Value, field: &str) -> impl Iterator<Item = &'a mut Value> + use<'a> {
    value.get_mut(field).and_then(Value::as_array_mut).into_iter().flatten()
}

fn check(project: &Project) -> Result<(), DocumentError> {
    let strategy = Faults::none_of(project.strategy.check()).map_err(EditError::Strategy);
    strategy.map_err(DocumentError::Damaged)?;
    if project.materials.len() > *InputConfig::MEDIA.end() {
        return Err(DocumentError::Inconsistent("it has too many videos"));
    }
    let mut materials: Vec<_> = project.materials.iter().map(|material| material.id).collect();
    let mut ranges: Vec<_> = project.materials.iter().flat_map(|material| &material.ranges).collect();
    for material in &project.materials {
        for range in &material.ranges {
            material.check(range.range).map_err(DocumentError::Damaged)?;
        }
        for marker in &material.markers {
            material.check_marker(marker.at).map_err(DocumentError::Damaged)?;
        }
        for correction in &material.corrections {
            material.check_words(correction.range).map_err(DocumentError::Damaged)?;
        }
    }
    let mut ids: Vec<_> = ranges.drain(..).map(|range| range.id).collect();
    let markers = project.materials.iter().flat_map(|material| &material.markers);
    let mut markers: Vec<_> = markers.map(|marker| marker.id).collect();
    if has_repetition(&mut materials) || has_repetition(&mut ids) || has_repetition(&mut markers) {
        return Err(DocumentError::Inconsistent("an id is used twice"));
    }
    Ok(())
}

fn has_repetition<T: Ord>(items: &mut [T]) -> bool {
    items.sort();
    items.windows(2).any(|pair| pair[0] == pair[1])
}
