//! Keeps the cache from growing without end. What cannot be removed is left for the next start.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A task's folder that is older was left by a process that is gone: no task takes so long.
const ABANDONED: Duration = Duration::from_secs(48 * 60 * 60);
/// The most bytes that mirrors of remote media may take together.
const MOST_MIRROR_BYTES: u64 = 50_000_000_000;
/// The most bytes that copies for the player may take together.
const MOST_PREVIEW_BYTES: u64 = 20_000_000_000;

/// The most bytes that pictures for timelines may take together.
const MOST_TIMELINE_BYTES: u64 = 1_000_000_000;

/// Removes folders that processes left in `scratch` when they were killed.
pub(crate) fn remove_abandoned(scratch: &Path) {
    let now = SystemTime::now();
    for (path, metadata) in entries(scratch) {
        if now.duration_since(modified(&metadata)).is_ok_and(|age| age > ABANDONED) {
            tell(&path, fs::remove_dir_all(&path));
        }
    }
}

/// Removes clips in `outbox` that the library does not know: a program was ended before it could note them. Those that are
/// being written right now are young.
pub(crate) fn remove_unknown(outbox: &Path, known: &[PathBuf]) {
    let now = SystemTime::now();
    // By their names: the folder itself may have been moved.
    let known: Vec<_> = known.iter().filter_map(|file| file.file_stem()).collect();
    for (path, metadata) in entries(outbox) {
        let old = now.duration_since(modified(&metadata)).is_ok_and(|age| age > ABANDONED);
        if old && !path.file_stem().is_some_and(|stem| known.contains(&stem)) {
            tell(&path, fs::remove_file(&path));
        }
    }
}

/// Removes the copies in `previews` that were not used for longest, until the rest has room enough.
pub(crate) fn make_room(previews: &Path) {
    keep_newest(previews, MOST_PREVIEW_BYTES);
}

/// Removes the pictures for timelines that were made first, until the rest has room enough.
pub(crate) fn forget_timelines(timelines: &Path) {
    keep_newest(timelines, MOST_TIMELINE_BYTES);
}

/// Removes the mirrors of remote media that were not read for longest, until the rest has room enough.
pub(crate) fn forget_mirrors(mirrors: &Path) {
    keep_newest_folders(mirrors, MOST_MIRROR_BYTES);
}

/// Notes that a copy for the player is used again.
pub(crate) fn mark_used(preview: &Path) {
    let marked = fs::File::options().write(true).open(preview);
    tell(preview, marked.and_then(|file| file.set_modified(SystemTime::now())));
}

fn keep_newest(folder: &Path, most: u64) {
    let mut files = entries(folder);
    files.sort_by_key(|(_, metadata)| std::cmp::Reverse(modified(metadata)));
    let mut kept = 0_u64;
    for (path, metadata) in files {
        kept = kept.saturating_add(metadata.len());
        if kept > most {
            tell(&path, fs::remove_file(&path));
        }
    }
}

fn keep_newest_folders(parent: &Path, most: u64) {
    // A folder's own time tells when a file in it was made; what was read last is the time of the newest file.
    let mut folders: Vec<(SystemTime, u64, PathBuf)> = entries(parent)
        .into_iter()
        .map(|(path, _)| {
            let files = entries(&path);
            let newest = files.iter().map(|(_, metadata)| modified(metadata)).max();
            let bytes = files.iter().map(|(_, metadata)| allocated(metadata)).sum();
            (newest.unwrap_or(SystemTime::UNIX_EPOCH), bytes, path)
        })
        .collect();
    folders.sort_by_key(|(newest, _, _)| std::cmp::Reverse(*newest));
    let mut kept = 0_u64;
    for (_, bytes, path) in folders {
        kept = kept.saturating_add(bytes);
        if kept > most {
            tell(&path, fs::remove_dir_all(&path));
        }
    }
}

/// Bytes that a file takes on the disk: a mirror has holes where nothing was read.
#[cfg(unix)]
fn allocated(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(metadata) * 512
}

#[cfg(not(unix))]
fn allocated(metadata: &Metadata) -> u64 {
    metadata.len()
}

fn entries(folder: &Path) -> Vec<(PathBuf, Metadata)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .filter_map(|entry| entry.ok().and_then(|entry| Some((entry.path(), entry.metadata().ok()?))))
        .collect()
}

fn modified(metadata: &Metadata) -> SystemTime {
    metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH)
}

fn tell(path: &Path, done: std::io::Result<()>) {
    if let Err(error) = done {
        tracing::debug!(%error, path = %path.display(), "the cache is not tidied");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(path: &Path, hours: u64) {
        let moment = SystemTime::now() - Duration::from_secs(hours * 60 * 60);
        fs::File::open(path).unwrap().set_modified(moment).unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = entries(folder)
            .iter()
            .map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn only_what_a_dead_process_left_is_removed() {
        let scratch = tempfile::tempdir().unwrap();
        for (name, hours) in [("old", 100), ("running", 3)] {
            let folder = scratch.path().join(name);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("preview.mp4"), "half").unwrap();
            age(&folder, hours);
        }
        remove_abandoned(scratch.path());
        assert_eq!(names(scratch.path()), ["running"]);
    }

    #[test]
    fn only_clips_that_nobody_knows_are_removed() {
        let outbox = tempfile::tempdir().unwrap();
        for (name, hours) in [("known.mp4", 100), ("lost.mp4", 100), ("young.mp4", 1)] {
            fs::write(outbox.path().join(name), "clip").unwrap();
            age(&outbox.path().join(name), hours);
        }
        remove_unknown(outbox.path(), &[PathBuf::from("/moved/from/known.mp4")]);
        assert_eq!(names(outbox.path()), ["known.mp4", "young.mp4"]);
    }

    #[test]
    fn mirrors_read_last_are_kept() {
        let mirrors = tempfile::tempdir().unwrap();
        for (name, hours) in [("old", 4), ("new", 1)] {
            let folder = mirrors.path().join(name);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join("data"), vec![1; 1 << 16]).unwrap();
            age(&folder.join("data"), hours);
        }
        keep_newest_folders(mirrors.path(), 100_000);
        assert_eq!(names(mirrors.path()), ["new"]);
    }

    #[test]
    fn copies_used_last_are_kept() {
        let previews = tempfile::tempdir().unwrap();
        for (name, hours) in [("a", 4), ("b", 3), ("c", 2), ("d", 1)] {
            let file = previews.path().join(name);
            fs::write(&file, [0; 10]).unwrap();
            age(&file, hours);
        }
        mark_used(&previews.path().join("a"));
        keep_newest(previews.path(), 25);
        assert_eq!(names(previews.path()), ["a", "d"], "the one that was used again counts as new");
    }
}
