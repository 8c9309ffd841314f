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
mod stepping;
mod window;

use std::path::PathBuf;

use serde_json::json;
use testkit::Folder;
use thirtyfour::prelude::*;

use stepping::{FRAMES as CLIP_FRAMES, KINDS, Step, containers, encoded_as, film_rates, turned, varying};
use window::{Setup, Window, sample};

/// Seconds: a project holds two hours at most.
const LENGTH: u32 = 7_195;
/// Seconds from one line that is said to the next.
const LINE: u32 = 3;
const RANGES: usize = 50;
/// Frames that each act is measured for.
const FRAMES: usize = 120;
/// Milliseconds after each frame in which what puts it together can end, so that only the page's own work is seen.
const REST: usize = 40;

/// What is done, and how: see `rates.js`.
const ACTS: [(&str, &str); 7] = [
    ("scrolling", "scroll"),
    ("zooming about the pointer", "zoom"),
    ("moving a range", "drag"),
    ("moving fifty ranges", "drag"),
    ("trimming a range", "drag"),
    ("scrubbing", "drag"),
    ("scrolling what is said", "read"),
];

/// Measures everything, or what is asked for: `moves`, `openings`, `steps`.
#[tokio::main]
async fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with('-')).collect();
    let wants = |what: &str| asked.is_empty() || asked.iter().any(|one| one == what);
    let folder = Folder::new();
    if wants("moves") {
        moves(&folder).await;
    }
    if wants("openings") {
        openings::print(&folder).await;
    }
    if wants("steps") {
        steps(&folder).await;
    }
}

async fn moves(folder: &Folder) {
    let home = Folder::new();
    let window = prepared(&home, folder).await;
    println!(
        "| while | script and layout: median | 99 % | worst | painting: median | frames apart: median | 99 % | worst | a second |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, act) in ACTS {
        let [own, painting, _] = measure(&window, name, act, REST).await;
        let [_, _, apart] = measure(&window, name, act, 0).await;
        let cells = [
            at(&own, 50),
            at(&own, 99),
            at(&own, 100),
            at(&painting, 50),
            at(&apart, 50),
            at(&apart, 99),
            at(&apart, 100),
            1_000.0 * apart.len() as f64 / apart.iter().sum::<f64>(),
        ];
        println!("| {name} | {} |", cells.map(|time| format!("{time:.0}")).join(" | "));
    }
    window.close().await;
}

/// Steps through clips of every kind, and prints how far off the frames are that are shown.
async fn steps(folder: &Folder) {
    println!("**Frames stepped to and shown**");
    println!("| video | steps | frames off, at most |");
    println!("|---|---|---|");
    // Without any frame it is as far off as can be.
    let error = |step: &Step| step.shown.map_or(CLIP_FRAMES, |shown| shown.abs_diff(step.asked));
    let kinds = KINDS.iter().map(|kinds| encoded_as(folder, kinds));
    let groups = [containers(folder), turned(folder), varying(folder), film_rates(folder)];
    for videos in groups.into_iter().chain(kinds) {
        for (name, steps) in stepping::stepped_in_a_window(videos).await {
            let worst = steps.iter().map(error).max().unwrap_or_default();
            println!("| {name} | {} | {worst} |", steps.len());
        }
    }
}

/// The time that so many per cent of them do not exceed.
fn at(sorted: &[f64], percent: usize) -> f64 {
    sorted[(sorted.len() - 1) * percent / 100]
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

/// Milliseconds of script and layout, of painting, and from one frame to the next, in order of size, while something is done.
async fn measure(window: &Window, name: &str, act: &str, rest: usize) -> [Vec<f64>; 3] {
    window.press("f").await;
    if act == "read" {
        window.click("words").await;
    }
    if name == "moving fifty ranges" {
        window.press(Key::Control + "a").await;
    }
    let arguments = vec![json!(name), json!(act), json!(FRAMES), json!(rest)];
    let times = window.script_with(include_str!("rates.js"), arguments).await;
    let times: Vec<[f64; 3]> = times.convert().expect("the page measured");
    if act == "read" {
        window.click("words").await;
    }
    [0, 1, 2].map(|kind| sorted(times.iter().map(|one| one[kind]).collect()))
}
