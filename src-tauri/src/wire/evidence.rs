//! What was perceived, as the timeline draws it.

use engine::model::{self, TimeRange};
use serde::Serialize;
use specta::Type;

use super::Micros;
use super::range::Signal;

/// What the timeline draws.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EvidenceView {
    cuts: Vec<Micros>,
    speech: Vec<SpeechView>,
    /// Where each word of a transcript is said; empty without one.
    words: Vec<Stretch>,
    silences: Vec<Stretch>,
    interest: Interest,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct SpeechView {
    start: Micros,
    end: Micros,
    text: Option<String>,
}

/// Half-open: the end is the first instant after it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Stretch {
    start: Micros,
    end: Micros,
}

impl From<TimeRange> for Stretch {
    fn from(TimeRange { start, end }: TimeRange) -> Self {
        Self { start: start.into(), end: end.into() }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Interest {
    hop: Micros,
    /// 0 to 1 each.
    values: Vec<f32>,
    /// What each signal adds, bottom to top.
    parts: Vec<InterestPart>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct InterestPart {
    signal: Signal,
    /// Percent of the highest interest there can be, one for each value of the curve.
    percents: Vec<u8>,
}

impl From<engine::Interest> for Interest {
    fn from(engine::Interest { curve, parts }: engine::Interest) -> Self {
        let percents = |series: &model::Series| {
            series.values().iter().map(|value| (value.clamp(0.0, 1.0) * 100.0).round() as u8).collect()
        };
        let part = |(signal, series): &(model::Signal, model::Series)| InterestPart {
            signal: (*signal).into(),
            percents: percents(series),
        };
        Self {
            hop: curve.hop().into(),
            values: curve.values().to_vec(),
            parts: parts.iter().map(part).collect(),
        }
    }
}

impl From<engine::EvidenceView> for EvidenceView {
    fn from(
        engine::EvidenceView { cuts, speech, words, silences, signals: _, sound_events: _, interest }: engine::EvidenceView,
    ) -> Self {
        let said = |model::Utterance { range, text }| SpeechView {
            start: range.start.into(),
            end: range.end.into(),
            text,
        };
        let stretch = Stretch::from;
        Self {
            cuts: cuts.into_iter().map(Micros::from).collect(),
            speech: speech.into_iter().map(said).collect(),
            words: words.into_iter().map(stretch).collect(),
            silences: silences.into_iter().map(stretch).collect(),
            interest: interest.into(),
        }
    }
}
