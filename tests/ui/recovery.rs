//! The real program is killed while an editor works, and started again.

use testkit::{Clip, Folder};
use thirtyfour::prelude::*;

use crate::window::{Setup, Window};

/// The time in the first field of the one range, as the list shows it.
const SHOWN: &str = "return document.querySelector('[data-judgement] input')?.value ?? ''";

#[tokio::test(flavor = "multi_thread")]
async fn what_the_window_has_shown_is_there_after_a_kill() {
    let (home, folder) = (Folder::new(), Folder::new());
    let video = Clip { frames: 1_000, ..Clip::default() }.write(&folder, "counter");
    let setup = Setup { opens: vec![video], ..Setup::new(home.path()) };
    let mut window = Window::open(&setup).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press("n").await;
    let mut beginning = String::new();
    for presses in [1, 4, 9] {
        window.until("the range", "return !!document.querySelector('[data-judgement] input')").await;
        beginning = window.script(SHOWN).await.convert().expect("a time");
        for _ in 0..presses {
            window.press(".").await;
        }
        // Some of the presses are still on their way: what is on the screen is what counts.
        let before: String = window.script(SHOWN).await.convert().expect("a time");
        window.kill();
        window = Window::open(&setup).await;
        window.until("the range", "return !!document.querySelector('[data-judgement] input')").await;
        let after: String = window.script(SHOWN).await.convert().expect("a time");
        assert!(after >= before, "what was shown is kept: {before} before the kill, {after} after it");
        assert!(before.starts_with("0:0"), "the times can be compared as texts: {before}");
    }
    window.until_text("recovered", "ended unexpectedly").await;
    window.click("recovered-undo").await;
    window.until_gone("recovered").await;
    let as_before =
        format!("return document.querySelector('[data-judgement] input')?.value === '{beginning}'");
    window.until("all that was done before the kill to be undone", &as_before).await;
    window.press("n").await;
    window.until("work to go on", "return document.querySelectorAll('[data-judgement]').length === 2").await;
    window.close().await;
}
