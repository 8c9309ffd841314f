//! Files that have a name only when they are whole.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{DeliveryError, Existing, PendingFile};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A pending file for `target` with `content` written.
fn pending(target: &Path, content: &str) -> PendingFile {
    let pending = PendingFile::create(target).expect("the folder can be written to");
    fs::write(pending.path(), content).expect("written");
    pending
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_gets_its_name_when_it_is_committed() {
    let folder = folder();
    let target = folder.path().join("new/deep/clip.mp4");
    let pending = pending(&target, "whole");
    let hidden = pending.path().to_path_buf();
    assert_eq!(hidden.parent(), target.parent(), "a rename is only one step within a folder");
    assert!(hidden.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".clip.part-")));
    assert_eq!(hidden.extension(), target.extension());
    assert!(!target.exists());
    assert_eq!(pending.commit(Existing::Keep).expect("committed"), target);
    assert_eq!(fs::read_to_string(&target).expect("there"), "whole");
    assert_eq!(names_in(target.parent().expect("a folder")), ["clip.mp4"]);
}

#[test]
fn a_file_that_is_dropped_leaves_nothing() {
    let folder = folder();
    drop(pending(&folder.path().join("clip.mp4"), "half"));
    assert_eq!(names_in(folder.path()), [""; 0]);
}

#[test]
fn an_existing_file_is_kept_unless_it_may_be_replaced() {
    let folder = folder();
    let target = folder.path().join("clip.mp4");
    fs::write(&target, "old").expect("written");
    let error = pending(&target, "new").commit(Existing::Keep).expect_err("the name is taken");
    assert!(matches!(&error, DeliveryError::TargetExists { path } if *path == target), "{error:?}");
    assert_eq!(fs::read_to_string(&target).expect("there"), "old");
    assert_eq!(names_in(folder.path()), ["clip.mp4"], "the refused file is gone");
    pending(&target, "new").commit(Existing::Replace).expect("it may be replaced");
    assert_eq!(fs::read_to_string(&target).expect("there"), "new");
}

#[test]
fn a_file_that_appears_meanwhile_is_kept() {
    let folder = folder();
    let target = folder.path().join("clip.mp4");
    let pending = pending(&target, "new");
    fs::write(&target, "meanwhile").expect("written");
    pending.commit(Existing::Keep).expect_err("the name is taken");
    assert_eq!(fs::read_to_string(&target).expect("there"), "meanwhile");
}

#[test]
fn of_many_at_once_one_gets_the_name() {
    let folder = folder();
    let target = folder.path().join("clip.mp4");
    let commit = |number: usize| pending(&target, &number.to_string()).commit(Existing::Keep);
    let done: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|number| scope.spawn(move || commit(number))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic").is_ok()).collect()
    });
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    let winner = done.iter().position(|done| *done).expect("one of them");
    assert_eq!(fs::read_to_string(&target).expect("there"), winner.to_string());
    assert_eq!(names_in(folder.path()), ["clip.mp4"]);
}

#[test]
fn the_longest_name_can_be_delivered() {
    let folder = folder();
    let target = folder.path().join(format!("{}.mp4", "é".repeat(125)));
    pending(&target, "whole").commit(Existing::Keep).expect("committed");
    assert!(target.exists());
}

#[test]
fn a_folder_that_is_none_is_named() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let error = PendingFile::create(&file.join("clip.mp4")).expect_err("a file is no folder");
    let is_folder = |path: &PathBuf| *path == file;
    assert!(matches!(&error, DeliveryError::FolderNotWritable { path, .. } if is_folder(path)), "{error:?}");
    let words = format!("Nothing can be written into this folder; choose another one: {}", file.display());
    assert_eq!(error.to_string(), words);
}

#[test]
fn a_folder_is_not_replaced_by_a_clip() {
    let folder = folder();
    let target = folder.path().join("clip.mp4");
    fs::create_dir(&target).expect("made");
    for existing in [Existing::Keep, Existing::Replace] {
        pending(&target, "new").commit(existing).expect_err("the name is a folder's");
        assert!(target.is_dir());
    }
    assert_eq!(names_in(folder.path()), ["clip.mp4"]);
}

#[cfg(unix)]
#[test]
fn a_clip_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let (target, other) = (folder.path().join("clip.mp4"), folder.path().join("other"));
    pending(&target, "whole").commit(Existing::Keep).expect("committed");
    fs::write(&other, "").expect("written");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
    assert_eq!(mode(&target), mode(&other));
}
