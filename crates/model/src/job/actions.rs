//! Custom actions: the tags an editor would like to see, and their rules.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::Strategy;
use super::fault::Fault;

/// A pasted list, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionList {
    /// The actions that keep every rule, in their order.
    pub accepted: Vec<String>,
    /// The ones that do not; repeated ones are dropped without a word.
    pub refused: Vec<RefusedAction>,
}

/// An action that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedAction {
    /// As it was given, trimmed.
    pub action: String,
    /// What it must be: `must have at most 5 characters`.
    pub rule: String,
}

impl ActionList {
    /// Takes a pasted text apart at commas (`,` `，` `、`), semicolons (`;` `；`), tabs and line breaks, and adds what keeps
    /// the rules to the actions that are `present`.
    #[must_use]
    pub fn parse(text: &str, present: &[String]) -> Self {
        let mut list = Self::default();
        let separators = [',', '，', '、', ';', '；', '\t', '\n', '\r'];
        for action in text.split(separators).map(str::trim).filter(|action| !action.is_empty()) {
            if present.iter().chain(&list.accepted).any(|known| known == action) {
                continue;
            }
            match rule_broken_by(action, present.len() + list.accepted.len()) {
                None => list.accepted.push(action.to_owned()),
                Some(rule) => list.refused.push(RefusedAction { action: action.to_owned(), rule }),
            }
        }
        list
    }
}

/// Every rule that a list of custom actions breaks.
pub(super) fn check(field: &str, actions: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = HashMap::new();
    if actions.len() > Strategy::CUSTOM_ACTIONS {
        let rule = format!("{}, there are {}", too_many_rule(), actions.len());
        faults.push(Fault::missing(field, rule));
    }
    for (index, action) in actions.iter().enumerate() {
        let mut fault = |rule: String| {
            faults.push(Fault::new(format!("{field}[{index}]"), &action.as_str().into(), rule));
        };
        if let Some(rule) = rule_broken_by(action, 0) {
            fault(rule);
        }
        // One empty item is as wrong as the next: that they are alike is not worth another line.
        match seen.get(action).filter(|_| !action.is_empty()) {
            Some(first) => fault(format!("must differ from {field}[{first}]")),
            None => drop(seen.insert(action, index)),
        }
    }
    faults
}

/// The rule that one action breaks, with `others` accepted before it.
fn rule_broken_by(action: &str, others: usize) -> Option<String> {
    let most = Strategy::CUSTOM_ACTION_LENGTH;
    if action.is_empty() {
        Some("must not be empty".to_owned())
    } else if action.trim() != action {
        Some("must not begin or end with a space".to_owned())
    } else if action.graphemes(true).count() > most {
        Some(format!("must have at most {most} characters"))
    } else if others >= Strategy::CUSTOM_ACTIONS {
        Some(too_many_rule())
    } else {
        None
    }
}

fn too_many_rule() -> String {
    format!("must have at most {} items", Strategy::CUSTOM_ACTIONS)
}

/// A text that keeps every rule and equals nothing a person would type, for the place of an item that was no text.
pub(super) fn stand_in(index: usize) -> String {
    format!("\u{1}{index}").chars().take(Strategy::CUSTOM_ACTION_LENGTH).collect()
}
