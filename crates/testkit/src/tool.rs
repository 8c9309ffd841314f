//! The command line tools that pack test material and give a second opinion.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
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
