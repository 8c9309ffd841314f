//! What failed, in the dark and in the light look: clips, files that are no projects, and a library that is damaged.

use std::path::Path;
use std::process::Command;

use testkit::{Clip, Folder, Pictures};
use thirtyfour::prelude::*;

use crate::looks::{close_sheet, state, with_pictures};
use crate::under_way::talk;
use crate::window::{Setup, Window};

#[tokio::test(flavor = "multi_thread")]
async fn a_clip_whose_name_was_taken_and_one_whose_video_is_gone_look_as_they_should() {
    let (home, folder, clips) = (Folder::new(), Folder::new(), Folder::new());
    let shots = Clip { pictures: Pictures::Shots(vec![30, 60]), frames: 250, ..Clip::default() };
    let walk = shots.write(&folder, "walk");
    let variables = vec![("STANDOUT_TEST_FOLDER".to_owned(), clips.path().into())];
    let setup = Setup { opens: vec![talk(&folder), walk.clone()], variables, ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    let range = "return !!document.querySelector(\"[data-testid^='highlight-']\")";
    window.press("n").await;
    window.until("a range", range).await;
    window.press(Key::PageDown + "").await;
    window.until_text("timeline", "walk.mp4").await;
    window.until_playable().await;
    window.until("no range yet", "return !document.querySelector(\"[data-testid^='highlight-']\")").await;
    window.press("n").await;
    window.until("a second range", range).await;
    window.until_pictures().await;

    window.press(Key::Control + "e").await;
    window.click_named("Choose…").await;
    window.write("export-template", "{media} {index}.mp4").await;
    window.until_text("export-start", "Export 2 clips").await;
    window.until_text("export-name-1", "walk 1.mp4").await;
    window.until_able("export-start").await;
    std::fs::write(clips.file("walk 1.mp4"), "another program's").unwrap();
    window.click("export-start").await;
    window.until_text("fault", "A file of that name exists").await;
    window.element("export-replace").await;
    state(&window, "export-name-taken").await;
    window.script("document.querySelector(\"[data-testid='fault'] button\").click()").await;
    window.until_gone("fault").await;
    window.click("export-replace").await;
    window.until_able("export-start").await;

    std::fs::remove_file(&walk).unwrap();
    window.click("export-start").await;
    window.until_state("export-clip-0", "written").await;
    window.until_state("export-clip-1", "failed").await;
    window.until_text("export-dialog", "1 of 2 clips written").await;
    state(&window, "export-failed").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_project_and_one_that_was_saved_look_as_they_should() {
    let (home, folder) = (Folder::new(), Folder::new());
    let file = folder.file("coast.standout");
    std::fs::write(&file, "Things to film on Thursday.").unwrap();
    let variables = vec![("STANDOUT_TEST_PROJECT".to_owned(), file.into_os_string())];
    let setup = Setup { opens: vec![talk(&folder)], variables, ..Setup::new(home.path()) };
    let window = with_pictures(&setup).await;
    window.press(Key::Control + Key::Shift + "p").await;
    window.until_text("fault", "Not a project").await;
    state(&window, "not-a-project").await;
    window.press(Key::Control + "s").await;
    window.until_text("project-saved", "coast.standout").await;
    window.until_gone("fault").await;
    state(&window, "project-saved").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_that_is_damaged_while_the_window_is_open_is_told_wherever_it_is_read() {
    let (home, folder) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![talk(&folder)], ..Setup::new(home.path()) };
    let window = with_pictures(&setup).await;
    damage(&home.path().join("data/library.sqlite"));

    for (key, sheet, said) in [
        ("l", "library-dialog", "The library cannot be read"),
        ("j", "jobs", "The jobs cannot be read"),
        ("p", "projects-dialog", "The projects cannot be read"),
    ] {
        window.press(Key::Control + key).await;
        window.until_text(sheet, said).await;
        state(&window, &format!("{sheet}-failed")).await;
        close_sheet(&window, sheet).await;
    }
    window.press("n").await;
    window.until_text("fault", "could not be read or written").await;
    state(&window, "not-saved").await;
    window.close().await;
}

/// Breaks a library that is in use as a bad disk does: its list of tables leads to a page that is not there.
fn damage(library: &Path) {
    let script = "import sqlite3, sys
library = sqlite3.connect(sys.argv[1])
library.execute('PRAGMA writable_schema = ON')
library.execute(\"UPDATE sqlite_master SET rootpage = 1000000 WHERE name = 'asset'\")
version, = library.execute('PRAGMA schema_version').fetchone()
library.execute(f'PRAGMA schema_version = {version + 1}')
library.commit()";
    let ended = Command::new("python3").args(["-c", script]).arg(library).status().expect("python3 starts");
    assert!(ended.success(), "the library can be written to");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_library_is_kept_aside_and_the_window_says_so() {
    let home = Folder::new();
    let library = home.file("data/library.sqlite");
    let damaged = "This was a library once.".repeat(1_000);
    std::fs::create_dir_all(library.parent().unwrap()).unwrap();
    std::fs::write(&library, &damaged).unwrap();
    let window = Window::open(&Setup::new(home.path())).await;
    window.until_text("setback", "moved aside as it is").await;
    state(&window, "library-damaged").await;
    window.close().await;
    let kept = std::fs::read_to_string(home.file("data/damaged-1/library.sqlite")).unwrap();
    assert!(kept == damaged, "not a byte of it has changed");
}
