//! The best set of at most `count` windows that do not overlap, found exactly: weighted interval scheduling with a limit
//! on how many, over edges instead of windows, so that it stays linear in the number of windows.

use model::MediaTime;

use crate::edges::Edge;
use crate::weights::{APART, TOUCHING};
use crate::windows::Window;

/// A window of a chain, and the chain before it.
#[derive(Clone, Copy)]
struct Link {
    total: f64,
    window: usize,
    /// The edge at which the chain before it ends.
    before: Option<usize>,
}

/// Indices of the chosen windows, in order of time. A window counts with its worth when that is positive; two in
/// a row lose up to `TOUCHING` of `typical` when they nearly touch.
pub(crate) fn best(windows: &[Window], edges: &[Edge], count: usize, typical: f32) -> Vec<usize> {
    // chains[k][e]: the best chain of k + 1 windows whose last ends at edge e.
    let mut chains: Vec<Vec<Option<Link>>> = Vec::with_capacity(count);
    let penalty = f64::from(TOUCHING * typical);
    for k in 0..count {
        let reach = k.checked_sub(1).map(|k| best_before(&chains[k], edges, penalty));
        let mut row: Vec<Option<Link>> = vec![None; edges.len()];
        for (i, window) in windows.iter().enumerate() {
            let gain = f64::from(window.worth);
            let (base, before) = match &reach {
                None => (0.0, None),
                Some(reach) => match reach[window.start] {
                    Some((total, end)) => (total, Some(end)),
                    None => continue,
                },
            };
            if row[window.end].is_none_or(|link| base + gain > link.total) {
                row[window.end] = Some(Link { total: base + gain, window: i, before });
            }
        }
        chains.push(row);
    }
    trace(&chains)
}

/// For each edge, the best chain that ends at it or before it, less what its nearness costs, and where it ends.
fn best_before(row: &[Option<Link>], edges: &[Edge], penalty: f64) -> Vec<Option<(f64, usize)>> {
    let mut far: Option<(f64, usize)> = None;
    let mut next_far = 0;
    let mut found = Vec::with_capacity(edges.len());
    for (at, edge) in edges.iter().enumerate() {
        while next_far <= at && edge.time - edges[next_far].time >= APART {
            far = better(far, row[next_far].map(|link| (link.total, next_far)));
            next_far += 1;
        }
        let near = (next_far..=at).filter_map(|end| {
            let cost = penalty * nearness(edge.time - edges[end].time);
            row[end].map(|link| (link.total - cost, end))
        });
        found.push(near.fold(far, |best, chain| better(best, Some(chain))));
    }
    found
}

/// 1 for windows that touch, 0 for those far enough apart.
fn nearness(gap: MediaTime) -> f64 {
    (1.0 - gap.as_seconds() / APART.as_seconds()).max(0.0)
}

fn better(a: Option<(f64, usize)>, b: Option<(f64, usize)>) -> Option<(f64, usize)> {
    match (a, b) {
        (Some(x), Some(y)) => Some(if y.0 > x.0 { y } else { x }),
        (x, y) => x.or(y),
    }
}

fn trace(chains: &[Vec<Option<Link>>]) -> Vec<usize> {
    let mut best: Option<(f64, usize, usize)> = None;
    for (k, row) in chains.iter().enumerate() {
        for (end, link) in row.iter().enumerate() {
            if let Some(link) = link.filter(|link| best.is_none_or(|(total, ..)| link.total > total)) {
                best = Some((link.total, k, end));
            }
        }
    }
    let mut chosen = Vec::new();
    let mut at = best.map(|(_, k, end)| (k, end));
    while let Some((k, end)) = at {
        let Some(link) = chains[k][end] else { break };
        chosen.push(link.window);
        at = k.checked_sub(1).zip(link.before);
    }
    chosen.reverse();
    chosen
}
