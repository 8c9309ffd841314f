//! The file that goes up, read in stretches.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;

use super::BucketError;
use super::parts::{SentPart, Stretch, Upload};

/// A file that is being uploaded. At most one stretch a call is in memory.
#[derive(Debug, Clone)]
pub(super) struct Source {
    path: PathBuf,
    state: State,
}

/// What a file that is written to does not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    size: u64,
    modified: Option<SystemTime>,
}

/// A stretch's bytes, and BLAKE3 of them in hex.
pub(super) struct Content {
    pub(super) bytes: Bytes,
    pub(super) hash: String,
}

impl Source {
    pub(super) async fn open(path: &Path) -> Result<Self, BucketError> {
        let owned = path.to_path_buf();
        let state = blocking(path, move || state(&owned)).await?;
        Ok(Self { path: path.to_path_buf(), state })
    }

    pub(super) fn size(&self) -> u64 {
        self.state.size
    }

    /// # Errors
    /// [`BucketError::FileChanged`] when it is not what it was when it was opened.
    pub(super) async fn expect_unchanged(&self) -> Result<(), BucketError> {
        let path = self.path.clone();
        let now = blocking(&self.path, move || state(&path)).await?;
        if now == self.state { Ok(()) } else { Err(self.changed()) }
    }

    /// The bytes of a stretch.
    pub(super) async fn read(&self, stretch: Stretch) -> Result<Content, BucketError> {
        let path = self.path.clone();
        let read = blocking(&self.path, move || match read(&path, stretch) {
            // A file that has become shorter is no fault of the disk.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            read => read.map(Some),
        });
        read.await?.ok_or_else(|| self.changed())
    }

    /// Whether the file still holds what was sent of it.
    pub(super) async fn holds(&self, upload: &Upload) -> Result<bool, BucketError> {
        for SentPart { number, content, .. } in &upload.parts {
            let Some(stretch) = upload.stretch(*number) else { return Ok(false) };
            if self.read(stretch).await?.hash != *content {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn changed(&self) -> BucketError {
        BucketError::FileChanged { path: self.path.clone() }
    }
}

fn state(path: &Path) -> io::Result<State> {
    let metadata: Metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // A file system without times leaves the size.
    Ok(State { size: metadata.len(), modified: metadata.modified().ok() })
}

fn read(path: &Path, stretch: Stretch) -> io::Result<Content> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(stretch.offset))?;
    let length = usize::try_from(stretch.size).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes)?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    Ok(Content { bytes: bytes.into(), hash })
}

/// Reads from the disk where waiting does no harm.
async fn blocking<T: Send + 'static>(
    path: &Path,
    read: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, BucketError> {
    let done = tokio::task::spawn_blocking(read).await.map_err(io::Error::other).flatten();
    done.map_err(|source| BucketError::FileUnreadable { path: path.to_path_buf(), source })
}
