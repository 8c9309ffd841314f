//! How many frames a second the real window draws while an editor drags, scrolls and zooms over two hours with fifty ranges.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement that cannot be made should stop, and its figures are printed"
)]
#![allow(dead_code, reason = "the window is driven by the tests as well, which need more of it")]

mod openings;
mod window;

use std::path::PathBuf;

use serde_json::Value;
use testkit::Folder;
use thirtyfour::prelude::*;

use window::{Setup, Window, sample};

/// Seconds: a project holds two hours at most.
const LENGTH: u32 = 7_195;
/// Seconds from one line that is said to the next.
const LINE: u32 = 3;
const RANGES: usize = 50;
/// Frames that each act is measured for: five seconds at sixty a second.
const FRAMES: usize = 300;

/// What is done in every frame, in the page: the number of the frame is `frame`.
const ACTS: [(&str, &str); 6] = [
    ("scrolling", "wheel({ deltaX: 14 * (frame % 120 < 60 ? 1 : -1) })"),
    ("zooming about the pointer", "wheel({ deltaY: frame % 80 < 40 ? -40 : 40, ctrlKey: true })"),
    ("moving a range", "drag(frame)"),
    ("moving fifty ranges", "drag(frame)"),
    ("scrubbing", "drag(frame)"),
    ("scrolling what is said", "words.scrollTop += 60 * (frame % 240 < 120 ? 1 : -1)"),
];

#[tokio::main]
async fn main() {
    let (home, folder) = (Folder::new(), Folder::new());
    let window = prepared(&home, &folder).await;
    println!(
        "| while | work in a frame: median | worst | between frames: median | worst | later than 20 ms |"
    );
    println!("|---|---|---|---|---|---|");
    for (name, act) in ACTS {
        let [work, between] = measure(&window, name, act).await.map(sorted);
        let late = between.iter().filter(|time| **time > 20.0).count();
        let row = [&work, &between]
            .map(|times| format!("{:.1} | {:.1}", times[times.len() / 2], times[times.len() - 1]));
        println!("| {name} | {} | {late} of {} |", row.join(" | "), between.len());
    }
    window.close().await;
    openings::print(&folder).await;
}

fn sorted(mut times: Vec<f64>) -> Vec<f64> {
    times.sort_by(f64::total_cmp);
    times
}

/// The window with two hours that are analysed, fifty ranges, and ten minutes in sight.
async fn prepared(home: &Folder, folder: &Folder) -> Window {
    let setup = Setup { opens: vec![two_hours(folder)], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press(Key::Control + Key::Enter).await;
    let analysed = "return document.querySelector(\"[data-testid^='material-']\")?.dataset.state === 'done'";
    window.until_within("two hours to be analysed", analysed, std::time::Duration::from_secs(1_800)).await;
    let found = window.numbered("highlight").await.len();
    for place in found..RANGES {
        let start = 60_000_000 + place * 140_000_000;
        let end = start + 15_000_000;
        window
            .script(&format!(
                "return window.__TAURI_INTERNALS__.invoke('edit', {{ gesture: null,
                     command: {{ kind: 'addRange', material: 1, start: {start}, end: {end} }} }}).then(() => true)"
            ))
            .await;
    }
    let all = format!("return document.querySelectorAll('[data-judgement]').length === {RANGES}");
    window.until("fifty ranges", &all).await;
    window
}

fn two_hours(folder: &Folder) -> PathBuf {
    let (small, long) = (folder.file("small.mp4"), folder.file("two-hours.mp4"));
    let [from, to, repeated] = [&sample(), &small, &long].map(|path| path.to_str().unwrap().to_owned());
    let small_h264 =
        ["-vf", "scale=320:-2", "-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-c:a", "copy"];
    testkit::ffmpeg(["-i", &from].into_iter().chain(small_h264).chain([to.as_str()]));
    let length = LENGTH.to_string();
    testkit::ffmpeg(["-stream_loop", "-1", "-i", &to, "-t", &length, "-c", "copy", &repeated]);
    std::fs::write(long.with_extension("srt"), said()).unwrap();
    long
}

/// Two hours of talk, as a subtitle file.
fn said() -> String {
    let clock =
        |seconds: u32| format!("{:02}:{:02}:{:02},000", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let line = |place: u32| {
        let (start, end) = (clock(place * LINE), clock(place * LINE + LINE));
        format!(
            "{}\n{start} --> {end}\nThis is what somebody says in line {place}, and there is more.\n\n",
            place + 1
        )
    };
    (0..LENGTH / LINE).map(line).collect()
}

/// Milliseconds that script, layout and painting of each frame take, and those from one frame to the next, while something is done in
/// each of them.
async fn measure(window: &Window, name: &str, act: &str) -> [Vec<f64>; 2] {
    window.press("f").await;
    if name == "scrolling what is said" {
        window.click("words").await;
    }
    if name == "moving fifty ranges" {
        window.press(Key::Control + "a").await;
    }
    let script = format!(
        "const done = arguments[0];
         const track = document.querySelector(\"[data-testid='track']\");
         const box = track.getBoundingClientRect();
         const middle = {{ clientX: box.left + box.width / 2, clientY: box.top + 90, bubbles: true, cancelable: true }};
         const wheel = (how) => track.dispatchEvent(new WheelEvent('wheel', {{ ...middle, ...how }}));
         // Made-up pointers cannot be captured.
         Element.prototype.setPointerCapture = () => undefined;
         const words = document.querySelector(\"[data-testid='transcript-words'] > div\");
         const scrubs = '{name}' === 'scrubbing';
         if (!scrubs) for (let step = 0; step < 24; step++) wheel({{ deltaY: -50, ctrlKey: true }});
         const bodies = () => [...track.querySelectorAll(\"[data-testid^='range-']\")]
             .filter(({{ dataset }}) => /^range-\\d+$/.test(dataset.testid));
         let held = track;
         let from = middle;
         const point = (type, x, buttons) => held.dispatchEvent(
             new PointerEvent(type, {{ ...from, clientX: from.clientX + x, button: 0, buttons, pointerId: 1 }}));
         const drag = (frame) => point('pointermove', 100 * Math.sin(frame / 20), 1);
         const begin = () => {{
             if (!scrubs && '{name}'.startsWith('moving')) {{
                 held = bodies()[0] ?? track;
                 const grip = held.getBoundingClientRect();
                 from = {{ ...middle, clientX: grip.left + grip.width / 2, clientY: grip.top + 10 }};
             }}
             if (!'{name}'.match(/scroll|zoom/)) point('pointerdown', 0, 1);
             const [times, work] = [[], []];
             let [last, begun] = [];
             // A message sent by a frame's first script arrives when the frame was painted.
             const painted = new MessageChannel();
             painted.port1.onmessage = () => work.push(performance.now() - begun);
             const step = (now) => {{
                 begun = performance.now();
                 painted.port2.postMessage(0);
                 if (last !== undefined) times.push(now - last);
                 last = now;
                 const frame = times.length;
                 if (frame >= {FRAMES}) {{
                     if (!'{name}'.match(/scroll|zoom/)) point('pointerup', 0, 0);
                     return done([work, times]);
                 }}
                 {act};
                 requestAnimationFrame(step);
             }};
             requestAnimationFrame(step);
         }};
         // What zooming has set off is over before anything is measured.
         setTimeout(begin, 1500);"
    );
    let times: Value = window.script_later(&script).await.json().clone();
    [0, 1].map(|kind| {
        let times = times[kind].as_array().expect("the page measured").iter();
        times.filter_map(Value::as_f64).collect()
    })
}
