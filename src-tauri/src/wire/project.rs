//! The projects of the library.

use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::Micros;

/// A project of the library.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProjectView {
    id: String,
    name: String,
    /// When it was last saved, in milliseconds since the beginning of 1970 (UTC).
    #[specta(type = Number)]
    updated: i64,
    /// It is the open one.
    open: bool,
    /// How many videos it holds; none when it cannot be read.
    materials: u32,
    /// How long they last together.
    duration: Micros,
    /// The id in the media library of the video whose small picture stands for it.
    picture: Option<String>,
}

impl From<engine::ProjectView> for ProjectView {
    fn from(view: engine::ProjectView) -> Self {
        let engine::ProjectView { id, name, updated, open, materials, duration, picture } = view;
        Self {
            id: id.0,
            name,
            updated: updated.0,
            open,
            materials: u32::try_from(materials).unwrap_or(u32::MAX),
            duration: duration.into(),
            picture: picture.map(|media| media.0),
        }
    }
}
