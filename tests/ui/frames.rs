//! Frames that are stepped through one by one, whatever they are packed in: the player must show exactly the one that was asked for.

use std::path::{Path, PathBuf};

use testkit::{Clip, Container, Folder};
use thirtyfour::prelude::*;

use crate::stepping::{
    FRAMES, KINDS, READ, Stepped, containers, encoded_as, film_rates, frame_at_rest, stepped,
    stepped_in_a_window, turned, until_copied, until_frame, varying,
};
use crate::window::{Setup, Window};

/// How often such a clip follows itself in a video whose copy takes several seconds.
const LONG_REEL: u32 = 80;
/// Frames of a fifth of a second.
const FIFTH: u32 = 5;

fn assert_exact(videos: Vec<Stepped>) {
    for (name, steps) in videos {
        for (place, step) in steps.iter().enumerate() {
            assert_eq!(step.shown, Some(step.asked), "step {place} through {name} shows the frame asked for");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_container_is_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    assert_exact(stepped_in_a_window(containers(&folder)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn turned_and_fragmented_files_are_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    assert_exact(stepped_in_a_window(turned(&folder)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_whose_distances_vary_are_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    assert_exact(stepped_in_a_window(varying(&folder)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn film_rates_quicktime_and_flash_are_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    assert_exact(stepped_in_a_window(film_rates(&folder)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broadcast_filmed_and_streamed_is_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    assert_exact(stepped_in_a_window(encoded_as(&folder, &KINDS[0])).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_studios_and_older_systems_use_is_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    assert_exact(stepped_in_a_window(encoded_as(&folder, &KINDS[1])).await);
}

/// The same clip over and over, in a file of its own.
fn repeated(clip: &Path, times: u32, name: &str) -> PathBuf {
    let target = clip.with_file_name(name);
    let [input, output] = [clip, &target].map(|path| path.to_str().expect("temporary paths are UTF-8"));
    testkit::ffmpeg(["-stream_loop", &(times - 1).to_string(), "-i", input, "-c", "copy", output]);
    target
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_web_view_refuses_is_played_at_once_and_then_from_a_copy() {
    let (home, folder) = (Folder::new(), Folder::new());
    // No web view decodes ten bits in a lossless codec of archives.
    let options = ["-c:v", "ffv1", "-pix_fmt", "yuv422p10le"].map(str::to_owned).to_vec();
    let archive = Clip { container: Container::Mkv, options, frames: FRAMES, ..Clip::default() };
    let archive = archive.write(&folder, "archive");
    let reel = repeated(&archive, LONG_REEL, "reel.mkv");
    let window = Window::open(&Setup { opens: vec![reel, archive.clone()], ..Setup::new(home.path()) }).await;
    window.press(Key::Control + "o").await;
    until_frame(&window, "the reel, before it is copied", 0).await;
    window.element("player-making").await;
    window.press(Key::Shift + Key::Right).await;
    until_frame(&window, "the reel, from elsewhere", 10).await;
    let grows = "const bar = document.querySelector(\"[data-testid='player-making'] [role='progressbar']\");
        return Number(bar?.getAttribute('aria-valuenow')) > 0";
    window.until("the progress of the copy", grows).await;
    window.press(" ").await;
    let plays = format!("const number = (() => {{ {READ} }})(); return number > 20 && number < 60");
    window.until("the reel to play", &plays).await;
    window.element("player-making").await;
    window.press(" ").await;
    let before = frame_at_rest(&window).await.expect("a frame is shown at rest");
    until_copied(&window).await;
    let after = frame_at_rest(&window).await.expect("the copy shows a frame");
    // A web view that plays says its time a little late; at rest, time and picture agree.
    assert!(before.abs_diff(after) <= FIFTH, "the copy stands where the reel stood: {before}, then {after}");
    window.press(Key::PageDown + "").await;
    assert_exact(stepped(&window, &[archive]).await);
    let copies = std::fs::read_dir(home.path().join("cache/previews")).unwrap().count();
    assert_eq!(copies, 2, "one copy of each was made for the player");
    window.press(" ").await;
    window.until("the copy to play", "return document.querySelector('video').currentTime > 0.4").await;
    window.press(" ").await;
    let rested = frame_at_rest(&window).await.expect("a frame is shown at rest");
    window.press(Key::Right + "").await;
    assert_eq!(
        frame_at_rest(&window).await,
        Some(rested + 1),
        "the step after playing leads to the next frame"
    );
    window.close().await;
}
