//! A range before and after its ends were brought to better places.

use model::TimeRange;
use serde::{Deserialize, Serialize};

use crate::{EditError, Material, RangeId};

/// Where a range lay and where it was brought: an editor compares the two and keeps one, and may change it later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapping {
    /// As the editor or analysis had put it.
    pub before: TimeRange,
    /// With its ends at cuts, or in pauses.
    pub after: TimeRange,
}

impl Material {
    /// Brings the ends of a range to better places and remembers where they were.
    pub(crate) fn snap(&mut self, id: RangeId, after: TimeRange) -> Result<(), EditError> {
        let before = self.range_mut(id)?.range;
        self.set(id, after)?;
        if before != after {
            self.range_mut(id)?.snapping = Some(Snapping { before, after });
        }
        Ok(())
    }

    /// Puts a range that was snapped to its other place.
    pub(crate) fn compare(&mut self, id: RangeId) -> Result<(), EditError> {
        let range = self.range_mut(id)?;
        let Some(snapping) = range.snapping else { return Err(EditError::NotSnapped(id)) };
        let other = if range.range == snapping.after { snapping.before } else { snapping.after };
        self.set(id, other)?;
        self.range_mut(id)?.snapping = Some(snapping);
        Ok(())
    }
}
