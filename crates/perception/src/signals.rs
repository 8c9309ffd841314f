//! Brings what was measured at its own pace to the common hop of evidence.

use model::{Evidence, MediaTime, Series};

use crate::picture::Movement;

/// Cuts are counted over so much time: long enough for two shots of an ordinary dialogue, short enough for a chase.
const CUT_WINDOW: MediaTime = MediaTime::from_whole_seconds(4);

/// How many hops a duration has; a part of one counts.
pub(crate) fn hops(duration: MediaTime) -> usize {
    let hop = Evidence::HOP.as_micros();
    usize::try_from((duration.as_micros().max(0) + hop - 1) / hop).unwrap_or(0)
}

/// A series of exactly `count` values: cut, or filled with its last value.
pub(crate) fn series(mut values: Vec<f32>, count: usize, filler: f32) -> Series {
    values.resize(count, filler);
    Series::new(Evidence::HOP, values)
}

/// Mean movement for each hop. Movement across a cut is none: the hop takes its neighbour's value in the shot that
/// follows. Where no pictures come, the last one stands still.
pub(crate) fn motion(movements: &[Movement], cuts: &[MediaTime], count: usize) -> Series {
    let hop = Evidence::HOP.as_micros();
    let (mut sums, mut weights) = (vec![0.0_f32; count], vec![0.0_f32; count]);
    let mut next_cut = 0;
    for movement in movements {
        while cuts.get(next_cut).is_some_and(|cut| *cut <= movement.from) {
            next_cut += 1;
        }
        if cuts.get(next_cut).is_some_and(|cut| *cut <= movement.to) {
            continue;
        }
        let first = (movement.from.as_micros().max(0) / hop) as usize;
        let last = ((movement.to.as_micros() - 1).max(0) / hop) as usize;
        for index in first..=last.min(count.saturating_sub(1)) {
            let (start, end) = (index as i64 * hop, (index as i64 + 1) * hop);
            let shared = end.min(movement.to.as_micros()) - start.max(movement.from.as_micros());
            let weight = shared.max(0) as f32;
            if let (Some(sum), Some(total)) = (sums.get_mut(index), weights.get_mut(index)) {
                *sum += movement.amount * weight;
                *total += weight;
            }
        }
    }
    let known: Vec<Option<f32>> = sums.iter().zip(&weights).map(|(s, w)| (*w > 0.0).then(|| s / w)).collect();
    Series::new(Evidence::HOP, filled(&known))
}

/// Every unknown value takes the next known one within a second, else the last one as near; else nothing moves.
fn filled(known: &[Option<f32>]) -> Vec<f32> {
    const NEAR: usize = 10;
    let near = |i: usize| {
        let next = known[i..(i + NEAR).min(known.len())].iter().flatten().next();
        next.or_else(|| known[i.saturating_sub(NEAR)..i].iter().rev().flatten().next())
    };
    (0..known.len()).map(|i| near(i).copied().unwrap_or(0.0)).collect()
}

/// Cuts a second around each hop, weighted by a triangle so that the count does not jump.
pub(crate) fn cut_rate(cuts: &[MediaTime], count: usize) -> Series {
    let half = CUT_WINDOW.as_seconds() / 2.0;
    let hop = Evidence::HOP.as_seconds();
    let mut rate = vec![0.0_f32; count];
    for cut in cuts {
        let at = cut.as_seconds();
        let first = (((at - half) / hop).floor().max(0.0)) as usize;
        let last = ((at + half) / hop).ceil().max(0.0) as usize;
        for (index, value) in rate.iter_mut().enumerate().take(last + 1).skip(first) {
            let distance = ((index as f64 + 0.5) * hop - at).abs();
            *value += ((1.0 - distance / half).max(0.0) / half) as f32;
        }
    }
    Series::new(Evidence::HOP, rate)
}
