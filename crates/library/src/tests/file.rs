//! The file: versions, owners, damage, company, power cuts.

use std::fs;

use rusqlite::Connection;

use super::*;
use crate::schema::{APPLICATION_ID, MIGRATIONS, VERSION};

#[test]
fn what_was_kept_is_there_after_a_restart() {
    let (_folder, path) = place();
    let library = open(&path);
    library.save_project(&document("p", "Talk", 7)).expect("saved");
    library.set_setting("theme", Some("light")).expect("kept");
    drop(library);
    let library = open(&path);
    let project = library.project(&ProjectId("p".to_owned())).expect("readable");
    assert_eq!(project, Some(document("p", "Talk", 7)));
    assert_eq!(library.setting("theme").expect("readable").as_deref(), Some("light"));
}

/// A database of ours at `version`, holding nothing.
fn database_at(path: &std::path::Path, version: u32) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    let connection = Connection::open(path).expect("a database");
    connection.pragma_update(None, "application_id", APPLICATION_ID).expect("marked");
    connection.pragma_update(None, "user_version", version).expect("marked");
}

#[test]
fn an_older_library_is_brought_up_to_date() {
    let (_folder, path) = place();
    database_at(&path, 0);
    open(&path).save_project(&document("p", "Talk", 1)).expect("the tables are there");
    let version: u32 = Connection::open(&path)
        .and_then(|connection| connection.pragma_query_value(None, "user_version", |row| row.get(0)))
        .expect("a version");
    assert_eq!(version, VERSION);
}

#[test]
fn an_empty_file_becomes_a_library() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(&path, "").expect("an empty file");
    open(&path).set_setting("key", Some("value")).expect("the tables are there");
}

/// The library at `path` is refused with `words` and not touched.
fn is_refused(path: &std::path::Path, words: &str) {
    let before = fs::read(path).expect("the file is there");
    let error = Library::open(path).expect_err("the file must be refused");
    assert_eq!(error.to_string(), format!("{words}: {}", path.display()));
    assert_eq!(
        fs::read(path).expect("the file is there"),
        before,
        "a file that is refused is left as it was"
    );
}

#[test]
fn a_newer_library_is_refused() {
    let (_folder, path) = place();
    database_at(&path, VERSION + 1);
    is_refused(
        &path,
        "The library was last used by a newer Standout (format 6, this one knows 5); update Standout",
    );
}

#[test]
fn a_database_of_another_program_is_refused() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch("CREATE TABLE other (value); INSERT INTO other VALUES (1);").expect("a table");
    drop(connection);
    is_refused(&path, "This file belongs to another program; choose another place for the library");
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let (_folder, path) = place();
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(&path, "This is a letter, and it is long enough to have a header. ".repeat(100))
        .expect("written");
    is_refused(&path, "The library is damaged; move the file aside and start again with an empty one");
}

#[test]
fn damage_in_the_middle_is_told_when_it_is_met() {
    let (_folder, path) = place();
    let library = open(&path);
    for number in 0..200 {
        library.save_project(&document(&format!("p{number}"), &"x".repeat(500), number)).expect("saved");
    }
    drop(library);
    let mut bytes = fs::read(&path).expect("the file is there");
    // The first page holds the header and the schema; everything after it is overwritten.
    bytes[8_192..].fill(0xAA);
    fs::write(&path, bytes).expect("written");
    let failed = Library::open(&path).and_then(|library| library.projects()).expect_err("it is damaged");
    assert!(matches!(failed, LibraryError::Damaged { .. }), "{failed:?}");
}

#[test]
fn a_project_damaged_in_the_file_hides_no_other() {
    let (_folder, path) = place();
    let library = open(&path);
    for (id, updated) in [("a", 1), ("b", 2), ("c", 3)] {
        let whole = document(id, id, updated);
        // Far more than a page, so that most of it lies on pages of its own.
        library.save_project(&ProjectDocument { document: id.repeat(50_000), ..whole }).expect("saved");
    }
    drop(library);
    let mut bytes = fs::read(&path).expect("the file is there");
    let mut pages = bytes.chunks_mut(4_096);
    let own = pages.find(|page| page[100..].iter().all(|byte| *byte == b'b'));
    own.expect("a page of its document").fill(0xAA);
    fs::write(&path, bytes).expect("written");
    let library = open(&path);
    let listed = library.projects().expect("the others can be read");
    let names: Vec<_> = listed.iter().map(|project| project.name.as_str()).collect();
    assert_eq!(names, ["c", "a", "b"], "what can be read of the damaged one is listed, too");
    assert!(library.project(&ProjectId("b".to_owned())).is_err(), "it is damaged");
    assert!(library.project(&ProjectId("a".to_owned())).is_ok_and(|project| project.is_some()));
}

#[test]
fn a_name_that_is_no_text_any_more_hides_no_other() {
    let (_folder, path) = place();
    let library = open(&path);
    library.save_project(&document("a", "First", 1)).expect("saved");
    library.save_project(&document("b", "Second", 2)).expect("saved");
    let connection = Connection::open(&path).expect("a database");
    let spoilt = "UPDATE project SET name = CAST(x'4869FF' AS TEXT) WHERE id = 'b'";
    connection.execute(spoilt, []).expect("bytes that are no UTF-8");
    let names: Vec<_> = library.projects().expect("readable").into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Hi\u{fffd}", "First"]);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let (folder, _) = place();
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let error = Library::open(&file.join("library.db")).expect_err("a file is no folder");
    assert!(matches!(&error, LibraryError::Folder { path, .. } if *path == file), "{error:?}");
}

#[test]
fn two_programs_write_at_once_and_nothing_is_lost() {
    let (_folder, path) = place();
    let write = |name: &str| {
        let library = open(&path);
        for number in 0..50 {
            library.set_setting(&format!("{name}{number}"), Some("x")).expect("each waits for its turn");
        }
    };
    // Both open a file that is not there yet, so the tables are made by whoever is first.
    std::thread::scope(|scope| {
        scope.spawn(|| write("a"));
        scope.spawn(|| write("b"));
    });
    let library = open(&path);
    for number in 0..50 {
        for name in ["a", "b"] {
            assert!(library.setting(&format!("{name}{number}")).expect("readable").is_some());
        }
    }
}

#[test]
fn programs_that_start_together_all_open_a_new_library() {
    for _ in 0..40 {
        let (_folder, path) = place();
        let start = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    start.wait();
                    drop(open(&path));
                });
            }
        });
    }
}

#[test]
fn one_library_is_shared_by_threads() {
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(&Library::in_memory().expect("a library"));
}

#[test]
fn after_a_power_cut_every_finished_write_is_whole() {
    let (_folder, path) = place();
    let library = open(&path);
    for number in 0..20 {
        library.save_project(&document(&format!("p{number}"), "Talk", number)).expect("saved");
    }
    let log = path.with_file_name("library.db-wal");
    let whole = fs::metadata(&log).expect("writes are in the log").len();
    // As the disk may look when the machine goes out in the middle of writing the log.
    for kept in [whole, whole - 1, whole / 2, 100, 0] {
        let (_folder, copy) = place();
        fs::create_dir_all(copy.parent().expect("a folder")).expect("the folder is made");
        fs::copy(&path, &copy).expect("copied");
        let log = fs::read(&log).expect("the log is there");
        fs::write(copy.with_file_name("library.db-wal"), &log[..kept as usize]).expect("copied");
        let found = open(&copy).projects().expect("readable").len();
        assert!(
            found <= 20 && (kept < whole || found == 20),
            "{found} projects with {kept} of {whole} bytes"
        );
    }
}

#[test]
fn videos_of_the_first_version_keep_their_files() {
    let (_folder, path) = place();
    database_at(&path, 1);
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch(MIGRATIONS[0]).expect("the first version's tables");
    let info = r#"{"container":"mp4","duration":5000000,"size":9,"video":null,"audio":[],"text":[]}"#;
    connection
        .execute(
            "INSERT INTO asset (id, fingerprint, path, info, updated) VALUES ('i', 'f', ?1, ?2, 7)",
            (b"/videos/a.mp4".as_slice(), info),
        )
        .expect("a video");
    drop(connection);
    let assets = open(&path).assets().expect("readable");
    let found: Vec<_> = assets.iter().map(|asset| (asset.location.to_string(), asset.added)).collect();
    assert_eq!(found, [("/videos/a.mp4".to_owned(), Timestamp(7))]);
}

#[test]
fn a_library_of_the_second_version_takes_transcripts() {
    let (_folder, path) = place();
    database_at(&path, 2);
    let connection = Connection::open(&path).expect("a database");
    MIGRATIONS[..2]
        .iter()
        .for_each(|step| connection.execute_batch(step).expect("the second version's tables"));
    connection.execute("INSERT INTO setting (key, value) VALUES ('theme', 'light')", []).expect("a setting");
    drop(connection);
    let library = open(&path);
    assert_eq!(library.latest_transcript(&content("a")).expect("the table is there"), None);
    assert_eq!(library.setting("theme").expect("readable").as_deref(), Some("light"), "what was there stays");
}
