//! From certainty along time to stretches in which something happens.

use model::{Evidence, MediaTime, Series, SoundEvent, TimeRange};

use super::vocabulary::{ACTIONS, ActionIndex};
use super::{described, normal::normal};
use crate::weights::{self, Certainty, DESCRIBED, Heard, hides};

/// An action somewhere in a material.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Detection {
    pub(crate) action: ActionIndex,
    pub(crate) range: TimeRange,
    /// 0 to 1; one half where it is as likely as not.
    pub(crate) confidence: f32,
}

/// Everything that sounds and subtitles show.
pub(crate) fn detections(evidence: &Evidence) -> Vec<Detection> {
    let mut found = heard(evidence);
    found.extend(read(evidence));
    found
}

/// What the sound events show.
fn heard(evidence: &Evidence) -> Vec<Detection> {
    let mut found = Vec::new();
    for (index, action) in ACTIONS.iter().enumerate() {
        for event in action.sounds {
            let heard = sounding(evidence, *event);
            found.extend(heard.map(|(range, confidence)| Detection { action: index, range, confidence }));
        }
    }
    found
}

/// Where an event is heard, and nothing that is mistaken for it more clearly at the instant it is heard best, with its
/// confidence. What comes before or after in the same stretch may be anything: a dog barks at a scream.
fn sounding(evidence: &Evidence, event: SoundEvent) -> impl Iterator<Item = (TimeRange, f32)> {
    let Heard { certainty, mistaken, .. } = *weights::heard(event);
    let others: Vec<(SoundEvent, &Series)> =
        mistaken.iter().filter_map(|other| Some((*other, evidence.sound_events.get(other)?))).collect();
    evidence.sound_events.get(&event).into_iter().flat_map(move |series| {
        let others = others.clone();
        stretches(series, certainty).filter_map(move |(range, peak)| {
            let best = series.slice(range).iter().position(|value| *value == peak)?;
            let hides = |(other, series): &(SoundEvent, &Series)| {
                series.slice(range).get(best).is_some_and(|value| hides(*other, *value, peak))
            };
            (!others.iter().any(hides)).then(|| (range, confidence(peak, certainty.starts)))
        })
    })
}

/// What a subtitle describes in brackets or sets between notes.
fn read(evidence: &Evidence) -> Vec<Detection> {
    let mut found = Vec::new();
    for cue in &evidence.cues {
        for description in described::sounds(&cue.text) {
            let actions = described::actions(&normal(description)).into_iter();
            // What only eyes can tell is told by no description of a sound.
            let heard = actions.filter(|action| !ACTIONS[*action].sounds.is_empty());
            found.extend(heard.map(|action| Detection { action, range: cue.range, confidence: DESCRIBED }));
        }
    }
    found
}

/// Where a certainty reaches `starts`, and from there as far as it does not fall below the share of it that `HOLDS`, with
/// its peak.
pub(crate) fn stretches(
    series: &Series,
    certainty: Certainty,
) -> impl Iterator<Item = (TimeRange, f32)> + '_ {
    let holds = certainty.starts * Certainty::HOLDS;
    let whole = series.values();
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < whole.len() {
            let start = next + whole[next..].iter().position(|value| *value >= holds)?;
            let length = whole[start..].iter().position(|value| *value < holds);
            let end = length.map_or(whole.len(), |length| start + length);
            next = end;
            let peak = whole[start..end].iter().copied().fold(0.0, f32::max);
            let range = TimeRange::new(series.time(start), series.time(end));
            if peak >= certainty.starts && range.duration() >= certainty.least {
                return Some((range, peak));
            }
        }
        None
    })
}

/// One half where a stretch may just start, and near one where it is far above.
fn confidence(peak: f32, starts: f32) -> f32 {
    peak / (peak + starts)
}

/// How long two stretches overlap.
pub(crate) fn shared(a: TimeRange, b: TimeRange) -> MediaTime {
    a.intersection(b).map_or(MediaTime::ZERO, TimeRange::duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Digits are tenths of certainty, half a second each; expected are first and last hop and the peak.
    #[track_caller]
    fn check(strip: &str, expected: &[(i64, i64)]) {
        let hop = MediaTime::from_millis(500);
        let values = strip.bytes().map(|digit| f32::from(digit - b'0') / 10.0).collect();
        let series = Series::new(hop, values);
        let certainty = Certainty { starts: 0.6, least: MediaTime::from_millis(1000) };
        let found: Vec<_> = stretches(&series, certainty)
            .map(|(range, _)| (range.start.as_micros() / 500_000, range.end.as_micros() / 500_000))
            .collect();
        assert_eq!(found, expected, "the stretches of {strip}");
    }

    #[test]
    fn a_stretch_starts_where_it_is_certain_and_goes_on_while_it_is_likely() {
        check("0035763400", &[(2, 8)]);
        check("0034540000", &[]);
        check("0660006600", &[(1, 3), (6, 8)]);
        check("0009000000", &[]);
        check("6666", &[(0, 4)]);
        check("", &[]);
    }
}
