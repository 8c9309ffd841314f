//! A text taken apart as CLIP's tokenizer does before it looks for known pieces: letters, single digits, runs of other signs,
//! and the English endings after an apostrophe.

const ENDINGS: [&str; 7] = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

/// The words of a text in lower case, in their order.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let mut rest = text.trim_start();
    let mut words = Vec::new();
    while let Some(length) = first_word(rest) {
        let (word, after) = rest.split_at(length);
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

/// The length in bytes of the word that a text begins with; `None` at its end.
fn first_word(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if let Some(ending) = ENDINGS.iter().find(|ending| text.starts_with(**ending)) {
        return Some(ending.len());
    }
    if first.is_numeric() {
        return Some(first.len_utf8());
    }
    let belongs = |sign: char| match first.is_alphabetic() {
        true => sign.is_alphabetic(),
        false => !sign.is_whitespace() && !sign.is_alphabetic() && !sign.is_numeric(),
    };
    Some(text.find(|sign| !belongs(sign)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_taken_apart_as_clip_does() {
        let check = |text, expected: &[&str]| assert_eq!(words(text), expected, "words of {text:?}");
        check("", &[]);
        check(" A photo\tof  two dogs ", &["a", "photo", "of", "two", "dogs"]);
        check("It's 42!", &["it", "'s", "4", "2", "!"]);
        check("they'll sing...", &["they", "'ll", "sing", "..."]);
        check("Grüße — 你好, café", &["grüße", "—", "你好", ",", "café"]);
    }
}
