//! What a subtitle's words say about their moment, in any language: words that are rare in this material carry what is
//! new in it (inverse document frequency, K. Spärck Jones 1972), and descriptions of sounds in brackets name what a
//! viewer should notice.

use std::collections::{BTreeSet, HashMap};

use model::{Cue, Evidence, Signal};

use crate::lexicon::strong_words;

/// Fewer cues than this tell nothing about which words are rare.
const FEWEST_CUES: usize = 8;
/// A described sound, `[sobbing]`, counts as much as the rarest words.
const DESCRIPTION: f32 = 1.0;
/// So many strong words make a line strong.
const STRONG_WORDS: f32 = 2.0;
/// The part of rarity in a line's weight. Names and numbers are rare and dull; strong words are seldom dull.
const RARE: f32 = 0.35;
/// Single cues are short: each takes this part from its neighbours, so that one odd name is no event.
const NEIGHBOUR: f32 = 0.75;
/// Neighbours count up to this distance, in hops.
const NEIGHBOUR_HOPS: usize = 20;

/// How unusual the words shown are, 0 to 1 for each hop; `None` where there are too few cues to tell.
pub(crate) fn salience(evidence: &Evidence, hops: usize) -> Option<Vec<f32>> {
    let cues = &evidence.cues;
    if cues.len() < FEWEST_CUES {
        return None;
    }
    let terms: Vec<BTreeSet<String>> = cues.iter().map(|cue| terms(&cue.text)).collect();
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for term in terms.iter().flatten() {
        *uses.entry(term).or_default() += 1;
    }
    let rarest = (cues.len() as f32).ln().max(1.0);
    let rarity = |term: &String| {
        (cues.len() as f32 / uses.get(term.as_str()).map_or(1.0, |n| *n as f32)).ln() / rarest
    };
    let of_cue: Vec<f32> = cues.iter().zip(&terms).map(|(cue, terms)| weight(cue, terms, &rarity)).collect();
    Some(spread(cues, &joined(cues, &of_cue), hops))
}

/// Half by how rare the words are here, half by how strong they are anywhere.
fn weight(cue: &Cue, terms: &BTreeSet<String>, rarity: &impl Fn(&String) -> f32) -> f32 {
    if describes_sound(&cue.text) {
        return DESCRIPTION;
    }
    // One long word is no statement: a few terms are needed to count whole.
    let rare = terms.iter().map(rarity).sum::<f32>() / (terms.len() as f32).max(4.0);
    let strong = (strong_words(&cue.text) as f32 / STRONG_WORDS).min(1.0);
    (RARE * rare + (1.0 - RARE) * strong).clamp(0.0, 1.0)
}

/// Each cue's weight moved towards the mean of the cues next to it.
fn joined(cues: &[Cue], weights: &[f32]) -> Vec<f32> {
    let near = |a: usize, b: usize| {
        let gap = cues[b].range.start - cues[a].range.end;
        gap.as_micros() <= NEIGHBOUR_HOPS as i64 * Evidence::HOP.as_micros()
    };
    (0..cues.len())
        .map(|i| {
            let before = i.checked_sub(1).filter(|b| near(*b, i)).map_or(0.0, |b| weights[b]);
            let after = Some(i + 1).filter(|a| *a < cues.len() && near(i, *a)).map_or(0.0, |a| weights[a]);
            weights[i] * (1.0 - NEIGHBOUR) + NEIGHBOUR * (before + after + weights[i]) / 3.0
        })
        .collect()
}

fn spread(cues: &[Cue], weights: &[f32], hops: usize) -> Vec<f32> {
    let hop = Evidence::HOP.as_micros();
    let mut values = vec![0.0_f32; hops];
    for (cue, weight) in cues.iter().zip(weights) {
        let from = (cue.range.start.as_micros() / hop).max(0) as usize;
        let to = ((cue.range.end.as_micros() + hop - 1) / hop).max(0) as usize;
        for value in values.iter_mut().take(to).skip(from) {
            *value = value.max(*weight);
        }
    }
    values
}

/// Words in lower case; in scripts without spaces between words, pairs of characters.
fn terms(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty())
    {
        let characters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        if characters.iter().any(|c| is_unspaced(*c)) {
            found.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else {
            found.insert(characters.into_iter().collect());
        }
    }
    found
}

/// Kana, Han, Thai, Lao, Khmer, Burmese: scripts written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// True when all of a cue is a description in brackets.
fn describes_sound(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '-');
    let pairs = [('[', ']'), ('(', ')'), ('（', '）'), ('［', '］'), ('【', '】')];
    pairs.iter().any(|(open, close)| {
        text.strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .is_some_and(|inner| !inner.contains(*open) && inner.chars().any(char::is_alphabetic))
    })
}

/// The signal this module makes.
pub(crate) const SIGNAL: Signal = Signal::Words;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_scripts_with_and_without_spaces() {
        for (text, expected) in [
            ("Don't go, GO!", vec!["don't", "go"]),
            ("你好吗", vec!["你好", "好吗"]),
            ("¿Qué pasó?", vec!["pasó", "qué"]),
        ] {
            assert_eq!(terms(text).into_iter().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn only_a_whole_bracket_describes_a_sound() {
        for (text, expected) in [
            ("[sobbing]", true),
            ("(Laughter)", true),
            ("（笑声）", true),
            ("[He] left", false),
            ("[1]", false),
        ] {
            assert_eq!(describes_sound(text), expected, "for {text}");
        }
    }
}
