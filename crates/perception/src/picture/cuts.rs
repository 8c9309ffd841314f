//! Hard cuts among the steps from picture to picture: a step that stands far out of its neighbours and lasts.

use model::{MediaTime, TimeRange};

use super::Step;

/// A smaller change is never a cut: strong motion in one shot stays below it.
pub(crate) const LEAST_CHANGE: f32 = 0.14;
/// A cut changes so many times as much as the steps around it, so that fast motion needs a bigger jump.
const OVER_NEIGHBOURS: f32 = 2.6;
/// Neighbours on either side that say what is usual here; their median, so that cuts every third of a second, sampled
/// eight times a second, still stand out.
const NEIGHBOURS: usize = 6;
/// Neighbours further away say nothing: slides that stay for seconds are all cuts.
const NEIGHBOURHOOD: MediaTime = MediaTime::from_whole_seconds(2);
/// A step this near to another one that changes more than [`IN_ONE_MOVE`] of what it changes itself is part of one
/// sweep of the camera.
const ONE_MOVE: MediaTime = MediaTime::from_millis(100);
/// See [`ONE_MOVE`].
const IN_ONE_MOVE: f32 = 0.75;
/// A picture that comes back to less than this share of the jump was a flash.
const LASTING: f32 = 0.5;
/// A picture this much like the one before it shows the same in another light.
const SAME_PATTERN: f32 = 0.9;
/// No two cuts lie nearer than this: of several, the strongest is kept.
pub(crate) const SHORTEST_SHOT: MediaTime = MediaTime::from_millis(160);

/// Between which two pictures each hard cut lies, in order of time.
pub(crate) fn find(steps: &[Step]) -> Vec<TimeRange> {
    let mut found: Vec<(f32, TimeRange)> = Vec::new();
    for step in (0..steps.len()).filter(|at| is_cut(steps, *at)).map(|at| &steps[at]) {
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
    found.into_iter().map(|(_, range)| range).collect()
}

/// The same in another light, by how alike two pictures are.
pub(crate) fn shows_the_same(likeness: f32) -> bool {
    likeness >= SAME_PATTERN
}

/// A jump to something without the pattern of the scene, after which the picture soon comes back to what it was.
pub(crate) fn is_flash(step: &Step) -> bool {
    step.change >= LEAST_CHANGE && step.lasting < LASTING && !shows_the_same(step.likeness)
}

fn is_cut(steps: &[Step], at: usize) -> bool {
    let step = &steps[at];
    step.change >= LEAST_CHANGE
        && step.lasting >= LASTING
        && !shows_the_same(step.likeness)
        && step.change >= OVER_NEIGHBOURS * usual_change(steps, at)
        && !is_sweep(steps, at)
}

/// The median change of the neighbours of a step.
fn usual_change(steps: &[Step], at: usize) -> f32 {
    let from = at.saturating_sub(NEIGHBOURS);
    let around = &steps[from..(at + NEIGHBOURS + 1).min(steps.len())];
    let is_near = |other: &Step| other.to.distance(steps[at].to) <= NEIGHBOURHOOD;
    let others = around.iter().enumerate().filter(|(i, other)| from + i != at && is_near(other));
    let mut others: Vec<f32> = others.map(|(_, step)| step.change).collect();
    if others.is_empty() {
        return 0.0;
    }
    others.sort_by(f32::total_cmp);
    others[others.len() / 2]
}

/// Whether the change goes on at once before or after the step: a camera that sweeps needs several pictures, a cut one.
fn is_sweep(steps: &[Step], at: usize) -> bool {
    let step = &steps[at];
    let before = steps[..at].iter().rev().take_while(|other| step.to - other.to <= ONE_MOVE);
    let after = steps[at + 1..].iter().take_while(|other| other.to - step.to <= ONE_MOVE);
    before.chain(after).any(|other| other.change > IN_ONE_MOVE * step.change && other.lasting >= LASTING)
}
