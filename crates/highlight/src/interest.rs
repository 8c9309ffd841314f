//! How interesting each moment is, and the part that each signal has in it: what a timeline draws.

use model::job::Strategy;
use model::{Evidence, Series, Signal};

use crate::curves::{Curve, curves, hops};
use crate::weights;

/// The interest of a material, and what it is made of. Independent of any strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct Interest {
    /// How interesting each moment is, 0 to 1, at the hop of [`Evidence`].
    pub curve: Series,
    /// What each signal adds, in the order of [`Signal::ALL`]; together they are the curve. A signal that says nothing
    /// about this material is absent.
    pub parts: Vec<(Signal, Series)>,
}

/// How interesting each moment is, and why.
#[must_use]
pub fn interest(evidence: &Evidence) -> Interest {
    let mut curves = curves(evidence, Strategy::default().clip_duration);
    curves.sort_by_key(|curve| Signal::ALL.iter().position(|signal| *signal == curve.signal));
    let count = hops(evidence);
    let mut parts: Vec<Vec<f32>> = curves.iter().map(|_| Vec::with_capacity(count)).collect();
    let mut total = Vec::with_capacity(count);
    for hop in 0..count {
        let strongest = strongest(&curves, hop);
        let mut sum = 0.0;
        for (index, (curve, part)) in curves.iter().zip(&mut parts).enumerate() {
            let alone = if strongest == Some(index) { weights::PEAK_SHARE } else { 0.0 };
            let value = (alone + (1.0 - weights::PEAK_SHARE) * curve.weight) * at(curve, hop);
            part.push(value);
            sum += value;
        }
        // Where everything happens at once the weights may add up to more than all.
        if sum > 1.0 {
            parts.iter_mut().filter_map(|part| part.last_mut()).for_each(|value| *value /= sum);
        }
        total.push(sum.min(1.0));
    }
    let series = |values| Series::new(Evidence::HOP, values);
    let parts = curves.iter().zip(parts).map(|(curve, values)| (curve.signal, series(values)));
    Interest { parts: parts.collect(), curve: series(total) }
}

fn at(curve: &Curve, hop: usize) -> f32 {
    curve.values.get(hop).copied().unwrap_or(0.0)
}

/// The curve that counts alone at a hop, beside its weight in the sum.
fn strongest(curves: &[Curve], hop: usize) -> Option<usize> {
    let may_win = |curve: &Curve| weights::MAY_WIN_ALONE.contains(&curve.signal);
    let eligible = curves.iter().enumerate().filter(|(_, curve)| may_win(curve));
    eligible.max_by(|(_, one), (_, other)| at(one, hop).total_cmp(&at(other, hop))).map(|(index, _)| index)
}
