//! The few order statistics that thresholds are made of.

/// The value below which `share` (0 to 1) of the values lie; `None` of nothing.
pub(crate) fn percentile(values: &[f32], share: f32) -> Option<f32> {
    let mut sorted = values.to_vec();
    let last = sorted.len().checked_sub(1)?;
    let at = (share.clamp(0.0, 1.0) * last as f32).round() as usize;
    Some(*sorted.select_nth_unstable_by(at, f32::total_cmp).1)
}

/// The mean; zero of nothing.
pub(crate) fn mean(values: &[f32]) -> f32 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f32>() / values.len() as f32 }
}

/// Stretches `[from, to)` of consecutive `true`.
pub(crate) fn runs(flags: impl IntoIterator<Item = bool>) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (i, _) in flags.into_iter().enumerate().filter(|(_, on)| *on) {
        match found.last_mut() {
            Some((_, to)) if *to == i => *to += 1,
            _ => found.push((i, i + 1)),
        }
    }
    found
}

/// Runs of which no two are nearer than `gap` to each other: nearer ones are joined.
pub(crate) fn join(runs: Vec<(usize, usize)>, gap: usize) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in runs {
        match joined.last_mut() {
            Some((_, end)) if from < *end + gap => *end = (*end).max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}
