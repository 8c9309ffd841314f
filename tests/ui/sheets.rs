//! Sheets that ask for something, and the projects to choose from, in the dark and in the light look.

use testkit::{Folder, RangeServer, shared_models};
use thirtyfour::prelude::*;

use crate::looks::{close_sheet, state, with_pictures};
use crate::under_way::{catalogue, talk};
use crate::window::{Setup, Window};

/// A name that does not fit beside its neighbours, of a file that is on no server.
const GONE: &str = "interview-with-the-keeper-of-the-lighthouse-on-the-northern-coast.mp4";

/// The button that removes the project that is not open.
const REMOVE: &str =
    "return document.querySelector(\"[data-testid^='project-remove-'][aria-disabled=false]\")";

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_for_addresses_looks_as_it_should_empty_and_with_faults() {
    let (home, folder) = (Folder::new(), Folder::new());
    let server = RangeServer::new(folder.path());
    let window = Window::open(&Setup::new(home.path())).await;
    window.element("drop-zone").await;
    window.press(Key::Control + Key::Shift + "o").await;
    window.element("open-address-dialog").await;
    state(&window, "open-address").await;
    window.write("open-address-field", "media.example.org/interview.mp4").await;
    window.click("open-address-open").await;
    window.until_text("open-address-dialog", "Line 1").await;
    state(&window, "open-address-fault").await;

    window.write("open-address-field", &server.address(GONE)).await;
    window.click("open-address-open").await;
    window.until_text("refusals", "Nothing at this address").await;
    state(&window, "address-refused").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_projects_look_as_they_should() {
    let (home, folder) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![talk(&folder)], ..Setup::new(home.path()) };
    let window = with_pictures(&setup).await;
    window.press(Key::Control + "t").await;
    window.element("transcribe-no-model").await;
    state(&window, "transcribe-no-model").await;
    close_sheet(&window, "transcribe-dialog").await;

    window.press(Key::F2 + "").await;
    window.element("name-dialog").await;
    window.write("project-name", "Coast").await;
    state(&window, "rename").await;
    window.press_in("project-name", Key::Enter).await;
    window.until_text("project", "Coast").await;
    window.press(Key::Control + Key::Shift + "s").await;
    window.element("name-dialog").await;
    assert_eq!(window.value("project-name").await, "Coast copy", "a copy has a name of its own");
    state(&window, "save-as").await;
    window.fill("project-name", "Coast, two minutes").await;
    window.until_text("project", "Coast, two minutes").await;

    window.press(Key::Control + "p").await;
    let pictures = "return document.querySelectorAll(\"[data-testid='projects-dialog'] img\").length === 2
        && [...document.images].every((image) => image.naturalWidth)";
    window.until("two projects with their pictures", pictures).await;
    state(&window, "projects").await;
    window.script(&format!("{REMOVE}.focus()")).await;
    window.key(Key::Enter).await;
    window.until_text("projects-dialog", "Remove Coast?").await;
    state(&window, "projects-remove").await;
    window.press(Key::Escape + "").await;
    window.until("the question to be taken back", &format!("{REMOVE} !== null")).await;
    close_sheet(&window, "projects-dialog").await;

    window.press(Key::Control + "n").await;
    window.element("drop-zone").await;
    let pictures = "return [...document.querySelectorAll('main img')].filter((image) => image.naturalWidth).length === 2";
    window.until("two recent projects with their pictures", pictures).await;
    state(&window, "recent").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_and_how_to_transcribe_is_asked_as_it_should_be() {
    let Some(models) = shared_models() else { return };
    let (home, folder) = (Folder::new(), Folder::new());
    let variables = vec![
        ("STANDOUT_TEST_CATALOGUE".to_owned(), catalogue(&folder).into()),
        ("STANDOUT_MODELS".to_owned(), models.join("whisper").into()),
    ];
    let setup = Setup { opens: vec![talk(&folder)], variables, ..Setup::new(home.path()) };
    let window = with_pictures(&setup).await;
    window.press(Key::Control + "t").await;
    window.until_able("transcribe-start").await;
    state(&window, "transcribe").await;
    window.close().await;
}
