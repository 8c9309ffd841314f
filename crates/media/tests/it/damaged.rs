//! Files of which nothing can be decoded: what is said of them is what was found.

use std::path::{Path, PathBuf};

use media::{Damage, MediaError, Source, probe, thumbnail};
use model::MediaTime;
use testkit::{Clip, Folder};

use crate::common::analyse;
use crate::remote::Served;

/// A clip whose bytes were changed.
fn changed(folder: &Folder, name: &str, change: impl FnOnce(&mut Vec<u8>)) -> PathBuf {
    let path = Clip::default().write(folder, name);
    let mut bytes = std::fs::read(&path).expect("the clip is there");
    change(&mut bytes);
    std::fs::write(&path, bytes).expect("a temporary folder can be written to");
    path
}

/// A clip that lacks its second half, where an MP4 describes what is in it.
fn cut_short(folder: &Folder) -> PathBuf {
    changed(folder, "cut", |bytes| bytes.truncate(bytes.len() / 2))
}

fn damage_of(source: &Source) -> Damage {
    match probe(source) {
        Err(MediaError::Damaged { damage, .. }) => damage,
        other => panic!("{} is damaged, not {other:?}", source.name().display()),
    }
}

#[test]
fn a_file_that_is_cut_short_is_told_from_one_that_is_no_video() {
    let served = Served::new();
    let cut = cut_short(&served.folder);
    let Damage::Streams { container } = damage_of(&Source::File(cut.clone())) else {
        panic!("its streams are what is missing");
    };
    assert!(container.contains("MOV"), "it says what the file begins as: {container}");
    let remote = damage_of(&served.source("cut.mp4"));
    assert_eq!(remote, Damage::Streams { container }, "the same is said of it on a server");

    let notes = served.folder.file("notes.mp4");
    std::fs::write(&notes, "these are my notes, not a video").expect("a temporary folder can be written to");
    let refused = probe(&Source::File(notes));
    assert!(matches!(refused, Err(MediaError::NotMedia { .. })), "notes are no video: {refused:?}");
}

#[test]
fn a_file_whose_pictures_are_invalid_is_named_with_its_codec() {
    let folder = Folder::new();
    let blank = changed(&folder, "blank", |bytes| {
        let name = bytes.windows(4).position(|name| name == b"mdat").expect("an MP4 has media data");
        let size = bytes[name - 4..name].try_into().map(u32::from_be_bytes).expect("four bytes") as usize;
        bytes[name + 4..name - 4 + size].fill(0);
    });
    let source = Source::File(blank.clone());
    let info = probe(&source).expect("what it holds is described");
    let small = thumbnail(&source, &info, MediaTime::ZERO, 160).map(|picture| picture.len());
    for refused in [analyse(&blank).map(|_| 0), small] {
        let Err(error @ MediaError::Damaged { .. }) = refused else {
            panic!("nothing in it can be decoded: {refused:?}");
        };
        let said = error.to_string();
        assert!(said.contains("h264") && said.contains("invalid"), "it says what was found: {said}");
        assert!(said.ends_with(&shown(&blank)), "the file comes last: {said}");
    }
}

fn shown(path: &Path) -> String {
    format!(": {}", path.display())
}
