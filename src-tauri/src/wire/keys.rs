//! The keys of commands.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The keys of one command, instead of its usual ones.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyBinding {
    /// The command's name in the page.
    command: String,
    /// The key that is shown comes first; without any the command has no key.
    keys: Vec<KeyPress>,
}

/// A key press.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
struct KeyPress {
    /// The key as a page names it; a letter is small.
    key: String,
    /// With Control, or Command on a Mac.
    ctrl: bool,
    shift: bool,
}

impl From<engine::KeyBinding> for KeyBinding {
    fn from(engine::KeyBinding { command, keys }: engine::KeyBinding) -> Self {
        let press = |engine::KeyPress { key, ctrl, shift }| KeyPress { key, ctrl, shift };
        Self { command, keys: keys.into_iter().map(press).collect() }
    }
}

impl From<KeyBinding> for engine::KeyBinding {
    fn from(KeyBinding { command, keys }: KeyBinding) -> Self {
        let press = |KeyPress { key, ctrl, shift }| engine::KeyPress { key, ctrl, shift };
        Self { command, keys: keys.into_iter().map(press).collect() }
    }
}
