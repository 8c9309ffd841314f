//! Clips are written, one after the other: each by a worker under a temporary name, then given its own.

use std::path::{Path, PathBuf};

use delivery::{ClipFacts, Existing, NameTemplate, PendingFile};
use model::{MediaTime, Progress, TimeRange};
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::subject::{Subject, check_unchanged};
use crate::worker::Task;
use crate::{Failure, Stopped};

/// A clip to write.
#[derive(Debug, Clone)]
pub(crate) struct ClipOrder {
    pub(crate) subject: Subject,
    pub(crate) range: TimeRange,
    /// Its first tag, for its name.
    pub(crate) tag: Option<String>,
}

/// The files that `clips` will be, in their order.
pub(crate) fn name_clips(folder: &Path, template: &NameTemplate, clips: &[ClipOrder]) -> Vec<PathBuf> {
    let stems: Vec<String> = clips.iter().map(|clip| stem(&clip.subject.path)).collect();
    let facts: Vec<ClipFacts<'_>> = clips
        .iter()
        .zip(&stems)
        .enumerate()
        .map(|(index, (clip, name))| ClipFacts {
            index,
            name,
            start: clip.range.start.max(MediaTime::ZERO),
            tag: clip.tag.as_deref(),
        })
        .collect();
    template.names(&facts).into_iter().map(|name| folder.join(name)).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

impl Engine {
    /// Writes one clip. Unless it answers `Ok`, nothing is left of it.
    pub(crate) async fn write_clip(
        &self,
        clip: &ClipOrder,
        target: &Path,
        existing: Existing,
        cancel: &CancellationToken,
        on_progress: impl FnMut(Progress),
    ) -> Result<(), Stopped> {
        check_unchanged(&clip.subject).await?;
        let pending = PendingFile::create(target).map_err(|error| Failure::of_delivery(&error))?;
        let task = Task::Export {
            source: clip.subject.path.clone(),
            info: clip.subject.info.clone(),
            range: clip.range,
            target: pending.path().to_owned(),
        };
        self.write(&task, &clip.subject.path, cancel, on_progress).await.map_err(
            |stopped| match stopped {
                // The clip is known by its own name, not by the temporary one.
                Stopped::Failed(failure) if failure.path.as_deref() == Some(pending.path()) => {
                    Stopped::Failed(Failure { path: Some(target.to_owned()), ..failure })
                }
                stopped => stopped,
            },
        )?;
        pending.commit(existing).map_err(|error| Failure::of_delivery(&error))?;
        Ok(())
    }
}
