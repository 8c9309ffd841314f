//! Sliding operations over evenly spaced values, written so that the compiler does several values at once.

/// The largest value within `radius` on either side of each.
pub(crate) fn sliding_max(values: &[f32], radius: usize) -> Vec<f32> {
    sliding(values, radius, f32::NEG_INFINITY, |a, b| if a > b { a } else { b })
}

/// The smallest value within `radius` on either side of each.
pub(crate) fn sliding_min(values: &[f32], radius: usize) -> Vec<f32> {
    sliding(values, radius, f32::INFINITY, |a, b| if a < b { a } else { b })
}

/// Windows of one, two, four … values, each from two of the half size; a window of any size is covered by two of the
/// largest power of two that fits it. `neutral` never wins.
fn sliding(values: &[f32], radius: usize, neutral: f32, best: impl Fn(f32, f32) -> f32) -> Vec<f32> {
    let window = 2 * radius + 1;
    let mut covered = vec![neutral; radius];
    covered.extend_from_slice(values);
    covered.resize(values.len() + 2 * radius, neutral);
    let mut next = Vec::with_capacity(covered.len());
    let mut size = 1;
    while 2 * size <= window {
        pairwise(&covered, size, &mut next, &best);
        std::mem::swap(&mut covered, &mut next);
        size *= 2;
    }
    pairwise(&covered, window - size, &mut next, &best);
    next.truncate(values.len());
    next
}

/// Each value with the one `distance` later.
fn pairwise(values: &[f32], distance: usize, pairs: &mut Vec<f32>, best: impl Fn(f32, f32) -> f32) {
    pairs.clear();
    let later = values.get(distance..).unwrap_or_default();
    pairs.extend(values.iter().zip(later).map(|(a, b)| best(*a, *b)));
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
    let (count, window) = (values.len(), 2 * radius + 1);
    let at_end = |i: usize| {
        let (from, to) = (i.saturating_sub(radius), (i + radius + 1).min(count));
        ((sums[to] - sums[from]) / (to - from) as f64) as f32
    };
    if count < window {
        return (0..count).map(at_end).collect();
    }
    let mut means: Vec<f32> = Vec::with_capacity(count);
    means.extend((0..radius).map(at_end));
    means.extend(sums[window..].iter().zip(&sums).map(|(to, from)| ((to - from) / window as f64) as f32));
    means.extend((count - radius..count).map(at_end));
    means
}

/// The median of each value and its `radius` neighbours on either side; meant for small radii.
pub(crate) fn sliding_median(values: &[f32], radius: usize) -> Vec<f32> {
    let mut sorted: Vec<f32> = Vec::with_capacity(2 * radius + 2);
    // Counting beats searching: so few values are compared at once, without a branch to guess.
    let place = |sorted: &[f32], value: f32| sorted.iter().filter(|other| **other < value).count();
    for value in values.iter().take(radius) {
        sorted.insert(place(&sorted, *value), *value);
    }
    (0..values.len())
        .map(|i| {
            if let Some(entering) = values.get(i + radius) {
                sorted.insert(place(&sorted, *entering), *entering);
            }
            if let Some(leaving) = i.checked_sub(radius + 1) {
                sorted.remove(place(&sorted, values[leaving]));
            }
            sorted[sorted.len() / 2]
        })
        .collect()
}

/// `sums[i]` is the sum of the first `i` values.
pub(crate) fn prefix_sums(values: &[f32]) -> Vec<f64> {
    prefix_sums_of(values.iter().map(|value| f64::from(*value)))
}

/// [`prefix_sums`] of values that are made as they are added.
pub(crate) fn prefix_sums_of(values: impl ExactSizeIterator<Item = f64>) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    let mut sum = 0.0;
    sums.push(sum);
    sums.extend(values.map(|value| {
        sum += value;
        sum
    }));
    sums
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
    fn a_mean_takes_what_is_there_at_the_ends() {
        assert_eq!(smooth(&[0.0, 3.0, 6.0, 9.0], 1), [1.5, 3.0, 6.0, 7.5]);
        assert_eq!(smooth(&[2.0, 4.0], 5), [3.0, 3.0]);
    }

    #[test]
    fn a_median_forgets_an_outlier() {
        assert_eq!(sliding_median(&[5.0, 1.0, 4.0, 2.0], 1), [5.0, 4.0, 2.0, 4.0]);
        assert_eq!(sliding_median(&[1.0, 1.0, 9.0, 1.0, 1.0], 1), [1.0; 5]);
    }
}
