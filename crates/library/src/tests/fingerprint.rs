//! Telling files apart.

use std::fs;
use std::io::{ErrorKind, Seek, SeekFrom, Write};

use super::*;

const MIB: usize = 1 << 20;

fn put(file: &mut fs::File, at: usize, byte: u8) {
    file.seek(SeekFrom::Start(at as u64)).expect("a place in the file");
    file.write_all(&[byte]).expect("written");
}

#[test]
fn the_size_and_every_byte_at_either_end_count() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for size in [1, MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 5] {
        let path = folder.path().join("file");
        fs::write(&path, vec![7; size]).expect("written");
        let before = fingerprint(&path).expect("readable");
        assert_eq!(before.0.len(), 64);
        for at in [0, size / 3, size - 1] {
            let mut file = fs::OpenOptions::new().write(true).open(&path).expect("writable");
            put(&mut file, at, 8);
            assert_ne!(fingerprint(&path).expect("readable"), before, "byte {at} of {size} changed");
            put(&mut file, at, 7);
            assert_eq!(fingerprint(&path).expect("readable"), before);
            file.set_len(size as u64 + 1).expect("longer");
            assert_ne!(fingerprint(&path).expect("readable"), before, "a byte more than {size}");
            file.set_len(size as u64).expect("shorter");
        }
    }
}

#[test]
fn a_name_does_not_count() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (first, second) = (folder.path().join("a"), folder.path().join("b"));
    fs::write(&first, "content").expect("written");
    fs::copy(&first, &second).expect("copied");
    assert_eq!(fingerprint(&first).expect("readable"), fingerprint(&second).expect("readable"));
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = fingerprint(&folder.path().join("none")).expect_err("there is no such file");
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    fingerprint(folder.path()).expect_err("a folder is no file");
}
