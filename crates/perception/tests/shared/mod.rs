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
