//! Keeps the cache from growing without end. What cannot be removed is left for the next start.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A task's folder that is older was left by a process that is gone: no task takes so long.
const ABANDONED: Duration = Duration::from_secs(48 * 60 * 60);
/// The most bytes that copies for the player may take together.
const MOST_PREVIEW_BYTES: u64 = 20_000_000_000;

/// Removes folders that processes left in `scratch` when they were killed.
pub(crate) fn remove_abandoned(scratch: &Path) {
    let now = SystemTime::now();
    for (path, metadata) in entries(scratch) {
        if now.duration_since(modified(&metadata)).is_ok_and(|age| age > ABANDONED) {
            tell(&path, fs::remove_dir_all(&path));
        }
    }
}

/// Removes the copies in `previews` that were not used for longest, until the rest has room enough.
pub(crate) fn make_room(previews: &Path) {
    keep_newest(previews, MOST_PREVIEW_BYTES);
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
