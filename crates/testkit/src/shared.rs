//! Real media and models that lie outside the project.

use std::path::{Path, PathBuf};

/// The folder of real media: `media` under `$STANDOUT_SHARED`, or under `../shared` beside the workspace. `None`, with
/// a note on standard error, where it is absent.
///
/// # Panics
/// Where it is absent although `CI` is set: there these tests are required.
#[must_use]
pub fn shared_media() -> Option<PathBuf> {
    shared("media")
}

/// The folder of models, beside that of media: `models`. As [`shared_media`] where it is absent.
///
/// # Panics
/// As [`shared_media`].
#[must_use]
pub fn shared_models() -> Option<PathBuf> {
    shared("models")
}

#[allow(clippy::print_stderr, reason = "a test that is left out must say so")]
fn shared(name: &str) -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared =
        std::env::var_os("STANDOUT_SHARED").map_or_else(|| workspace.join("../shared"), PathBuf::from);
    let folder = shared.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "CI needs the shared {name} folder: {}", folder.display());
    eprintln!("left out: there is no shared {name} folder at {}", folder.display());
    None
}
