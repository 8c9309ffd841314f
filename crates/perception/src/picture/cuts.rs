//! Cuts among the steps from picture to picture: a step that stands far out of its neighbours and lasts.

use model::{MediaTime, TimeRange};

use super::Step;

/// A smaller change is never a cut: strong motion in one shot stays below it.
pub(crate) const LEAST_CHANGE: f32 = 0.14;
/// A cut changes so many times as much as the steps around it, so that fast motion needs a bigger jump.
const OVER_NEIGHBOURS: f32 = 2.6;
/// Neighbours on either side that say what is usual here; their median, so that cuts every third of a second, sampled
/// eight times a second, still stand out.
const NEIGHBOURS: usize = 6;
/// A picture that comes back to less than this share of the jump was a flash.
const LASTING: f32 = 0.5;
/// No two cuts lie nearer than this: of several, the strongest is kept.
const SHORTEST_SHOT: MediaTime = MediaTime::from_millis(160);
/// The ends of a second that is a blend differ at least so much (mean of block differences, 0 to 1).
const LEAST_BLEND: f32 = 0.08;
/// How long a gradual transition keeps another one from being found.
const GRADUAL_REST: MediaTime = MediaTime::from_millis(1_500);

/// Between which two pictures each cut lies, in order of time.
pub(crate) fn find(steps: &[Step]) -> Vec<TimeRange> {
    let mut found: Vec<(f32, TimeRange)> = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        let usual = usual_change(steps, i);
        if step.change < LEAST_CHANGE || step.change < OVER_NEIGHBOURS * usual || step.lasting < LASTING {
            continue;
        }
        let cut = (step.change, TimeRange::new(step.from, step.to));
        match found.last_mut() {
            Some(last) if step.to - last.1.end < SHORTEST_SHOT => {
                if step.change > last.0 {
                    *last = cut;
                }
            }
            _ => found.push(cut),
        }
    }
    let hard: Vec<TimeRange> = found.into_iter().map(|(_, range)| range).collect();
    let mut all = gradual(steps, &hard);
    all.extend(hard);
    all.sort_by_key(|range| range.start);
    all
}

/// A jump after which the picture soon comes back to what it was.
pub(crate) fn is_flash(step: &Step) -> bool {
    step.change >= LEAST_CHANGE && step.lasting < LASTING
}

/// The median change of the neighbours of a step.
fn usual_change(steps: &[Step], at: usize) -> f32 {
    let from = at.saturating_sub(NEIGHBOURS);
    let around = &steps[from..(at + NEIGHBOURS + 1).min(steps.len())];
    let mut others: Vec<f32> =
        around.iter().enumerate().filter(|(i, _)| from + i != at).map(|(_, step)| step.change).collect();
    if others.is_empty() {
        return 0.0;
    }
    others.sort_by(f32::total_cmp);
    others[others.len() / 2]
}

/// Dissolves and fades, best effort: where the second up to a picture is the best blend of its ends, and no hard cut
/// explains it. The cut is put between the two pictures in its middle.
fn gradual(steps: &[Step], hard: &[TimeRange]) -> Vec<TimeRange> {
    let mut found: Vec<(f32, MediaTime, TimeRange)> = Vec::new();
    for (i, step) in steps.iter().enumerate().filter(|(_, step)| step.blend >= LEAST_BLEND) {
        let start = step.to - super::GRADUAL;
        let explained =
            hard.iter().any(|cut| start - SHORTEST_SHOT < cut.end && cut.start < step.to + SHORTEST_SHOT);
        let first = steps[..=i].partition_point(|s| s.to < start);
        let middle = steps[(first + i) / 2];
        if explained {
            continue;
        }
        let cut = (step.blend, step.to, TimeRange::new(middle.from, middle.to));
        match found.last_mut() {
            Some(last) if step.to - last.1 < GRADUAL_REST => {
                if step.blend > last.0 {
                    *last = cut;
                }
            }
            _ => found.push(cut),
        }
    }
    found.into_iter().map(|(_, _, range)| range).collect()
}
