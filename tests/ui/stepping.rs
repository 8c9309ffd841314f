//! Frames that are stepped through one by one, whatever they are packed in: each shows its own number, which is read off the player.

use std::path::{Path, PathBuf};

use engine::model::Rotation;
use testkit::{Clip, Container, Folder, Timing};
use thirtyfour::prelude::*;

use crate::window::{Setup, Window};

/// Frames of each clip.
pub(crate) const FRAMES: u32 = 100;

/// Reads the number off the picture that the player shows, as `testkit` does; null when there is none.
pub(crate) const READ: &str = "
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
pub(crate) async fn until_frame(window: &Window, what: &str, number: u32) {
    let condition = format!("return (() => {{ {READ} }})() === {number}");
    window.until(&format!("frame {number} of {what}"), &condition).await;
}

/// Waits until the player has come to rest, and tells the frame that it shows then.
pub(crate) async fn frame_at_rest(window: &Window) -> Option<u32> {
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
pub(crate) async fn until_copied(window: &Window) {
    window.until_gone("player-making").await;
    window.until_playable().await;
}

/// What was shown for a step that was asked for.
pub(crate) struct Step {
    /// The frame that it leads to.
    pub(crate) asked: u32,
    /// The frame that the player came to rest on.
    pub(crate) shown: Option<u32>,
}

/// A video, by its file's name, and all that was shown of it.
pub(crate) type Stepped = (String, Vec<Step>);

/// Steps through every video of the project, forwards and backwards, by one frame, by ten and to the ends.
pub(crate) async fn stepped(window: &Window, videos: &[PathBuf]) -> Vec<Stepped> {
    let mut found = Vec::new();
    for (place, video) in videos.iter().enumerate() {
        let name = video.file_name().expect("a file has a name").to_string_lossy().into_owned();
        if place > 0 {
            window.press(Key::PageDown + "").await;
        }
        window.until_text("timeline", &name).await;
        window.until_playable().await;
        until_copied(window).await;
        until_frame(window, &name, 0).await;
        let keys = [
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
        let mut steps = Vec::new();
        for (key, asked) in keys {
            window.press(key).await;
            steps.push(Step { asked, shown: frame_at_rest(window).await });
        }
        found.push((name, steps));
    }
    found
}

/// The same in a window of its own.
pub(crate) async fn stepped_in_a_window(videos: Vec<PathBuf>) -> Vec<Stepped> {
    let home = Folder::new();
    let window = Window::open(&Setup { opens: videos.clone(), ..Setup::new(home.path()) }).await;
    window.press(Key::Control + "o").await;
    let count = videos.len();
    let all = format!(
        "return document.querySelectorAll(\"[data-testid^='material-'][data-state]\").length === {count}"
    );
    window.until("all videos", &all).await;
    let stepped = stepped(&window, &videos).await;
    window.close().await;
    stepped
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

/// The containers that `testkit` makes.
pub(crate) fn containers(folder: &Folder) -> Vec<PathBuf> {
    let write =
        |container, name: &str| Clip { container, frames: FRAMES, ..Clip::default() }.write(folder, name);
    let mp4 = write(Container::Mp4, "plain");
    vec![
        write(Container::Mkv, "matroska"),
        write(Container::Ts, "stream"),
        write(Container::Webm, "web"),
        write(Container::Avi, "old"),
        mp4,
    ]
}

/// A turned picture, and a fragmented file.
pub(crate) fn turned(folder: &Folder) -> Vec<PathBuf> {
    let write = |clip: Clip, name: &str| Clip { frames: FRAMES, ..clip }.write(folder, name);
    let fragmented = ["-movflags", "frag_keyframe+empty_moov"].map(str::to_owned).to_vec();
    vec![
        write(Clip { rotation: Rotation::Right, ..Clip::default() }, "turned"),
        write(Clip { options: fragmented, ..Clip::default() }, "fragmented"),
    ]
}

/// Frames whose distances vary.
pub(crate) fn varying(folder: &Folder) -> Vec<PathBuf> {
    let write = |container, name: &str| {
        let clip = Clip { timing: Timing::Varying, container, frames: FRAMES, ..Clip::default() };
        clip.write(folder, name)
    };
    vec![
        write(Container::Mp4, "varying"),
        write(Container::Mkv, "varying-matroska"),
        write(Container::Webm, "varying-web"),
    ]
}

/// The rate of films, and the containers of QuickTime and Flash.
pub(crate) fn film_rates(folder: &Folder) -> Vec<PathBuf> {
    let film = Clip { timing: Timing::Constant(24_000, 1_001), frames: FRAMES, ..Clip::default() };
    let film = film.write(folder, "film");
    let quicktime = repacked(&film, "quicktime.mov");
    let flash = Clip { frames: FRAMES, ..Clip::default() }.write(folder, "for-flash");
    vec![film, quicktime, repacked(&flash, "flash.flv")]
}

/// Containers and codecs beside those that `testkit` makes, five to a window: a name, and how it is encoded.
pub(crate) const KINDS: [[(&str, &str); 5]; 2] = [
    [
        ("programme.mpg", "-c:v mpeg2video -q:v 3 -g 15 -bf 2"),
        ("phone.3gp", "-c:v h263 -s 352x288 -q:v 3"),
        ("camera.mp4", "-c:v libx265 -x265-params log-level=none -g 50 -tag:v hvc1"),
        ("film-av1.mp4", "-c:v libaom-av1 -usage realtime -cpu-used 8 -g 50"),
        ("web-vp9.webm", "-c:v libvpx-vp9 -deadline realtime -g 50"),
    ],
    [
        ("disc.m2ts", "-c:v libx264 -g 50 -mpegts_m2ts_mode 1"),
        ("studio.mxf", "-c:v mpeg2video -q:v 3 -g 15 -bf 2"),
        ("windows.wmv", "-c:v wmv2 -q:v 3"),
        ("free.ogv", "-c:v libtheora -q:v 6"),
        ("editing.mov", "-c:v prores"),
    ],
];

/// The same clip, encoded in these ways.
pub(crate) fn encoded_as(folder: &Folder, kinds: &[(&str, &str)]) -> Vec<PathBuf> {
    let plain = Clip { frames: FRAMES, ..Clip::default() }.write(folder, "to-encode");
    kinds.iter().map(|(name, options)| encoded(&plain, name, options)).collect()
}
