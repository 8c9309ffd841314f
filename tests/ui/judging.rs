//! Highlights judged with two hands on the keyboard, and what comes of it.

use testkit::Folder;
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::window::{Setup, Window, sample};

/// Of all highlights in the list: what the editor thinks of each.
async fn judgements(window: &Window) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('[data-judgement]')].map((card) => card.dataset.judgement)";
    window.script(script).await.convert().expect("a list of judgements")
}

async fn until_judged(window: &Window, place: usize, judgement: &str) {
    let condition = format!(
        "return document.querySelectorAll('[data-judgement]')[{place}]?.dataset.judgement === '{judgement}'"
    );
    window.until(&format!("highlight {place} to be {judgement}"), &condition).await;
}

/// The window with the sample's highlights found, by keys alone.
async fn found(setup: &Setup<'_>) -> Window {
    let window = Window::open(setup).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press(Key::Control + Key::Enter).await;
    window.until("highlights", "return document.querySelectorAll('[data-judgement]').length > 2").await;
    window.until("the end of finding", "return !!document.querySelector(\"[data-testid='find']\")").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn highlights_are_judged_by_keyboard_only_and_the_judgement_decides_the_export() {
    let (home, clips) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![sample()], ..Setup::new(home.path()) };
    let window = found(&setup).await;
    let all = judgements(&window).await.len();

    window.press(Key::Enter + "").await;
    until_judged(&window, 0, "kept").await;
    window.press(Key::Down + "").await;
    window.press(Key::Delete + "").await;
    until_judged(&window, 1, "dropped").await;
    window.press("t").await;
    let highlight = window.numbered("highlight").await.remove(1);
    let focused = format!("return document.activeElement?.dataset.testid === '{highlight}-title'");
    window.until("the title to be written", &focused).await;
    window.press_in(&format!("{highlight}-title"), Key::Escape).await;
    window.press(Key::Shift + Key::Enter).await;
    until_judged(&window, 1, "kept").await;
    window.press(Key::Control + "z").await;
    until_judged(&window, 1, "dropped").await;
    compare("judged", &window.screenshot().await);

    window.press(Key::Control + "h").await;
    window.until_text("history", "Drop highlight").await;
    compare("history", &window.screenshot().await);
    window.press(Key::Escape + "").await;
    window.until_gone("history").await;

    window.press(Key::Control + "e").await;
    window.fill("export-folder", clips.path().to_str().unwrap()).await;
    window.until_text("export-start", "Export 1 clip").await;
    let undecided = all - 2;
    let note = window.text("export-scope-note").await;
    assert!(note.starts_with(&format!("{undecided} undecided highlight")), "what stays out is said: {note}");
    assert!(note.ends_with("1 dropped one stays out."), "what stays out is said: {note}");
    window.press(Key::Escape + "").await;
    window.until_gone("export-dialog").await;
    window.close().await;

    let again = Window::open(&setup).await;
    until_judged(&again, 0, "kept").await;
    until_judged(&again, 1, "dropped").await;
    assert_eq!(judgements(&again).await.len(), all, "what was dropped is still to be seen after a restart");
    again.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_found_by_its_name_and_given_another_key() {
    let home = Folder::new();
    let setup = Setup { opens: vec![sample()], ..Setup::new(home.path()) };
    let window = found(&setup).await;
    window.press(Key::Control + "k").await;
    window.element("palette-search").await.send_keys("drop").await.unwrap();
    window
        .until(
            "one command on top",
            "return document.querySelector('[role=option]')?.dataset.testid === 'palette-drop'",
        )
        .await;
    compare("palette", &window.screenshot().await);
    window.press_in("palette-search", Key::Enter).await;
    until_judged(&window, 0, "dropped").await;

    window.press("?").await;
    window.element("key-sheet").await;
    compare("keys", &window.screenshot().await);
    window.click("key-keep").await;
    window.press("i").await;
    window.until_text("key-sheet", "is the key of").await;
    window.press("y").await;
    window.until_text("key-keep", "Y").await;
    window.press(Key::Escape + "").await;
    window.until_gone("key-sheet").await;
    window.press("y").await;
    until_judged(&window, 0, "kept").await;
    window.close().await;

    let again = Window::open(&setup).await;
    until_judged(&again, 0, "kept").await;
    again.press("u").await;
    until_judged(&again, 0, "undecided").await;
    again.press("y").await;
    until_judged(&again, 0, "kept").await;
    again.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_is_written_to_a_file_put_away_and_opened_from_it() {
    let (home, folder) = (Folder::new(), Folder::new());
    let file = folder.file("coast.standout");
    let variables = vec![("STANDOUT_TEST_PROJECT".to_owned(), file.clone().into_os_string())];
    let setup = Setup { opens: vec![sample()], variables, ..Setup::new(home.path()) };
    let window = found(&setup).await;
    window.press(Key::F2 + "").await;
    window.fill("project-name", "Coast").await;
    window.until_text("project", "Coast").await;
    window.press(Key::Control + "s").await;
    window.until_text("project-saved", "coast.standout").await;
    assert!(file.is_file(), "the project is in the file");
    window.press(Key::Control + "n").await;
    window.element("drop-zone").await;
    window.until_gone("project-saved").await;
    window.until("the project's picture", "return !!document.querySelector('main img')?.naturalWidth").await;
    compare("recent", &window.screenshot().await);
    window.press(Key::Control + Key::Shift + "p").await;
    window.until_text("project", "Coast").await;
    window.press(Key::Control + "p").await;
    window
        .until(
            "both projects",
            "return document.querySelectorAll(\"[data-testid^='project-row-']\").length === 2",
        )
        .await;
    window.close().await;
}
