//! Words of a piece get their times in the material.
//!
//! The network's times are guesses: they may run backwards, lie past the end of what it heard, or in the silence between
//! two stretches. What leaves here is in order, does not overlap, and lies inside the stretch that the word was heard in.

use model::{MediaTime, Samples, TimeRange, Word};

use super::pieces::{Piece, Stretch};
use super::words::Heard;

/// Samples in the network's unit of time, a hundredth of a second.
const TICK: i64 = Samples::RATE as i64 / 100;

/// Places the words of a piece, which are in the order they were said.
pub(super) fn place(piece: &Piece, words: Vec<Heard>) -> Vec<Word> {
    let spans = in_order(&words, piece.samples.len());
    let mut placed: Vec<Word> = Vec::with_capacity(words.len());
    let mut first = 0;
    for (word, (start, end)) in words.into_iter().zip(spans) {
        // A word never lies in an earlier stretch than the one before it.
        let Some(nearest) = nearest(&piece.stretches[first..], usize::midpoint(start, end)) else { break };
        first += nearest;
        let stretch = piece.stretches[first];
        let start = start.clamp(stretch.offset, stretch.end());
        let end = end.clamp(start, stretch.end());
        let from = placed.last().map_or(MediaTime::ZERO, |last| last.range.end);
        let range = TimeRange::new(time(stretch, start).max(from), time(stretch, end).max(from));
        placed.push(Word { range, text: word.text, probability: word.probability });
    }
    placed
}

/// Starts and ends in samples of the piece: inside it, in order, and a word's end not after the next one's start. Words
/// that claim the same instant share the time up to the next one.
fn in_order(words: &[Heard], length: usize) -> Vec<(usize, usize)> {
    let inside = |ticks: i64| usize::try_from(ticks.saturating_mul(TICK)).unwrap_or(0).min(length);
    let mut latest = 0;
    let starts: Vec<usize> = words
        .iter()
        .map(|word| {
            latest = latest.max(inside(word.start));
            latest
        })
        .collect();
    let mut spans = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let same = starts[at..].iter().take_while(|start| **start == starts[at]).count();
        let next = starts.get(at + same).copied().unwrap_or(length);
        let last = words[at..at + same].iter().map(|word| inside(word.end)).max().unwrap_or(0);
        let until = if starts[at] < last { last.min(next) } else { next };
        let step = |share: usize| starts[at] + (until - starts[at]) * share / same;
        spans.extend((0..same).map(|i| (step(i), step(i + 1))));
        at += same;
    }
    spans
}

/// The stretch that lies nearest to a sample of the piece.
fn nearest(stretches: &[Stretch], at: usize) -> Option<usize> {
    let distance = |stretch: &Stretch| at.abs_diff(at.clamp(stretch.offset, stretch.end()));
    (0..stretches.len()).min_by_key(|index| distance(&stretches[*index]))
}

fn time(stretch: Stretch, at: usize) -> MediaTime {
    MediaTime::from_ticks((stretch.source + at - stretch.offset) as i64, 1, Samples::RATE as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: usize = Samples::RATE as usize;

    /// Three seconds from 10 s on, half a second of silence, two seconds from 100 s on.
    fn piece() -> Piece {
        let stretches = vec![
            Stretch { offset: 0, source: 10 * RATE, length: 3 * RATE },
            Stretch { offset: 3 * RATE + RATE / 2, source: 100 * RATE, length: 2 * RATE },
        ];
        Piece { samples: vec![0.0; 5 * RATE + RATE / 2], stretches }
    }

    /// Spans in hundredths of a second, of the piece and of the material.
    fn check(heard: &[(i64, i64)], expected: &[(i64, i64)]) {
        let words = heard.iter().map(|(start, end)| Heard {
            text: "word".to_owned(),
            start: *start,
            end: *end,
            probability: 1.0,
        });
        let placed = place(&piece(), words.collect());
        let spans: Vec<(i64, i64)> = placed
            .iter()
            .map(|word| (word.range.start.as_micros() / 10_000, word.range.end.as_micros() / 10_000))
            .collect();
        assert_eq!(spans, expected, "the places of {heard:?}");
    }

    #[test]
    fn each_stretch_leads_back_to_its_own_place() {
        check(&[(0, 50), (100, 250), (360, 400)], &[(1_000, 1_050), (1_100, 1_250), (10_010, 10_050)]);
    }

    #[test]
    fn a_word_in_the_silence_between_belongs_to_the_nearer_stretch() {
        check(&[(290, 315)], &[(1_290, 1_300)]);
        check(&[(330, 380)], &[(10_000, 10_030)]);
    }

    #[test]
    fn times_that_cannot_be_are_brought_inside_and_into_order() {
        check(&[(-50, 30), (20, 60)], &[(1_000, 1_020), (1_020, 1_060)]);
        check(&[(200, 220), (100, 120)], &[(1_200, 1_210), (1_210, 1_220)]);
        check(&[(500, 99_999)], &[(10_150, 10_200)]);
        check(&[(i64::MAX, i64::MIN)], &[(10_200, 10_200)]);
        check(&[(100, 100), (100, 100), (160, 200)], &[(1_100, 1_130), (1_130, 1_160), (1_160, 1_200)]);
    }

    #[test]
    fn a_later_word_never_falls_back_into_an_earlier_stretch() {
        check(&[(400, 420), (10, 20)], &[(10_050, 10_060), (10_060, 10_070)]);
    }
}
