//! The words beside the player: gone to, searched, made a range of, put right and saved.

use std::path::PathBuf;

use testkit::Folder;
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::window::{Setup, Window, sample};

/// The sample with words of its own in a subtitle beside it.
pub(crate) fn with_subtitle(folder: &Folder) -> PathBuf {
    let video = folder.file("talk.mp4");
    std::fs::copy(sample(), &video).unwrap();
    let lines =
        ["Good evening from the harbour.", "The wail was seen at noon.", "Nobody believed the keeper."];
    let cue = |(place, line): (usize, &&str)| {
        let start = 4 * place + 2;
        format!("{}\n00:00:{start:02},000 --> 00:00:{:02},000\n{line}\n\n", place + 1, start + 3)
    };
    let text: String = lines.iter().enumerate().map(cue).collect();
    std::fs::write(folder.file("talk.srt"), text).unwrap();
    video
}

async fn selected(window: &Window) -> String {
    let script = "return [...document.querySelectorAll('[data-word][aria-selected=true]')]
        .map((word) => word.textContent).join(' ')";
    window.script(script).await.convert().expect("a text")
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_searched_made_a_range_put_right_and_saved_by_keyboard() {
    let (home, folder) = (Folder::new(), Folder::new());
    let written = folder.file("corrected.srt");
    let variables = vec![("STANDOUT_TEST_SUBTITLES".to_owned(), written.clone().into_os_string())];
    let setup = Setup { opens: vec![with_subtitle(&folder)], variables, ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press("w").await;
    window.until_text("transcript", "No words yet").await;
    window.press(Key::Control + Key::Enter).await;
    window.until("the words", "return document.querySelectorAll('[data-word]').length >= 14").await;
    window.until("the end of finding", "return !!document.querySelector(\"[data-testid='find']\")").await;

    window.write("transcript-search", "wail was").await;
    window.until_text("transcript-found", "1 place").await;
    window.press_in("transcript-search", Key::Enter).await;
    window
        .until(
            "both words",
            "return document.querySelectorAll('[data-word][aria-selected=true]').length === 2",
        )
        .await;
    assert_eq!(selected(&window).await, "wail was");
    window.until("the playhead at the words", "return document.querySelector('video').currentTime > 6").await;
    compare("words", &window.screenshot().await);

    let before = window.text("transcript-range").await;
    assert!(before.contains("New range"), "the selection can be a range: {before}");
    window.element("transcript-words").await.focus().await.unwrap();
    window.press_in("transcript-words", Key::Enter).await;
    window.press("w").await;
    window.until("the range of the words", "return !!document.querySelector('.card.chosen')").await;
    let chosen = "return document.querySelector('.card.chosen')?.textContent.includes('wail was')";
    window.until("the range to say its words", chosen).await;
    window.press("w").await;

    window.element("transcript-words").await.focus().await.unwrap();
    window.press_in("transcript-words", Key::F2).await;
    let field = window.element("transcript-field").await;
    field.send_keys(Key::Control + "a").await.unwrap();
    field.send_keys("whale was").await.unwrap();
    window.press_in("transcript-field", Key::Enter).await;
    window.until_text("transcript-words", "whale was").await;
    window.press(Key::Control + "z").await;
    window.until_text("transcript-words", "wail").await;
    window.press(Key::Control + Key::Shift + "z").await;
    window.until_text("transcript-words", "whale was").await;

    window.click("transcript-export").await;
    window.until_text("subtitles-saved", "corrected.srt").await;
    let subtitles = std::fs::read_to_string(&written).unwrap();
    assert!(subtitles.contains("The whale was seen at noon."), "the correction is in the file: {subtitles}");
    assert!(subtitles.starts_with("1\n00:00:02,000 --> 00:00:05,000\n"), "with its times: {subtitles}");
    window.close().await;

    let again = Window::open(&setup).await;
    again.press("w").await;
    again.until_text("transcript-words", "whale was").await;
    again.close().await;
}
