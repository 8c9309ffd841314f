//! The command line tools that pack test material and give a second opinion.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Runs `ffmpeg` with the given arguments (it overwrites files and prints errors only).
///
/// # Panics
/// When it cannot be started or fails.
pub fn ffmpeg<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) {
    ffmpeg_fed(arguments, &[]);
}

/// As [`ffmpeg`], with bytes on its standard input.
pub(crate) fn ffmpeg_fed<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>, input: &[u8]) {
    let mut command = Command::new("ffmpeg");
    command.args(["-y", "-v", "error", "-nostdin"]).args(arguments);
    finish(command, input);
}

/// What `ffprobe` prints of the given entries, such as `stream=codec_name,width`: bare values, a line each.
///
/// # Panics
/// When it cannot be started or fails.
#[must_use]
pub fn ffprobe(path: &Path, entries: &str) -> Vec<String> {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-show_entries", entries, "-of", "default=nw=1:nk=1"]).arg(path);
    let output = finish(command, &[]);
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// What `ffprobe` says of the first picture stream, by the names of the entries, such as `codec_name,width`.
///
/// # Panics
/// When it cannot be started or fails.
#[must_use]
pub fn ffprobe_pictures(path: &Path, entries: &str) -> BTreeMap<String, String> {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-select_streams", "v:0", "-of", "default=nw=1"]);
    command.args(["-show_entries", &format!("stream={entries}")]).arg(path);
    let output = finish(command, &[]);
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// A Python program of `tests/requirements.txt`. `None`, with a note on standard error, where it is not installed.
///
/// # Panics
/// Where it is absent although `CI` is set: there the tests that need it are required.
#[must_use]
#[allow(clippy::print_stderr, reason = "a test that is left out must say so")]
pub fn python_program(name: &str) -> Option<PathBuf> {
    let test = std::env::current_exe().expect("a running program has a path");
    // Cargo builds tests into TARGET/debug/deps; scripts/setup-python installs into TARGET/tools/python.
    let found =
        test.ancestors().map(|folder| folder.join("tools/python/bin").join(name)).find(|path| path.exists());
    if found.is_none() {
        let missing = format!("{name} is not installed; run scripts/setup-python, then the same test again");
        assert!(std::env::var_os("CI").is_none(), "CI needs this program: {missing}");
        eprintln!("left out: {missing}");
    }
    found
}

/// Feeds and awaits a command whose output is small.
pub(crate) fn finish(mut command: Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?} did not start: {error}"));
    if let Some(mut stdin) = child.stdin.take() {
        // A command that stops reading early says why on its standard error, which is shown below.
        let _ = stdin.write_all(input);
    }
    let output = child.wait_with_output().expect("a started command can be awaited");
    assert!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    output
}
