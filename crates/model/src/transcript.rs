//! What was said, word by word, as a speech recogniser heard it.

use serde::{Deserialize, Serialize};

use crate::TimeRange;

/// One word and when it was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// From its first to its last sound, as far as the recogniser can tell.
    pub range: TimeRange,
    /// The word with the punctuation that belongs to it, without spaces around. Where a script has no spaces between
    /// words it is a part of a sentence: mostly a word, at times one character.
    pub text: String,
    /// How certain the recogniser was, 0 to 1.
    pub probability: f32,
}

/// The words of one material.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// The language that was spoken, as its ISO 639-1 code (`en`), or 639-3 where there is no shorter one (`yue`).
    pub language: String,
    /// Which weights heard it, as whoever loaded them names them (their hash): others would hear other words.
    pub model: String,
    /// The words, in order of time, not overlapping.
    pub words: Vec<Word>,
}

/// Words as one text: with a space between them where their script has one.
#[must_use]
pub fn joined_words<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for word in words {
        let spaceless = |character: Option<char>| character.is_some_and(is_written_without_spaces);
        if !text.is_empty() && !spaceless(text.chars().next_back()) && !spaceless(word.chars().next()) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// True for characters of scripts that put no space between words: Chinese characters, kana and their full-width
/// punctuation, Thai, Lao, Burmese and Khmer (Unicode 16, blocks). Hangul has spaces.
#[must_use]
pub fn is_written_without_spaces(character: char) -> bool {
    matches!(u32::from(character),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x3000..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0xFF00..=0xFF9F | 0x20000..=0x323AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_as_their_script_writes_them() {
        for (words, text) in [
            (vec!["Where", "are", "you?"], "Where are you?"),
            (vec!["今天", "天气", "很好。"], "今天天气很好。"),
            (vec!["これ", "は", "ペン", "です。"], "これはペンです。"),
            (vec!["我", "用", "Python", "写", "的"], "我用Python写的"),
            (vec!["안녕", "하세요"], "안녕 하세요"),
            (vec![], ""),
        ] {
            assert_eq!(joined_words(words), text);
        }
    }
}
