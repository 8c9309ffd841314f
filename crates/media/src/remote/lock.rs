//! Who may fetch: one process at a time, in turn.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::fault::Fault;

/// The lock of a mirror. Whoever waits for it holds the turn, which everybody needs before asking for the lock: who lets
/// the lock go and wants it again comes after who waited.
pub(crate) struct Lock {
    turn: Arc<File>,
    lock: Arc<File>,
}

/// A lock that is held; dropping it lets it go.
pub(crate) struct Held(Arc<File>);

impl Drop for Held {
    fn drop(&mut self) {
        // The system lets go of it at the latest when the file is closed.
        let _ = self.0.unlock();
    }
}

/// The turn, while the lock is awaited.
pub(crate) struct Turn(Option<Held>);

impl Lock {
    /// Opens the lock of a folder, which is made when it is not there.
    pub(crate) fn open(folder: &Path) -> Result<Self, Fault> {
        let failed = |error: io::Error| Fault::of_mirror(folder, &error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let open = |name| {
            let opened = OpenOptions::new().write(true).create(true).truncate(false).open(folder.join(name));
            opened.map(Arc::new).map_err(failed)
        };
        Ok(Self { turn: open("turn")?, lock: open("lock")? })
    }

    /// Begins to wait.
    pub(crate) fn queue(&self) -> Turn {
        Turn(None)
    }

    /// The lock, when it is this one's turn and nobody holds it.
    pub(crate) fn try_hold(&self, turn: &mut Turn) -> Option<Held> {
        if turn.0.is_none() {
            turn.0 = hold(&self.turn);
        }
        turn.0.as_ref()?;
        let held = hold(&self.lock)?;
        turn.0 = None;
        Some(held)
    }
}

fn hold(file: &Arc<File>) -> Option<Held> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        // A disk that knows no locks: then two may fetch the same, which costs time and harms nothing.
        Ok(()) | Err(TryLockError::Error(_)) => Some(Held(Arc::clone(file))),
    }
}

#[cfg(test)]
mod tests {
    use testkit::Folder;

    use super::*;

    #[test]
    fn who_waited_comes_before_who_comes_again() {
        let folder = Folder::new();
        let (one, two) = (Lock::open(folder.path()), Lock::open(folder.path()));
        let (one, two) = (one.expect("a lock"), two.expect("the same lock"));
        let held = one.try_hold(&mut one.queue()).expect("nobody holds it");
        let mut waiting = two.queue();
        assert!(two.try_hold(&mut waiting).is_none(), "one holds it");
        drop(held);
        assert!(one.try_hold(&mut one.queue()).is_none(), "it is the other's turn");
        assert!(two.try_hold(&mut waiting).is_some(), "who waited has it");
    }
}
