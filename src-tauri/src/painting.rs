//! How the web view puts the window together.
//!
//! By default WebKitGTK keeps each part of the page as a layer and leaves it to the graphics card to put them together. Where there is no
//! card, Mesa does that on the processors, the whole window for every frame. Without acceleration the web view paints only what has
//! changed, straight into the window. `docs/benchmarks.md` has the figures of both.

use std::ffi::OsString;
use std::path::Path;

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where Linux lists what can draw.
const DEVICES: &str = "/dev/dri";

/// Whether the processors paint the window, and only what changes in it.
pub(crate) fn paints_changes_only() -> bool {
    !has_graphics_card(&names_in(Path::new(DEVICES)))
}

/// Lets the processors paint only what changes where no graphics card would put the window together.
pub(crate) fn suit_machine(window: &WebviewWindow) -> tauri::Result<()> {
    if !paints_changes_only() {
        return Ok(());
    }
    tracing::info!("no graphics card: only what changes is painted");
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// A card has a render node; a device that can only show pictures (`card0` of a simple virtual machine) has none.
fn has_graphics_card(devices: &[OsString]) -> bool {
    devices.iter().any(|name| name.as_encoded_bytes().starts_with(b"renderD"))
}

fn names_in(folder: &Path) -> Vec<OsString> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name()).collect()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    fn check(devices: &[&str], expected: bool) {
        let devices: Vec<_> = devices.iter().map(OsStr::new).map(OsStr::to_owned).collect();
        assert_eq!(has_graphics_card(&devices), expected, "whether {devices:?} can put a window together");
    }

    #[test]
    fn only_a_render_node_is_a_graphics_card() {
        check(&[], false);
        check(&["card0"], false);
        check(&["by-path", "card0", "controlD64"], false);
        check(&["card0", "renderD128"], true);
        check(&["by-path", "card0", "card1", "renderD128", "renderD129"], true);
    }

    #[test]
    fn a_machine_that_lists_no_devices_has_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(names_in(&folder.path().join("dri")).is_empty(), "a folder that is not there holds nothing");
        std::fs::write(folder.path().join("renderD128"), []).expect("a file");
        assert!(has_graphics_card(&names_in(folder.path())), "a device is found by its name");
    }
}
