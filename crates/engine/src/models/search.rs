//! Which files a folder of models holds.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How many folders deep models are looked for: a folder of models has folders by maker or kind, not a tree of sources.
const DEEPEST: usize = 4;
/// How many files are looked at in one folder and all below: a home folder that was listed by mistake must not hold up a start.
const MOST_FILES: usize = 20_000;

/// The ending of a file that is still arriving.
pub(super) const PARTIAL: &str = "part";

/// Systems count the times of files in steps of up to ten milliseconds: what is written twice within one has the same time.
const STEP: Duration = Duration::from_millis(100);

/// A file that may be a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) path: PathBuf,
    pub(super) stamp: Stamp,
}

/// What a file's content cannot change without changing, short of deceit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Stamp {
    /// Bytes.
    pub(super) size: u64,
    /// Nanoseconds since the beginning of 1970.
    modified: u64,
}

impl Stamp {
    pub(super) fn of(metadata: &fs::Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self { size: metadata.len(), modified: since.unwrap_or_default().as_nanos() as u64 }
    }

    /// False where the file was written so lately that it could be written again and keep its time. One from the future, by a clock
    /// that went wrong, is settled, too: it would be read for ever.
    pub(super) fn is_settled(self, now: SystemTime) -> bool {
        let written = UNIX_EPOCH + Duration::from_nanos(self.modified);
        let apart = now.duration_since(written).unwrap_or_else(|error| error.duration());
        apart > STEP
    }
}

/// Every file in `root` and the folders below it, by path. Folders that cannot be read are left out.
pub(super) fn files_below(root: &Path) -> Vec<Candidate> {
    let mut found = Vec::new();
    collect(root, DEEPEST, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn collect(folder: &Path, deeper: usize, found: &mut Vec<Candidate>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if found.len() >= MOST_FILES {
            tracing::warn!(folder = %folder.display(), "too many files to look for models among all of them");
            return;
        }
        let path = entry.path();
        // Links count as what they lead to: models are large, and often shared between programs that way.
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() && deeper > 0 => collect(&path, deeper - 1, found),
            Ok(metadata) if metadata.is_file() && path.extension().is_none_or(|it| it != PARTIAL) => {
                found.push(Candidate { path, stamp: Stamp::of(&metadata) });
            }
            Ok(_) | Err(_) => {}
        }
    }
}
