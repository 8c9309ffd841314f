//! Libraries that cannot be opened, and what an editor has instead.

use library::{ProjectDocument, ProjectSummary, Timestamp};
use model::ProjectId;
use testkit::Folder;

use super::*;

/// Folders with a library that holds one project, and a clip in the outbox.
fn folders() -> (Folder, Directories) {
    let home = Folder::new();
    let directories = Directories::below(home.path());
    directories.create().expect("folders can be made");
    let library = Library::open(&directories.library_file()).expect("a library");
    let id = ProjectId("p".to_owned());
    let summary = ProjectSummary { id, name: "Coast".to_owned(), updated: Timestamp(1) };
    let document = "x".repeat(50_000);
    library.save_project(&ProjectDocument { summary, document }).expect("saved");
    // Far more than a page, so that most of it lies on pages of its own.
    library.set_setting("noted", Some(&"y".repeat(50_000))).expect("kept");
    fs::write(directories.outbox().join("clip.mp4"), "a clip").expect("written");
    (home, directories)
}

/// Changes the library's file.
fn spoil(directories: &Directories, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let file = directories.library_file();
    let mut bytes = fs::read(&file).expect("the library is there");
    change(&mut bytes);
    fs::write(&file, &bytes).expect("written");
    bytes
}

/// Opens what cannot be opened; answers what there is instead, and what is said.
fn opened(directories: &Directories) -> (Opened, Failure) {
    let opened = open_library(directories.clone()).expect("the editor can work");
    let setback = opened.setback.clone().expect("it is told");
    assert_eq!(opened.library.projects().expect("readable"), [], "it is another library");
    (opened, setback)
}

#[test]
fn a_library_that_can_be_read_is_opened() {
    let (_home, directories) = folders();
    let opened = open_library(directories).expect("a library");
    assert_eq!(opened.setback, None);
    assert_eq!(opened.library.projects().expect("readable").len(), 1);
}

#[test]
fn a_damaged_library_is_moved_aside_whole_and_an_empty_one_takes_its_place() {
    type Damage = fn(&mut Vec<u8>);
    let damages: [(&str, Damage); 4] = [
        ("no database", |bytes| bytes[..100].fill(b'?')),
        ("cut off", |bytes| bytes.truncate(bytes.len() / 3)),
        ("damaged behind its header", |bytes| bytes[8_192..].fill(0xAA)),
        ("damaged in a setting", |bytes| {
            let is_setting = |page: &&mut [u8]| page[100..].iter().all(|byte| *byte == b'y');
            bytes.chunks_mut(4_096).filter(is_setting).for_each(|page| page.fill(0xAA));
        }),
    ];
    for (how, damage) in damages {
        let (home, directories) = folders();
        let damaged = spoil(&directories, damage);
        let (opened, setback) = opened(&directories);
        assert_eq!(setback.code, Code::LibraryDamaged, "{how}");
        let kept = setback.path.expect("it says where the damaged one is");
        assert_eq!(kept, home.file("data/damaged-1/library.sqlite"), "{how}");
        assert!(fs::read(&kept).expect("it is kept") == damaged, "{how}: as it was");
        assert!(setback.message.contains("put a backup"), "{how}: what to do next: {}", setback.message);
        let clip = fs::read(home.file("data/damaged-1/outbox/clip.mp4"));
        assert_eq!(clip.ok().as_deref(), Some(b"a clip".as_slice()), "{how}: only that library knows it");
        assert!(opened.directories.outbox().is_dir(), "{how}: there is a new one");
        drop(opened);
        let again = open_library(directories.clone()).expect("the new one");
        assert_eq!(again.setback, None, "{how}: it is told once");
        drop(again);

        spoil(&directories, |bytes| bytes[..100].fill(b'?'));
        let (_, setback) = self::opened(&directories);
        assert_eq!(setback.path, Some(home.file("data/damaged-2/library.sqlite")), "{how}: none is replaced");
        assert!(kept.is_file(), "{how}: the first one stays");
    }
}

#[test]
fn a_library_of_a_newer_version_stays_and_another_one_stands_in_until_then() {
    let (home, directories) = folders();
    // Where a database's header has the version that its program gave it.
    let newer = spoil(&directories, |bytes| bytes[60..64].copy_from_slice(&1_000_u32.to_be_bytes()));
    let (opened, setback) = opened(&directories);
    let file = directories.library_file();
    assert_eq!((setback.code, setback.path), (Code::LibraryNewer, Some(file.clone())));
    assert!(setback.message.contains("format 1000"), "{}", setback.message);
    assert_eq!(opened.directories.library_file(), home.file("data/stand-in/library.sqlite"));
    opened.library.set_setting("key", Some("value")).expect("kept");
    drop(opened);
    let (again, _) = self::opened(&directories);
    assert_eq!(again.library.setting("key").expect("readable").as_deref(), Some("value"), "work goes on");
    assert!(fs::read(&file).expect("it is there") == newer, "it is left as it is");
    assert!(directories.outbox().join("clip.mp4").is_file(), "so is what belongs to it");
}

#[test]
fn what_is_no_library_stays_where_it_is() {
    let (_home, directories) = folders();
    let file = directories.library_file();
    fs::remove_file(&file).expect("removed");
    fs::create_dir(&file).expect("a folder in its place");
    let (_, setback) = opened(&directories);
    assert_eq!((setback.code, setback.path), (Code::LibraryUnreadable, Some(file.clone())));
    assert!(file.is_dir(), "it is nobody's to move");
}
