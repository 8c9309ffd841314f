//! The media library: what an editor opened once is found again.

use testkit::{Clip, Folder, Pictures};
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::window::{Setup, Window, sample};

#[tokio::test(flavor = "multi_thread")]
async fn videos_are_kept_found_relinked_and_removed() {
    let (home, folder) = (Folder::new(), Folder::new());
    let shots = Clip { pictures: Pictures::Shots(vec![30, 60]), size: (640, 360), ..Clip::default() };
    let interview = shots.write(&folder, "interview");
    let portrait = folder.file("portrait.mp4");
    std::fs::copy(sample(), &portrait).unwrap();
    let landscape = Clip { frames: 250, ..Clip::default() }.write(&folder, "landscape");
    let moved = folder.file("elsewhere/landscape.mp4");
    let setup = Setup {
        opens: vec![portrait, interview.clone(), landscape.clone()],
        variables: vec![("STANDOUT_TEST_RELINK".to_owned(), moved.clone().into())],
        ..Setup::new(home.path())
    };
    let window = Window::open(&setup).await;

    window.press(Key::Control + "l").await;
    window.click("library-add-files").await;
    window.until("three videos", &rows("length === 3")).await;
    window.write("library-search", "landsc").await;
    window.until("the search to leave one", &rows("length === 1")).await;
    window.press_in("library-search", Key::Down).await;
    window.press_in("library-search", Key::Enter).await;
    window.until_text("library-list", "In this project").await;
    window.element("material-1").await;

    window.press_in("library-search", Key::Escape).await;
    window.until("the search to be empty again", &rows("length === 3")).await;
    std::fs::create_dir(folder.file("elsewhere")).unwrap();
    std::fs::rename(&landscape, &moved).unwrap();
    window.press_in("library-search", Key::Escape).await;
    window.until_gone("library-dialog").await;
    window.press(Key::Control + "l").await;
    window.until_text("library-list", "Not where it was").await;
    click_row(&window, "landscape").await;
    window.until("small pictures", &rows("every((row) => row.querySelector('img')?.naturalWidth)")).await;
    compare("library", &window.screenshot().await);
    window.click("library-relink").await;
    let shown = format!("some((row) => row.textContent.includes({:?}))", moved.display().to_string());
    window.until("the new place", &rows(&shown)).await;
    let list = window.text("library-list").await;
    assert!(!list.contains("Not where it was"), "the video is found again: {list}");

    click_row(&window, "interview").await;
    window.click("library-remove").await;
    window.click("library-remove-confirm").await;
    window.until("two videos", &rows("length === 2")).await;
    assert!(interview.is_file(), "removing from the library leaves the file alone");
    window.close().await;
}

/// A condition on the rows of the library.
fn rows(condition: &str) -> String {
    format!("return [...document.querySelectorAll(\"[data-testid^='library-row-']\")].{condition}")
}

/// Chooses the row of a video.
async fn click_row(window: &Window, name: &str) {
    let found = rows(&format!("find((row) => row.textContent.includes('{name}'))?.dataset.testid ?? ''"));
    let row: String = window.script(&found).await.convert().expect("a row has an id");
    window.click(&row).await;
}
