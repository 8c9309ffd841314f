//! What a subtitle says about sounds: `[sobbing]`, `(笑声)`, `♪`.

use model::descriptions;

use super::vocabulary::{ActionIndex, meant_by};

/// Notes stand around what is sung.
const NOTES: [char; 4] = ['♪', '♫', '♬', '♩'];
/// What notes mean, as a description would say it.
const SUNG: &str = "singing";
/// Descriptions have few words; no action's name has more.
const LONGEST_NAME: usize = 4;

/// The descriptions of sounds in a cue's text.
pub(crate) fn sounds(text: &str) -> impl Iterator<Item = &str> {
    descriptions(text).chain(text.contains(NOTES).then_some(SUNG))
}

/// The actions that a description names, by its words or by phrases of neighbouring ones, the longest first. Where words
/// are written without spaces, every piece of two characters and more may be a word, and the last one what somebody does; one
/// alone elsewhere is too often a part of another. `description` is in its normal form.
pub(crate) fn actions(description: &str) -> Vec<ActionIndex> {
    let is_spaced = !description.chars().any(is_unspaced);
    let words = if is_spaced { words(description) } else { characters(description) };
    let (mut found, mut first) = (Vec::new(), 0);
    while first < words.len() {
        let longest = LONGEST_NAME.min(words.len() - first);
        let fewest = if is_spaced || first + 1 == words.len() { 1 } else { 2 };
        let named = (fewest..=longest).rev().find_map(|count| {
            let phrase = &description[words[first].0..words[first + count - 1].1];
            Some((count, meant_by(phrase))).filter(|(_, meant)| !meant.is_empty())
        });
        let (count, meant) = named.unwrap_or((1, &[]));
        found.extend(meant);
        first += count;
    }
    found
}

/// Where each word begins and ends, in bytes.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric() || *c == '\'' || *c == '-') {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if word.1 == at => word.1 = end,
            _ => words.push((at, end)),
        }
    }
    words
}

/// Where each character begins and ends, in bytes.
fn characters(text: &str) -> Vec<(usize, usize)> {
    text.char_indices().map(|(at, c)| (at, at + c.len_utf8())).collect()
}

/// Kana and Han.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::super::normal::normal;
    use super::super::vocabulary::ACTIONS;
    use super::*;

    #[test]
    fn descriptions_name_actions_and_speech_does_not() {
        for (text, expected) in [
            ("[sobbing]", &["Crying"][..]),
            ("Why? (AUDIENCE LAUGHS)", &["Laughter"]),
            ("（笑声）", &["Laughter"]),
            ("(笑)", &["Laughter"]),
            ("【観客の拍手】", &["Applause"]),
            ("[risas y aplausos]", &["Laughter", "Applause"]),
            ("[phone rings]", &["Telephone"]),
            ("[coups de feu]", &["Gunshot"]),
            ("♪ la la ♪", &["Singing"]),
            ("（观众笑）", &["Laughter"]),
            ("（哭着）", &["Crying"]),
            ("(女人哭)", &["Crying"]),
            ("[a woman cried]", &["Crying"]),
            ("(打开)", &[]),
            ("She laughs a lot, and I cry.", &[]),
            ("[he kisses her]", &[]),
            ("[1] (see below", &[]),
        ] {
            let mut named: Vec<&str> = Vec::new();
            for index in sounds(text).flat_map(|description| actions(&normal(description))) {
                let action = &ACTIONS[index];
                if !action.sounds.is_empty() && !action.asked && !named.contains(&action.name) {
                    named.push(action.name);
                }
            }
            assert_eq!(named, expected, "in {text}");
        }
    }
}
