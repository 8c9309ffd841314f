//! CLIP's byte-pair tokenizer, from the vocabulary and the merges that lie beside a published model.
//!
//! Words are spelled in bytes, each shown as a printable character, the last one marked as the end of its word; neighbours
//! are then joined, the pair that was most frequent in training first, until no known pair is left (Sennrich, Haddow and
//! Birch, 2016; bytes as in GPT-2).

use std::collections::HashMap;

use serde_json::Value;

use super::words::words;

/// Why the files of a tokenizer could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TokenizerError {
    /// The vocabulary is no JSON object of numbers.
    #[error(
        "the vocabulary is no JSON of words and numbers. Import vocab.json or tokenizer.json of the model"
    )]
    Vocabulary(#[source] Option<serde_json::Error>),
    /// The merges are not lines of two pieces.
    #[error("line {0} of the merges has no two pieces. Import merges.txt of the model")]
    Merges(usize),
    /// A mark that every text begins or ends with is not in the vocabulary.
    #[error("the vocabulary has no `{0}`, so it is not CLIP's. Import the files of a CLIP model")]
    Mark(&'static str),
}

const START: &str = "<|startoftext|>";
const END: &str = "<|endoftext|>";
const END_OF_WORD: &str = "</w>";

/// Turns texts into the numbers that a text network reads.
pub struct Tokenizer {
    vocabulary: HashMap<String, i32>,
    /// Which pairs are joined, and how early.
    ranks: HashMap<(String, String), usize>,
    start: i32,
    end: i32,
}

impl Tokenizer {
    /// From the bytes of `vocab.json` and `merges.txt`.
    ///
    /// # Errors
    /// When they are anything else.
    pub fn from_vocabulary(vocabulary: &[u8], merges: &[u8]) -> Result<Self, TokenizerError> {
        let vocabulary: Value =
            serde_json::from_slice(vocabulary).map_err(|error| TokenizerError::Vocabulary(Some(error)))?;
        let text = String::from_utf8_lossy(merges);
        let lines =
            text.lines().enumerate().filter(|(_, line)| !line.starts_with("#version") && !line.is_empty());
        let pairs = lines.map(|(at, line)| {
            let (left, right) = line.split_once(' ').ok_or(TokenizerError::Merges(at + 1))?;
            Ok((left.to_owned(), right.trim_end().to_owned()))
        });
        Self::new(&vocabulary, pairs.collect::<Result<_, _>>()?)
    }

    /// From the bytes of `tokenizer.json`, which holds both.
    ///
    /// # Errors
    /// When they are anything else.
    pub fn from_json(json: &[u8]) -> Result<Self, TokenizerError> {
        let json: Value =
            serde_json::from_slice(json).map_err(|error| TokenizerError::Vocabulary(Some(error)))?;
        let merges = json["model"]["merges"].as_array().ok_or(TokenizerError::Vocabulary(None))?;
        let pair = |(at, merge): (usize, &Value)| {
            // Written as one text in older files, as a list of two in newer ones.
            let pair = match merge {
                Value::String(text) => text.split_once(' '),
                merge => merge[0].as_str().zip(merge[1].as_str()),
            };
            let (left, right) = pair.ok_or(TokenizerError::Merges(at + 1))?;
            Ok((left.to_owned(), right.to_owned()))
        };
        let merges = merges.iter().enumerate().map(pair).collect::<Result<_, _>>()?;
        Self::new(&json["model"]["vocab"], merges)
    }

    fn new(vocabulary: &Value, merges: Vec<(String, String)>) -> Result<Self, TokenizerError> {
        let words = vocabulary.as_object().ok_or(TokenizerError::Vocabulary(None))?;
        let number = |value: &Value| value.as_i64().and_then(|number| i32::try_from(number).ok());
        let vocabulary: Option<HashMap<String, i32>> =
            words.iter().map(|(word, value)| Some((word.clone(), number(value)?))).collect();
        let vocabulary = vocabulary.ok_or(TokenizerError::Vocabulary(None))?;
        let mark = |mark| vocabulary.get(mark).copied().ok_or(TokenizerError::Mark(mark));
        let (start, end) = (mark(START)?, mark(END)?);
        let ranks = merges.into_iter().enumerate().map(|(rank, pair)| (pair, rank)).collect();
        Ok(Self { vocabulary, ranks, start, end })
    }

    /// The number of the mark that ends every text.
    #[must_use]
    pub const fn end(&self) -> i32 {
        self.end
    }

    /// The numbers of a text between its two marks, cut to at most `most` of them in all.
    #[must_use]
    pub fn tokens(&self, text: &str, most: usize) -> Vec<i32> {
        let pieces = words(text).into_iter().flat_map(|word| self.pieces(&word));
        let mut tokens = vec![self.start];
        // What is not in the vocabulary stands as the end mark, as in the published tokenizer.
        tokens.extend(pieces.map(|piece| self.vocabulary.get(&piece).copied().unwrap_or(self.end)));
        tokens.truncate(most.saturating_sub(1));
        tokens.push(self.end);
        tokens
    }

    /// The longest known pieces that a word is made of.
    fn pieces(&self, word: &str) -> Vec<String> {
        let mut pieces: Vec<String> = word.bytes().map(|byte| shown(byte).to_string()).collect();
        if let Some(last) = pieces.last_mut() {
            last.push_str(END_OF_WORD);
        }
        while let Some(pair) = self.earliest_pair(&pieces) {
            let mut joined = Vec::with_capacity(pieces.len());
            let mut rest = pieces.into_iter().peekable();
            while let Some(piece) = rest.next() {
                let next = rest.next_if(|next| piece == pair.0 && *next == pair.1);
                joined.push(next.map_or(piece.clone(), |next| piece + &next));
            }
            pieces = joined;
        }
        pieces
    }

    fn earliest_pair(&self, pieces: &[String]) -> Option<(String, String)> {
        let pairs = pieces.windows(2).map(|pair| (pair[0].clone(), pair[1].clone()));
        let known = pairs.filter_map(|pair| self.ranks.get(&pair).map(|rank| (*rank, pair)));
        known.min_by_key(|(rank, _)| *rank).map(|(_, pair)| pair)
    }
}

/// The printable character that stands for a byte in vocabularies: itself where it is printable in Latin-1, else one from
/// U+0100 on, in the order of bytes (GPT-2's table).
fn shown(byte: u8) -> char {
    let is_printable = |byte: u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    if is_printable(byte) {
        return char::from(byte);
    }
    let before = (0..byte).filter(|other| !is_printable(*other)).count() as u32;
    char::from_u32(0x100 + before).unwrap_or(char::REPLACEMENT_CHARACTER)
}
