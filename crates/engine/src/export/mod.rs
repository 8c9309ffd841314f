//! Clips leave the engine: cut and encoded by a worker, then put under their name in a folder or a bucket, and registered
//! in the media library where that is wanted.

mod hold;
mod options;
mod upload;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use delivery::{ClipFacts, Existing, NameTemplate, TemplateError};
use library::MediaId;
use model::{MediaLocation, MediaTime, Progress, TimeRange};

use crate::bucket::OpenBucket;
use crate::control::Control;
use crate::engine::Engine;
use crate::subject::Subject;
use crate::{Code, Failure, Stopped};

pub use options::{ClipOptions, ExportPreset, PresetId};
pub(crate) use options::{EncodingFault, check_encoding};
pub use upload::WaitingClip;

/// A clip to write.
#[derive(Debug, Clone)]
pub(crate) struct ClipOrder {
    pub(crate) subject: Subject,
    pub(crate) range: TimeRange,
    /// Its first tag, for its name.
    pub(crate) tag: Option<String>,
    /// Its title, for its name; empty without one.
    pub(crate) title: String,
}

/// Where clips go: a place that holds many.
#[derive(Clone)]
pub(crate) enum Place {
    Folder(PathBuf),
    Bucket(Arc<OpenBucket>),
}

/// Where one clip goes.
#[derive(Clone)]
pub(crate) enum ClipPlace {
    File(PathBuf),
    Object { bucket: Arc<OpenBucket>, key: String },
}

/// A clip that is where it was to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredClip {
    /// Its file's path, or its address in the bucket.
    pub address: String,
    /// Its id in the media library, when it was registered.
    pub media: Option<MediaId>,
}

impl Place {
    /// The places of `clips`, in their order.
    pub(crate) fn of_clips(&self, template: &NameTemplate, clips: &[ClipOrder]) -> Vec<ClipPlace> {
        let stems: Vec<String> = clips.iter().map(|clip| clip.subject.location.stem()).collect();
        let facts: Vec<ClipFacts<'_>> = clips
            .iter()
            .zip(&stems)
            .enumerate()
            .map(|(index, (clip, name))| ClipFacts {
                index,
                name,
                start: clip.range.start.max(MediaTime::ZERO),
                tag: clip.tag.as_deref(),
                title: &clip.title,
            })
            .collect();
        match self {
            Self::Folder(folder) => {
                let names = template.names(&facts).into_iter();
                names.map(|name| ClipPlace::File(folder.join(name))).collect()
            }
            Self::Bucket(bucket) => {
                let keys = template.keys(&facts).into_iter();
                keys.map(|key| ClipPlace::Object { bucket: Arc::clone(bucket), key }).collect()
            }
        }
    }
}

impl ClipPlace {
    /// Refuses to put a clip where a source lies, which is never written to, whatever may be replaced.
    pub(crate) fn check_no_source<'a>(
        &self,
        sources: impl IntoIterator<Item = &'a MediaLocation>,
    ) -> Result<(), Failure> {
        if sources.into_iter().any(|source| self.is(source)) {
            let message = "A clip would take the place of a video that is looked into. Change the name template or the place.";
            return Err(Failure::new(Code::TemplateInvalid, message).at(self.path()));
        }
        Ok(())
    }

    fn is(&self, source: &MediaLocation) -> bool {
        match (self, source) {
            (Self::File(path), MediaLocation::LocalFile(source)) => {
                path.canonicalize().is_ok_and(|path| source.canonicalize().is_ok_and(|source| source == path))
            }
            // Whichever server: two names can lead to one, and another key is soon found.
            (Self::Object { bucket, key }, MediaLocation::Object { bucket: of, key: source, .. }) => {
                bucket.profile.bucket == *of && key == source
            }
            (Self::Object { bucket, key }, MediaLocation::Web(address)) => {
                let address = address.split(['?', '#']).next().unwrap_or(address);
                bucket.client.url(key) == address
            }
            _ => false,
        }
    }

    /// The file, or the object's key.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Object { key, .. } => Path::new(key),
        }
    }
}

impl Engine {
    /// Writes one clip and brings it to its place. Unless it answers `Ok`, nothing carries its name; a clip that could not be
    /// sent to its bucket waits on this machine.
    pub(crate) async fn deliver(
        &self,
        clip: &ClipOrder,
        place: &ClipPlace,
        options: &ClipOptions,
        existing: Existing,
        control: &Control,
        mut on_progress: impl FnMut(Progress) + Send,
    ) -> Result<DeliveredClip, Stopped> {
        match place {
            ClipPlace::File(target) => {
                let looked = self.write_clip(clip, target, options, existing, control, on_progress).await?;
                let location = MediaLocation::LocalFile(target.clone());
                let media = looked.map(|looked| self.remember(&location, &looked)).transpose()?;
                Ok(DeliveredClip { address: target.display().to_string(), media })
            }
            ClipPlace::Object { bucket, key } => {
                let id = self
                    .prepare_upload(clip, bucket, key, options, existing, control, &mut on_progress)
                    .await?;
                self.send_heeding(&id, control, on_progress).await
            }
        }
    }
}

/// Reads a template of object keys. A key has no root, so a slash before it is taken as a habit of paths.
pub(crate) fn key_template(text: &str) -> Result<NameTemplate, TemplateError> {
    NameTemplate::parse(text.trim().trim_start_matches('/'))
}
