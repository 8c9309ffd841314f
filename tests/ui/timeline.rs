//! Ranges moved, snapped and judged together on the timeline.

use testkit::{Clip, Folder};
use thirtyfour::prelude::*;

use crate::window::{Setup, Window};

/// Forty seconds of counted frames with one range from its beginning, and the range's number in test ids.
async fn with_range(home: &Folder, folder: &Folder) -> (Window, String) {
    let video = Clip { frames: 1_000, ..Clip::default() }.write(folder, "counter");
    let window = Window::open(&Setup { opens: vec![video], ..Setup::new(home.path()) }).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press("n").await;
    window.until("a range", "return !!document.querySelector(\"[data-testid^='highlight-']\")").await;
    let highlight = window.numbered("highlight").await.remove(0);
    let number = highlight.trim_start_matches("highlight-").to_owned();
    (window, number)
}

async fn until_value(window: &Window, field: &str, value: &str) {
    let condition =
        format!("return document.querySelector(\"[data-testid='{field}']\")?.value === '{value}'");
    window.until(&format!("{field} to be {value}"), &condition).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dragged_edge_clings_to_a_marker_and_a_line_says_so() {
    let (home, folder) = (Folder::new(), Folder::new());
    let (window, number) = with_range(&home, &folder).await;
    let (edge, out) = (format!("range-{number}-end"), format!("highlight-{number}-out"));
    // Two seconds behind the out point, which lies just behind the last frame of the range.
    window.press(Key::Shift + "o").await;
    window.press(Key::Right + "").await;
    for _ in 0..5 {
        window.press(Key::Shift + Key::Right).await;
    }
    window.until_text("timecode", "0:17.00").await;
    window.press("m").await;
    window.until("a marker", "return !!document.querySelector(\"[data-testid^='marker-']\")").await;
    window.press(Key::Home + "").await;

    let pixels: f64 = window
        .script("return document.querySelector(\"[data-testid='track']\").clientWidth * 2 / 40")
        .await
        .convert()
        .unwrap();
    let nearly = pixels as i64 - 4;
    window.hold(&edge, nearly).await;
    let kind = window.element("snap-line").await.attr("data-kind").await.unwrap();
    assert_eq!(kind.as_deref(), Some("marker"), "the line says what the edge clings to");
    window.let_go().await;
    until_value(&window, &out, "0:17.00").await;
    window.until_gone("snap-line").await;

    window.press("s").await;
    window.drag(&edge, 4).await;
    let free = format!("return document.querySelector(\"[data-testid='{out}']\").value !== '0:17.00'");
    window.until("the edge to be free without snapping", &free).await;
    window.press(Key::Control + "z").await;
    until_value(&window, &out, "0:17.00").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_ranges_are_picked_nudged_judged_and_removed_as_one_step() {
    let (home, folder) = (Folder::new(), Folder::new());
    let (window, first) = with_range(&home, &folder).await;
    window.press(Key::Shift + "o").await;
    window.until_text("timecode", "0:14.96").await;
    window.press(Key::Right + "").await;
    window.press(Key::Shift + Key::Right).await;
    window.press("n").await;
    window.until("two ranges", "return document.querySelectorAll('[data-judgement]').length === 2").await;
    let second = window.numbered("highlight").await.remove(1).trim_start_matches("highlight-").to_owned();
    let starts = [&first, &second].map(|number| format!("highlight-{number}-in"));
    until_value(&window, &starts[1], "0:15.40").await;

    window.press(Key::Control + "a").await;
    window.until_text("picked", "2 ranges selected").await;
    window.press(Key::Control + Key::Shift + Key::Right).await;
    until_value(&window, &starts[0], "0:00.40").await;
    until_value(&window, &starts[1], "0:15.80").await;
    window.press(Key::Control + Key::Right).await;
    until_value(&window, &starts[1], "0:15.84").await;
    window.press(Key::Control + "z").await;
    until_value(&window, &starts[0], "0:00.00").await;
    until_value(&window, &starts[1], "0:15.40").await;

    let judged = |judgement: &str, count: usize| {
        format!("return document.querySelectorAll(\"[data-judgement='{judgement}']\").length === {count}")
    };
    window.press(Key::Enter + "").await;
    window.until("both kept", &judged("kept", 2)).await;
    window.press(Key::Control + "z").await;
    window.until("both undecided again at once", &judged("undecided", 2)).await;

    // A plain click picks one again.
    window.click(&format!("range-{first}")).await;
    window.until_gone("picked").await;
    window.press(Key::Delete + "").await;
    window.until("one dropped", &judged("dropped", 1)).await;
    window.press(Key::Control + "a").await;
    window.press(Key::Control + Key::Delete).await;
    window.until("no range", "return !document.querySelector('[data-judgement]')").await;
    window.press(Key::Control + "z").await;
    window
        .until("both back at once", "return document.querySelectorAll('[data-judgement]').length === 2")
        .await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_stand_on_the_timeline_and_kept_ranges_play_in_a_row() {
    let (home, folder) = (Folder::new(), Folder::new());
    let (window, first) = with_range(&home, &folder).await;
    window.until_pictures().await;

    // Two short ranges: the first second, and one that begins at twenty.
    window.fill(&format!("highlight-{first}-out"), "1").await;
    window.press(Key::Enter + "").await;
    for _ in 0..8 {
        window.press(Key::Shift + Key::Right).await;
    }
    window.press("n").await;
    window.until("two ranges", "return document.querySelectorAll('[data-judgement]').length === 2").await;
    let second = window.numbered("highlight").await.remove(1).trim_start_matches("highlight-").to_owned();
    window.fill(&format!("highlight-{second}-out"), "4").await;
    window.press(Key::Enter + "").await;
    let kept = "return document.querySelectorAll(\"[data-judgement='kept']\").length === 2";
    window.until("both kept", kept).await;
    window.click(&format!("range-{first}")).await;
    window.press("p").await;
    window.until("playing", "return !document.querySelector('video').paused").await;
    window.until("the end of the last", "return document.querySelector('video').paused").await;
    // At rest on the last frame of the last range.
    window.until_text("timecode", "0:03.96").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn videos_of_one_length_show_each_its_own_pictures() {
    let (home, folder) = (Folder::new(), Folder::new());
    let first = Clip { frames: 1_000, ..Clip::default() };
    let options = ["-crf", "30"].map(str::to_owned).to_vec();
    let second = Clip { options, ..first.clone() };
    let opens = vec![first.write(&folder, "first"), second.write(&folder, "second")];
    let window = Window::open(&Setup { opens, ..Setup::new(home.path()) }).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.until_pictures().await;
    window.press(Key::PageDown + "").await;
    window.until_text("timeline", "second.mp4").await;
    window.until_playable().await;
    window.until_pictures().await;
    window.close().await;
}
