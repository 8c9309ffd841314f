//! The actions that can be recognised, and how they are called: `assets/actions.toml`, read when this is compiled.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::SoundEvent;

use super::normal::normal;

/// Something that happens, and what shows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    /// What a tag is called when the editor has no name of their own for it.
    pub name: &'static str,
    /// Too common to be worth a tag unless the editor asks for it by name.
    pub asked: bool,
    /// The sound events that show it; empty when it cannot be heard.
    pub sounds: &'static [SoundEvent],
    /// Captions of pictures that show it, for a picture-text encoder; empty when no single picture shows it.
    pub pictures: &'static [&'static str],
    /// What it is called in several languages, in every form on its own.
    pub names: &'static [&'static str],
}

/// The whole vocabulary.
pub static ACTIONS: &[Action] = include!(concat!(env!("OUT_DIR"), "/actions.rs"));

/// Captions of pictures that show nothing of the vocabulary: what every other caption is held against.
pub static NEUTRAL: &[&str] = include!(concat!(env!("OUT_DIR"), "/neutral.rs"));

/// An action's place in [`ACTIONS`].
pub(crate) type ActionIndex = usize;

/// Every name in its normal form, and the actions that it means.
static BY_NAME: LazyLock<HashMap<String, Vec<ActionIndex>>> = LazyLock::new(|| {
    let mut by_name: HashMap<String, Vec<ActionIndex>> = HashMap::new();
    for (index, action) in ACTIONS.iter().enumerate() {
        for name in action.names.iter().chain([&action.name]) {
            let meant = by_name.entry(normal(name)).or_default();
            if meant.last() != Some(&index) {
                meant.push(index);
            }
        }
    }
    by_name
});

/// Endings that tell when something is done, and what stands there in the form that the vocabulary has.
const ENDINGS: [(&str, &str); 9] = [
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("了", ""),
    ("着", ""),
    ("过", ""),
    ("った", "う"),
    ("いた", "く"),
    ("んだ", "ぶ"),
];

/// The actions that a name in any of the vocabulary's languages means, also as something that was done; none when it is unknown.
/// `name` is in its normal form.
pub(crate) fn meant_by(name: &str) -> &'static [ActionIndex] {
    let known = |name: &str| BY_NAME.get(name).map(Vec::as_slice);
    let done = || {
        ENDINGS.iter().find_map(|(ending, usual)| known(&format!("{}{usual}", name.strip_suffix(ending)?)))
    };
    known(name).or_else(done).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_sound_event_that_can_be_heard_has_an_action() {
        let heard: BTreeSet<SoundEvent> = ACTIONS.iter().flat_map(|action| action.sounds).copied().collect();
        let missing: Vec<_> = SoundEvent::ALL.into_iter().filter(|event| !heard.contains(event)).collect();
        assert!(missing.is_empty(), "no action is shown by {missing:?}");
    }

    #[test]
    fn an_action_is_meant_by_its_names_in_every_language() {
        for (name, expected) in [
            ("哭", "Crying"),
            ("Cry", "Crying"),
            ("sob", "Crying"),
            ("LLORAR", "Crying"),
            ("llorár", "Crying"),
            ("泣く", "Crying"),
            ("ＣＲＹ", "Crying"),
            ("  cry ", "Crying"),
            ("weint", "Crying"),
            ("pleurs", "Crying"),
            ("笑聲", "Laughter"),
            ("ｸｽｸｽ", "Laughter"),
            ("クスクス", "Laughter"),
            ("掌声", "Applause"),
            ("aplauso", "Applause"),
            ("花火", "Fireworks"),
            ("gol", "Goal"),
            ("cried", "Crying"),
            ("laughed", "Laughter"),
            ("哭了", "Crying"),
            ("笑着", "Laughter"),
            ("泣いた", "Crying"),
            ("笑った", "Laughter"),
            ("叫んだ", "Screaming"),
        ] {
            let meant = meant_by(&normal(name));
            let names: Vec<_> = meant.iter().map(|index| ACTIONS[*index].name).collect();
            assert!(names.contains(&expected), "“{name}” means {names:?} instead of {expected}");
        }
        assert!(meant_by(&normal("xyzzy")).is_empty(), "what nobody says means nothing");
        assert!(meant_by("").is_empty(), "nothing means nothing");
    }
}
