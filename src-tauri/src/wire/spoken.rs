//! What is said, as the page shows it.

use engine::model::TimeRange;
use serde::Serialize;
use specta::Type;

use super::Micros;

/// What is said in a material.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SpokenText {
    source: SpokenSource,
    /// Sentences or subtitle lines, in order of time; each has a word.
    lines: Vec<Vec<SpokenWord>>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum SpokenSource {
    Subtitles,
    Recogniser,
}

/// A word and when it is said.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct SpokenWord {
    start: Micros,
    end: Micros,
    /// Empty where the editor says that nothing is said.
    text: String,
    /// The editor has put it right.
    corrected: bool,
    /// The subtitle begins a new line after it; absent where it does not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[specta(optional)]
    ends_line: bool,
}

impl From<engine::SpokenText> for SpokenText {
    fn from(engine::SpokenText { source, lines }: engine::SpokenText) -> Self {
        let source = match source {
            engine::SpokenSource::Subtitles => SpokenSource::Subtitles,
            engine::SpokenSource::Recogniser => SpokenSource::Recogniser,
        };
        let line = |engine::SpokenLine { words }: engine::SpokenLine| {
            words.into_iter().map(SpokenWord::from).collect()
        };
        Self { source, lines: lines.into_iter().map(line).collect() }
    }
}

impl From<engine::SpokenWord> for SpokenWord {
    fn from(word: engine::SpokenWord) -> Self {
        let engine::SpokenWord { range: TimeRange { start, end }, text, corrected, ends_line } = word;
        Self { start: start.into(), end: end.into(), text, corrected, ends_line }
    }
}
