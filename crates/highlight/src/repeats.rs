//! Whether two windows show the same thing: a replay, a loop, a recap before the next part. What is played again has the
//! same course of loudness, onsets and motion, moment for moment, which two different laughs never have; so no picture or
//! sound has to be kept for it. Where all of them are flat nothing can be told, and two windows count as different.

use model::{Evidence, MediaTime, Signal, TimeRange};

use crate::series_math::{prefix_sums, smooth};
use crate::weights::{ALIKE, REPLAYED};

/// Signals whose course is compared: what is heard and what is seen, each where it is there.
const COMPARED: [Signal; 3] = [Signal::Loudness, Signal::Onset, Signal::Motion];
/// Single hops differ with where a file is cut: their means over half a second (hops on either side) do not.
const FINE: usize = 2;
/// Means over two seconds are taken away: to begin and to end is what all events have in common.
const COARSE: usize = 10;
/// A course that varies by less than this share of what the material does is flat.
const FLAT: f64 = 0.1;

/// The courses of a material, ready to be compared.
pub(crate) struct Courses(Vec<Course>);

struct Course {
    values: Vec<f32>,
    sums: Vec<f64>,
    squares: Vec<f64>,
    /// The variance of the whole.
    variance: f64,
}

impl Courses {
    pub(crate) fn of(evidence: &Evidence) -> Self {
        let signals = COMPARED.iter().filter_map(|signal| evidence.signals.get(signal));
        Self(signals.map(|series| Course::of(detail(series.values()))).collect())
    }

    /// Where else the seconds around `event` are shown, in the whole material or where `within` says.
    pub(crate) fn replays(&self, event: MediaTime, within: TimeRange) -> Vec<TimeRange> {
        let core = around(event);
        let (from, length) = (hop(core.start), hop(core.duration()));
        let informative: Vec<&Course> =
            self.0.iter().filter(|course| course.is_informative(from, length)).collect();
        if length == 0 || informative.is_empty() {
            return Vec::new();
        }
        let end = informative.iter().map(|course| course.values.len()).min().unwrap_or(0);
        let last = hop(within.end).min(end).saturating_sub(length);
        let mut found: Vec<TimeRange> = Vec::new();
        let mut at = hop(within.start);
        while at <= last {
            let is_elsewhere = at.abs_diff(from) >= length;
            if is_elsewhere && informative.iter().all(|course| course.is_alike(from, at, length)) {
                let start = Evidence::HOP.scaled(at as f64);
                found.push(TimeRange::new(start, start + core.duration()));
                at += length;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether the seconds around `event` are shown in a range, or at its ends.
    pub(crate) fn is_replayed(&self, event: MediaTime, range: TimeRange) -> bool {
        let half = REPLAYED.scaled(0.5);
        !self.replays(event, TimeRange::new(range.start - half, range.end + half)).is_empty()
    }
}

/// What goes on within a second.
fn detail(values: &[f32]) -> Vec<f32> {
    smooth(values, FINE).iter().zip(smooth(values, COARSE)).map(|(fine, coarse)| fine - coarse).collect()
}

fn around(event: MediaTime) -> TimeRange {
    let start = (event - REPLAYED.scaled(0.5)).max(MediaTime::ZERO);
    TimeRange::new(start, start + REPLAYED)
}

fn hop(time: MediaTime) -> usize {
    (time.as_micros().max(0) / Evidence::HOP.as_micros()) as usize
}

impl Course {
    fn of(values: Vec<f32>) -> Self {
        let squared: Vec<f32> = values.iter().map(|value| value * value).collect();
        let (sums, squares) = (prefix_sums(&values), prefix_sums(&squared));
        let mut course = Self { values, sums, squares, variance: 0.0 };
        course.variance = course.moments(0, course.values.len()).1;
        course
    }

    /// Mean and variance of `length` values; nothing where they reach past the end.
    fn moments(&self, from: usize, length: usize) -> (f64, f64) {
        let to = from + length;
        if to >= self.sums.len() || length == 0 {
            return (0.0, 0.0);
        }
        let count = length as f64;
        let mean = (self.sums[to] - self.sums[from]) / count;
        (mean, ((self.squares[to] - self.squares[from]) / count - mean * mean).max(0.0))
    }

    fn is_informative(&self, from: usize, length: usize) -> bool {
        let (_, variance) = self.moments(from, length);
        variance > FLAT * FLAT * self.variance && variance > 0.0
    }

    /// Whether the course from one hop correlates with that from another.
    fn is_alike(&self, a: usize, b: usize, length: usize) -> bool {
        let ((mean_a, variance_a), (mean_b, variance_b)) = (self.moments(a, length), self.moments(b, length));
        // Courses of very different liveliness are not worth multiplying.
        if variance_b < 0.5 * variance_a || variance_b > 2.0 * variance_a {
            return false;
        }
        let (Some(first), Some(second)) = (self.values.get(a..a + length), self.values.get(b..b + length))
        else {
            return false;
        };
        let product: f32 =
            first.iter().zip(second).map(|(x, y)| (x - mean_a as f32) * (y - mean_b as f32)).sum();
        f64::from(product) / length as f64 >= f64::from(ALIKE) * (variance_a * variance_b).sqrt()
    }
}
