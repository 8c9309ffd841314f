//! How long it takes from choosing a video until its picture moves.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use testkit::{Folder, shared_media};

use crate::window::{Setup, Window};

/// What is aimed at, in seconds.
const AIM: f64 = 2.0;
/// Seconds of the long film that no web view plays as it is.
const LENGTH: &str = "7190";

/// Chooses a video in a new project, plays it, and tells the seconds until the picture moved; null when the window refuses it.
const OPEN: &str = "
    const [path, done] = arguments;
    const ask = (name, how) => window.__TAURI_INTERNALS__.invoke(name, how);
    const sooner = (condition, then, limit) => {
        const until = performance.now() + limit;
        const look = () => condition() ? then(true) : performance.now() > until ? then(false) : setTimeout(look, 4);
        look();
    };
    const wait = (condition, limit) => new Promise((then) => sooner(condition, then, limit));
    const video = () => document.querySelector('video');
    (async () => {
        await ask('new_project', {});
        await wait(() => !video(), 20_000);
        const begun = performance.now();
        const { refused } = await ask('import_paths', { paths: [path] });
        if (refused.length > 0) return done(null);
        const ready = () => video()?.readyState >= 2 || document.querySelector('.player [role=alert]');
        if (!(await wait(ready, 30_000)) || video().readyState < 2) return done(-1);
        const from = video().currentTime;
        // A few frames have been played, and are back at their beginning, before anybody looks.
        const few = video().duration < 0.5;
        let played = false;
        video().addEventListener(few ? 'playing' : 'ended', () => (played = true), { once: true });
        window.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', code: 'Space' }));
        const moves = await wait(() => video().currentTime > from + 0.005 || played, 10_000);
        const taken = (performance.now() - begun) / 1000;
        window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK' }));
        done(moves ? taken : -1);
    })();";

/// Opens everything there is and prints a table.
pub(crate) async fn print(folder: &Folder) {
    let home = Folder::new();
    let window = Window::open(&Setup::new(home.path())).await;
    println!("**From choosing a video until its picture moves, in seconds**");
    println!("| videos | median | worst | later than {AIM:.0} s | not played |");
    println!("|---|---|---|---|---|");
    if let Some(shared) = shared_media() {
        let mut files = Vec::new();
        collect(&shared.join("formats"), &mut files);
        files.sort();
        open(&window, "of every container and codec", &files).await;
    }
    open(&window, "two hours of MPEG-2 in a transport stream, 1080p", &[long(folder)]).await;
    window.close().await;
}

async fn open(window: &Window, name: &str, files: &[PathBuf]) {
    let (mut times, mut failed) = (Vec::new(), Vec::new());
    for file in files {
        let taken: Value = window.script_with(OPEN, vec![json!(file)]).await.json().clone();
        match taken.as_f64() {
            Some(taken) if taken >= 0.0 => times.push((taken, file)),
            Some(_) => failed.push(file),
            None => {}
        }
    }
    times.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    for (taken, file) in times.iter().rev().take(8) {
        eprintln!("{taken:.2} s: {}", file.display());
    }
    failed.iter().for_each(|file| eprintln!("not played: {}", file.display()));
    let late = times.iter().filter(|(taken, _)| *taken > AIM).count();
    let at = |place: usize| times.get(place).map_or("–".to_owned(), |(taken, _)| format!("{taken:.2}"));
    let (median, worst) = (at(times.len() / 2), at(times.len().saturating_sub(1)));
    println!("| {} {name} | {median} | {worst} | {late} | {} |", times.len() + failed.len(), failed.len());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() { collect(&entry, files) } else { files.push(entry) }
    }
}

fn long(folder: &Folder) -> PathBuf {
    let [short, long] = ["twenty-seconds.ts", "two-hours.ts"].map(|name| folder.file(name));
    let [to, repeated] = [&short, &long].map(|path| path.to_str().unwrap().to_owned());
    let pictures = ["-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25:duration=20"];
    let sound = ["-f", "lavfi", "-i", "sine=duration=20"];
    let codecs = ["-c:v", "mpeg2video", "-b:v", "4M", "-g", "15", "-bf", "2", "-c:a", "mp2", &to];
    testkit::ffmpeg(pictures.into_iter().chain(sound).chain(codecs));
    testkit::ffmpeg(["-stream_loop", "-1", "-i", &to, "-t", LENGTH, "-c", "copy", &repeated]);
    long
}
