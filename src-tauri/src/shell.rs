//! What the window's commands and events work with.

use engine::{Desk, Failure};

use crate::media_server::MediaServer;
use crate::picker::FilePicker;
use crate::wire::{Snapshot, WireError};

/// What every command works with.
pub(crate) struct Shell {
    pub(crate) desk: Desk,
    pub(crate) server: MediaServer,
    pub(crate) picker: FilePicker,
}

impl Shell {
    /// The page's form of what the desk answered.
    pub(crate) fn snapshot(
        &self,
        snapshot: Result<engine::Snapshot, Failure>,
    ) -> Result<Snapshot, WireError> {
        Ok(Snapshot::of(snapshot?, &self.server))
    }
}
