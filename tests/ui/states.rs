//! The window's states, one after the other, for what has to hold in all of them.

use thirtyfour::prelude::*;

use crate::window::Window;

/// Sheets, by what opens them and their test id.
const SHEETS: [(&str, &str); 11] = [
    ("j", "jobs"),
    ("l", "library-dialog"),
    (",", "settings-dialog"),
    ("k", "palette"),
    ("h", "history"),
    ("e", "export-dialog"),
    ("p", "projects-dialog"),
    ("t", "transcribe-dialog"),
    ("O", "open-address-dialog"),
    ("?", "key-sheet"),
    ("S", "name-dialog"),
];

/// Brings an empty window through its states: nothing open, a video, its highlights with one selected, its words, and every
/// sheet over them. The window's dialog for videos must answer with a video that has subtitles.
pub(crate) async fn each_state(window: &Window, mut visit: impl AsyncFnMut(&str)) {
    window.element("drop-zone").await;
    visit("start").await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    visit("video").await;

    window.press(Key::Control + Key::Enter).await;
    window.until("highlights", "return document.querySelectorAll('[data-judgement]').length > 2").await;
    window.until("the end of finding", "return !!document.querySelector(\"[data-testid='find']\")").await;
    window.press(Key::Enter + "").await;
    window.until("a kept one", "return !!document.querySelector('[data-judgement=kept]')").await;
    window.press(Key::Down + "").await;
    window.press(Key::Delete + "").await;
    window.until("a dropped one", "return !!document.querySelector('[data-judgement=dropped]')").await;
    window.press(Key::Down + "").await;
    visit("results").await;

    for (key, sheet) in SHEETS {
        open_sheet(window, key, sheet).await;
        visit(sheet).await;
        window.press(Key::Escape + "").await;
        window.until_gone(sheet).await;
    }
    for (button, menu) in [("project", "project menu"), ("theme", "theme menu"), ("review-order", "order")] {
        // By keyboard: the driver does not know where a page that is enlarged has its buttons.
        focus(window, button).await;
        window.key(Key::Enter).await;
        window.until("a menu", "return !!document.querySelector('.menu')").await;
        visit(menu).await;
        window.press(Key::Escape + "").await;
        window.until("no menu", "return !document.querySelector('.menu')").await;
    }

    window.press("w").await;
    window.until("the words", "return document.querySelectorAll('[data-word]').length >= 14").await;
    window.element("transcript-search").await.send_keys("wail was").await.expect("a search can be typed");
    window.press_in("transcript-search", Key::Enter).await;
    window
        .until(
            "a selection",
            "return document.querySelectorAll('[data-word][aria-selected=true]').length === 2",
        )
        .await;
    visit("words").await;
}

async fn focus(window: &Window, id: &str) {
    window.script(&format!("document.querySelector(\"[data-testid='{id}']\").focus()")).await;
}

pub(crate) async fn open_sheet(window: &Window, key: &str, sheet: &str) {
    match key {
        "?" => window.press("?").await,
        _ if key.chars().all(char::is_uppercase) => {
            window.press(Key::Control + Key::Shift + key.to_lowercase().as_str()).await;
        }
        _ => window.press(Key::Control + key).await,
    }
    window.element(sheet).await;
}

/// Waits until nothing moves and two frames are painted.
pub(crate) async fn until_at_rest(window: &Window) {
    window.until("the page to come to rest", "return document.getAnimations().length === 0").await;
    let painted =
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
    window.script_later(painted).await;
}
