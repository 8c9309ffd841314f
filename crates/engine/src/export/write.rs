//! Clips are written by a worker under a temporary name, then given their own.

use std::path::Path;

use delivery::{DeliveryError, Existing, PendingFile};
use model::{MediaLocation, Progress};

use super::{ClipOptions, ClipOrder};
use crate::control::Control;
use crate::engine::Engine;
use crate::source::{Looked, Next};
use crate::worker::Task;
use crate::{Failure, Stopped};

impl Engine {
    /// Writes one clip into a file, and looks at it when it is to be registered. Unless it answers `Ok`, nothing is left of
    /// it: all that can fail comes before the file has its name.
    pub(super) async fn write_clip(
        &self,
        clip: &ClipOrder,
        target: &Path,
        options: &ClipOptions,
        existing: Existing,
        control: &Control,
        on_progress: impl FnMut(Progress),
    ) -> Result<Option<Looked>, Stopped> {
        // Learning only after minutes of encoding that a name is taken would be late.
        if existing == Existing::Keep && target.exists() {
            return Err(Failure::of_delivery(&DeliveryError::TargetExists { path: target.to_owned() }).into());
        }
        let source = self.source_of(&clip.subject, control).await?;
        let pending = PendingFile::create(target).map_err(|error| Failure::of_delivery(&error))?;
        let task = Task::Export {
            source,
            info: clip.subject.info.clone(),
            range: clip.range,
            target: pending.path().to_owned(),
            width: options.width,
            height: options.height,
            video: options.video,
        };
        self.write(&task, &clip.subject.shown(), control, on_progress).await.map_err(
            |stopped| match stopped {
                // The clip is known by its own name, not by the temporary one.
                Stopped::Failed(failure) if failure.path.as_deref() == Some(pending.path()) => {
                    Stopped::Failed(Failure { path: Some(target.to_owned()), ..failure })
                }
                stopped => stopped,
            },
        )?;
        let looked = match options.register {
            true => Some(
                self.look(&MediaLocation::LocalFile(pending.path().to_owned()), Next::Unknown, control)
                    .await?,
            ),
            false => None,
        };
        pending.commit(existing).map_err(|error| Failure::of_delivery(&error))?;
        Ok(looked)
    }
}
