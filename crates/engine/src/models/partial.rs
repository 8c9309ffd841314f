//! A file that is still arriving: `NAME.part` beside its place, with what the server calls its version in
//! `NAME.part-tag`. It outlives the program, so that a download goes on where it was cut.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::digest::{Growing, Sha256};
use super::fetch_error::FetchError;
use super::search::PARTIAL;

/// An open partial file. Nobody else writes to it meanwhile.
pub(super) struct Partial {
    file: File,
    path: PathBuf,
    kept: u64,
    growing: Growing,
    tag: Option<String>,
}

/// Where the file for `target` arrives.
pub(super) fn partial_path(target: &Path) -> PathBuf {
    with_ending(target, PARTIAL)
}

fn tag_path(partial: &Path) -> PathBuf {
    let mut name = OsString::from(partial);
    name.push("-tag");
    name.into()
}

fn with_ending(target: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(target);
    name.push(".");
    name.push(ending);
    name.into()
}

/// Removes what has arrived for `target`.
pub(super) fn discard(target: &Path) -> io::Result<()> {
    let path = partial_path(target);
    for file in [tag_path(&path), path] {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

impl Partial {
    /// Opens what has arrived for `target` so far and reads it; makes its folder when there is none.
    pub(super) fn open(target: &Path) -> Result<Self, FetchError> {
        let path = partial_path(target);
        let cannot = |source| FetchError::File { source, path: path.clone() };
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(cannot)?;
        }
        let mut options = File::options();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(&path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FetchError::Busy { path }),
            // Some network drives know no locks; the digest at the end tells a mix-up.
            Err(TryLockError::Error(error)) => tracing::debug!(%error, "a partial file is not locked"),
        }
        let (mut growing, mut kept, mut piece) = (Growing::default(), 0, vec![0; 1 << 18]);
        loop {
            match file.read(&mut piece).map_err(cannot)? {
                0 => break,
                read => {
                    growing.update(&piece[..read]);
                    kept += read as u64;
                }
            }
        }
        let tag = fs::read_to_string(tag_path(&path)).ok().filter(|_| kept > 0);
        Ok(Self { file, path, kept, growing, tag })
    }

    /// How many bytes are there.
    pub(super) const fn kept(&self) -> u64 {
        self.kept
    }

    /// What the server called the version that they are of.
    pub(super) fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// Throws away what is there, and begins with the version of this tag.
    pub(super) fn begin(&mut self, tag: Option<&str>) -> Result<(), FetchError> {
        let tag_file = tag_path(&self.path);
        let begun =
            self.file.set_len(0).and_then(|()| self.file.seek(SeekFrom::Start(0))).and_then(|_| match tag {
                Some(tag) => fs::write(&tag_file, tag),
                None => fs::remove_file(&tag_file).or_else(|error| match error.kind() {
                    io::ErrorKind::NotFound => Ok(()),
                    _ => Err(error),
                }),
            });
        begun.map_err(|source| self.cannot(source))?;
        (self.kept, self.growing, self.tag) = (0, Growing::default(), tag.map(str::to_owned));
        Ok(())
    }

    /// Takes the next bytes.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<(), FetchError> {
        self.file.write_all(bytes).map_err(|source| self.cannot(source))?;
        self.growing.update(bytes);
        self.kept += bytes.len() as u64;
        Ok(())
    }

    /// The digest of what is there.
    pub(super) fn digest(&self) -> Sha256 {
        self.growing.clone().finish()
    }

    /// Gives the whole file its name, in one step and safe from a power cut.
    pub(super) fn finish(self, target: &Path) -> Result<(), FetchError> {
        let named = self.file.sync_all().and_then(|()| fs::rename(&self.path, target));
        named.map_err(|source| self.cannot(source))?;
        let _ = fs::remove_file(tag_path(&self.path));
        if let Some(folder) = target.parent().and_then(|folder| File::open(folder).ok()) {
            // The name is there; only after a power cut in the next moments would it be gone again.
            let _ = folder.sync_all();
        }
        Ok(())
    }

    fn cannot(&self, source: io::Error) -> FetchError {
        FetchError::File { source, path: self.path.clone() }
    }
}
