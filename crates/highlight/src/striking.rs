//! Sounds that make people look up: laughter, a scream, a shot. Each counts by what it deserves, and only where it rises
//! over what lasts around it: in a hall that never stops cheering, cheers are no event.

use model::{Evidence, MediaTime, Series, SoundEvent};

use crate::mistaken::Mistaken;
use crate::series_math::{closing, opening};
use crate::weights::{Certainty, HEARD, Heard};

/// Gaps of so many values of a series do not end what lasts: a hall draws breath as well.
const BREATH: usize = 2;

/// How striking the sound is at each hop, and by which event.
pub(crate) struct Striking {
    /// 0 to 1.
    pub(crate) values: Vec<f32>,
    /// The event that is worth most there.
    pub(crate) events: Vec<Option<SoundEvent>>,
}

impl Striking {
    /// `hops`: how many the material has; `radius`: half the length of a passage, in hops. `None` where nothing was heard
    /// that could be striking.
    pub(crate) fn within(evidence: &Evidence, hops: usize, radius: usize) -> Option<Self> {
        let mut found = Self { values: vec![0.0; hops], events: vec![None; hops] };
        for row in HEARD.iter().filter(|row| row.worth > 0.0) {
            if let Some(series) = evidence.sound_events.get(&row.event) {
                found.add(row, &rises(evidence, row, series, radius));
            }
        }
        found.values.iter().any(|value| *value > 0.0).then_some(found)
    }

    fn add(&mut self, row: &Heard, rises: &Series) {
        let hop = Evidence::HOP.as_micros();
        // The first hop whose middle lies at a time or later.
        let first = |time: MediaTime| ((time.as_micros() + hop / 2 - 1).max(0) / hop) as usize;
        let count = self.values.len();
        for (place, rise) in rises.values().iter().enumerate().filter(|(_, rise)| **rise > 0.0) {
            let hops = first(rises.time(place)).min(count)..first(rises.time(place + 1)).min(count);
            for (value, event) in self.values[hops.clone()].iter_mut().zip(&mut self.events[hops]) {
                if row.worth * rise > *value {
                    (*value, *event) = (row.worth * rise, Some(row.event));
                }
            }
        }
    }
}

/// How far an event rises over what lasts of it, 0 to 1; nothing where what is mistaken for it is heard more clearly.
fn rises(evidence: &Evidence, row: &Heard, series: &Series, radius: usize) -> Series {
    let mistaken = Mistaken::of(evidence, row, series);
    let mut degrees: Vec<f32> = series.values().iter().map(|value| degree(*value, row.certainty)).collect();
    forget_brief(&mut degrees, series.hop(), row.certainty.least);
    let radius = (radius as i64 * Evidence::HOP.as_micros() / series.hop().as_micros()) as usize;
    let lasting = opening(&closing(&degrees, BREATH), radius);
    let rises = degrees.iter().zip(&lasting).enumerate().map(|(at, (degree, lasting))| {
        if *degree <= *lasting || mistaken.hides(at) { 0.0 } else { degree - lasting }
    });
    Series::new(series.hop(), rises.collect())
}

/// Sets to nothing what is over sooner than the event ever is: mere likenesses.
fn forget_brief(degrees: &mut [f32], hop: MediaTime, least: MediaTime) {
    let runs = degrees.chunk_by_mut(|one, next| (*one > 0.0) == (*next > 0.0));
    for run in runs.filter(|run| hop.scaled(run.len() as f64) < least) {
        run.fill(0.0);
    }
}

/// From nothing, where an event that was heard would end, over one half, where it may start, to one at twice that.
fn degree(value: f32, certainty: Certainty) -> f32 {
    let ends = certainty.starts * Certainty::HOLDS;
    let odds = |value: f32| value / (value + certainty.starts);
    let (nothing, whole) = (odds(ends), odds(2.0 * certainty.starts));
    ((odds(value) - nothing) / (whole - nothing)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each character is half a second in which an event is certain (`#`) or not heard.
    fn evidence(strips: &[(SoundEvent, &str)]) -> Evidence {
        let hop = MediaTime::from_millis(500);
        let series = |strip: &str| {
            Series::new(hop, strip.bytes().map(|c| if c == b'#' { 0.95 } else { 0.0 }).collect())
        };
        Evidence {
            duration: MediaTime::from_millis(500 * strips[0].1.len() as i64),
            signals: Default::default(),
            sound_events: strips.iter().map(|(event, strip)| (*event, series(strip))).collect(),
            cuts: Vec::new(),
            utterances: Vec::new(),
            silences: Vec::new(),
            fades: Vec::new(),
            cues: Vec::new(),
        }
    }

    #[track_caller]
    fn check(strips: &[(SoundEvent, &str)], expected: &str) {
        let evidence = evidence(strips);
        let count = expected.len() * 5;
        let found = Striking::within(&evidence, count, 50);
        let values = found.map_or_else(|| vec![0.0; count], |found| found.values);
        let strip: String = values.chunks(5).map(|hops| if hops[2] > 0.3 { '#' } else { '.' }).collect();
        assert_eq!(strip, expected, "what is striking of {strips:?}");
    }

    #[test]
    fn what_makes_people_look_up_is_striking() {
        check(&[(SoundEvent::Laughter, "......####......")], "......####......");
        check(&[(SoundEvent::Gunshot, "..#......#......")], "..#......#......");
    }

    #[test]
    fn music_and_speech_never_are() {
        check(&[(SoundEvent::Music, "......####......")], "................");
        check(&[(SoundEvent::Speech, "......####......")], "................");
    }

    #[test]
    fn what_is_over_too_soon_is_a_mere_likeness() {
        check(&[(SoundEvent::Applause, "......#.........")], "................");
        check(&[(SoundEvent::Applause, "......###.......")], "......###.......");
    }

    #[test]
    fn what_lasts_is_not() {
        check(&[(SoundEvent::Cheering, &"#".repeat(60))], &".".repeat(60));
    }

    #[test]
    fn what_is_mistaken_for_something_is_not() {
        check(
            &[(SoundEvent::Gunshot, "......####......"), (SoundEvent::Rain, "................")],
            "......####......",
        );
    }

    #[test]
    fn a_faint_likeness_hides_nothing() {
        let strips = [(SoundEvent::Screaming, "......####......"), (SoundEvent::Dog, "......####......")];
        let mut heard = evidence(&strips);
        let mut certain = |event, value: f32| {
            let series = heard.sound_events.get_mut(&event).expect("it is heard");
            *series = Series::new(series.hop(), series.values().iter().map(|it| it * value).collect());
        };
        certain(SoundEvent::Screaming, 0.1);
        certain(SoundEvent::Dog, 0.12);
        assert!(Striking::within(&heard, 80, 50).is_some(), "a scream is heard, and hardly a dog");
        let barking = evidence(&strips[1..]).sound_events;
        heard.sound_events.extend(barking);
        assert!(Striking::within(&heard, 80, 50).is_none(), "that is a dog");
    }
}
