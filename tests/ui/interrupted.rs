//! What a start says of work that a sudden end cut off, in the dark and in the light look.

use testkit::{Folder, shared_media, shared_models};
use thirtyfour::prelude::*;

use crate::looks::state;
use crate::under_way::{catalogue, talk};
use crate::window::{Setup, Window};

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_was_cut_off_is_told_as_it_should_be() {
    let (home, folder) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![talk(&folder)], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press(Key::Control + Key::Enter).await;
    window.until_state("material-1", "running").await;
    window.kill();

    let again = Window::open(&setup).await;
    again.element("interrupted").await;
    again.until_playable().await;
    again.until_pictures().await;
    state(&again, "search-interrupted").await;
    again.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transcription_that_was_cut_off_is_told_as_it_should_be() {
    let (Some(media), Some(models)) = (shared_media(), shared_models()) else { return };
    let (home, folder) = (Folder::new(), Folder::new());
    let speech = folder.file("speech.mp3");
    std::fs::copy(media.join("speech/multilingual.mp3"), &speech).expect("a folder can be written to");
    let variables = vec![
        ("STANDOUT_TEST_CATALOGUE".to_owned(), catalogue(&folder).into()),
        ("STANDOUT_MODELS".to_owned(), models.join("whisper").into()),
    ];
    let setup = Setup { opens: vec![speech], variables, ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press(Key::Control + "t").await;
    window.until_able("transcribe-start").await;
    window.click("transcribe-start").await;
    window.until_text("transcription-1", "%").await;
    window.press("w").await;
    window.until_text("transcript", "Writing down").await;
    window.kill();

    let again = Window::open(&setup).await;
    again.element("transcription-interrupted").await;
    again.until_playable().await;
    state(&again, "transcription-interrupted").await;
    again.close().await;
}
