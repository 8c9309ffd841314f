//! The keys an editor has given to commands of the window, instead of the usual ones.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::{Code, Failure};

/// The library's setting that holds them.
const SETTING: &str = "keys";

/// The keys of one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyBinding {
    /// The command's name in the window.
    pub command: String,
    /// What runs it, the key that is shown first; without any it has no key.
    pub keys: Vec<KeyPress>,
}

/// A key press.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyPress {
    /// The key as a web page names it; a letter is small.
    pub key: String,
    /// With Control, or Command on a Mac.
    pub ctrl: bool,
    /// With Shift.
    pub shift: bool,
}

impl Engine {
    /// The keys that differ from the usual ones. Keys that cannot be read are the usual ones again, so that a damaged
    /// setting locks nobody out.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn key_bindings(&self) -> Result<Vec<KeyBinding>, Failure> {
        let saved = self.library.setting(SETTING).map_err(|error| Failure::of_library(&error))?;
        let Some(saved) = saved else { return Ok(Vec::new()) };
        Ok(serde_json::from_str(&saved).unwrap_or_else(|error| {
            tracing::warn!(%error, "the keys cannot be read and are the usual ones");
            Vec::new()
        }))
    }

    /// Keeps the keys that differ from the usual ones.
    ///
    /// # Errors
    /// When one key would run two commands, or the library cannot be written.
    pub fn save_key_bindings(&self, bindings: &[KeyBinding]) -> Result<(), Failure> {
        let mut taken: HashMap<&KeyPress, &str> = HashMap::new();
        for binding in bindings {
            for key in &binding.keys {
                if let Some(other) = taken.insert(key, &binding.command) {
                    let (key, command) = (&key.key, &binding.command);
                    let message =
                        format!("The key {key} would run both {other} and {command}. Choose another key.");
                    return Err(Failure::new(Code::InvalidRequest, message));
                }
            }
        }
        let json = serde_json::to_string(bindings).map_err(|error| {
            Failure::new(Code::Internal, format!("The keys cannot be written ({error})."))
        })?;
        let kept = if bindings.is_empty() { None } else { Some(json.as_str()) };
        self.library.set_setting(SETTING, kept).map_err(|error| Failure::of_library(&error))
    }
}
