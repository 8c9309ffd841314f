//! Real media that lies outside the project.

use std::path::{Path, PathBuf};

/// The folder of real media: `media` under `$STANDOUT_SHARED`, or under `../shared` beside the workspace. `None`, with
/// a note on standard error, where it is absent.
///
/// # Panics
/// Where it is absent although `CI` is set: there these tests are required.
#[must_use]
#[allow(clippy::print_stderr, reason = "a test that is left out must say so")]
pub fn shared_media() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared =
        std::env::var_os("STANDOUT_SHARED").map_or_else(|| workspace.join("../shared"), PathBuf::from);
    let media = shared.join("media");
    if media.is_dir() {
        return Some(media);
    }
    assert!(std::env::var_os("CI").is_none(), "CI needs the shared media folder: {}", media.display());
    eprintln!("left out: there is no shared media folder at {}", media.display());
    None
}
