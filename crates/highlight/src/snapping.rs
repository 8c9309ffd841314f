//! Better places for the ends of a range that an editor has put somewhere.

use model::{Evidence, MediaTime, TimeRange};

use crate::edges::{Edge, between_speech};

/// An end is not moved farther than this: the range stays the moment that was meant.
pub const SNAPPING_REACH: MediaTime = MediaTime::from_millis(1_500);

/// The range with each end at the best place near it: at a cut or in a pause, never inside a sentence. An end that has no
/// such place within [`SNAPPING_REACH`] stays where it is.
#[must_use]
pub fn snapped(evidence: &Evidence, range: TimeRange) -> TimeRange {
    let edges = between_speech(evidence, MediaTime::ZERO);
    let snapped = TimeRange { start: nearest(&edges, range.start), end: nearest(&edges, range.end) };
    // Ends that meet would leave nothing of a short range.
    if snapped.end < snapped.start + range.duration().scaled(0.5) { range } else { snapped }
}

/// A smooth edge may be farther away than a rough one.
fn nearest(edges: &[Edge], time: MediaTime) -> MediaTime {
    let first = edges.partition_point(|edge| edge.time < time - SNAPPING_REACH);
    let near = edges[first..].iter().take_while(|edge| edge.time <= time + SNAPPING_REACH);
    let cost = |edge: &Edge| {
        let share = edge.time.distance(time).as_seconds() / SNAPPING_REACH.as_seconds();
        share + f64::from(edge.roughness)
    };
    let best = near.min_by(|one, other| cost(one).total_cmp(&cost(other)).then(one.time.cmp(&other.time)));
    best.map_or(time, |edge| edge.time)
}
