//! Undo, redo, and the list of all steps.

use project::{History, Steps};

use super::Desk;
use super::view::Snapshot;
use crate::Failure;

impl Desk {
    /// Takes the last edit back.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn undo(&self) -> Result<Snapshot, Failure> {
        self.travel(|history| {
            history.undo();
        })
    }

    /// Does the last undone edit again.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub fn redo(&self) -> Result<Snapshot, Failure> {
        self.travel(|history| {
            history.redo();
        })
    }

    /// Undoes or redoes until `done` steps of [`Desk::steps`] are done, or as many as there are.
    ///
    /// # Errors
    /// When the project cannot be saved; it is where it was then.
    pub fn go_to_step(&self, done: usize) -> Result<Snapshot, Failure> {
        self.travel(|history| history.go_to(done))
    }

    /// The steps that can be undone or done again.
    #[must_use]
    pub fn steps(&self) -> Steps {
        self.lock().history.steps()
    }

    fn travel(&self, steps: impl FnOnce(&mut History)) -> Result<Snapshot, Failure> {
        let snapshot = self.change(|state| {
            state.travel(steps);
            Ok(())
        })?;
        self.prepare_previews();
        Ok(snapshot)
    }
}
