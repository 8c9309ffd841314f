//! Words put right: what is really said, where a recogniser or a subtitle has it wrong.

use model::{MediaTime, TimeRange};
use serde::{Deserialize, Serialize};

use crate::{EditError, Material, Project};

/// What is said in a stretch of a material, whatever was heard or read there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The stretch whose words it takes the place of.
    pub range: TimeRange,
    /// What is said; empty where nothing is.
    pub text: String,
}

impl Correction {
    /// Whether it takes the place of what is said in `range`: the middle counts, so that words that another model places a
    /// little differently are still the same words.
    #[must_use]
    pub fn covers(&self, range: TimeRange) -> bool {
        self.range.contains(range.middle())
    }
}

impl Material {
    /// Puts words right; an older correction that this one touches is replaced by it.
    pub(crate) fn correct(&mut self, range: TimeRange, text: String) -> Result<(), EditError> {
        self.check_words(range)?;
        self.restore(range);
        self.corrections.push(Correction { range, text });
        self.corrections.sort_by_key(|correction| correction.range);
        Ok(())
    }

    /// Lets the words of a stretch be again what was heard or read.
    pub(crate) fn restore(&mut self, range: TimeRange) {
        self.corrections.retain(|correction| !correction.range.overlaps(range));
    }

    /// Whether words may be said in `range`; a word may be shorter than any range of an editor.
    pub(crate) fn check_words(&self, range: TimeRange) -> Result<(), EditError> {
        let duration = self.info.duration;
        if range.start < MediaTime::ZERO || duration < range.end || range.end <= range.start {
            return Err(EditError::RangeOutside { range, duration });
        }
        Ok(())
    }
}

impl Project {
    /// The longest text of a correction, in characters.
    pub const LONGEST_CORRECTION: usize = 1_000;
}
