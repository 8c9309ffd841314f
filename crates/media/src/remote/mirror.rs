//! What was read of a remote file so far, on this machine's disk.
//!
//! # Files
//! - `data`: as long as the remote file; what has not arrived takes no space on the disk.
//! - `map`: eight bytes for each block, zero where it is missing, else a checksum of what `data` holds there. A machine
//!   that loses power may forget data that it had promised to write: such a block counts as missing.
//! - `version.json`: which version this is; written last, so that a mirror that was being emptied has none.
//!
//! Several processes may use a mirror at once. Only who holds its lock writes; a mirror is emptied by putting new files
//! in place of the old, so that who reads the old ones never sees a mixture.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::RemoteVersion;
use super::fault::Fault;

/// Bytes of a block: what one small request brings.
pub(crate) const BLOCK: u64 = 256 << 10;

/// Bytes of a block's place in the map.
const ENTRY: u64 = 8;

/// The name of the sparse copy.
pub(super) const DATA: &str = "data";
const MAP: &str = "map";
const VERSION: &str = "version.json";

/// An opened mirror of one version.
pub(crate) struct Mirror {
    folder: PathBuf,
    version: RemoteVersion,
    data: File,
    map: File,
    /// Blocks that were seen to be whole.
    seen: Vec<bool>,
}

impl Mirror {
    /// The version a folder mirrors, when the beginning of it is there; `None` for a folder that is no mirror yet.
    pub(crate) fn begun(folder: &Path) -> Option<RemoteVersion> {
        let version = described(folder)?;
        let mut mirror = Self::open_files(folder, &version).ok()??;
        (version.size == 0 || mirror.has(0)).then_some(version)
    }

    /// Opens the mirror of `version`; one of another version is emptied first. The caller holds the lock.
    pub(crate) fn open(folder: &Path, version: &RemoteVersion) -> Result<Self, Fault> {
        let failed = |error: io::Error| Fault::of_mirror(folder, &error);
        if described(folder).as_ref() == Some(version)
            && let Some(mirror) = Self::open_files(folder, version).map_err(failed)?
        {
            return Ok(mirror);
        }
        create(folder, version).map_err(failed)?;
        let made = Self::open_files(folder, version).map_err(failed)?;
        made.ok_or_else(|| failed(io::ErrorKind::InvalidData.into()))
    }

    /// `None` when the files are not those of this version.
    fn open_files(folder: &Path, version: &RemoteVersion) -> io::Result<Option<Self>> {
        let open = |name| OpenOptions::new().read(true).write(true).open(folder.join(name));
        let (data, map) = match (open(DATA), open(MAP)) {
            (Ok(data), Ok(map)) => (data, map),
            (Err(error), _) | (_, Err(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let blocks = version.size.div_ceil(BLOCK);
        if data.metadata()?.len() != version.size || map.metadata()?.len() != blocks * ENTRY {
            return Ok(None);
        }
        let seen = vec![false; usize::try_from(blocks).map_err(|_| io::ErrorKind::FileTooLarge)?];
        Ok(Some(Self { folder: folder.to_owned(), version: version.clone(), data, map, seen }))
    }

    /// What is mirrored.
    pub(crate) fn version(&self) -> &RemoteVersion {
        &self.version
    }

    /// How many blocks the file has.
    pub(crate) fn blocks(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Where a block lies in the file; empty behind its end.
    pub(crate) fn bytes_of(&self, block: u64) -> Range<u64> {
        let size = self.version.size;
        block.saturating_mul(BLOCK).min(size)..block.saturating_add(1).saturating_mul(BLOCK).min(size)
    }

    /// True when a block is here, whole.
    pub(crate) fn has(&mut self, block: u64) -> bool {
        let Some(index) = usize::try_from(block).ok().filter(|index| *index < self.seen.len()) else {
            return false;
        };
        if !self.seen[index] {
            self.seen[index] = self.is_whole(block).unwrap_or(false);
        }
        self.seen[index]
    }

    fn is_whole(&mut self, block: u64) -> io::Result<bool> {
        let mut entry = [0; ENTRY as usize];
        read_exact_at(&self.map, block * ENTRY, &mut entry)?;
        if entry == [0; ENTRY as usize] {
            return Ok(false);
        }
        let bytes = self.bytes_of(block);
        let mut held = vec![0; (bytes.end - bytes.start) as usize];
        read_exact_at(&self.data, bytes.start, &mut held)?;
        Ok(checksum(&held) == entry)
    }

    /// Keeps a whole block. The caller holds the lock.
    pub(crate) fn store(&mut self, block: u64, bytes: &[u8]) -> Result<(), Fault> {
        let failed = |error: io::Error| Fault::of_mirror(&self.folder, &error);
        write_all_at(&self.data, self.bytes_of(block).start, bytes).map_err(failed)?;
        write_all_at(&self.map, block * ENTRY, &checksum(bytes)).map_err(failed)?;
        if let Some(seen) = usize::try_from(block).ok().and_then(|index| self.seen.get_mut(index)) {
            *seen = true;
        }
        Ok(())
    }

    /// Reads from a block that is here: as much as fits, up to the block's end.
    pub(crate) fn read(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, Fault> {
        let left = self.bytes_of(offset / BLOCK).end.saturating_sub(offset);
        let length = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = read_exact_at(&self.data, offset, &mut buffer[..length]);
        read.map_err(|error| Fault::of_mirror(&self.folder, &error))?;
        Ok(length)
    }

    /// Bytes that are here, as the map says.
    pub(crate) fn kept(&self) -> u64 {
        let mut entries = Vec::new();
        let read = (&self.map).seek(SeekFrom::Start(0)).and_then(|_| (&self.map).read_to_end(&mut entries));
        let present = entries
            .chunks_exact(ENTRY as usize)
            .zip(0_u64..)
            .filter(|(entry, _)| entry.iter().any(|byte| *byte != 0));
        let lengths = present.map(|(_, block)| self.bytes_of(block)).map(|bytes| bytes.end - bytes.start);
        read.map_or(0, |_| lengths.sum())
    }
}

fn described(folder: &Path) -> Option<RemoteVersion> {
    serde_json::from_slice(&fs::read(folder.join(VERSION)).ok()?).ok()
}

fn create(folder: &Path, version: &RemoteVersion) -> io::Result<()> {
    for name in [VERSION, MAP, DATA] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    let make = |name, length| File::create_new(folder.join(name))?.set_len(length);
    make(DATA, version.size)?;
    make(MAP, version.size.div_ceil(BLOCK) * ENTRY)?;
    let partial = folder.join("version.part");
    fs::write(&partial, serde_json::to_vec(version)?)?;
    fs::rename(partial, folder.join(VERSION))
}

/// Never zero, which means that nothing is there.
fn checksum(bytes: &[u8]) -> [u8; ENTRY as usize] {
    let hash = blake3::hash(bytes);
    let mut entry = [0; ENTRY as usize];
    entry.copy_from_slice(&hash.as_bytes()[..ENTRY as usize]);
    entry[0] |= 1;
    entry
}

fn read_exact_at(mut file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(offset))?;
    file.read_exact(buffer)
}

fn write_all_at(mut file: &File, offset: u64, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(offset))?;
    file.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use testkit::Folder;

    use super::*;

    fn version(size: u64, tag: &str) -> RemoteVersion {
        RemoteVersion { size, tag: Some(tag.to_owned()) }
    }

    #[test]
    fn what_was_stored_is_there_for_everybody_and_the_last_block_may_be_short() {
        let folder = Folder::new();
        let version = version(BLOCK + 5, "one");
        let mut mirror = Mirror::open(folder.path(), &version).expect("a new mirror");
        let mut other = Mirror::open(folder.path(), &version).expect("the same mirror");
        assert!(!mirror.has(1) && Mirror::begun(folder.path()).is_none(), "nothing is there at first");
        mirror.store(1, b"later").expect("there is space");
        assert!(other.has(1) && !other.has(0) && !other.has(2), "the other sees the same");
        let mut buffer = [0; 9];
        assert_eq!(other.read(BLOCK + 1, &mut buffer), Ok(4), "up to the end of the file");
        assert_eq!(&buffer[..4], b"ater");
        assert_eq!(other.kept(), 5);
        mirror.store(0, &vec![7; BLOCK as usize]).expect("there is space");
        assert_eq!(Mirror::begun(folder.path()), Some(version), "the beginning is there");
    }

    #[test]
    fn another_version_empties_the_mirror_and_leaves_the_old_one_readable() {
        let folder = Folder::new();
        let mut old = Mirror::open(folder.path(), &version(3, "one")).expect("a new mirror");
        old.store(0, b"old").expect("there is space");
        let mut new = Mirror::open(folder.path(), &version(3, "two")).expect("an emptied mirror");
        assert!(!new.has(0), "nothing of the old version is taken for the new");
        new.store(0, b"new").expect("there is space");
        let mut buffer = [0; 3];
        assert_eq!(old.read(0, &mut buffer), Ok(3));
        assert_eq!(&buffer, b"old", "who still reads the old version is not given the new");
    }

    #[test]
    fn a_block_whose_bytes_were_lost_counts_as_missing() {
        let folder = Folder::new();
        let version = version(BLOCK, "one");
        let mut mirror = Mirror::open(folder.path(), &version).expect("a new mirror");
        mirror.store(0, &vec![7; BLOCK as usize]).expect("there is space");
        let file = OpenOptions::new().write(true).open(folder.file(DATA)).expect("the copy is there");
        write_all_at(&file, 4_096, &[0; 4_096]).expect("a page of it is lost");
        let mut again = Mirror::open(folder.path(), &version).expect("the same mirror");
        assert!(!again.has(0), "the block is fetched again");
    }
}
