//! What is said, word by word and as the editor put it right.

use std::path::Path;

use delivery::{Existing, PendingFile, subrip};
use model::{Cue, MediaTime, TimeRange, Transcript, is_written_without_spaces, joined_words};
use perception::sentences;
use project::{Correction, Material, MaterialId, Subtitles};

use super::Desk;
use crate::engine::Perceived;
use crate::{Code, Failure};

/// What is said in a material.
#[derive(Debug, Clone, PartialEq)]
pub struct SpokenText {
    /// Where it comes from.
    pub source: SpokenSource,
    /// In order of time.
    pub lines: Vec<SpokenLine>,
}

/// Where words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpokenSource {
    /// A subtitle: each line has its times, and the words in it are placed by their length.
    Subtitles,
    /// A speech recogniser: each word has its times.
    Recogniser,
}

/// A sentence, or a part of one that is read at once.
#[derive(Debug, Clone, PartialEq)]
pub struct SpokenLine {
    /// In order of time; never empty.
    pub words: Vec<SpokenWord>,
}

/// A word; where several were put right together, what they became.
#[derive(Debug, Clone, PartialEq)]
pub struct SpokenWord {
    /// When it is said.
    pub range: TimeRange,
    /// As it is said; empty where the editor says that nothing is.
    pub text: String,
    /// The editor has put it right.
    pub corrected: bool,
    /// The subtitle begins a new line after it, within the same cue.
    pub ends_line: bool,
}

impl Desk {
    /// What is said in a material; `None` before it was analysed.
    #[must_use]
    pub fn spoken(&self, material: MaterialId) -> Option<SpokenText> {
        let mut state = self.lock();
        let perceived = state.known(material).perceived.clone()?;
        let project = state.history.project().clone();
        drop(state);
        project.material(material).map(|material| SpokenText::of(material, &perceived))
    }

    /// Writes what is said as SubRip, with all corrections, in place of a file that is there: the dialog has asked.
    ///
    /// # Errors
    /// When nothing is known of what is said, or the file cannot be written.
    pub fn export_subtitles(&self, material: MaterialId, file: &Path) -> Result<(), Failure> {
        let cues = self.spoken(material).map(|spoken| spoken.cues()).unwrap_or_default();
        if cues.is_empty() {
            let message = "Nothing is known of what is said in this video. Transcribe its speech first.";
            return Err(Failure::new(Code::NothingToExport, message));
        }
        let pending = PendingFile::create(file).map_err(|error| Failure::of_delivery(&error))?;
        std::fs::write(pending.path(), subrip(&cues)).map_err(|error| Failure::of_write(&error, file))?;
        pending.commit(Existing::Replace).map(drop).map_err(|error| Failure::of_delivery(&error))
    }
}

impl SpokenText {
    pub(super) fn of(material: &Material, perceived: &Perceived) -> Self {
        let heard = perceived.transcript.as_deref().filter(|it| !it.words.is_empty());
        let (source, mut lines) = match heard {
            // A subtitle wins over what was heard, as it does in the evidence.
            Some(heard) if material.subtitles == Subtitles::None => {
                (SpokenSource::Recogniser, heard_lines(heard))
            }
            _ => {
                let lines = perceived.evidence.cues.iter().filter_map(read_line).collect();
                (SpokenSource::Subtitles, lines)
            }
        };
        for correction in &material.corrections {
            put_right(&mut lines, correction);
        }
        Self { source, lines }
    }

    /// A cue for each line.
    fn cues(&self) -> Vec<Cue> {
        let cue = |line: &SpokenLine| {
            let (first, last) = (line.words.first()?, line.words.last()?);
            Some(Cue { range: TimeRange::new(first.range.start, last.range.end), text: line.text() })
                .filter(|cue| !cue.text.is_empty())
        };
        self.lines.iter().filter_map(cue).collect()
    }
}

impl SpokenLine {
    /// What is said in it, broken where the subtitle was.
    fn text(&self) -> String {
        let said = |words: &[SpokenWord]| {
            joined_words(words.iter().map(|word| word.text.as_str()).filter(|text| !text.is_empty()))
        };
        let parts = self.words.split_inclusive(|word| word.ends_line).map(said);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// The words of a transcript, a line for each of its sentences.
fn heard_lines(transcript: &Transcript) -> Vec<SpokenLine> {
    let mut words = transcript.words.iter().peekable();
    let mut lines = Vec::new();
    for sentence in sentences(transcript) {
        let mut line = Vec::new();
        while let Some(word) = words.next_if(|word| word.range.start < sentence.range.end) {
            let (range, text) = (word.range, word.text.clone());
            line.push(SpokenWord { range, text, corrected: false, ends_line: false });
        }
        if !line.is_empty() {
            lines.push(SpokenLine { words: line });
        }
    }
    lines
}

/// The words of a cue, each with the share of its time that it has of its letters.
fn read_line(cue: &Cue) -> Option<SpokenLine> {
    let lines = cue.text.lines().map(words_of).filter(|words| !words.is_empty());
    let words: Vec<(String, bool)> = lines.flat_map(with_end).collect();
    let letters: usize = words.iter().map(|(word, _)| word.chars().count()).sum();
    let at =
        |letter: usize| cue.range.start + cue.range.duration().scaled(letter as f64 / letters.max(1) as f64);
    let mut from = 0;
    let placed = words.into_iter().map(|(text, ends_line)| {
        let start = from;
        from += text.chars().count();
        SpokenWord { range: TimeRange::new(at(start), at(from)), text, corrected: false, ends_line }
    });
    let mut words: Vec<_> = placed.filter(|word| !word.range.is_empty()).collect();
    words.last_mut()?.ends_line = false;
    Some(SpokenLine { words })
}

/// Words, each with whether it is the last of them.
fn with_end(words: Vec<String>) -> impl Iterator<Item = (String, bool)> {
    let last = words.len();
    words.into_iter().zip(1..).map(move |(word, number)| (word, number == last))
}

/// Words between spaces; where a script has none, its characters with the marks behind them.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in text.split_whitespace() {
        let mut begins = true;
        let mut before = ' ';
        for character in part.chars() {
            let is_own = is_written_without_spaces(character) || is_written_without_spaces(before);
            match words.last_mut() {
                Some(last) if !(begins || is_own && character.is_alphanumeric()) => last.push(character),
                _ => words.push(character.to_string()),
            }
            (begins, before) = (false, character);
        }
    }
    words
}

/// Puts what the editor wrote in the place of the words it is meant for; where another model heard nothing there, beside
/// what is nearest.
fn put_right(lines: &mut Vec<SpokenLine>, correction: &Correction) {
    let corrected = |ends_line| {
        let (range, text) = (correction.range, correction.text.clone());
        SpokenWord { range, text, corrected: true, ends_line }
    };
    let mut place: Option<(usize, usize, bool)> = None;
    for (number, line) in lines.iter_mut().enumerate() {
        let covered = |word: &SpokenWord| !word.corrected && correction.covers(word.range);
        if let Some(first) = line.words.iter().position(covered) {
            // A break behind what it takes the place of stays; one between its words is not told any more.
            let ends_line = line.words.iter().rfind(|word| covered(word)).is_some_and(|word| word.ends_line);
            place = place.or(Some((number, first, ends_line)));
            line.words.retain(|word| !covered(word));
        }
    }
    match place {
        Some((line, word, ends_line)) => lines[line].words.insert(word, corrected(ends_line)),
        None => {
            let start =
                |line: &SpokenLine| line.words.first().map_or(MediaTime::ZERO, |word| word.range.start);
            let next = lines.partition_point(|line| start(line) <= correction.range.start);
            lines.insert(next, SpokenLine { words: vec![corrected(false)] });
        }
    }
    lines.retain(|line| !line.words.is_empty());
}

#[cfg(test)]
mod tests;
