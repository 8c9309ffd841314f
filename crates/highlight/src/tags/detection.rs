//! What sounds and subtitles show, and when.

use model::{Evidence, MediaTime, SoundEvent, TimeRange};

use super::vocabulary::{ACTIONS, ActionIndex};
use super::{described, normal::normal};
use crate::mistaken::Mistaken;
use crate::stretches::stretches;
use crate::weights::{self, DESCRIBED};

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
    let row = weights::heard(event);
    evidence.sound_events.get(&event).into_iter().flat_map(move |series| {
        let mistaken = Mistaken::of(evidence, row, series);
        stretches(series, row.certainty).filter_map(move |(range, peak)| {
            let best = series.slice(range).iter().position(|value| *value == peak)?;
            let hidden = mistaken.hides(series.index(range.start) + best);
            (!hidden).then(|| (range, confidence(peak, row.certainty.starts)))
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

/// One half where a stretch may just start, and near one where it is far above.
fn confidence(peak: f32, starts: f32) -> f32 {
    peak / (peak + starts)
}

/// How long two stretches overlap.
pub(crate) fn shared(a: TimeRange, b: TimeRange) -> MediaTime {
    a.intersection(b).map_or(MediaTime::ZERO, TimeRange::duration)
}
