//! The language that the editor has chosen for the window.

use crate::engine::Engine;
use crate::{Code, Failure};

/// The library's setting that holds it.
const SETTING: &str = "language";
/// The longest tag that RFC 5646 asks programs to keep.
const LONGEST: usize = 35;

impl Engine {
    /// The chosen language, as its tag; `None` when it follows the system.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn language(&self) -> Result<Option<String>, Failure> {
        self.library.setting(SETTING).map_err(|error| Failure::of_library(&error))
    }

    /// Keeps the chosen language; `None` follows the system.
    ///
    /// # Errors
    /// When it is no tag of a language, or the library cannot be written.
    pub fn save_language(&self, tag: Option<&str>) -> Result<(), Failure> {
        let is_tag = |tag: &str| {
            let letters = tag.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
            letters && (1..=LONGEST).contains(&tag.len())
        };
        if let Some(tag) = tag.filter(|tag| !is_tag(tag)) {
            let message = format!("{tag} is no language. Choose one of the list.");
            return Err(Failure::new(Code::InvalidRequest, message));
        }
        self.library.set_setting(SETTING, tag).map_err(|error| Failure::of_library(&error))
    }
}
