//! The keys an editor's hands know.

use testkit::{Clip, Folder};
use thirtyfour::prelude::*;

use crate::window::{Setup, Window};

/// The seconds the playhead stands at.
async fn playhead(window: &Window) -> f64 {
    window.script("return document.querySelector('video').currentTime").await.convert().expect("a time")
}

#[tokio::test(flavor = "multi_thread")]
async fn ranges_are_made_and_trimmed_without_a_mouse() {
    let (home, folder) = (Folder::new(), Folder::new());
    let video = Clip { frames: 1_000, ..Clip::default() }.write(&folder, "counter");
    let window = Window::open(&Setup { opens: vec![video], ..Setup::new(home.path()) }).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;

    window.press("n").await;
    window.until("a new range", "return !!document.querySelector(\"[data-testid^='highlight-']\")").await;
    let highlight = window.numbered("highlight").await.remove(0);
    assert_eq!(window.value(&format!("{highlight}-in")).await, "0:00.00");
    assert_eq!(window.value(&format!("{highlight}-out")).await, "0:15.00", "as long as asked for");

    window.press(Key::Shift + Key::Right).await;
    window
        .until("ten frames on", "return Math.abs(document.querySelector('video').currentTime - 0.42) < 0.03")
        .await;
    window.press("i").await;
    let field = format!("document.querySelector(\"[data-testid='{highlight}-in']\")");
    window.until("the start at the playhead", &format!("return {field}.value === '0:00.40'")).await;
    window.press(Key::Control + "z").await;
    window.until("undo", &format!("return {field}.value === '0:00.00'")).await;
    window.press(Key::Control + Key::Shift + "z").await;
    window.until("redo", &format!("return {field}.value === '0:00.40'")).await;

    window.press(" ").await;
    window.until("playing", "return !document.querySelector('video').paused").await;
    window.press("k").await;
    window.until("a rest", "return document.querySelector('video').paused").await;
    assert!(playhead(&window).await > 0.4, "the player went on from the playhead");

    window.press("]").await;
    window.until("one frame trimmed", &format!("return {field}.value === '0:00.44'")).await;
    window.press("{").await;
    window.until("ten frames back", &format!("return {field}.value === '0:00.04'")).await;
    window.press(Key::Control + "z").await;
    window.until("both trims undone at once", &format!("return {field}.value === '0:00.40'")).await;

    window.press(Key::Control + Key::Delete).await;
    window.until("no range", "return !document.querySelector(\"[data-testid^='highlight-']\")").await;
    window.close().await;
}
