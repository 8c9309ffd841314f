//! What the editor asks of choosing, with the contract's limits and defaults.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::actions;
use super::fault::Fault;
use super::reader::{Findings, Object, whole};
use crate::MediaTime;

/// How many highlights, how long, and what to look for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strategy {
    /// Highlights per material, at most; within [`Strategy::COUNT`].
    pub count: u32,
    /// The length each should have; within [`Strategy::CLIP_DURATION`].
    pub clip_duration: MediaTime,
    /// Whether detected actions are wanted as tags.
    pub enable_action_recognition: bool,
    /// Preferred names for tags, without effect unless they are wanted: at most [`Strategy::CUSTOM_ACTIONS`], each of at most
    /// [`Strategy::CUSTOM_ACTION_LENGTH`] graphemes, trimmed, not empty, no duplicates.
    pub custom_actions: Vec<String>,
    /// Go on with picture and sound alone where a material has neither voice nor subtitles.
    pub allow_speechless: bool,
}

impl Strategy {
    /// Highlights per material.
    pub const COUNT: RangeInclusive<u32> = 1..=10;
    /// Length of one highlight.
    pub const CLIP_DURATION: RangeInclusive<MediaTime> =
        MediaTime::from_whole_seconds(3)..=MediaTime::from_whole_seconds(60);
    /// How many custom actions there may be.
    pub const CUSTOM_ACTIONS: usize = 50;
    /// Graphemes in one custom action.
    pub const CUSTOM_ACTION_LENGTH: usize = 5;

    /// Every rule that this strategy breaks; empty when it keeps all.
    #[must_use]
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !Self::COUNT.contains(&self.count) {
            faults.push(Fault::new("Strategy.Count", &self.count.into(), count_rule()));
        }
        if !Self::CLIP_DURATION.contains(&self.clip_duration) {
            let seconds = self.clip_duration.as_seconds().into();
            faults.push(Fault::new("Strategy.ClipDuration", &seconds, clip_duration_rule()));
        }
        faults.extend(actions::check("Strategy.CustomActions", &self.custom_actions));
        faults
    }

    /// Reads the `Strategy` of an `InputConfig`; what is not given keeps its default.
    pub(super) fn read(object: &mut Object<'_>, findings: &mut Findings) -> Self {
        let mut strategy = Self::default();
        if let Some(value) = object.value("Count") {
            match whole(value) {
                Some(count) => strategy.count = count,
                None => findings.fault(object.field("Count"), value, count_rule()),
            }
        }
        if let Some(value) = object.value("ClipDuration") {
            match value.as_f64().and_then(MediaTime::from_seconds) {
                Some(duration) => strategy.clip_duration = duration,
                None => findings.fault(object.field("ClipDuration"), value, clip_duration_rule()),
            }
        }
        let recognise = object.boolean("EnableActionRecog", findings);
        let speechless = object.boolean("AllowSpeechless", findings);
        strategy.allow_speechless = speechless.unwrap_or(strategy.allow_speechless);
        if let Some(items) = object.list("CustomActions", findings) {
            strategy.custom_actions = texts(&object.field("CustomActions"), items, findings);
        }
        // Who names actions wants them recognised, unless they say that they do not.
        let names_any = !strategy.custom_actions.is_empty();
        strategy.enable_action_recognition = recognise.unwrap_or(names_any);
        if names_any && !strategy.enable_action_recognition {
            findings.warn(object.field("CustomActions"), "has no effect, because EnableActionRecog is false");
        }
        object.warn_of_the_rest(findings);
        findings.faults.extend(strategy.check());
        strategy
    }
}

impl Default for Strategy {
    fn default() -> Self {
        Self {
            count: 5,
            clip_duration: MediaTime::from_whole_seconds(15),
            enable_action_recognition: false,
            custom_actions: Vec::new(),
            allow_speechless: false,
        }
    }
}

/// The items of a list of strings, trimmed. An item that is no string is a fault; it keeps its place as a stand-in that
/// breaks no other rule, so that the numbers in later faults stay those of the document.
fn texts(field: &str, items: &[Value], findings: &mut Findings) -> Vec<String> {
    let mut texts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let text = item.as_str().map(str::trim);
        if text.is_none() {
            findings.fault(format!("{field}[{index}]"), item, "must be a string");
        }
        texts.push(text.map_or_else(|| actions::stand_in(index), str::to_owned));
    }
    texts
}

fn count_rule() -> String {
    format!("must be an integer from {} to {}", Strategy::COUNT.start(), Strategy::COUNT.end())
}

fn clip_duration_rule() -> String {
    let (least, most) = (Strategy::CLIP_DURATION.start(), Strategy::CLIP_DURATION.end());
    format!("must be a number of seconds from {} to {}", least.as_seconds(), most.as_seconds())
}
