//! The language of the window.

use testkit::Folder;
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::window::{Setup, Window, sample};

async fn until_language(window: &Window, language: &str) {
    let spoken = format!(
        "return document.documentElement.lang === '{language}' && !!document.querySelector(\"[data-testid='settings']\")"
    );
    window.until(&format!("the window to speak {language}"), &spoken).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_speaks_chinese_and_english_and_the_project_stays() {
    let home = Folder::new();
    let setup = Setup { opens: vec![sample()], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    until_language(&window, "en").await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press("n").await;
    window.until("a range", "return !!document.querySelector('[data-judgement]')").await;

    window.click("settings").await;
    window.choose("language", "zh").await;
    until_language(&window, "zh").await;
    window.until_text("find", "查找精彩片段").await;
    assert_eq!(window.numbered("highlight").await.len(), 1, "the project is as it was");
    window.until_playable().await;
    compare("chinese", &window.screenshot().await);
    window.press(Key::Enter + "").await;
    let kept = "return document.querySelector('[data-judgement]').dataset.judgement === 'kept'";
    window.until("keys to work as before", kept).await;
    window.close().await;

    let again = Window::open(&setup).await;
    until_language(&again, "zh").await;
    again.click("settings").await;
    again.choose("language", "system").await;
    until_language(&again, "en").await;
    again.until_text("find", "Find highlights").await;
    again.close().await;
}
