//! Every window that could be a highlight, and what each is worth.

use model::{Evidence, MediaTime, TimeRange};

use crate::curves::Curve;
use crate::edges::Edge;
use crate::series_math::{prefix_sums, prefix_sums_of};
use crate::weights::{
    CENTRE, FILLING, INSIDE_SPEECH, MAY_WIN_ALONE, OFF_CENTRE, OFF_LENGTH, PEAK_SHARE, POOR_EDGES, WHOLE,
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
    alone: bool,
    sums: Vec<f64>,
    /// Sums of value times hop, for the middle of what happens.
    moments: Vec<f64>,
}

impl Appraisal {
    pub(crate) fn new(curves: &[Curve], clip: MediaTime, slack: MediaTime) -> Self {
        let curves = curves.iter().map(|curve| {
            let moments = curve.values.iter().enumerate().map(|(i, v)| f64::from(*v) * (i as f64 + 0.5));
            Summed {
                weight: curve.weight,
                alone: MAY_WIN_ALONE.contains(&curve.signal),
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

    /// What happens in a range, 0 to 1.
    pub(crate) fn content(&self, range: TimeRange) -> f32 {
        self.judge(range).0
    }

    /// What happens in a range, 0 to 1, and how much of it counts for where it lies in the range.
    fn judge(&self, range: TimeRange) -> (f32, f32) {
        let hop = Evidence::HOP.as_micros();
        let (from, to) = ((range.start.as_micros() + hop / 2) / hop, (range.end.as_micros() + hop / 2) / hop);
        let clip_hops = (self.clip.as_micros() / hop).max(1) as f64;
        let (mut sum, mut peak, mut mass, mut moment) = (0.0_f32, 0.0_f32, 0.0_f64, 0.0_f64);
        for curve in &self.curves {
            let last = curve.sums.len() - 1;
            let (from, to) = ((from as usize).min(last), (to as usize).min(last));
            let amount = curve.sums[to] - curve.sums[from];
            let share = ((amount / clip_hops) as f32).clamp(0.0, 1.0);
            sum += curve.weight * share.powf(FILLING);
            if curve.alone {
                peak = peak.max(1.0 - (1.0 - (share / WHOLE).min(1.0)).powi(2));
            }
            mass += f64::from(curve.weight) * amount;
            moment += f64::from(curve.weight) * (curve.moments[to] - curve.moments[from]);
        }
        let content = (1.0 - PEAK_SHARE) * sum + PEAK_SHARE * peak;
        let length =
            (range.duration().distance(self.clip).as_seconds() / self.slack.as_seconds().max(0.001)) as f32;
        let mut place = 1.0 - OFF_LENGTH * length;
        if mass > 0.0 {
            let at = (moment / mass - from as f64) / (to - from).max(1) as f64;
            place -= OFF_CENTRE * (at - CENTRE).abs() as f32;
        }
        (content.clamp(0.0, 1.0), place.max(0.0))
    }
}
