//! Words as people use them everywhere: those that any text is full of, and those that are used when something matters
//! (extremes, life and death, joy and grief, disbelief). Everyday words of four languages, chosen by hand. Another language
//! is a file, and a line below.

mod chinese;
mod english;
mod japanese;
mod spanish;

use std::collections::HashSet;
use std::sync::LazyLock;

/// The words of a language, in lower case.
///
/// Where words are separated, one counts in just the form that stands here, in all that begin with it where a star ends it, and
/// several as they follow one another. Where they are not, an expression counts wherever it stands.
struct Language {
    /// Words that say nothing about what a text is about.
    common: &'static [&'static str],
    /// What is said when something matters.
    strong: &'static [&'static str],
    /// What descriptions of sounds call those that a viewer should notice: no music, no language, nobody's name.
    noticed: &'static [&'static str],
}

const SEPARATED: [Language; 2] = [english::ENGLISH, spanish::SPANISH];
const UNSEPARATED: [Language; 2] = [chinese::CHINESE, japanese::JAPANESE];

/// How much longer than what stands before a star a word may be.
const LONGEST_ENDING: usize = 6;

static STRONG: LazyLock<Entries> = LazyLock::new(|| Entries::of(|language| language.strong));
static NOTICED: LazyLock<Entries> = LazyLock::new(|| Entries::of(|language| language.noticed));

/// Entries of all languages, to be looked for in a text.
#[derive(Default)]
struct Entries {
    forms: HashSet<&'static str>,
    beginnings: Vec<&'static str>,
    phrases: Vec<Vec<&'static str>>,
    /// Of languages whose words are not separated.
    expressions: Vec<&'static str>,
}

impl Entries {
    fn of(entries: impl Fn(&Language) -> &'static [&'static str]) -> Self {
        let mut found = Self::default();
        for entry in SEPARATED.iter().flat_map(&entries) {
            match entry.strip_suffix('*') {
                Some(beginning) => found.beginnings.push(beginning),
                None if entry.contains(' ') => found.phrases.push(entry.split(' ').collect()),
                None => _ = found.forms.insert(entry),
            }
        }
        found.expressions.extend(UNSEPARATED.iter().flat_map(&entries));
        found
    }

    /// How many of them a text holds. A phrase counts as one, however many of its words do so themselves.
    fn count(&self, text: &str) -> usize {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let (mut count, mut at) = (0, 0);
        while at < words.len() {
            let phrases = self.phrases.iter().filter(|phrase| words[at..].starts_with(phrase));
            let longest = phrases.map(Vec::len).max().unwrap_or(0);
            count += usize::from(longest > 0 || self.holds(words[at]));
            at += longest.max(1);
        }
        if lower.is_ascii() {
            return count; // The other scripts are not in it.
        }
        count + self.expressions.iter().map(|expression| lower.matches(expression).count()).sum::<usize>()
    }

    fn holds(&self, word: &str) -> bool {
        let ends = |beginning: &str| {
            word.strip_prefix(beginning).is_some_and(|ending| ending.chars().count() <= LONGEST_ENDING)
        };
        self.forms.contains(word) || self.beginnings.iter().any(|beginning| ends(beginning))
    }
}

/// Whether a word, in lower case, is one that any text is full of.
pub(super) fn is_function_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        SEPARATED.iter().chain(&UNSEPARATED).flat_map(|language| language.common).copied().collect()
    });
    WORDS.contains(word)
}

/// How many strong words a text holds.
pub(super) fn strong_words(text: &str) -> usize {
    STRONG.count(text)
}

/// Whether a description names a sound that a viewer should notice.
pub(super) fn is_noticed(description: &str) -> bool {
    NOTICED.count(description) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strong_words_are_counted_in_four_languages() {
        for (text, expected) in [
            ("I have never told anyone.", 2),
            ("No one believed us.", 2),
            ("They survived, and the killer was arrested.", 3),
            ("Nunca vi un milagro", 2),
            ("Por fin ganamos la guerra", 3),
            ("我不敢相信，他还活着", 2),
            ("他哭了，因为他输了", 2),
            ("信じられない、生きてる", 2),
            ("私たちは優勝した", 1),
        ] {
            assert_eq!(strong_words(text), expected, "in {text}");
        }
    }

    #[test]
    fn words_that_only_look_like_them_are_not_strong() {
        for text in [
            "Hello and welcome back.",
            "The next bus leaves at nine.",
            "It closes on the first and last day, as always.",
            "The wind is warm, and the wine is in the window of the local ward.",
            "Let us explore the diet of the secretary, mate.",
            "The paint and the math are for the gang.",
            "La ventana del local está a mano.",
            "请输入运输和传输的单位，不要死机。",
            "愛知県の勝手口です。",
        ] {
            assert_eq!(strong_words(text), 0, "in {text}");
        }
    }

    #[test]
    fn descriptions_of_music_voices_and_doors_are_not_noticed() {
        for noticed in ["audience laughs", "sobbing", "GUNSHOTS", "risas", "llanto de bebé", "观众笑", "歓声"]
        {
            assert!(is_noticed(noticed), "{noticed} is");
        }
        for dull in
            ["Music", "speaks Spanish", "door closes", "MAN", "Narrator", "música", "音乐", "ドアの音"]
        {
            assert!(!is_noticed(dull), "{dull} is not");
        }
    }

    #[test]
    fn every_entry_can_be_found() {
        for entry in SEPARATED.iter().flat_map(|language| language.strong) {
            assert_eq!(strong_words(entry.trim_end_matches('*')), 1, "{entry} counts once");
        }
        for entry in UNSEPARATED.iter().flat_map(|language| language.strong) {
            assert!(strong_words(entry) > 0, "{entry} counts");
        }
    }
}
