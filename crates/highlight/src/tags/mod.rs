//! Tags: what happens in a highlight, by the vocabulary of actions and under the editor's own names for them.

mod described;
mod detection;
mod normal;
mod sights;
mod vocabulary;

use model::job::Strategy;
use model::{Evidence, Signal, Tag, TimeRange};

use crate::weights::WITHIN;
use detection::{detections, shared};
use normal::normal;
pub use sights::{Sights, Sought, sought};
pub use vocabulary::{ACTIONS, Action, NEUTRAL};
use vocabulary::{ActionIndex, meant_by};

/// What an editor asked for by name and nothing can recognise in this material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised {
    /// The name, as it was asked for.
    pub name: String,
    /// Why not.
    pub cause: Cause,
}

/// Why an action cannot be recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The vocabulary has no such name.
    Unknown,
    /// It takes a model of sound events, and there is none.
    NeedsSoundModel,
    /// It takes a picture-text encoder, and there is none.
    NeedsPictureModel,
}

/// The tags of one material, under the names that they get.
pub(crate) struct Tags {
    found: Vec<Tag>,
}

impl Tags {
    /// Nothing, where nobody wants tags.
    pub(crate) fn of(evidence: &Evidence, sights: &Sights, strategy: &Strategy) -> Self {
        if !strategy.enable_action_recognition {
            return Self { found: Vec::new() };
        }
        let preferred: Vec<(&String, &[ActionIndex])> =
            strategy.custom_actions.iter().map(|name| (name, meant_by(&normal(name)))).collect();
        let name = |action: ActionIndex| {
            let own = preferred.iter().find(|(_, meant)| meant.contains(&action));
            let known = &ACTIONS[action];
            own.map(|(name, _)| name.as_str()).or((!known.asked).then_some(known.name))
        };
        let named = detections(evidence).into_iter().filter_map(|it| {
            Some(Tag { name: name(it.action)?.to_owned(), range: it.range, confidence: it.confidence })
        });
        let mut found: Vec<Tag> = named.collect();
        for (index, action) in ACTIONS.iter().enumerate() {
            found.extend(name(index).into_iter().flat_map(|tag| sights.tags(action.name, tag)));
        }
        found.extend(sights.own_tags(strategy));
        Self { found }
    }

    /// What happens in a range: each name once, with its most certain time.
    pub(crate) fn within(&self, range: TimeRange) -> Vec<Tag> {
        let mut tags: Vec<Tag> = Vec::new();
        for happens in self.found.iter().filter(|tag| is_within(tag.range, range)) {
            let found = Tag { range: happens.range.intersection(range).unwrap_or(range), ..happens.clone() };
            match tags.iter_mut().find(|tag| tag.name == found.name) {
                Some(tag) if tag.confidence >= found.confidence => {}
                Some(tag) => *tag = found,
                None => tags.push(found),
            }
        }
        tags.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.name.cmp(&b.name)));
        tags
    }

    /// Which of the actions that were asked for by name nothing can recognise: they are not in the material as far as its
    /// subtitle tells, and nothing else could tell.
    pub(crate) fn unrecognised(
        &self,
        evidence: &Evidence,
        sights: &Sights,
        strategy: &Strategy,
    ) -> Vec<Unrecognised> {
        if !strategy.enable_action_recognition {
            return Vec::new();
        }
        let is_found = |name: &String| self.found.iter().any(|tag| tag.name == *name);
        let missing = strategy.custom_actions.iter().filter(|name| !is_found(name));
        let unrecognised = missing.filter_map(|name| {
            let actions = meant_by(&normal(name));
            let cause = if sights.cover(name, actions) { None } else { cause(evidence, actions) }?;
            Some(Unrecognised { name: name.clone(), cause })
        });
        unrecognised.collect()
    }
}

/// Whether enough of what happens lies in a range to be noticed there.
fn is_within(happens: TimeRange, range: TimeRange) -> bool {
    shared(happens, range) >= WITHIN.min(happens.duration().scaled(0.5))
}

/// Whether the model of sound events is missing, as far as the evidence tells: of any sound it says at least how certain speech
/// is.
pub(crate) fn lacks_sound_model(evidence: &Evidence) -> bool {
    evidence.sound_events.is_empty() && evidence.signals.contains_key(&Signal::Loudness)
}

/// Why none of these actions can be recognised; `None` when one can.
fn cause(evidence: &Evidence, actions: &[ActionIndex]) -> Option<Cause> {
    let is_heard = actions.iter().any(|action| !ACTIONS[*action].sounds.is_empty());
    match (actions, is_heard) {
        ([], _) => Some(Cause::Unknown),
        (_, true) => lacks_sound_model(evidence).then_some(Cause::NeedsSoundModel),
        (_, false) => Some(Cause::NeedsPictureModel),
    }
}
