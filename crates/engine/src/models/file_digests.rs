//! The digests of files that were read before, so that starting does not read gigabytes again.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::digest::Sha256;
use super::search::{Candidate, Stamp};

/// Digests by path; one holds as long as the file's size and time stay.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct FileDigests {
    known: BTreeMap<PathBuf, (Stamp, Sha256)>,
    /// Something was learnt since it was last kept.
    #[serde(skip)]
    changed: bool,
}

impl FileDigests {
    /// The digest of a file, read from it when it is not known.
    pub(super) fn of(&mut self, file: &Candidate) -> io::Result<Sha256> {
        if let Some((_, digest)) = self.known.get(&file.path).filter(|(stamp, _)| *stamp == file.stamp) {
            return Ok(*digest);
        }
        let digest = Sha256::of_file(&file.path)?;
        self.known.insert(file.path.clone(), (file.stamp, digest));
        self.changed = true;
        Ok(digest)
    }

    /// Reads the file again the next time it is asked for.
    pub(super) fn forget(&mut self, file: &std::path::Path) {
        self.changed |= self.known.remove(file).is_some();
    }

    /// All of them as text, when something was learnt. Files that are gone are left out.
    pub(super) fn take_news(&mut self) -> Option<String> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        self.known.retain(|path, _| path.is_file());
        // A path that is no Unicode cannot be kept; its file is read again then.
        let kept: BTreeMap<_, _> =
            self.known.iter().filter_map(|(path, it)| Some((path.to_str()?, it))).collect();
        serde_json::to_string(&kept).ok()
    }
}
