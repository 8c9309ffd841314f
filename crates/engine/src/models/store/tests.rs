use std::fs;
use std::time::SystemTime;

use super::*;

/// Models of eight bytes: two of sound events, one of faces.
fn catalogue() -> Catalogue {
    let entry = |id: &str, kind: &str, content: &str| {
        let digest = Sha256::of_bytes(content.as_bytes());
        format!(
            "[[model]]\nid = '{id}'\nkind = '{kind}'\nname = '{id}'\npurpose = 'P'\nfile = '{id}.bin'\nlicence = 'MIT'\n\
             source = 'https://a/'\nurl = 'https://a/{id}'\nsize = 8\nsha256 = '{digest}'\n"
        )
    };
    let text = [
        entry("ears", "sound-events", "content1"),
        entry("more-ears", "sound-events", "content2"),
        entry("eyes", "faces", "content3"),
    ];
    Catalogue::parse(&text.concat()).expect("the test's catalogue is whole")
}

/// A store with one listed folder, over files given as folder/name and content.
fn check(files: &[(&str, &str)], id: &str, expected: Expected) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, content).expect("a temporary file can be written");
    }
    let store =
        ModelStore::new(catalogue(), folder.path().join("own"), vec![folder.path().join("listed")], None);
    let kinds = [ModelKind::SoundEvents, ModelKind::Faces];
    let places = store.places(&kinds);
    let (_, place) = places.iter().find(|(entry, _)| entry.id == id).expect("the catalogue has the model");
    let at = |name: &str| folder.path().join(name);
    let expected = match expected {
        Expected::Missing => ModelPlace::Missing,
        Expected::Installed(name) => ModelPlace::Installed(at(name)),
        Expected::Listed(name) => ModelPlace::Listed(at(name)),
        Expected::Damaged(name) => ModelPlace::Damaged(at(name)),
    };
    assert_eq!(*place, expected, "where {id} is among {files:?}");
}

enum Expected {
    Missing,
    Installed(&'static str),
    Listed(&'static str),
    Damaged(&'static str),
}

#[test]
fn a_model_is_recognised_by_its_content_alone() {
    use Expected::{Damaged, Installed, Listed, Missing};
    check(&[], "ears", Missing);
    check(&[("own/ears.bin", "content1")], "ears", Installed("own/ears.bin"));
    check(&[("own/whatever", "content1")], "ears", Installed("own/whatever"));
    check(&[("own/ears.bin", "content2")], "more-ears", Installed("own/ears.bin"));
    check(&[("listed/a/b/any.tflite", "content1")], "ears", Listed("listed/a/b/any.tflite"));
    check(&[("listed/x", "content1"), ("own/y", "content1")], "ears", Installed("own/y"));
    check(&[("own/ears.bin", "content9")], "ears", Damaged("own/ears.bin"));
    check(&[("own/ears.bin", "cut")], "ears", Damaged("own/ears.bin"));
    check(&[("own/ears.bin", "content9"), ("listed/x", "content1")], "ears", Listed("listed/x"));
    check(&[("own/ears.bin.part", "content1")], "ears", Missing);
    check(&[("listed/1/2/3/4/5/ears.bin", "content1")], "ears", Missing);
    check(&[("own/other.bin", "content9")], "ears", Missing);
}

#[test]
fn each_kind_gets_its_first_model_or_a_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (own, eyes) = (folder.path().to_owned(), folder.path().join("eyes.bin"));
    fs::write(own.join("b"), "content2").expect("a temporary file can be written");
    fs::write(&eyes, "damaged!").expect("a temporary file can be written");
    let store = ModelStore::new(catalogue(), own.clone(), Vec::new(), None);
    let kinds = [ModelKind::SoundEvents, ModelKind::Faces, ModelKind::Voice];
    let (files, gaps) = store.files(&kinds);
    let ids: Vec<&str> = files.iter().map(|file| file.id.as_str()).collect();
    assert_eq!(ids, ["more-ears"], "the second of a kind serves where the first is missing");
    let reasons: Vec<&GapReason> = gaps.iter().map(|gap| &gap.reason).collect();
    assert_eq!(reasons, [&GapReason::Damaged(eyes)], "a kind without any model in the catalogue is no gap");
    fs::write(own.join("a"), "content1").expect("a temporary file can be written");
    let (files, _) = store.files(&kinds);
    assert_eq!(files[0].id, "ears", "the catalogue's first is preferred, and new files are seen");
}

#[test]
fn a_file_is_read_once_until_it_changes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("ears.bin");
    let store = |remembered: Option<&str>| {
        ModelStore::new(catalogue(), folder.path().to_owned(), Vec::new(), remembered)
    };
    let is_installed = |store: &ModelStore| {
        let places = store.places(&[ModelKind::SoundEvents]);
        places.iter().any(|(_, place)| matches!(place, ModelPlace::Installed(_)))
    };
    // What was written this moment is not remembered.
    let write_at = |content: &str, time: SystemTime| {
        fs::write(&file, content).expect("a temporary file can be written");
        let opened = fs::File::options().write(true).open(&file).expect("the file opens");
        opened.set_modified(time).expect("a file's time can be set");
    };
    write_at("content1", SystemTime::UNIX_EPOCH);
    let first = store(None);
    assert!(is_installed(&first), "the file is read");
    let remembered = first.take_news().expect("what was read is remembered");
    assert!(first.take_news().is_none(), "there is nothing new");

    // Content that changes while size and time stay is not noticed until somebody says so: nothing was read again.
    write_at("content9", SystemTime::UNIX_EPOCH);
    let second = store(Some(&remembered));
    assert!(is_installed(&second), "the digest is remembered");
    assert!(second.take_news().is_none(), "nothing new was learnt");
    let ears = second.files(&[ModelKind::SoundEvents]).0.remove(0);
    second.distrust(&ears);
    assert!(!is_installed(&second), "a distrusted file is read again");
    assert!(second.take_news().is_some(), "and what it is now is remembered");
}
