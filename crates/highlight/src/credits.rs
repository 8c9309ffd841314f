//! Closing credits: one long take near the end of a film that is cut otherwise, in which nobody speaks. Names that roll to
//! music are as loud, as full and as restless as any event, and no editor keeps them.

use model::{Evidence, MediaTime, TimeRange};

use crate::weights::{CREDITS_AFTER, CREDITS_LEAST, CREDITS_SHOTS, CREDITS_SPEECH};

/// A material of fewer shots has no usual length of them.
const FEWEST_SHOTS: usize = 12;

/// Where the closing credits are, if there are any.
pub(crate) fn credits(evidence: &Evidence) -> Option<TimeRange> {
    let shots = shots(evidence);
    if shots.len() < FEWEST_SHOTS {
        return None;
    }
    let mut lengths: Vec<MediaTime> = shots.iter().map(|shot| shot.duration()).collect();
    lengths.sort();
    let usual = lengths[lengths.len() / 2];
    let least = CREDITS_LEAST.max(usual.scaled(CREDITS_SHOTS));
    let late = shots.into_iter().filter(|shot| shot.start >= evidence.duration.scaled(CREDITS_AFTER));
    let longest = late.max_by_key(|shot| shot.duration())?;
    (longest.duration() >= least && spoken(evidence, longest) <= CREDITS_SPEECH).then_some(longest)
}

/// From each cut to the next one.
fn shots(evidence: &Evidence) -> Vec<TimeRange> {
    let ends = evidence.cuts.iter().copied().chain([evidence.duration]);
    let mut start = MediaTime::ZERO;
    ends.map(|end| TimeRange::new(std::mem::replace(&mut start, end), end)).collect()
}

/// How long somebody speaks in a range.
fn spoken(evidence: &Evidence, range: TimeRange) -> MediaTime {
    let within = evidence.utterances.iter().filter_map(|utterance| utterance.range.intersection(range));
    within.fold(MediaTime::ZERO, |sum, part| sum + part.duration())
}
