//! Sliding operations over evenly spaced values, each in linear time.

/// The largest value within `radius` on either side of each.
pub(crate) fn sliding_max(values: &[f32], radius: usize) -> Vec<f32> {
    sliding(values, radius, f32::NEG_INFINITY, f32::max)
}

/// The smallest value within `radius` on either side of each.
pub(crate) fn sliding_min(values: &[f32], radius: usize) -> Vec<f32> {
    sliding(values, radius, f32::INFINITY, f32::min)
}

/// M. van Herk's and J. Gil and M. Werman's way (1992, 1993): blocks as long as the window, the best so far from each
/// block's start and to each block's end; a window is the end of one block and the start of the next. `neutral` never
/// wins.
fn sliding(values: &[f32], radius: usize, neutral: f32, best: impl Fn(f32, f32) -> f32) -> Vec<f32> {
    let window = 2 * radius + 1;
    let mut padded = vec![neutral; radius];
    padded.extend_from_slice(values);
    padded.resize((values.len() + 2 * radius).next_multiple_of(window), neutral);
    let (mut from_start, mut to_end) = (padded.clone(), padded);
    for block in from_start.chunks_exact_mut(window) {
        for i in 1..window {
            block[i] = best(block[i - 1], block[i]);
        }
    }
    for block in to_end.chunks_exact_mut(window) {
        for i in (1..window).rev() {
            block[i - 1] = best(block[i - 1], block[i]);
        }
    }
    (0..values.len()).map(|i| best(to_end[i], from_start[i + window - 1])).collect()
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

/// Values beyond this many are sampled evenly where only their distribution matters.
const ENOUGH: usize = 16_384;

/// The value below which `share` of the values lie; zero of nothing.
pub(crate) fn percentile(values: &[f32], share: f32) -> f32 {
    let mut sorted: Vec<f32> = values.iter().copied().step_by(values.len() / ENOUGH + 1).collect();
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let at = (share.clamp(0.0, 1.0) * last as f32).round() as usize;
    *sorted.select_nth_unstable_by(at, f32::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sliding_extremes_are_those_of_each_window() {
        let values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0];
        assert_eq!(sliding_max(&values, 1), [3.0, 4.0, 4.0, 5.0, 9.0, 9.0, 9.0]);
        assert_eq!(sliding_min(&values, 2), [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0]);
        assert!(sliding_max(&[], 3).is_empty());
    }

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
