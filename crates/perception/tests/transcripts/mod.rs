//! Transcripts that were written down: a word a line with its start and length in seconds; an empty line stands between
//! the sentences that are expected.

#![allow(clippy::panic, clippy::expect_used, reason = "a failed expectation stops the test where it stands")]

use std::path::Path;

use model::{MediaTime, TimeRange, Transcript, Word, joined_words};

/// The transcript of a language, and its sentences.
pub(crate) fn read(language: &str) -> (Transcript, Vec<String>) {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts").join(format!("{language}.tsv"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let (mut words, mut sentences) = (Vec::new(), vec![Vec::new()]);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.is_empty() {
            sentences.push(Vec::new());
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [start, length, word] = columns[..] else { panic!("a broken line: {line}") };
        let time = |column: &str| {
            MediaTime::from_seconds(column.parse().expect("a number")).expect("a sensible number of seconds")
        };
        let range = TimeRange::new(time(start), time(start) + time(length));
        words.push(Word { range, text: word.to_owned(), probability: 0.9 });
        sentences.last_mut().expect("there is one").push(word.to_owned());
    }
    let sentences = sentences.iter().map(|words| joined_words(words.iter().map(String::as_str))).collect();
    (Transcript { language: language.to_owned(), model: "written".to_owned(), words }, sentences)
}
