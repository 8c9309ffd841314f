//! Frames that are stepped through one by one, whatever they are packed in: each shows its own number, and the player must show
//! exactly the one that was asked for.

use std::path::{Path, PathBuf};

use engine::model::Rotation;
use testkit::{Clip, Container, Folder, Timing};
use thirtyfour::prelude::*;

use crate::window::{Setup, Window};

/// Frames of each clip.
const FRAMES: u32 = 100;
/// How often such a clip follows itself in a video whose copy takes several seconds.
const LONG_REEL: u32 = 80;
/// Frames of a fifth of a second.
const FIFTH: u32 = 5;

/// Reads the number off the picture that the player shows, as `testkit` does; null when there is none.
const READ: &str = "
    const video = document.querySelector('video');
    if (!video || video.readyState < 2 || video.seeking) return null;
    const [width, height, bars] = [128, 72, 16];
    const canvas = window.counter ??= Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0, width, height);
    const row = context.getImageData(0, height / 2, width, 1).data;
    const bright = (bar) => row[Math.floor((bar + 0.5) * width / bars) * 4] > 127;
    if (!bright(0) || bright(1) || bright(bars - 1)) return null;
    let number = 0;
    for (let bar = 2; bar < bars - 1; bar++) number = number * 2 + (bright(bar) ? 1 : 0);
    return number;";

/// Waits until the player shows that frame.
async fn until_frame(window: &Window, what: &str, number: u32) {
    let condition = format!("return (() => {{ {READ} }})() === {number}");
    window.until(&format!("frame {number} of {what}"), &condition).await;
}

/// Waits until the player has come to rest, and tells the frame that it shows then.
async fn frame_at_rest(window: &Window) -> Option<u32> {
    let rests = format!(
        "const number = (() => {{ {READ} }})();
         const [now, before] = [`${{number}} ${{document.querySelector('video')?.currentTime}}`, window.before];
         window.rests = now === before ? (window.rests ?? 0) + 1 : 0;
         [window.before, window.rested] = [now, number];
         return number !== null && window.rests >= 4"
    );
    window.until("the player to rest", &rests).await;
    // What was seen then: a web view may already look for the same frame once more.
    window.script("return window.rested").await.convert().ok()
}

/// Waits until the player shows what it goes on showing, where it began with something else.
async fn until_copied(window: &Window) {
    window.until_gone("player-making").await;
    window.until_playable().await;
}

/// Packs a clip's streams into another container, as they are.
fn repacked(clip: &Path, name: &str) -> PathBuf {
    let target = clip.with_file_name(name);
    let [input, output] = [clip, &target].map(|path| path.to_str().expect("temporary paths are UTF-8"));
    testkit::ffmpeg(["-i", input, "-c", "copy", output]);
    target
}

/// Encodes a clip anew into another container.
fn encoded(clip: &Path, name: &str, options: &str) -> PathBuf {
    let target = clip.with_file_name(name);
    let [input, output] = [clip, &target].map(|path| path.to_str().expect("temporary paths are UTF-8"));
    testkit::ffmpeg(["-i", input].into_iter().chain(options.split(' ')).chain([output]));
    target
}

/// Steps through every video of the project and asserts that each frame shown is the one asked for.
async fn assert_stepped(window: &Window, videos: &[PathBuf]) {
    for (place, video) in videos.iter().enumerate() {
        let name = video.file_name().expect("a file has a name").to_string_lossy();
        if place > 0 {
            window.press(Key::PageDown + "").await;
        }
        window.until_text("timeline", &name).await;
        window.until_playable().await;
        until_copied(window).await;
        until_frame(window, &name, 0).await;
        let asked = [
            (Key::Right + "", 1),
            (Key::Right + "", 2),
            (Key::Right + "", 3),
            (Key::Left + "", 2),
            (Key::Shift + Key::Right, 12),
            (Key::Shift + Key::Right, 22),
            (Key::Left + "", 21),
            (Key::Shift + Key::Left, 11),
            (Key::End + "", FRAMES - 1),
            (Key::Left + "", FRAMES - 2),
            (Key::Home + "", 0),
        ];
        for (steps, (key, expected)) in asked.into_iter().enumerate() {
            window.press(key).await;
            let shown = frame_at_rest(window).await;
            assert_eq!(shown, Some(expected), "step {steps} through {name} shows the frame asked for");
        }
    }
}

async fn step_through(videos: Vec<PathBuf>) {
    let home = Folder::new();
    let window = Window::open(&Setup { opens: videos.clone(), ..Setup::new(home.path()) }).await;
    window.press(Key::Control + "o").await;
    let count = videos.len();
    let all = format!(
        "return document.querySelectorAll(\"[data-testid^='material-'][data-state]\").length === {count}"
    );
    window.until("all videos", &all).await;
    assert_stepped(&window, &videos).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_container_is_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    let write =
        |container, name: &str| Clip { container, frames: FRAMES, ..Clip::default() }.write(&folder, name);
    let mp4 = write(Container::Mp4, "plain");
    let videos = vec![
        write(Container::Mkv, "matroska"),
        write(Container::Ts, "stream"),
        write(Container::Webm, "web"),
        write(Container::Avi, "old"),
        mp4,
    ];
    step_through(videos).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn turned_and_fragmented_files_are_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    let write = |clip: Clip, name: &str| Clip { frames: FRAMES, ..clip }.write(&folder, name);
    let fragmented = ["-movflags", "frag_keyframe+empty_moov"].map(str::to_owned).to_vec();
    let videos = vec![
        write(Clip { rotation: Rotation::Right, ..Clip::default() }, "turned"),
        write(Clip { options: fragmented, ..Clip::default() }, "fragmented"),
    ];
    step_through(videos).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_whose_distances_vary_are_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    let write = |container, name: &str| {
        let clip = Clip { timing: Timing::Varying, container, frames: FRAMES, ..Clip::default() };
        clip.write(&folder, name)
    };
    let videos = vec![
        write(Container::Mp4, "varying"),
        write(Container::Mkv, "varying-matroska"),
        write(Container::Webm, "varying-web"),
    ];
    step_through(videos).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn film_rates_quicktime_and_flash_are_stepped_without_a_frame_of_error() {
    let folder = Folder::new();
    let film = Clip { timing: Timing::Constant(24_000, 1_001), frames: FRAMES, ..Clip::default() };
    let film = film.write(&folder, "film");
    let quicktime = repacked(&film, "quicktime.mov");
    let plain = Clip { frames: FRAMES, ..Clip::default() }.write(&folder, "plain");
    step_through(vec![film, quicktime, repacked(&plain, "flash.flv")]).await;
}

/// Containers and codecs beside those that `testkit` makes, five to a window: a name, and how it is encoded.
const KINDS: [[(&str, &str); 5]; 2] = [
    [
        ("programme.mpg", "-c:v mpeg2video -q:v 3 -g 15 -bf 2"),
        ("phone.3gp", "-c:v h263 -s 352x288 -q:v 3"),
        ("camera.mp4", "-c:v libx265 -x265-params log-level=none -g 50 -tag:v hvc1"),
        ("film.mp4", "-c:v libaom-av1 -usage realtime -cpu-used 8 -g 50"),
        ("web.webm", "-c:v libvpx-vp9 -deadline realtime -g 50"),
    ],
    [
        ("disc.m2ts", "-c:v libx264 -g 50 -mpegts_m2ts_mode 1"),
        ("studio.mxf", "-c:v mpeg2video -q:v 3 -g 15 -bf 2"),
        ("windows.wmv", "-c:v wmv2 -q:v 3"),
        ("free.ogv", "-c:v libtheora -q:v 6"),
        ("editing.mov", "-c:v prores"),
    ],
];

async fn step_through_kinds(kinds: &[(&str, &str)]) {
    let folder = Folder::new();
    let plain = Clip { frames: FRAMES, ..Clip::default() }.write(&folder, "plain");
    step_through(kinds.iter().map(|(name, options)| encoded(&plain, name, options)).collect()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broadcast_filmed_and_streamed_is_stepped_without_a_frame_of_error() {
    step_through_kinds(&KINDS[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_studios_and_older_systems_use_is_stepped_without_a_frame_of_error() {
    step_through_kinds(&KINDS[1]).await;
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
    assert_stepped(&window, &[archive]).await;
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
