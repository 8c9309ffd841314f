//! States the window can be in, in the dark and in the light look, compared with the pictures that were looked at.

use std::path::Path;

use testkit::{Clip, Folder, Misbehaviour, RangeServer};
use thirtyfour::prelude::*;

use crate::screenshots::compare_small;
use crate::window::{Setup, Window, sample};

/// The video on the server that stops sending.
const NAME: &str = "standout-sample.mp4";
/// Pixels; of the pictures of states.
const WIDTH: u32 = 640;

/// Compares the window in both looks with the pictures of a state.
pub(crate) async fn state(window: &Window, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/screenshots/states");
    for (look, picture) in ["dark", "light"].into_iter().zip(window.screenshots().await) {
        compare_small(&folder.join(format!("{name}-{look}.png")), WIDTH, &picture);
    }
}

/// A window whose dialog for videos has answered, with the pictures of the first one in their lane.
pub(crate) async fn with_pictures(setup: &Setup<'_>) -> Window {
    let window = Window::open(setup).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.until_pictures().await;
    window
}

pub(crate) async fn close_sheet(window: &Window, id: &str) {
    window.press(Key::Escape + "").await;
    window.until_gone(id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_state_from_empty_to_exported_looks_as_it_should_in_both_looks() {
    let (home, folder, clips) = (Folder::new(), Folder::new(), Folder::new());
    let talk = folder.file("talk.mp4");
    std::fs::copy(sample(), &talk).unwrap();
    std::fs::write(folder.file("talk.srt"), "1\n00:00:02,000 --> 00:00:05,000\nGood evening.\n").unwrap();
    let variables = vec![("STANDOUT_TEST_FOLDER".to_owned(), clips.path().into())];
    let setup = Setup { opens: vec![talk.clone()], variables, ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.element("drop-zone").await;
    state(&window, "empty").await;
    empty_sheets(&window).await;

    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.until_pictures().await;
    state(&window, "not-analysed").await;
    window.press(Key::Control + Key::Enter).await;
    window.until_state("material-1", "done").await;
    window.element("find").await;
    window.until_pictures().await;
    state(&window, "results").await;
    judged_and_sheets(&window).await;
    exported(&window).await;
    window.kill();

    std::fs::remove_file(&talk).unwrap();
    let again = Window::open(&setup).await;
    again
        .until("the highlights after a kill", "return !!document.querySelector('[data-judgement=kept]')")
        .await;
    again.element("relink-1").await;
    state(&again, "missing-file-after-recovery").await;
    again.close().await;
}

/// What is empty before anything was opened.
async fn empty_sheets(window: &Window) {
    window.press(Key::Control + "l").await;
    window.element("library-dialog").await;
    state(window, "library-empty").await;
    close_sheet(window, "library-dialog").await;
    window.press(Key::Control + "j").await;
    window.until_text("jobs", "They appear here").await;
    state(window, "jobs-empty").await;
    close_sheet(window, "jobs").await;
    window.press(Key::Control + ",").await;
    window.until_state("model-yamnet", "missing").await;
    state(window, "settings").await;
    close_sheet(window, "settings-dialog").await;
}

async fn judged_and_sheets(window: &Window) {
    window.press(Key::Enter + "").await;
    window.until("one kept", "return !!document.querySelector('[data-judgement=kept]')").await;
    window.press(Key::Down + "").await;
    window.press(Key::Delete + "").await;
    window.until("one dropped", "return !!document.querySelector('[data-judgement=dropped]')").await;
    window.until_pictures().await;
    state(window, "judged").await;
    window.press("w").await;
    window.until("the words", "return !!document.querySelector('[data-word]')").await;
    state(window, "transcript").await;
    window.press("w").await;
    for (keys, name, sheet) in [
        (Key::Control + "h", "history", "history-step-1"),
        (Key::Control + "k", "palette", "palette-search"),
        (TypingData::from("?"), "keys", "key-sheet"),
        (Key::Control + "l", "library", "library-search"),
    ] {
        window.press(keys).await;
        window.element(sheet).await;
        window
            .until("small pictures", "return [...document.images].every((image) => image.naturalWidth)")
            .await;
        state(window, name).await;
        close_sheet(window, sheet).await;
    }
}

async fn exported(window: &Window) {
    window.press(Key::Control + "e").await;
    window.click_named("Choose…").await;
    window.until_able("export-start").await;
    // Where the clips go and how much room is there differ from run to run.
    window.write("export-template", "clip {index}.mp4").await;
    window.until_text("export-name-0", "clip 0.mp4").await;
    state(window, "export-form").await;
    window.click("export-start").await;
    window.until_state("export-clip-0", "written").await;
    state(window, "exported").await;
    window.click("export-close").await;
    window.until_gone("export-dialog").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_and_failed_videos_look_as_they_should_in_both_looks() {
    let (home, folder) = (Folder::new(), Folder::new());
    let silent = Clip { frames: 500, ..Clip::default() }.write(&folder, "silent");
    let notes = folder.file("notes.txt");
    std::fs::write(&notes, "not a video").unwrap();
    let setup = Setup { opens: vec![silent, notes], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.press(Key::Control + "o").await;
    window.element("refusals").await;
    window.until_playable().await;
    window.until_pictures().await;
    state(&window, "refused").await;
    window.script("document.querySelector(\"[data-testid='refusals'] button\").click()").await;
    window.press(Key::Control + Key::Enter).await;
    window.until_state("material-1", "failed").await;
    window.element("find").await;
    state(&window, "failed").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_looks_as_it_should_in_both_looks() {
    let (home, sample) = (Folder::new(), sample());
    let server = RangeServer::new(sample.parent().unwrap());
    server.misbehave(NAME, Misbehaviour::StallAfter(100));
    let window = Window::open(&Setup::new(home.path())).await;
    window.paste(&server.address(NAME)).await;
    window.element("cancel-import").await;
    state(&window, "importing").await;
    window.close().await;
}
