//! Words become sentences with a time each, as subtitles have them.

use model::{Cue, MediaTime, TimeRange, Transcript, Word, is_written_without_spaces, joined_words};

/// A pause after which something new begins, whatever the punctuation says.
const PAUSE: MediaTime = MediaTime::from_millis(900);
/// The longest time a cue stays (European Broadcasting Union's and most broadcasters' guidelines: about 7 s).
const LONGEST: MediaTime = MediaTime::from_whole_seconds(7);
/// The most that is read at once: two lines of 42 characters, …
const CHARACTERS: usize = 84;
/// … or of 16 where a character is a syllable or a word.
const WIDE_CHARACTERS: usize = 32;
/// Marks that end a sentence.
const ENDING: &str = ".?!…。？！｡";
/// Marks that may stand behind those.
const CLOSING: &str = "\"'”’»)]}」』）》】";
/// Marks that divide a sentence.
const DIVIDING: &str = ",;:，、；：—";
/// Words whose full stop ends no sentence, in the languages that use them.
const ABBREVIATIONS: [&str; 18] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "jr", "sr", "no", "sra", "srta", "ud", "uds", "m", "mme",
    "z", "bzw",
];

/// The sentences of a transcript, in order of time.
#[must_use]
pub fn sentences(transcript: &Transcript) -> Vec<Cue> {
    let words = &transcript.words;
    let ends = |index: &usize| words.get(index + 1).is_none_or(|next| ends_sentence(&words[*index], next));
    let mut cues = Vec::new();
    let mut from = 0;
    for last in (0..words.len()).filter(ends) {
        divide(&words[from..=last], &mut cues);
        from = last + 1;
    }
    cues
}

fn ends_sentence(word: &Word, next: &Word) -> bool {
    if PAUSE <= next.range.start - word.range.end {
        return true;
    }
    let bare = word.text.trim_end_matches(|mark| CLOSING.contains(mark));
    let Some(mark) = bare.chars().next_back().filter(|mark| ENDING.contains(*mark)) else { return false };
    if mark != '.' {
        return true;
    }
    let stem = bare.trim_end_matches('.').to_lowercase();
    let initial = stem.chars().filter(|character| character.is_alphabetic()).count() == 1;
    let goes_on = next.text.chars().next().is_some_and(char::is_lowercase);
    !initial && !goes_on && !ABBREVIATIONS.contains(&stem.as_str())
}

/// One cue, or several where a sentence is too long to be read at once: divided at a comma or a pause near its middle.
fn divide(words: &[Word], cues: &mut Vec<Cue>) {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let text = joined_words(words.iter().map(|word| word.text.as_str()));
    let range = TimeRange::new(first.range.start, last.range.end);
    if words.len() == 1 || (range.duration() <= LONGEST && fits(&text)) {
        cues.push(Cue { range, text });
        return;
    }
    let worth = |index: &usize| {
        let (word, next) = (&words[index - 1], &words[*index]);
        let comma = word.text.ends_with(|mark| DIVIDING.contains(mark));
        let pause = (next.range.start - word.range.end).as_seconds();
        let off_middle = (*index as f64 / words.len() as f64 - 0.5).abs();
        f64::from(u8::from(comma)) * 0.3 + pause - off_middle
    };
    let middle = (1..words.len()).max_by(|one, other| worth(one).total_cmp(&worth(other))).unwrap_or(1);
    divide(&words[..middle], cues);
    divide(&words[middle..], cues);
}

fn fits(text: &str) -> bool {
    let wide = text.chars().filter(|character| is_written_without_spaces(*character)).count();
    let all = text.chars().count();
    wide * CHARACTERS + (all - wide) * WIDE_CHARACTERS <= CHARACTERS * WIDE_CHARACTERS
}
