//! From an empty window to exported clips, and back after a restart.

use std::path::Path;

use testkit::Folder;
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::window::{Setup, Window, sample};

/// One frame of the sample, in seconds.
const FRAME: f64 = 0.04;

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_gets_from_a_video_to_exported_clips() {
    let (home, clips, folder) = (Folder::new(), Folder::new(), Folder::new());
    let notes = folder.file("notes.txt");
    std::fs::write(&notes, "not a video").unwrap();
    let setup = Setup { opens: vec![sample(), notes], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.element("drop-zone").await;
    compare("start", &window.screenshot().await);

    import(&window).await;
    let found = find(&window).await;
    play(&window).await;
    let trimmed = drag_undo_redo(&window, &found[0]).await;
    light_theme(&window).await;
    export(&window, clips.path()).await;
    let before = ranges(&window).await;
    window.close().await;

    let again = Window::open(&setup).await;
    again.element(&found[0]).await;
    assert_eq!(ranges(&again).await, before, "the ranges are there after a restart");
    let out = again.value(&format!("{}-out", found[0])).await;
    assert_eq!(out, trimmed, "with the edge where it was dragged to");
    again.close().await;
}

/// The accepted video stays, the refused file says why.
async fn import(window: &Window) {
    window.click("open").await;
    let refusals = window.text("refusals").await;
    assert!(refusals.contains("notes.txt"), "the refused file is named: {refusals}");
    let materials = window.numbered("material").await;
    assert_eq!(materials.len(), 1, "the accepted one is in the list");
    let card = window.text(&materials[0]).await;
    for fact in ["standout-sample.mp4", "2:00", "640"] {
        assert!(card.contains(fact), "{fact} is missing in the list: {card}");
    }
    let dismiss = "document.querySelector(\"[data-testid='refusals'] button\").click()";
    window.script(dismiss).await;
    window
        .until(
            "a picture of the video",
            "return !!document.querySelector(\"[data-testid^='material-'] img\")?.naturalWidth",
        )
        .await;
    window.until_pictures().await;
    compare("imported", &window.screenshot().await);
}

async fn find(window: &Window) -> Vec<String> {
    window.click("find").await;
    window.until("the end of finding", "return !!document.querySelector(\"[data-testid='find']\")").await;
    window.until("highlights", "return !!document.querySelector(\"[data-testid^='highlight-']\")").await;
    let found = window.numbered("highlight").await;
    assert!((1..=5).contains(&found.len()), "one to five highlights are expected: {found:?}");
    window.until_playable().await;
    compare("found", &window.screenshot().await);
    found
}

/// The player really plays: its time goes on, and its pictures are not black.
async fn play(window: &Window) {
    window.click("play-pause").await;
    window.until("the player to play", "return document.querySelector('video').currentTime > 0.4").await;
    window.click("play-pause").await;
    window.until("the player to rest", "return document.querySelector('video').paused").await;
    let bright = "const video = document.querySelector('video');
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [64, 36];
        const context = canvas.getContext('2d');
        context.drawImage(video, 0, 0, 64, 36);
        return Math.max(...context.getImageData(0, 0, 64, 36).data.filter((_, index) => index % 4 < 3)) > 40";
    window.until("a picture in the player", bright).await;
}

/// Answers where the range ends after its edge was dragged.
async fn drag_undo_redo(window: &Window, highlight: &str) -> String {
    let out = format!("{highlight}-out");
    let range = highlight.replace("highlight-", "range-");
    window.click(highlight).await;
    let before = window.value(&out).await;
    window.drag(&format!("{range}-end"), -24).await;
    let changed = format!("return document.querySelector(\"[data-testid='{out}']\").value !== '{before}'");
    window.until("the range to be shorter", &changed).await;
    let trimmed = window.value(&out).await;
    assert!(seconds(&trimmed) < seconds(&before), "the end moved to the left: {before} to {trimmed}");

    let is =
        |value: &str| format!("return document.querySelector(\"[data-testid='{out}']\").value === '{value}'");
    window.press(Key::Control + "z").await;
    window.until("undo", &is(&before)).await;
    window.click("redo").await;
    window.until("redo", &is(&trimmed)).await;
    trimmed
}

async fn light_theme(window: &Window) {
    theme(window, "light").await;
    compare("light", &window.screenshot().await);
    theme(window, "dark").await;
}

async fn theme(window: &Window, name: &str) {
    window.click("theme").await;
    window.click(&format!("theme-{name}")).await;
    window.until_gone(&format!("theme-{name}")).await;
    window
        .until("the page to be reachable", "return getComputedStyle(document.body).pointerEvents !== 'none'")
        .await;
}

async fn export(window: &Window, folder: &Path) {
    window.click("export").await;
    window.element("export-dialog").await;
    window.fill("export-folder", folder.to_str().unwrap()).await;
    window.until_text("export-name-0", "standout-sample-0.mp4").await;
    window.until_able("export-start").await;
    compare("export-folder", &window.screenshot().await);
    window.click("export-start").await;
    let written = "const clips = [...document.querySelectorAll(\"[data-testid^='export-clip-']\")];
        return clips.length > 0 && clips.every((clip) => clip.dataset.state === 'written')";
    window.until("all clips to be written", written).await;
    compare("exported", &window.screenshot().await);
    window.click("export-close").await;
    for (index, (start, end)) in ranges(window).await.iter().enumerate() {
        assert_clip(&folder.join(format!("standout-sample-{index}.mp4")), end - start);
    }
}

/// The ranges in the list, as (in, out) in seconds.
async fn ranges(window: &Window) -> Vec<(f64, f64)> {
    let mut ranges = Vec::new();
    for highlight in window.numbered("highlight").await {
        let start = window.value(&format!("{highlight}-in")).await;
        let end = window.value(&format!("{highlight}-out")).await;
        ranges.push((seconds(&start), seconds(&end)));
    }
    ranges
}

/// Seconds of a timecode such as `1:02.45`.
fn seconds(timecode: &str) -> f64 {
    timecode.split(':').fold(0.0, |seconds, part| seconds * 60.0 + part.parse::<f64>().expect("a timecode"))
}

/// The clip shows as much picture and sound as its range, to within one frame and the two hundredths its times are shown to.
fn assert_clip(path: &Path, expected: f64) {
    let found = testkit::ffprobe(path, "stream=codec_name,duration");
    let [video, video_length, audio, audio_length] = found.as_slice() else {
        panic!("picture and sound are expected in {}: {found:?}", path.display())
    };
    assert_eq!((video.as_str(), audio.as_str()), ("h264", "aac"));
    for length in [video_length, audio_length] {
        let length: f64 = length.parse().expect("a length in seconds");
        assert!(
            (length - expected).abs() <= FRAME + 0.02,
            "{} lasts {length} s, not {expected} s",
            path.display()
        );
    }
}
