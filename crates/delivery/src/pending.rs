//! A file that is being written and does not yet carry its name.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

use crate::DeliveryError;
use crate::safe::cut;

/// What to do with a file that has the name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it; the new file is refused.
    Keep,
    /// Put the new file in its place, in one step.
    Replace,
}

/// A hidden file beside the place it is meant for. Write to [`PendingFile::path`], then [`PendingFile::commit`]; dropped
/// without that, it is removed.
#[derive(Debug)]
pub struct PendingFile {
    temporary: TempPath,
    target: PathBuf,
}

/// Bytes of the target's name that are repeated in the temporary one, for people who look into the folder.
const SHOWN_NAME: usize = 100;

impl PendingFile {
    /// Makes an empty file for `target`, with the folders it needs. It has the target's extension, by which writers
    /// recognise the format.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn create(target: &Path) -> Result<Self, DeliveryError> {
        let failed = |source| DeliveryError::from_io(target, source);
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|source| DeliveryError::from_folder(folder, source))?;
        let stem = target.file_stem().unwrap_or_default().to_string_lossy();
        let extension = target.extension().unwrap_or_default().to_string_lossy();
        let prefix = format!(".{}.part-", cut(&stem, SHOWN_NAME));
        let suffix = if extension.is_empty() { String::new() } else { format!(".{extension}") };
        let mut builder = Builder::new();
        builder.prefix(&prefix).suffix(&suffix).rand_bytes(8);
        as_an_ordinary_file(&mut builder);
        let temporary = builder.tempfile_in(folder).map_err(failed)?.into_temp_path();
        Ok(Self { temporary, target: target.to_path_buf() })
    }

    /// Where to write.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.temporary
    }

    /// The name it is meant for.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Gives the file its name, in one step and only when its content is on the disk.
    ///
    /// # Errors
    /// [`DeliveryError::TargetExists`] when the name is taken and kept, or what the file system fails with; the temporary
    /// file is removed and the target is as it was.
    pub fn commit(self, existing: Existing) -> Result<PathBuf, DeliveryError> {
        let Self { temporary, target } = self;
        place(temporary, &target, existing).map_err(|source| DeliveryError::from_io(&target, source))?;
        Ok(target)
    }
}

fn place(temporary: TempPath, target: &Path, existing: Existing) -> io::Result<()> {
    OpenOptions::new().write(true).open(&temporary)?.sync_all()?;
    match existing {
        Existing::Replace => temporary.persist(target)?,
        Existing::Keep => place_beside(temporary, target)?,
    }
    sync_folder(target)
}

/// Without replacing: by a rename that refuses to, or a hard link; where the file system has neither (exFAT), by taking the
/// name with an empty file first, which only one can succeed in.
fn place_beside(temporary: TempPath, target: &Path) -> io::Result<()> {
    let refused = match temporary.persist_noclobber(target) {
        Ok(()) => return Ok(()),
        Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => return Err(refused.error),
        Err(refused) => refused,
    };
    OpenOptions::new().write(true).create_new(true).open(target)?;
    refused.path.persist(target).map_err(|failed| {
        // The empty file is ours; a clip must not seem to be there.
        let _ = fs::remove_file(target);
        failed.error
    })
}

/// Temporary files are private by default; a clip is a file like any other, so the process's mask decides.
#[cfg(unix)]
fn as_an_ordinary_file(builder: &mut Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn as_an_ordinary_file(_builder: &mut Builder<'_, '_>) {}

/// A new name is safe from a power cut when its folder is on the disk. Where folders cannot be synced there is nothing
/// more to do: the file itself is.
fn sync_folder(target: &Path) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix)
        && let Ok(folder) = File::open(folder.unwrap_or(Path::new(".")))
    {
        match folder.sync_all() {
            Err(error) if error.kind() != io::ErrorKind::InvalidInput => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
