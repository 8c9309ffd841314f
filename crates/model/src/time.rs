//! Points and stretches of time as types, so that a bare number of unknown unit never crosses a crate's border.

use std::fmt;
use std::ops::{Add, Neg, Sub};

use serde::{Deserialize, Serialize};

const MICROS_PER_SECOND: i64 = 1_000_000;

/// A point on a material's time line, or a distance between two, in whole microseconds.
///
/// Zero is the first instant the container presents. Serialised as the integer, which stays below 2^53 so that
/// JavaScript reads it exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MediaTime(i64);

impl MediaTime {
    /// The beginning of a material.
    pub const ZERO: Self = Self(0);

    /// From whole microseconds.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From whole milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis * 1_000)
    }

    /// From whole seconds.
    #[must_use]
    pub const fn from_whole_seconds(seconds: i64) -> Self {
        Self(seconds * MICROS_PER_SECOND)
    }

    /// From seconds, rounded to the nearest microsecond; `None` when not finite or beyond 2^53 microseconds.
    #[must_use]
    pub fn from_seconds(seconds: f64) -> Option<Self> {
        let micros = (seconds * MICROS_PER_SECOND as f64).round();
        (micros.abs() < (1_u64 << 53) as f64).then_some(Self(micros as i64))
    }

    /// From `count` ticks of `numerator / denominator` seconds each (a stream's time base), rounded to the nearest
    /// microsecond. A time base that is not positive gives zero.
    #[must_use]
    pub fn from_ticks(count: i64, numerator: i32, denominator: i32) -> Self {
        if numerator <= 0 || denominator <= 0 {
            return Self::ZERO;
        }
        let scaled = i128::from(count) * i128::from(numerator) * i128::from(MICROS_PER_SECOND);
        let half = i128::from(denominator) / 2;
        let rounded = (scaled + half).div_euclid(i128::from(denominator));
        Self(rounded.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }

    /// Whole microseconds.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Seconds, for display, statistics and the contract's own unit.
    #[must_use]
    pub fn as_seconds(self) -> f64 {
        self.0 as f64 / MICROS_PER_SECOND as f64
    }

    /// The distance to `other`, never negative.
    #[must_use]
    pub const fn distance(self, other: Self) -> Self {
        Self((self.0 - other.0).abs())
    }

    /// This time scaled by a factor, rounded to the nearest microsecond.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self((self.0 as f64 * factor).round() as i64)
    }
}

impl Add for MediaTime {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for MediaTime {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for MediaTime {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl fmt::Display for MediaTime {
    /// `1:02:03.45`, `2:03.45` below one hour; hundredths are cut, not rounded, so a shown time is never after the real one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let hundredths = self.0.unsigned_abs() / 10_000;
        let (seconds, fraction) = (hundredths / 100, hundredths % 100);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if hours > 0 {
            write!(f, "{sign}{hours}:{minutes:02}:{seconds:02}.{fraction:02}")
        } else {
            write!(f, "{sign}{minutes}:{seconds:02}.{fraction:02}")
        }
    }
}

/// The stretch `[start, end)`: its end is the first instant after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TimeRange {
    /// The first instant inside.
    pub start: MediaTime,
    /// The first instant after.
    pub end: MediaTime,
}

impl TimeRange {
    /// `[start, end)`; an end before the start makes an empty range at `start`.
    #[must_use]
    pub fn new(start: MediaTime, end: MediaTime) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Its length.
    #[must_use]
    pub fn duration(self) -> MediaTime {
        self.end - self.start
    }

    /// The instant halfway.
    #[must_use]
    pub fn middle(self) -> MediaTime {
        MediaTime((self.start.0 + self.end.0) / 2)
    }

    /// True when nothing lies inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True when `time` lies inside.
    #[must_use]
    pub fn contains(self, time: MediaTime) -> bool {
        self.start <= time && time < self.end
    }

    /// True when the two share an instant.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What both share, `None` when that is nothing.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// True when both share more than half of the shorter one: the same moment, cut a little differently.
    #[must_use]
    pub fn shows_same_moment(self, other: Self) -> bool {
        let shorter = self.duration().min(other.duration());
        let shared = self.intersection(other).map_or(MediaTime::ZERO, Self::duration);
        shared + shared > shorter
    }
}

impl fmt::Display for TimeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(value: f64) -> MediaTime {
        MediaTime::from_seconds(value).expect("a sensible number of seconds")
    }

    #[test]
    fn ticks_of_a_stream_become_the_nearest_microsecond() {
        for (count, numerator, denominator, micros) in [
            (1, 1001, 24_000, 41_708),
            (90_000, 1, 90_000, 1_000_000),
            (-1, 1, 3, -333_333),
            (i64::MAX, 1, 1, i64::MAX),
            (5, 0, 1, 0),
        ] {
            assert_eq!(MediaTime::from_ticks(count, numerator, denominator).as_micros(), micros);
        }
    }

    #[test]
    fn a_time_is_shown_as_an_editor_writes_it() {
        for (time, shown) in
            [(3723.459, "1:02:03.45"), (123.45, "2:03.45"), (0.0, "0:00.00"), (-1.5, "-0:01.50")]
        {
            assert_eq!(seconds(time).to_string(), shown);
        }
    }

    #[test]
    fn seconds_that_no_media_has_are_refused() {
        assert_eq!(MediaTime::from_seconds(f64::NAN), None);
        assert_eq!(MediaTime::from_seconds(1e12), None);
    }

    #[test]
    fn ranges_that_only_touch_do_not_overlap() {
        let (first, second) =
            (TimeRange::new(seconds(0.0), seconds(1.0)), TimeRange::new(seconds(1.0), seconds(2.0)));
        assert!(!first.overlaps(second));
        assert_eq!(first.intersection(second), None);
        assert!(!first.contains(first.end), "a range is half-open");
    }

    #[test]
    fn the_same_moment_is_more_than_half_of_the_shorter_range() {
        let range = |start, end| TimeRange::new(seconds(start), seconds(end));
        for (first, second, same) in [
            (range(0.0, 10.0), range(4.0, 14.0), true),
            (range(0.0, 10.0), range(5.0, 15.0), false),
            (range(0.0, 60.0), range(58.0, 61.0), true),
            (range(0.0, 10.0), range(20.0, 30.0), false),
            (range(5.0, 5.0), range(5.0, 5.0), false),
        ] {
            assert_eq!(first.shows_same_moment(second), same, "{first} and {second}");
            assert_eq!(second.shows_same_moment(first), same, "{second} and {first}");
        }
    }
}
