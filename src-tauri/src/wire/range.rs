//! A range, what happens in it and why it was found, as the page shows them.

use engine::model::{self, TimeRange};
use engine::project;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Micros;
use super::evidence::Stretch;
use super::sound_event::SoundEvent;

/// A range of a material.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct Range {
    id: u32,
    start: Micros,
    end: Micros,
    /// 0 to 1; null when the range was added by hand.
    score: Option<f32>,
    tags: Vec<Tag>,
    reasons: Vec<Reason>,
    origin: Origin,
    judgement: Judgement,
    /// What the editor calls it; empty without a name.
    title: String,
    /// What the editor wrote about it; empty without a note.
    note: String,
    /// Where it lay before its ends were snapped, and where they came to.
    snapping: Option<Snapping>,
    /// What it was found to resemble.
    likeness: Option<Likeness>,
}

/// A range before and after snapping; it lies at one of the two.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Snapping {
    before: Stretch,
    after: Stretch,
}

/// What a range resembles, and how much.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Likeness {
    material: u32,
    start: Micros,
    /// 0 to 1.
    share: f32,
}

/// What the editor thinks of a range.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Judgement {
    Undecided,
    Kept,
    Dropped,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum Origin {
    Found,
    Edited,
    Added,
}

/// Something that happens in a range.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Tag {
    name: String,
    start: Micros,
    end: Micros,
    /// How certain it is, 0 to 1.
    confidence: f32,
}

/// Why a range was found.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Reason {
    signal: Signal,
    /// Which sound it was, where the signal is that of sound events.
    event: Option<SoundEvent>,
    /// The share of this video in which the signal is weaker than at this peak, 0 to 1.
    strength: f32,
    at: Micros,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Signal {
    Loudness,
    Voice,
    Onset,
    Motion,
    CutRate,
    Words,
    SoundEvents,
    Fullness,
    Faces,
}

impl From<&project::ProjectRange> for Range {
    fn from(range: &project::ProjectRange) -> Self {
        let project::ProjectRange {
            id,
            range: TimeRange { start, end },
            origin,
            judgement,
            title,
            note,
            score,
            tags: _,
            reasons: _,
            snapping,
            likeness,
        } = range;
        Self {
            id: id.0,
            start: (*start).into(),
            end: (*end).into(),
            score: *score,
            tags: range.tags_inside().map(Tag::from).collect(),
            reasons: range.reasons_inside().map(Reason::from).collect(),
            origin: match origin {
                project::Origin::Found => Origin::Found,
                project::Origin::Edited => Origin::Edited,
                project::Origin::Added => Origin::Added,
            },
            judgement: (*judgement).into(),
            title: title.clone(),
            note: note.clone(),
            snapping: snapping.map(|it| Snapping { before: it.before.into(), after: it.after.into() }),
            likeness: likeness.map(|project::Likeness { material, start, share }| Likeness {
                material: material.0,
                start: start.into(),
                share,
            }),
        }
    }
}

impl From<project::Judgement> for Judgement {
    fn from(judgement: project::Judgement) -> Self {
        match judgement {
            project::Judgement::Undecided => Self::Undecided,
            project::Judgement::Kept => Self::Kept,
            project::Judgement::Dropped => Self::Dropped,
        }
    }
}

impl From<Judgement> for project::Judgement {
    fn from(judgement: Judgement) -> Self {
        match judgement {
            Judgement::Undecided => Self::Undecided,
            Judgement::Kept => Self::Kept,
            Judgement::Dropped => Self::Dropped,
        }
    }
}

impl From<&model::Tag> for Tag {
    fn from(model::Tag { name, range: TimeRange { start, end }, confidence }: &model::Tag) -> Self {
        Self { name: name.clone(), start: (*start).into(), end: (*end).into(), confidence: *confidence }
    }
}

impl From<&model::Reason> for Reason {
    fn from(model::Reason { signal, event, strength, at }: &model::Reason) -> Self {
        Self {
            signal: (*signal).into(),
            event: event.map(SoundEvent::from),
            strength: *strength,
            at: (*at).into(),
        }
    }
}

impl From<model::Signal> for Signal {
    fn from(signal: model::Signal) -> Self {
        match signal {
            model::Signal::Loudness => Self::Loudness,
            model::Signal::Voice => Self::Voice,
            model::Signal::Onset => Self::Onset,
            model::Signal::Motion => Self::Motion,
            model::Signal::CutRate => Self::CutRate,
            model::Signal::Words => Self::Words,
            model::Signal::SoundEvents => Self::SoundEvents,
            model::Signal::Fullness => Self::Fullness,
            model::Signal::Faces => Self::Faces,
        }
    }
}
