//! Why a range was chosen: which signals stand out in it, when, and how far over the rest of the material.

use model::{Evidence, MediaTime, Reason, Signal, SoundEvent, TimeRange};

use crate::curves::Curve;

/// At most so many are given.
const MOST: usize = 3;
/// A signal with less than this part of the strongest one's share is not a reason.
const LEAST_PART: f32 = 0.15;

/// The reasons for a range, strongest first.
pub(crate) fn reasons(evidence: &Evidence, curves: &[Curve], range: TimeRange) -> Vec<Reason> {
    let hop = Evidence::HOP.as_micros();
    let from = (range.start.as_micros() / hop).max(0) as usize;
    let to = ((range.end.as_micros() + hop - 1) / hop).max(0) as usize;
    let mut parts: Vec<(f32, Reason)> =
        curves.iter().filter_map(|curve| part(evidence, curve, from, to, range)).collect();
    parts.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.signal.cmp(&b.1.signal)));
    let least = parts.first().map_or(0.0, |(share, _)| share * LEAST_PART);
    parts.into_iter().filter(|(share, _)| *share >= least).take(MOST).map(|(_, reason)| reason).collect()
}

/// What a curve adds to a range, and the reason it makes; `None` when it adds nothing.
fn part(
    evidence: &Evidence,
    curve: &Curve,
    from: usize,
    to: usize,
    range: TimeRange,
) -> Option<(f32, Reason)> {
    let to = to.min(curve.values.len());
    let inside = curve.values.get(from..to)?;
    let share = curve.weight * inside.iter().sum::<f32>() / inside.len().max(1) as f32;
    if share <= 0.0 {
        return None;
    }
    let strongest = |values: &[f32]| -> Option<usize> {
        values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i)
    };
    // Where the curve is strongest, and of equal moments the one where the signal itself is.
    let top = inside[strongest(inside)?];
    let among: Vec<f32> = (from..to)
        .map(|i| if curve.values[i] >= top * 0.98 { curve.measured[i] } else { f32::NEG_INFINITY })
        .collect();
    let at = from + strongest(&among)?;
    if let Some(event) = curve.events.get(at).copied().flatten() {
        return Some((share, heard(evidence, event, range)?));
    }
    let weaker = curve.measured.iter().filter(|value| **value < curve.measured[at]).count();
    let strength = weaker as f32 / curve.measured.len().max(1) as f32;
    let time = MediaTime::from_micros(at as i64 * Evidence::HOP.as_micros() + Evidence::HOP.as_micros() / 2);
    let last = range.end - MediaTime::from_micros(1);
    Some((share, Reason { signal: curve.signal, event: None, strength, at: time.max(range.start).min(last) }))
}

/// A sound event as a reason: compared with the same event elsewhere, since two events are not louder or softer than each
/// other.
fn heard(evidence: &Evidence, event: SoundEvent, range: TimeRange) -> Option<Reason> {
    let series = evidence.sound_events.get(&event)?;
    let first = series.index(range.start);
    let inside = series.slice(range).iter().enumerate();
    let (at, peak) = inside.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
    let weaker = series.values().iter().filter(|value| *value < peak).count();
    let is_strongest = series.values().iter().all(|value| value <= peak);
    let strength = if is_strongest { 1.0 } else { weaker as f32 / series.values().len() as f32 };
    let time = series.time(first + at).max(range.start);
    Some(Reason { signal: Signal::SoundEvents, event: Some(event), strength, at: time })
}
