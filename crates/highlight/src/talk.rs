//! What is usual in a material is how it sounds while people talk. A bed of music or an engine is a passage and has its
//! own background; were it counted among the usual, one long song would hide every laugh of a short video.

use std::ops::Range;

use model::{Evidence, MediaTime, TimeRange};

use crate::series_math::percentile;

/// Fewer hops of talk than this (ten seconds) do not tell what is usual, …
const ENOUGH: usize = 100;
/// … and less than this part of a material is not what is usual in it: words in a silence are an event.
const PART: usize = 8;

/// Where people talk, in hops; the whole material, when too little is said to tell what is usual.
pub(crate) struct Talk(Vec<Range<usize>>);

impl Talk {
    /// `count` is how many hops the material has.
    pub(crate) fn within(evidence: &Evidence, count: usize) -> Self {
        let hop = |time: MediaTime| (time.as_micros().max(0) / Evidence::HOP.as_micros()) as usize;
        let said = |range: TimeRange| hop(range.start).min(count)..hop(range.end).min(count);
        let talk: Vec<Range<usize>> = evidence.utterances.iter().map(|spoken| said(spoken.range)).collect();
        let is_enough = talk.iter().map(Range::len).sum::<usize>() >= ENOUGH.max(count / PART);
        Self(if is_enough { talk } else { std::iter::once(0..count).collect() })
    }

    /// The value below which `share` of what is measured in talk lies.
    pub(crate) fn percentile(&self, values: &[f32], share: f32) -> f32 {
        let heard = self.0.iter().filter_map(|range| values.get(range.clone()));
        percentile(&heard.flatten().copied().collect::<Vec<f32>>(), share)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::Utterance;

    use super::*;

    /// What is said lies in seconds of a minute; the values are 0 in the first half and 1 in the second.
    #[track_caller]
    fn check(utterances: &[(i64, i64)], share: f32, expected: f32) {
        let at = MediaTime::from_whole_seconds;
        let said =
            |(from, to): &(i64, i64)| Utterance { range: TimeRange::new(at(*from), at(*to)), text: None };
        let evidence = Evidence {
            duration: at(60),
            signals: BTreeMap::new(),
            sound_events: BTreeMap::new(),
            cuts: Vec::new(),
            fades: Vec::new(),
            utterances: utterances.iter().map(said).collect(),
            silences: Vec::new(),
            cues: Vec::new(),
        };
        let values: Vec<f32> = (0..600).map(|i| if i < 300 { 0.0 } else { 1.0 }).collect();
        let found = Talk::within(&evidence, 600).percentile(&values, share);
        assert_eq!(found, expected, "the value below which {share} of {utterances:?} lies");
    }

    #[test]
    fn only_talk_tells_what_is_usual() {
        check(&[(5, 15), (16, 20)], 0.9, 0.0);
        check(&[(5, 10), (40, 50)], 0.5, 1.0);
    }

    #[test]
    fn a_few_words_do_not_tell_what_is_usual() {
        check(&[(5, 8)], 0.9, 1.0);
        check(&[], 0.4, 0.0);
    }
}
