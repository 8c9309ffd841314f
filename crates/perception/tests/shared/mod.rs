//! The folder of recordings and models that lies outside the project: the one that `STANDOUT_SHARED` names, by default
//! `shared` beside the workspace.

#![allow(dead_code, reason = "not every test needs all of it")]
#![allow(clippy::panic, reason = "a failed expectation stops the test where it stands")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder in it; `None`, with a word about it, where it is absent. In continuous integration it must be there.
#[allow(clippy::print_stderr, reason = "a test that is left out says so")]
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("STANDOUT_SHARED").map_or_else(default, PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{name} is required here: set STANDOUT_SHARED");
    eprintln!("left out: there is nothing at {}", folder.display());
    None
}

/// The samples of a recording, one channel at 16 kHz, by the `ffmpeg` command.
pub(crate) fn samples(file: &Path) -> Vec<f32> {
    let decoded = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(file)
        .args(["-map", "0:a:0", "-ac", "1", "-ar", "16000", "-f", "f32le", "-"])
        .output();
    let decoded = decoded.unwrap_or_else(|error| panic!("ffmpeg could not be started: {error}"));
    let samples: Vec<f32> =
        decoded.stdout.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    assert!(!samples.is_empty(), "nothing was decoded from {}", file.display());
    samples
}

/// The picture of a recording at a second, in red, green and blue, by the `ffmpeg` command.
pub(crate) fn coloured(file: &Path, second: f64, (width, height): (usize, usize)) -> Vec<u8> {
    let scale = format!("scale={width}:{height}:flags=area");
    let rgb = pictures(file, &["-ss", &second.to_string()], &["-frames:v", "1", "-vf", &scale]);
    assert_eq!(rgb.len(), width * height * 3, "{} has a picture at {second} s", file.display());
    rgb
}

/// A picture of every second of a recording, one behind the other.
pub(crate) fn coloured_every_second(file: &Path, (width, height): (usize, usize)) -> Vec<u8> {
    pictures(file, &[], &["-vf", &format!("fps=1,scale={width}:{height}:flags=area")])
}

fn pictures(file: &Path, before: &[&str], after: &[&str]) -> Vec<u8> {
    let decoded = Command::new("ffmpeg")
        .args(["-v", "error"])
        .args(before)
        .arg("-i")
        .arg(file)
        .args(after)
        .args(["-pix_fmt", "rgb24", "-f", "rawvideo", "-"])
        .output();
    let decoded = decoded.unwrap_or_else(|error| panic!("ffmpeg could not be started: {error}"));
    assert!(!decoded.stdout.is_empty(), "no picture was decoded from {}", file.display());
    decoded.stdout
}
