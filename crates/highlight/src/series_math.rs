//! Sliding operations over evenly spaced values, each in linear time.

use std::collections::VecDeque;

/// The largest value within `radius` on either side of each.
pub(crate) fn sliding_max(values: &[f32], radius: usize) -> Vec<f32> {
    sliding(values, radius, |new, old| new >= old)
}

/// The smallest value within `radius` on either side of each.
pub(crate) fn sliding_min(values: &[f32], radius: usize) -> Vec<f32> {
    sliding(values, radius, |new, old| new <= old)
}

fn sliding(values: &[f32], radius: usize, beats: impl Fn(f32, f32) -> bool) -> Vec<f32> {
    let mut best: VecDeque<usize> = VecDeque::new();
    let mut out = Vec::with_capacity(values.len());
    let mut next = 0;
    for i in 0..values.len() {
        while next < values.len() && next <= i + radius {
            while best.back().is_some_and(|last| beats(values[next], values[*last])) {
                best.pop_back();
            }
            best.push_back(next);
            next += 1;
        }
        while best.front().is_some_and(|first| first + radius < i) {
            best.pop_front();
        }
        out.push(best.front().map_or(values[i], |first| values[*first]));
    }
    out
}

/// Fills dips shorter than twice the radius (morphological closing).
pub(crate) fn closing(values: &[f32], radius: usize) -> Vec<f32> {
    sliding_min(&sliding_max(values, radius), radius)
}

/// Removes rises shorter than twice the radius (morphological opening): what is left is the lasting level.
pub(crate) fn opening(values: &[f32], radius: usize) -> Vec<f32> {
    sliding_max(&sliding_min(values, radius), radius)
}

/// The mean within `radius` on either side of each value.
pub(crate) fn smooth(values: &[f32], radius: usize) -> Vec<f32> {
    let sums = prefix_sums(values);
    (0..values.len())
        .map(|i| {
            let (from, to) = (i.saturating_sub(radius), (i + radius + 1).min(values.len()));
            ((sums[to] - sums[from]) / (to - from) as f64) as f32
        })
        .collect()
}

/// The median of each value and its `radius` neighbours on either side; meant for small radii.
pub(crate) fn sliding_median(values: &[f32], radius: usize) -> Vec<f32> {
    let mut around = Vec::with_capacity(2 * radius + 1);
    (0..values.len())
        .map(|i| {
            around.clear();
            around.extend_from_slice(&values[i.saturating_sub(radius)..(i + radius + 1).min(values.len())]);
            let middle = around.len() / 2;
            *around.select_nth_unstable_by(middle, f32::total_cmp).1
        })
        .collect()
}

/// `sums[i]` is the sum of the first `i` values.
pub(crate) fn prefix_sums(values: &[f32]) -> Vec<f64> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(values.iter().map(|v| {
            sum += f64::from(*v);
            sum
        }))
        .collect()
}

/// The value below which `share` of the values lie; zero of nothing.
pub(crate) fn percentile(values: &[f32], share: f32) -> f32 {
    let mut sorted = values.to_vec();
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = (share.clamp(0.0, 1.0) * last as f32).round() as usize;
    *sorted.select_nth_unstable_by(at, f32::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_keeps_a_plateau_and_removes_a_peak() {
        let values = [0.0, 5.0, 0.0, 0.0, 3.0, 3.0, 3.0, 3.0, 0.0];
        assert_eq!(opening(&values, 1), [0.0, 0.0, 0.0, 0.0, 3.0, 3.0, 3.0, 3.0, 0.0]);
    }

    #[test]
    fn closing_fills_a_dip() {
        assert_eq!(closing(&[3.0, 0.0, 3.0, 3.0], 1), [3.0; 4]);
    }

    #[test]
    fn a_median_forgets_an_outlier() {
        assert_eq!(sliding_median(&[1.0, 1.0, 9.0, 1.0, 1.0], 1), [1.0; 5]);
    }
}
