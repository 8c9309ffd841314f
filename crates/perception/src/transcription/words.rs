//! From the network's tokens to words.
//!
//! A token is a few bytes: a word, a part of one, or a part of a character. In scripts with spaces the space before a
//! word begins it; in the others every token that completes its characters stands for itself, as OpenAI's reference
//! implementation (`whisper/timing.py`) does it.

use model::is_written_without_spaces;

/// What the network wrote, in hundredths of a second of its piece. None of it is trusted yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) bytes: Vec<u8>,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) probability: f32,
}

/// A word in the same time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heard {
    pub(super) text: String,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) probability: f32,
}

/// No character has more bytes: what is still none after so many never becomes one.
const LONGEST_CHARACTER: usize = 4;
/// Marks that belong to the word after them.
const OPENING: &str = "¿¡([{“‘«「『（《〈【〔［";

/// Words from tokens in order. What is no text is left out.
pub(super) fn words(tokens: &[Token]) -> Vec<Heard> {
    let mut words: Vec<Growing> = Vec::new();
    for unit in units(tokens) {
        match words.last_mut() {
            Some(last) if !begins_word(&last.heard.text, &unit.text) => last.add(&unit),
            _ => words.push(Growing { heard: unit, units: 1 }),
        }
    }
    words.into_iter().filter_map(Growing::finish).collect()
}

/// A word to which tokens may still be added.
struct Growing {
    heard: Heard,
    units: u16,
}

impl Growing {
    fn add(&mut self, unit: &Heard) {
        self.heard.text.push_str(&unit.text);
        self.heard.end = unit.end;
        self.heard.probability += unit.probability;
        self.units += 1;
    }

    fn finish(mut self) -> Option<Heard> {
        let text = self.heard.text.trim();
        let says_something = text.chars().any(char::is_alphanumeric);
        self.heard.text = text.to_owned();
        self.heard.probability = (self.heard.probability / f32::from(self.units)).clamp(0.0, 1.0);
        says_something.then_some(self.heard)
    }
}

/// Tokens put together until their bytes are whole characters.
fn units(tokens: &[Token]) -> Vec<Heard> {
    let mut units = Vec::new();
    let mut open: Option<(Vec<u8>, i64, f32)> = None;
    for token in tokens {
        let (mut bytes, start, probability) = open.take().unwrap_or((Vec::new(), token.start, 1.0));
        bytes.extend_from_slice(&token.bytes);
        let probability =
            probability.min(if token.probability.is_finite() { token.probability } else { 0.0 });
        let valid = match std::str::from_utf8(&bytes) {
            Ok(_) => bytes.len(),
            // An incomplete character at the end may still be completed.
            Err(error)
                if error.error_len().is_none() && bytes.len() - error.valid_up_to() < LONGEST_CHARACTER =>
            {
                open = Some((bytes, start, probability));
                continue;
            }
            Err(error) => error.valid_up_to(),
        };
        let text = String::from_utf8_lossy(&bytes[..valid]).into_owned();
        if !text.is_empty() {
            units.push(Heard { text, start, end: token.end, probability });
        }
    }
    units
}

/// Whether a new word begins between what is there and what follows.
fn begins_word(before: &str, next: &str) -> bool {
    let opens = |text: &str| text.chars().next_back().is_some_and(|last| OPENING.contains(last));
    if next.starts_with(char::is_whitespace) {
        return true;
    }
    if opens(before) {
        return false;
    }
    let first = next.chars().next();
    if first.is_some_and(|first| OPENING.contains(first)) {
        return before.chars().next_back().is_some_and(is_written_without_spaces);
    }
    if !next.chars().any(char::is_alphanumeric) {
        return false;
    }
    let spaceless = |character: Option<char>| character.is_some_and(is_written_without_spaces);
    spaceless(first) || spaceless(before.chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tokens: &[&[u8]], expected: &[&str]) {
        let tokens: Vec<Token> = (0..)
            .zip(tokens)
            .map(|(i, bytes)| Token {
                bytes: bytes.to_vec(),
                start: i * 10,
                end: i * 10 + 10,
                probability: 0.5,
            })
            .collect();
        let words = words(&tokens);
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, expected);
        assert!(words.windows(2).all(|pair| pair[0].end <= pair[1].start), "words follow one another");
    }

    #[test]
    fn a_space_begins_a_word_and_marks_stay_with_theirs() {
        check(
            &[b" And", b" so", b" my", b" fell", b"ow", b" Americans", b",", b" ask"],
            &["And", "so", "my", "fellow", "Americans,", "ask"],
        );
        check(&[b" don", b"'t", b" \"", b"stop", b"\"", b"."], &["don't", "\"stop\"."]);
        check(&[" ¿".as_bytes(), "Dónde".as_bytes(), " está".as_bytes(), b"s", b"?"], &["¿Dónde", "estás?"]);
    }

    #[test]
    fn scripts_without_spaces_give_a_word_for_each_token() {
        let text = |words: &[&'static str]| words.iter().map(|word| word.as_bytes()).collect::<Vec<_>>();
        check(
            &text(&["今天", "我们", "去", "哪里", "？", "好", "吧", "。"]),
            &["今天", "我们", "去", "哪里？", "好", "吧。"],
        );
        check(
            &text(&["「", "これ", "は", "」", "ペン", "です", "。"]),
            &["「これ", "は」", "ペン", "です。"],
        );
        check(&text(&["我", "用", "Python", "写"]), &["我", "用", "Python", "写"]);
    }

    #[test]
    fn a_character_in_pieces_is_put_together() {
        let bytes = "哭了".as_bytes();
        check(&[&bytes[..2], &bytes[2..3], &bytes[3..]], &["哭", "了"]);
    }

    #[test]
    fn bytes_that_are_no_text_are_left_out() {
        check(&[b" one", &[0xff, 0xfe], b" two", &[0xe5, 0x93]], &["one", "two"]);
        check(&[b" ...", b" - ", "♪".as_bytes()], &[]);
    }
}
