//! More like this: moments in which the same things stand out as in one that the editor likes.
//!
//! A range is described by how much each signal stands out in it on average, and how certain each sound event is. Two are as
//! alike as what they share is large beside what either has (the weighted Jaccard index, also called Ruzicka similarity), so
//! that a moment is not alike by lacking the same things.

use std::collections::BTreeMap;

use model::job::Strategy;
use model::{Evidence, Highlight, MediaTime, Signal, SoundEvent, TimeRange};

use crate::curves::{Curve, curves};
use crate::edges::{between_speech, within_speech};
use crate::series_math::prefix_sums;
use crate::tags::{Sights, Tags};
use crate::windows::Appraisal;
use crate::{Constraints, is_dropped, length_band, range_of, reasons, slack};

/// Moments that are less alike than this share are not offered: they would be any moment.
pub const LEAST_LIKENESS: f32 = 0.5;
/// A sound event says more about a moment than how loud it is.
const EVENT_WEIGHT: f32 = 3.0;

/// What others are to resemble.
#[derive(Debug, Clone)]
pub struct Example {
    length: MediaTime,
    profile: Profile,
}

/// A moment and how much it is alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Resembling {
    /// The moment. Its reasons are those of the signals that both share, the most shared first.
    pub highlight: Highlight,
    /// [`LEAST_LIKENESS`] to 1.
    pub likeness: f32,
}

/// What stands out of a range, by how much.
type Profile = BTreeMap<Feature, f32>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Feature {
    Signal(Signal),
    Event(SoundEvent),
}

/// Sums over one feature, so that any range is described in a few steps.
struct Summed {
    feature: Feature,
    weight: f32,
    hop: MediaTime,
    sums: Vec<f64>,
}

impl Example {
    /// The moment `range` of a material. It resembles nothing where nothing stands out of it.
    #[must_use]
    pub fn new(evidence: &Evidence, range: TimeRange) -> Self {
        let sums = summed(evidence, &curves(evidence, range.duration()));
        Self { length: range.duration(), profile: profile(&sums, range) }
    }
}

/// Moments of a material that resemble the example, the most alike first, at most `wanted`, beside what the constraints
/// name. The same evidence gives the same moments.
#[must_use]
pub fn alike(
    example: &Example,
    evidence: &Evidence,
    sights: &Sights,
    strategy: &Strategy,
    constraints: &Constraints,
    wanted: usize,
) -> Vec<Resembling> {
    let curves = curves(evidence, example.length);
    let appraisal = Appraisal::new(&curves, example.length, slack(example.length));
    let sums = summed(evidence, &curves);
    let mut edges = between_speech(evidence, slack(example.length));
    edges.extend(within_speech(evidence));
    edges.sort_by_key(|edge| edge.time);
    edges.dedup_by_key(|edge| edge.time);
    let windows = appraisal.windows(&edges, length_band(example.length), &constraints.kept);
    let mut candidates: Vec<(f32, f32, TimeRange)> = windows
        .iter()
        .map(|window| (window.worth, range_of(window, &edges)))
        .filter(|(_, range)| !is_dropped(*range, &constraints.dropped))
        .map(|(worth, range)| (likeness(&example.profile, &profile(&sums, range)), worth, range))
        .filter(|(likeness, ..)| *likeness >= LEAST_LIKENESS)
        .collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    let tags = Tags::of(evidence, sights, strategy);
    let mut found: Vec<Resembling> = Vec::new();
    for (likeness, _, range) in candidates {
        if found.len() == wanted {
            break;
        }
        if found.iter().any(|other| other.highlight.range.overlaps(range)) {
            continue;
        }
        let mut reasons = reasons::reasons(evidence, &curves, range);
        let shared = |signal: Signal| shared(&example.profile, &profile(&sums, range), signal);
        reasons.retain(|reason| shared(reason.signal) > 0.0);
        reasons.sort_by(|a, b| shared(b.signal).total_cmp(&shared(a.signal)));
        let highlight = Highlight { range, score: appraisal.score(range), tags: tags.within(range), reasons };
        found.push(Resembling { highlight, likeness });
    }
    found
}

fn summed(evidence: &Evidence, curves: &[Curve]) -> Vec<Summed> {
    let signals = curves.iter().filter(|curve| curve.signal != Signal::SoundEvents).map(|curve| Summed {
        feature: Feature::Signal(curve.signal),
        weight: curve.weight,
        hop: Evidence::HOP,
        sums: prefix_sums(&curve.values),
    });
    let events = evidence.sound_events.iter().map(|(event, series)| Summed {
        feature: Feature::Event(*event),
        weight: EVENT_WEIGHT,
        hop: series.hop(),
        sums: prefix_sums(series.values()),
    });
    signals.chain(events).collect()
}

fn profile(sums: &[Summed], range: TimeRange) -> Profile {
    let mean = |summed: &Summed| {
        let hop = summed.hop.as_micros().max(1);
        let last = summed.sums.len() - 1;
        let place =
            |time: MediaTime| usize::try_from((time.as_micros() + hop / 2) / hop).unwrap_or(0).min(last);
        let (from, to) = (place(range.start), place(range.end));
        let sum = summed.sums[to.max(from)] - summed.sums[from];
        summed.weight * (sum / (to.saturating_sub(from)).max(1) as f64) as f32
    };
    sums.iter().map(|summed| (summed.feature, mean(summed).max(0.0))).collect()
}

fn likeness(one: &Profile, other: &Profile) -> f32 {
    let (mut shared, mut whole) = (0.0_f32, 0.0_f32);
    for feature in one.keys().chain(other.keys().filter(|feature| !one.contains_key(feature))) {
        let value = |profile: &Profile| profile.get(feature).copied().unwrap_or(0.0);
        shared += value(one).min(value(other));
        whole += value(one).max(value(other));
    }
    if whole > 0.0 { shared / whole } else { 0.0 }
}

/// How much of a signal two profiles share; sound events are one signal.
fn shared(one: &Profile, other: &Profile, signal: Signal) -> f32 {
    let features = one.iter().filter(|(feature, _)| match feature {
        Feature::Signal(of) => *of == signal,
        Feature::Event(_) => signal == Signal::SoundEvents,
    });
    features.map(|(feature, value)| value.min(other.get(feature).copied().unwrap_or(0.0))).sum()
}
