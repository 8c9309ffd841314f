//! How well "more like this" tells what is like a highlight: another planted moment of the same kind, which is known.

use std::collections::BTreeMap;

use highlight::{Constraints, Example, Sights, alike};
use model::job::Strategy;
use model::{Evidence, TimeRange};
use serde::Serialize;

use crate::programme::Planted;

/// What came of asking for more of every highlight whose kind is planted more than once.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Likeness {
    /// Highlights that more was asked for.
    asked: usize,
    /// Of those how many had at least one of their kind among what was offered.
    answered: usize,
    /// Moments that were offered.
    offered: usize,
    /// Of those how many are of the same kind.
    same_kind: usize,
    /// And how many are another planted moment.
    other_kind: usize,
}

impl Likeness {
    /// Asks for as many moments like each highlight as there are others of its kind.
    pub(crate) fn ask(&mut self, evidence: &Evidence, strategy: &Strategy, planted: &[Planted]) {
        let ranges = highlight::choose(evidence, strategy).highlights.into_iter().map(|found| found.range);
        let kinds = planted.iter().fold(BTreeMap::<&str, usize>::new(), |mut kinds, planted| {
            *kinds.entry(&planted.kind).or_default() += 1;
            kinds
        });
        for range in ranges {
            let Some(own) = shown(planted, range).filter(|own| kinds[own.kind.as_str()] > 1) else {
                continue;
            };
            let there = kinds[own.kind.as_str()] - 1;
            let constraints = Constraints { kept: vec![range], dropped: Vec::new() };
            let example = Example::new(evidence, range);
            let offered = alike(&example, evidence, &Sights::default(), strategy, &constraints, there);
            let on = offered.iter().map(|it| shown(planted, it.highlight.range));
            let kinds: Vec<Option<&str>> = on.map(|on| on.map(|on| on.kind.as_str())).collect();
            let same = kinds.iter().filter(|kind| **kind == Some(own.kind.as_str())).count();
            self.asked += 1;
            self.answered += usize::from(same > 0);
            self.offered += offered.len();
            self.same_kind += same;
            self.other_kind += kinds.iter().flatten().count() - same;
        }
    }
}

/// The planted moment of which a range shows half.
fn shown(planted: &[Planted], range: TimeRange) -> Option<&Planted> {
    planted.iter().find(|planted| {
        let shared = planted.range().intersection(range);
        shared.is_some_and(|shared| planted.range().duration() <= shared.duration() + shared.duration())
    })
}
