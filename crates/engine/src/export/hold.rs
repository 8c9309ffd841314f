//! A waiting clip is seen to by one program at a time.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::{Code, Failure};

/// Keeps others from a clip of the outbox until it is dropped, or the program ends.
pub(super) struct Hold {
    /// Beside the clip and not the clip itself: some systems let nobody read a locked file.
    path: PathBuf,
    _file: File,
}

impl Hold {
    /// Takes a clip.
    ///
    /// # Errors
    /// [`Code::Busy`] when another has it, or that the outbox cannot be written.
    pub(super) fn take(clip: &Path) -> Result<Self, Failure> {
        let path = clip.with_extension("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|error| Failure::of_write(&error, &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(
                    Failure::new(Code::Busy, "This clip is being sent already. Wait for it.").at(clip)
                );
            }
            // Where files cannot be locked, the worst is that parts are sent twice.
            Err(TryLockError::Error(error)) => tracing::debug!(%error, "a waiting clip cannot be locked"),
        }
        Ok(Self { path, _file: file })
    }

    /// Lets a clip go that is no more.
    pub(super) fn end(self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::debug!(%error, "a lock stays in the outbox");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_program_at_a_time_has_a_clip() {
        let outbox = tempfile::tempdir().unwrap();
        let clip = outbox.path().join("clip.mp4");
        let held = Hold::take(&clip).unwrap();
        assert_eq!(Hold::take(&clip).err().map(|failure| failure.code), Some(Code::Busy));
        drop(held);
        Hold::take(&clip).unwrap().end();
        assert_eq!(
            std::fs::read_dir(outbox.path()).unwrap().count(),
            0,
            "nothing is left of a clip that is no more"
        );
    }
}
