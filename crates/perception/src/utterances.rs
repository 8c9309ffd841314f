//! Utterances: what the sound says about where speech lies, joined with what subtitles say.

use model::{Cue, MediaTime, TimeRange, Utterance, without_descriptions};

/// The part of a cue that no heard speech comes near is speech the detector missed; less than this is the subtitle's
/// own inaccuracy.
const MISSED: MediaTime = MediaTime::from_millis(700);
/// Subtitles start early and end late by about so much.
const INACCURACY: MediaTime = MediaTime::from_millis(150);
/// An utterance takes the text of a cue that shares this part of it, or of which it holds this part.
const SHARE: f64 = 0.3;

/// Heard stretches with the texts that belong to them, and the stretches that only cues know of.
pub(crate) fn join(heard: &[TimeRange], cues: &[Cue], silences: &[TimeRange]) -> Vec<Utterance> {
    let mut ranges = heard.to_vec();
    for cue in cues.iter().filter(|cue| is_spoken(&cue.text)) {
        for gap in without(without(vec![cue.range], heard), silences) {
            if gap.duration() >= MISSED {
                ranges.push(tightened(gap));
            }
        }
    }
    ranges.sort_by_key(|range| range.start);
    let mut utterances: Vec<Utterance> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match utterances.last_mut() {
            Some(last) if range.start < last.range.end => last.range.end = last.range.end.max(range.end),
            _ => utterances.push(Utterance { range, text: None }),
        }
    }
    attach(&mut utterances, cues);
    utterances
}

fn tightened(range: TimeRange) -> TimeRange {
    TimeRange::new(range.start + INACCURACY, range.end - INACCURACY)
}

/// What is left of ascending ranges after others, ascending and not overlapping, are taken out.
fn without(ranges: Vec<TimeRange>, taken: &[TimeRange]) -> Vec<TimeRange> {
    let mut left = Vec::new();
    for range in ranges {
        let mut start = range.start;
        let first = taken.partition_point(|other| other.end <= range.start);
        for other in taken[first..].iter().take_while(|other| other.start < range.end) {
            left.push(TimeRange::new(start, other.start));
            start = other.end.max(start);
        }
        left.push(TimeRange::new(start, range.end));
    }
    left.retain(|range| !range.is_empty());
    left
}

/// Gives each utterance the texts of the cues it shares time with; a cue may speak through several utterances.
fn attach(utterances: &mut [Utterance], cues: &[Cue]) {
    for utterance in utterances {
        let texts: Vec<&str> = cues
            .iter()
            .filter(|cue| is_spoken(&cue.text))
            .filter(|cue| {
                let shared =
                    utterance.range.intersection(cue.range).map_or(MediaTime::ZERO, TimeRange::duration);
                let least = utterance.range.duration().min(cue.range.duration());
                shared.as_seconds() > SHARE * least.as_seconds()
            })
            .map(|cue| cue.text.as_str())
            .collect();
        utterance.text = (!texts.is_empty()).then(|| texts.join("\n"));
    }
}

/// False for descriptions of sounds, which subtitles put in brackets, and for music signs.
fn is_spoken(text: &str) -> bool {
    without_descriptions(text).contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: i64, to: i64) -> TimeRange {
        TimeRange::new(MediaTime::from_millis(from), MediaTime::from_millis(to))
    }

    fn cue(from: i64, to: i64, text: &str) -> Cue {
        Cue { range: range(from, to), text: text.to_owned() }
    }

    fn check(heard: &[(i64, i64)], cues: &[Cue], expected: &[(i64, i64, Option<&str>)]) {
        let heard: Vec<TimeRange> = heard.iter().map(|(from, to)| range(*from, *to)).collect();
        let expected: Vec<Utterance> = expected
            .iter()
            .map(|(from, to, text)| Utterance { range: range(*from, *to), text: text.map(str::to_owned) })
            .collect();
        assert_eq!(join(&heard, cues, &[]), expected);
    }

    #[test]
    fn a_cue_names_what_is_heard_and_its_edges_stay_those_of_the_sound() {
        check(&[(1_000, 2_000)], &[cue(900, 2_300, "Hello.")], &[(1_000, 2_000, Some("Hello."))]);
    }

    #[test]
    fn a_cue_that_was_not_heard_still_makes_an_utterance() {
        check(&[], &[cue(1_000, 3_000, "Under the applause")], &[(1_150, 2_850, Some("Under the applause"))]);
    }

    #[test]
    fn a_sound_description_is_not_speech() {
        check(&[], &[cue(1_000, 3_000, "[sobbing]"), cue(4_000, 6_000, "♪")], &[]);
    }

    #[test]
    fn a_cue_over_two_stretches_names_both() {
        check(
            &[(1_000, 2_000), (2_500, 4_000)],
            &[cue(950, 4_100, "One. Two.")],
            &[(1_000, 2_000, Some("One. Two.")), (2_500, 4_000, Some("One. Two."))],
        );
    }
}
