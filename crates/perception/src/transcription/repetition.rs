//! Takes out loops: on unclear sound the network may write the same words again and again.

use model::Word;

/// Phrases up to so many words are looked for.
const LONGEST_PHRASE: usize = 12;
/// One word said so often in a row may be meant ("no, no, no"); one more is a loop.
const WORD_REPEATED: usize = 6;
/// A phrase of several words said so often in a row is a loop.
const PHRASE_REPEATED: usize = 4;
/// So much of a loop is kept: it may have been said.
const KEPT: usize = 2;

/// The words without their loops.
pub(super) fn without_loops(mut words: Vec<Word>) -> Vec<Word> {
    for phrase in 1..=LONGEST_PHRASE {
        let plain: Vec<String> = words.iter().map(|word| plain(&word.text)).collect();
        let enough = if phrase == 1 { WORD_REPEATED } else { PHRASE_REPEATED };
        let mut kept = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            let times = repeated(&plain[at..], phrase);
            let (keep, pass) = if enough < times { (KEPT * phrase, times * phrase) } else { (1, 1) };
            kept.extend_from_slice(&words[at..at + keep]);
            at += pass;
        }
        words = kept;
    }
    words
}

/// How often the first words are said in a row, the first time included.
fn repeated(words: &[String], phrase: usize) -> usize {
    let Some(first) = words.get(..phrase) else { return 1 };
    words.chunks_exact(phrase).take_while(|next| *next == first).count()
}

fn plain(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{MediaTime, TimeRange};

    fn check(said: &str, expected: &str) {
        let words = said.split(' ').enumerate().map(|(i, text)| {
            let time = |at: usize| MediaTime::from_millis(at as i64 * 100);
            Word { range: TimeRange::new(time(i), time(i + 1)), text: text.to_owned(), probability: 1.0 }
        });
        let left: Vec<String> = without_loops(words.collect()).into_iter().map(|word| word.text).collect();
        assert_eq!(left.join(" "), expected);
    }

    #[test]
    fn loops_are_taken_out_and_emphasis_stays() {
        check("no no no no come back", "no no no no come back");
        check("ha ha ha ha ha ha ha ha end", "ha ha end");
        check(
            "well thank you. Thank you. thank you. Thank you. thank you, bye",
            "well thank you. Thank you. bye",
        );
        check("we will we will rock you", "we will we will rock you");
        check("a b c a b c a b c a b c a b c d", "a b c a b c d");
    }
}
