//! What is looked for in pictures, and where it was seen: the part of tags that a picture-text encoder gives.

use std::collections::BTreeMap;

use model::job::Strategy;
use model::{Series, Tag};

use super::normal::normal;
use super::vocabulary::{ACTIONS, ActionIndex, meant_by};
use crate::stretches::stretches;
use crate::weights::{Certainty, SIGHTED};

/// How well the pictures of a material fit what was looked for in them, 0 to 1 along time, by [`Sought::name`]. Empty without an
/// encoder; a series is empty where it is there and has not looked yet, or where there is nothing to look at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sights(pub BTreeMap<String, Series>);

/// Something to look for in pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// An action of the vocabulary, or an editor's own tag that it does not know.
    pub name: String,
    /// What a picture that shows it would be captioned.
    pub captions: Vec<String>,
}

/// Everything to look for in pictures for a strategy: the actions of the vocabulary that can be seen, and the tags that
/// nothing else could recognise.
#[must_use]
pub fn sought(strategy: &Strategy) -> Vec<Sought> {
    if !strategy.enable_action_recognition {
        return Vec::new();
    }
    let known = ACTIONS.iter().filter(|action| !action.pictures.is_empty()).map(|action| Sought {
        name: action.name.to_owned(),
        captions: action.pictures.iter().map(|caption| (*caption).to_owned()).collect(),
    });
    let own = strategy.custom_actions.iter().filter(|name| is_only_seen(name));
    // The form in which CLIP's own paper asks for a class that is known by its name alone.
    let own =
        own.map(|name| Sought { name: name.clone(), captions: vec![format!("a photo of {}", name.trim())] });
    known.chain(own).collect()
}

/// Whether an editor's tag is one that the vocabulary does not know and a caption can name. The tokenizer of these encoders takes
/// other scripts apart into bytes that mean nothing to it: what it said of them would be guessed.
fn is_only_seen(name: &str) -> bool {
    const LAST_LATIN: char = '\u{24f}';
    let latin = |letter: char| !letter.is_alphabetic() || letter <= LAST_LATIN;
    let normal = normal(name);
    !normal.is_empty() && name.chars().all(latin) && meant_by(&normal).is_empty()
}

impl Sights {
    /// Whether somebody looks, or could look, for any of these actions; for the tag `name` itself where it means none.
    pub(super) fn cover(&self, name: &str, actions: &[ActionIndex]) -> bool {
        let looks = |name: &str| self.0.contains_key(name);
        actions.iter().any(|action| looks(ACTIONS[*action].name)) || (actions.is_empty() && looks(name))
    }

    /// Where an action of the vocabulary, or an editor's own tag, is seen; `tag` is what it is called then.
    pub(super) fn tags<'a>(&'a self, name: &str, tag: &'a str) -> impl Iterator<Item = Tag> + 'a {
        let seen = self.0.get(name).into_iter().flat_map(|series| stretches(series, SIGHTED));
        seen.map(|(range, peak)| Tag { name: tag.to_owned(), range, confidence: confidence(peak, SIGHTED) })
    }

    /// The editor's own tags that are only looked for in pictures, where they are seen.
    pub(super) fn own_tags<'a>(&'a self, strategy: &'a Strategy) -> impl Iterator<Item = Tag> + 'a {
        let own = strategy.custom_actions.iter().filter(|name| is_only_seen(name));
        own.flat_map(|name| self.tags(name, name))
    }
}

/// One half where it may just start, one where nothing else fits at all.
fn confidence(peak: f32, certainty: Certainty) -> f32 {
    0.5 + 0.5 * ((peak - certainty.starts) / (1.0 - certainty.starts)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(actions: &[&str]) -> Strategy {
        Strategy {
            enable_action_recognition: true,
            custom_actions: actions.iter().map(|action| (*action).to_owned()).collect(),
            ..Strategy::default()
        }
    }

    #[test]
    fn what_only_pictures_can_show_is_looked_for_in_them() {
        let own = |actions: &[&str]| -> Vec<Vec<String>> {
            let known = ACTIONS.iter().filter(|action| !action.pictures.is_empty()).count();
            let sought = sought(&asked(actions));
            sought.into_iter().skip(known).map(|sought| sought.captions).collect()
        };
        assert!(own(&["kiss", "哭"]).is_empty(), "the vocabulary has captions of its own for these");
        assert_eq!(own(&["skate", "surf"]), [["a photo of skate"], ["a photo of surf"]]);
        assert!(own(&["滑板", "скейт", "!?"]).is_empty(), "what no caption can say is not guessed");
        let silent = Strategy { enable_action_recognition: false, ..asked(&["skate"]) };
        assert!(sought(&silent).is_empty(), "nobody wants tags");
    }
}
