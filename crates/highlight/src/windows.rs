//! Every window that could be a highlight, and what each is worth.

use model::{Evidence, MediaTime, Signal, SoundEvent, TimeRange};

use crate::curves::Curve;
use crate::edges::Edge;
use crate::series_math::{prefix_sums, prefix_sums_of};
use crate::weights::{
    CENTRE, FILLING, INSIDE_SPEECH, MAY_WIN_ALONE, OFF_CENTRE, OFF_LENGTH, PEAK_SHARE, POOR_EDGES, WHOLE,
    WHOLE_SOUND, heard,
};

/// A window between two edges.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    /// Index of its first edge.
    pub(crate) start: usize,
    /// Index of its last edge.
    pub(crate) end: usize,
    /// What happens in it, 0 to 1: what the score shows.
    pub(crate) content: f32,
    /// The content, less what its place and its edges cost: what is compared.
    pub(crate) worth: f32,
}

/// Sums over the curves, so that any window is judged in the same few steps.
pub(crate) struct Appraisal {
    curves: Vec<Summed>,
    clip: MediaTime,
    slack: MediaTime,
}

struct Summed {
    weight: f32,
    /// See [`Curve::scale`].
    scale: f32,
    /// The share of the asked length through which it must stand out to be a whole event by itself; `None` where it never
    /// is.
    whole: Option<f32>,
    sums: Vec<f64>,
    /// Sums of value times hop, for the middle of what happens.
    moments: Vec<f64>,
}

impl Appraisal {
    pub(crate) fn new(curves: &[Curve], clip: MediaTime, slack: MediaTime) -> Self {
        let before = hops_before(curves);
        let curves = curves.iter().map(|curve| {
            let moments = curve.values.iter().enumerate().map(|(i, v)| {
                let before = before.get(i).copied().unwrap_or(0.0);
                f64::from(*v) * (i as f64 + 0.5 - f64::from(before))
            });
            Summed {
                weight: curve.weight,
                scale: curve.scale,
                whole: whole(curve.signal),
                sums: prefix_sums(&curve.values),
                moments: prefix_sums_of(moments),
            }
        });
        Self { curves: curves.collect(), clip, slack }
    }

    /// All windows between two of the edges whose length lies in the band and that touch none of `taken`.
    pub(crate) fn windows(
        &self,
        edges: &[Edge],
        band: (MediaTime, MediaTime),
        taken: &[TimeRange],
    ) -> Vec<Window> {
        let mut windows = Vec::new();
        for (start, from) in edges.iter().enumerate() {
            let first = edges.partition_point(|edge| edge.time < from.time + band.0);
            for (end, to) in edges.iter().enumerate().skip(first) {
                if to.time - from.time > band.1 {
                    break;
                }
                let range = TimeRange::new(from.time, to.time);
                if !taken.iter().any(|other| other.overlaps(range)) {
                    let (content, place) = self.judge(range);
                    let edges = POOR_EDGES * (from.roughness + to.roughness) / 2.0
                        + [from, to].iter().filter(|edge| edge.inside_speech).count() as f32 * INSIDE_SPEECH;
                    // Poor edges are better than none: a window with content is worth a little in any case.
                    let worth = (content * place - edges).max(content * 0.01);
                    windows.push(Window { start, end, content, worth });
                }
            }
        }
        windows
    }

    /// What happens in a range, 0 to 1, on the scale that all materials share.
    pub(crate) fn score(&self, range: TimeRange) -> f32 {
        self.content(range, |curve| curve.scale)
    }

    /// Where the middle of what happens in a range is; its own middle where nothing does.
    pub(crate) fn event(&self, range: TimeRange) -> MediaTime {
        let (from, to) = hops_of(range);
        let mass = |hop: usize| -> f64 {
            self.curves.iter().map(|curve| f64::from(curve.weight) * curve.amount(hop, hop + 1)).sum()
        };
        let (mut whole, mut moment) = (0.0, 0.0);
        for hop in from..to {
            let mass = mass(hop).powi(2); // What is strongest is what the range is about.
            whole += mass;
            moment += mass * (hop as f64 + 0.5);
        }
        if whole > 0.0 { Evidence::HOP.scaled(moment / whole) } else { range.middle() }
    }

    /// What happens in a range, 0 to 1, and how much of it counts for where it lies in the range.
    fn judge(&self, range: TimeRange) -> (f32, f32) {
        let (from, to) = hops_of(range);
        let (mut mass, mut moment) = (0.0_f64, 0.0_f64);
        for curve in &self.curves {
            mass += f64::from(curve.weight) * curve.amount(from, to);
            moment += f64::from(curve.weight) * curve.moment(from, to);
        }
        let content = self.content(range, |_| 1.0);
        let length =
            (range.duration().distance(self.clip).as_seconds() / self.slack.as_seconds().max(0.001)) as f32;
        let mut place = 1.0 - OFF_LENGTH * length;
        if mass > 0.0 {
            let at = (moment / mass - from as f64) / to.saturating_sub(from).max(1) as f64;
            place -= OFF_CENTRE * (at - CENTRE).abs() as f32;
        }
        (content, place.max(0.0))
    }

    /// What happens in a range, 0 to 1, each curve on the scale given for it.
    fn content(&self, range: TimeRange, scale: impl Fn(&Summed) -> f32) -> f32 {
        let (from, to) = hops_of(range);
        let clip_hops = (self.clip.as_micros() / Evidence::HOP.as_micros()).max(1) as f64;
        let (mut sum, mut peak) = (0.0_f32, 0.0_f32);
        for curve in &self.curves {
            let share = scale(curve) * ((curve.amount(from, to) / clip_hops) as f32).clamp(0.0, 1.0);
            if share <= 0.0 {
                continue;
            }
            sum += curve.weight * share.powf(FILLING);
            if let Some(whole) = curve.whole {
                peak = peak.max(1.0 - (1.0 - (share / whole).min(1.0)).powi(2));
            }
        }
        ((1.0 - PEAK_SHARE) * sum + PEAK_SHARE * peak).clamp(0.0, 1.0)
    }
}

impl Summed {
    /// The sum of the curve over these hops.
    fn amount(&self, from: usize, to: usize) -> f64 {
        between(&self.sums, from, to)
    }

    /// The sum of value times place over these hops.
    fn moment(&self, from: usize, to: usize) -> f64 {
        between(&self.moments, from, to)
    }
}

fn whole(signal: Signal) -> Option<f32> {
    let whole = if signal == Signal::SoundEvents { WHOLE_SOUND } else { WHOLE };
    MAY_WIN_ALONE.contains(&signal).then_some(whole)
}

fn between(sums: &[f64], from: usize, to: usize) -> f64 {
    let last = sums.len() - 1;
    sums[to.min(last)] - sums[from.min(last)]
}

/// The hops that a range begins and ends at.
fn hops_of(range: TimeRange) -> (usize, usize) {
    let hop = Evidence::HOP.as_micros();
    let nearest = |time: MediaTime| ((time.as_micros().max(0) + hop / 2) / hop) as usize;
    (nearest(range.start), nearest(range.end))
}

/// How many hops before each the matter of what is heard there lies; empty without sound events.
fn hops_before(curves: &[Curve]) -> Vec<f32> {
    let events = curves.iter().find(|curve| !curve.events.is_empty()).map_or(&[][..], |curve| &curve.events);
    let hops = |event: SoundEvent| heard(event).before.as_seconds() / Evidence::HOP.as_seconds();
    events.iter().map(|event| event.map_or(0.0, |event| hops(event) as f32)).collect()
}
