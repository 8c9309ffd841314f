//! The media library.

use engine::model::{Fingerprint, MediaLocation};
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::material::VideoView;
use super::{Micros, Refusal};

/// A video of the media library.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MediaAsset {
    /// 32 hexadecimal digits.
    id: String,
    /// The file's name.
    name: String,
    /// Where it was last seen.
    address: String,
    /// It is not a file of this machine.
    remote: bool,
    /// It should be a file of this machine and is not there.
    missing: bool,
    duration: Micros,
    #[specta(type = Number)]
    size_bytes: i64,
    video: Option<VideoView>,
    has_sound: bool,
    /// When it came into the library first, in milliseconds since the beginning of 1970 (UTC).
    #[specta(type = Number)]
    added: i64,
    /// The names of the projects that show it.
    used_in: Vec<String>,
    /// It is in the open project.
    in_project: bool,
}

impl MediaAsset {
    /// The page's form; `shown` are the contents of the open project.
    pub(crate) fn of(view: engine::AssetView, shown: &[Fingerprint]) -> Self {
        let engine::AssetView { id, location, fingerprint, info, added, missing, used_in } = view;
        Self {
            id: id.0,
            name: location.name(),
            remote: !matches!(location, MediaLocation::LocalFile(_)),
            address: location.to_string(),
            missing,
            duration: info.duration.into(),
            size_bytes: info.size,
            video: info.video.as_ref().map(VideoView::from),
            has_sound: !info.audio.is_empty(),
            added: added.0,
            used_in,
            in_project: shown.contains(&fingerprint),
        }
    }
}

/// What became of addresses that were added to the library.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AddedMedia {
    pub(crate) assets: Vec<MediaAsset>,
    pub(crate) refused: Vec<Refusal>,
}
