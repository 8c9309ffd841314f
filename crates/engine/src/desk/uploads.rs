//! Clips of earlier exports that wait on this machine for their bucket.

use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use super::Desk;
use super::state::Export;
use super::view::{ClipState, ExportStatus, ExportTarget, ExportedClip, Snapshot};
use crate::export::WaitingClip;
use crate::{Code, Failure};

impl Desk {
    /// Begins to send the clips that wait for their bucket, as an export of its own.
    ///
    /// # Errors
    /// When an export is under way, no clip waits, or the library cannot be read.
    pub fn resume_uploads(&self) -> Result<Snapshot, Failure> {
        let waiting = self.shared.engine.waiting_clips()?;
        let Some(first) = waiting.first() else {
            return Err(Failure::new(Code::NothingToExport, "No clip waits to be uploaded."));
        };
        let target = ExportTarget::Bucket(first.profile.clone());
        let cancel = CancellationToken::new();
        let snapshot = self.change(|state| {
            state.check_not_exporting()?;
            let clips = waiting.iter().map(|clip| ExportedClip {
                path: PathBuf::from(&clip.key),
                state: ClipState::Waiting,
                kept: true,
            });
            let status = ExportStatus { finished: false, target, clips: clips.collect() };
            state.export = Some(Export { cancel: cancel.clone(), status });
            state.pause.set(false);
            Ok(())
        })?;
        tokio::spawn(self.clone().send_all(waiting, cancel));
        Ok(snapshot)
    }

    /// Gives the waiting clips up and removes them from this machine.
    ///
    /// # Errors
    /// When an export is under way, or the library cannot be read.
    pub async fn discard_uploads(&self) -> Result<Snapshot, Failure> {
        self.lock().check_not_exporting()?;
        for clip in self.shared.engine.waiting_clips()? {
            self.shared.engine.discard_upload(&clip.id).await?;
        }
        self.count_waiting();
        Ok(self.snapshot())
    }

    async fn send_all(self, waiting: Vec<WaitingClip>, cancel: CancellationToken) {
        let _working = self.shared.working.read().await;
        let control = self.control(&cancel);
        for (index, clip) in waiting.iter().enumerate() {
            control.may_go_on().await;
            if cancel.is_cancelled() {
                self.set_clip(index, ClipState::Cancelled);
                continue;
            }
            self.set_clip(index, ClipState::Uploading);
            let sent = self.shared.engine.send_heeding(&clip.id, &control, self.clip_progress(index)).await;
            self.set_clip(index, ClipState::of(sent));
        }
        self.finish_export();
    }

    /// Looks again how many clips wait.
    pub(super) fn count_waiting(&self) {
        let waiting = self.shared.engine.waiting_clips().map(|clips| clips.len());
        self.change_quietly(|state| {
            state.waiting_uploads = waiting?;
            Ok(())
        });
    }
}
