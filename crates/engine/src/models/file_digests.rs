//! The digests of files that were read before, so that starting does not read gigabytes again.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

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
        self.of_at(file, SystemTime::now())
    }

    fn of_at(&mut self, file: &Candidate, now: SystemTime) -> io::Result<Sha256> {
        if let Some((_, digest)) = self.known.get(&file.path).filter(|(stamp, _)| *stamp == file.stamp) {
            return Ok(*digest);
        }
        let digest = Sha256::of_file(&file.path)?;
        if file.stamp.is_settled(now) {
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
    use std::fs::File;
    use std::time::Duration;

    use testkit::Folder;

    use super::super::search::files_below;
    use super::*;

    /// What the digest of a file is after it was read, and written again with the same size and the same time.
    fn digest_after_rewriting(written: SystemTime, now: SystemTime) -> Sha256 {
        let (folder, mut digests) = (Folder::new(), FileDigests::default());
        let file = folder.file("weights.bin");
        let mut digest_of = |content: &str| {
            std::fs::write(&file, content).expect("the folder can be written to");
            let opened = File::options().write(true).open(&file).expect("the file opens");
            opened.set_modified(written).expect("a file's time can be set");
            digests.of_at(&files_below(folder.path())[0], now).expect("the file can be read")
        };
        digest_of("damaged");
        digest_of("mended!")
    }

    #[test]
    fn only_the_digest_of_a_file_that_was_not_just_written_is_remembered() {
        let (damaged, mended) = (Sha256::of_bytes(b"damaged"), Sha256::of_bytes(b"mended!"));
        let (now, hour) = (SystemTime::now(), Duration::from_secs(3_600));
        assert_eq!(digest_after_rewriting(now, now), mended, "it may be written twice at one time");
        for settled in [now - hour, now + hour] {
            assert_eq!(digest_after_rewriting(settled, now), damaged, "it is not read again: {settled:?}");
        }
    }
}
