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
    /// The digest of a file, read from it when it is not known. That of one that was just written is not remembered.
    pub(super) fn of(&mut self, file: &Candidate) -> io::Result<Sha256> {
        if let Some((_, digest)) = self.known.get(&file.path).filter(|(stamp, _)| *stamp == file.stamp) {
            return Ok(*digest);
        }
        let digest = Sha256::of_file(&file.path)?;
        if file.stamp.is_settled() {
            self.known.insert(file.path.clone(), (file.stamp, digest));
            self.changed = true;
        }
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

#[cfg(test)]
mod tests {
    use testkit::Folder;

    use super::super::search::files_below;
    use super::*;

    #[test]
    fn a_file_that_is_written_twice_at_one_time_has_the_digest_of_its_last_content() {
        let (folder, mut digests) = (Folder::new(), FileDigests::default());
        let file = folder.file("weights.bin");
        let mut digest_of = |content: &str| {
            std::fs::write(&file, content).expect("the folder can be written to");
            let found = files_below(folder.path());
            let stamp = found[0].stamp;
            (digests.of(&found[0]).expect("the file can be read"), stamp)
        };
        // Until two of them fall into one step of the file system's clock.
        let mut before = digest_of("a0");
        for round in 1..1_000 {
            let content = format!("a{}", round % 10);
            let now = digest_of(&content);
            assert_eq!(now.0, Sha256::of_bytes(content.as_bytes()), "round {round}");
            if std::mem::replace(&mut before, now).1 == before.1 {
                return;
            }
        }
    }

    #[test]
    fn the_digest_of_a_settled_file_is_read_once() {
        let (folder, mut digests) = (Folder::new(), FileDigests::default());
        let file = folder.file("weights.bin");
        std::fs::write(&file, "weights").expect("the folder can be written to");
        let handle = std::fs::File::options().write(true).open(&file).expect("the file can be opened");
        handle.set_modified(std::time::UNIX_EPOCH).expect("its time can be set");
        let found = files_below(folder.path());
        let digest = digests.of(&found[0]).expect("the file can be read");
        std::fs::remove_file(&file).expect("it can be removed");
        assert_eq!(digests.of(&found[0]).ok(), Some(digest), "it is known without the file");
    }
}
