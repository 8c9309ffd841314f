//! One figure measured again and again at a fixed distance in time.

use serde::{Deserialize, Serialize};

use crate::{MediaTime, TimeRange};

/// Values at a fixed hop from time zero: value `i` describes `[i * hop, (i + 1) * hop)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    hop: MediaTime,
    values: Vec<f32>,
}

impl Series {
    /// A series from its values. A hop that is not positive is taken as one microsecond.
    #[must_use]
    pub fn new(hop: MediaTime, values: Vec<f32>) -> Self {
        Self { hop: hop.max(MediaTime::from_micros(1)), values }
    }

    /// The distance between two values.
    #[must_use]
    pub fn hop(&self) -> MediaTime {
        self.hop
    }

    /// All values, in order of time.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The index of the value that describes `time`, which may lie past the last.
    #[must_use]
    pub fn index(&self, time: MediaTime) -> usize {
        (time.as_micros().max(0) / self.hop.as_micros()) as usize
    }

    /// The start of the stretch that value `index` describes.
    #[must_use]
    pub fn time(&self, index: usize) -> MediaTime {
        MediaTime::from_micros(index as i64 * self.hop.as_micros())
    }

    /// The values that describe any part of `range`.
    #[must_use]
    pub fn slice(&self, range: TimeRange) -> &[f32] {
        let from = self.index(range.start).min(self.values.len());
        let last = self.index(range.end - MediaTime::from_micros(1));
        let to = if range.is_empty() { from } else { (last + 1).clamp(from, self.values.len()) };
        &self.values[from..to]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_holds_every_value_that_touches_the_range() {
        let series = Series::new(MediaTime::from_millis(100), (0..10_u8).map(f32::from).collect());
        let slice =
            |from, to| series.slice(TimeRange::new(MediaTime::from_millis(from), MediaTime::from_millis(to)));
        assert_eq!(slice(100, 300), [1.0, 2.0]);
        assert_eq!(slice(150, 301), [1.0, 2.0, 3.0]);
        assert_eq!(slice(950, 5_000), [9.0]);
        assert!(slice(200, 200).is_empty());
        assert!(slice(2_000, 3_000).is_empty());
    }
}
