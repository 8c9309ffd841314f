//! Work that the editor asked for is held on while the machine is needed for something else.

use tokio_util::sync::CancellationToken;

use super::Desk;
use super::state::State;
use super::view::Snapshot;
use crate::control::Control;
use crate::{Code, Failure};

impl Desk {
    /// Holds on what is under way: finding, transcribing, exporting and copies for the player stop where they are until they go on, or
    /// until something new is begun. Of a clip that is being sent to its bucket the parts on their way arrive, and no more are sent.
    ///
    /// # Errors
    /// When nothing is under way.
    pub fn pause(&self) -> Result<Snapshot, Failure> {
        self.change(|state| {
            if !state.is_working() {
                let message = "Nothing is under way that could be paused.";
                return Err(Failure::new(Code::InvalidRequest, message));
            }
            state.pause.set(true);
            Ok(())
        })
    }

    /// Lets work go on that was held on.
    #[must_use]
    pub fn resume(&self) -> Snapshot {
        self.change_quietly(|state| {
            state.pause.set(false);
            Ok(())
        });
        self.snapshot()
    }

    /// What work heeds that this token cancels.
    pub(super) fn control(&self, cancel: &CancellationToken) -> Control {
        Control { cancel: cancel.clone(), pause: self.lock().pause.clone() }
    }
}

impl State {
    pub(super) fn is_working(&self) -> bool {
        let is_copying = self.materials.values().any(|known| known.copying && known.preview.is_some());
        self.find.is_some() || self.transcription.is_some() || self.is_exporting() || is_copying
    }

    /// Where nothing is under way any more nothing is paused.
    pub(super) fn go_on_when_idle(&mut self) {
        if !self.is_working() {
            self.pause.set(false);
        }
    }
}
