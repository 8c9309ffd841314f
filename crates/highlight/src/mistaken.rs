//! Where an event is heard that is none: something that the network takes for it is heard more clearly.

use model::{Evidence, Series, SoundEvent, TimeRange};

use crate::stretches::stretches;
use crate::weights::{AMID, Heard, PLAUSIBLE, heard};

/// What hides one event in a material.
pub(crate) struct Mistaken<'a> {
    /// How certain the event is.
    series: &'a Series,
    /// The others that hide it at the same instant.
    there: Vec<(SoundEvent, &'a Series)>,
    /// Where others last that hide it all the while, and how certain they are at their clearest.
    amid: Vec<(TimeRange, f32)>,
}

impl<'a> Mistaken<'a> {
    /// What hides the event of a row, whose certainty along time is `series`.
    pub(crate) fn of(evidence: &'a Evidence, row: &Heard, series: &'a Series) -> Self {
        let heard_of = |others: &'static [SoundEvent]| {
            others.iter().filter_map(|other| Some((*other, evidence.sound_events.get(other)?)))
        };
        let lasting = heard_of(row.mistaken_amid)
            .flat_map(|(other, series)| stretches(series, heard(other).certainty))
            .map(|(range, peak)| (TimeRange::new(range.start - AMID, range.end + AMID), peak));
        Self { series, there: heard_of(row.mistaken).collect(), amid: lasting.collect() }
    }

    /// Whether what is heard as the event at the value number `at` of its series is another.
    pub(crate) fn hides(&self, at: usize) -> bool {
        let certainty = self.series.values().get(at).copied().unwrap_or(0.0);
        let there = |(other, series): &(SoundEvent, &Series)| {
            let plausible = PLAUSIBLE * heard(*other).certainty.starts;
            series.values().get(at).is_some_and(|value| *value > certainty && *value >= plausible)
        };
        let time = self.series.time(at);
        self.there.iter().any(there)
            || self.amid.iter().any(|(range, peak)| range.contains(time) && *peak > certainty)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::MediaTime;

    use super::*;

    #[test]
    fn claps_are_heard_as_shots_as_long_as_the_applause_lasts() {
        let hop = MediaTime::from_millis(500);
        // Applause, and shots before it, amid it and after it.
        let shots = Series::new(hop, vec![0.0, 0.2, 0.0, 0.0, 0.0, 0.0, 0.2, 0.9, 0.0, 0.2, 0.0, 0.0, 0.2]);
        let applause =
            Series::new(hop, vec![0.0, 0.0, 0.0, 0.0, 0.1, 0.6, 0.1, 0.1, 0.1, 0.0, 0.0, 0.0, 0.0]);
        let evidence = Evidence {
            duration: hop,
            signals: BTreeMap::new(),
            sound_events: BTreeMap::from([(SoundEvent::Applause, applause)]),
            cuts: Vec::new(),
            utterances: Vec::new(),
            silences: Vec::new(),
            fades: Vec::new(),
            cues: Vec::new(),
        };
        let mistaken = Mistaken::of(&evidence, heard(SoundEvent::Gunshot), &shots);
        assert!(!mistaken.hides(1), "nobody claps yet");
        assert!(mistaken.hides(6), "many clap");
        assert!(!mistaken.hides(7), "it is heard more clearly than the applause");
        assert!(mistaken.hides(9), "the last one claps");
        assert!(!mistaken.hides(12), "nobody claps any more");
    }
}
