//! What stands where nothing is, in the dark and in the light look.

use testkit::Folder;
use thirtyfour::prelude::*;

use crate::looks::{close_sheet, state, with_pictures};
use crate::under_way::talk;
use crate::window::Setup;

#[tokio::test(flavor = "multi_thread")]
async fn a_search_without_finds_and_words_that_are_not_there_look_as_they_should() {
    let (home, folder) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![talk(&folder)], ..Setup::new(home.path()) };
    let window = with_pictures(&setup).await;
    window.press(Key::Control + "l").await;
    window.until_text("library-list", "talk.mp4").await;
    window.write("library-search", "lighthouse").await;
    window.until_text("library-dialog", "Nothing matches").await;
    state(&window, "library-nothing-found").await;
    window.press(Key::Escape + "").await;
    window.until_text("library-list", "talk.mp4").await;
    close_sheet(&window, "library-dialog").await;

    window.press("w").await;
    window.until_text("transcript", "No words yet").await;
    state(&window, "transcript-not-analysed").await;
    window.press(Key::Control + Key::Enter).await;
    window.until_state("material-1", "done").await;
    window.element("find").await;
    window.until_text("transcript", "No words known").await;
    window.until_pictures().await;
    state(&window, "transcript-no-words").await;
    window.close().await;
}
