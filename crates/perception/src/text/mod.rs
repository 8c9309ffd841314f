//! What the words say about their moment, in any language and without a network: how much each line stands out of all
//! that is said.

mod emphasis;
mod lexicon;
mod salience;
mod tokens;

use model::{Evidence, MediaTime, Series, TimeRange};

/// A timed text: a subtitle's cue, or a stretch of a transcript.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    range: TimeRange,
    text: &'a str,
}

/// How much the words stand out at each hop, 0 to 1: of the subtitle where there is one, else of what the utterances say.
/// `None` where too little is said to tell.
#[must_use]
pub fn words(evidence: &Evidence) -> Option<Series> {
    let cues = evidence.cues.iter().map(|cue| Line { range: cue.range, text: &cue.text });
    let mut lines: Vec<Line<'_>> = cues.collect();
    if lines.is_empty() {
        let said = evidence.utterances.iter().filter_map(|utterance| {
            let text = utterance.text.as_deref()?;
            Some(Line { range: utterance.range, text })
        });
        lines.extend(said);
    }
    let hop = Evidence::HOP.as_micros();
    let count = usize::try_from((evidence.duration.max(MediaTime::ZERO).as_micros() + hop - 1) / hop).ok()?;
    Some(Series::new(Evidence::HOP, salience::salience(&lines, count)?))
}
