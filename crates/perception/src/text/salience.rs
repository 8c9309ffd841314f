//! How much a line stands out of all that is said.
//!
//! - Words that are rare in this text carry what is new in it (inverse document frequency, K. Spärck Jones, 1972).
//! - Words that come again and again within a few lines and hardly elsewhere are stressed there (S. Katz, "Distribution of
//!   content words and phrases in text and language modelling", 1996).
//! - Words that people use when something matters weigh in any text; so does emphasis, and an answer to a question.
//! - A description of a sound names what a viewer should notice.

use std::collections::{BTreeSet, HashMap};

use model::{Evidence, MediaTime, descriptions, without_descriptions};

use super::Line;
use super::emphasis::{asks, emphasis};
use super::lexicon::{is_noticed, strong_words};
use super::tokens::content_words;

/// Fewer lines than this tell nothing about which words are rare; what they describe is told all the same.
const FEWEST_LINES: usize = 8;
/// A described sound that a viewer should notice, `[sobbing]`, counts as much as any line; others, `[music]`, are not what is said.
const DESCRIPTION: f32 = 1.0;
/// So many strong words make a line strong.
const STRONG_WORDS: f32 = 2.0;
/// The part of each in a line's weight. Names and numbers are rare and dull; strong words are seldom dull. The marks of
/// writing are the writer's habit as much as the speaker's voice, and may only tip the scales.
const RARE: f32 = 0.35;
const STRONG: f32 = 0.65;
const STRESSED: f32 = 0.10;
const EMPHASIS: f32 = 0.10;
const ANSWER: f32 = 0.05;
/// One long word is no statement: so many words are needed to count whole.
const STATEMENT: f32 = 4.0;
/// Lines within this many on either side are one passage: what is said again there is stressed.
const PASSAGE: usize = 3;
/// Who answers does so within this time.
const ANSWERED: MediaTime = MediaTime::from_whole_seconds(3);
/// Single lines are short: each takes this part from its neighbours, so that one odd name is no event.
const NEIGHBOUR: f32 = 0.75;
/// Neighbours count up to this distance.
const NEAR: MediaTime = MediaTime::from_whole_seconds(2);

/// How much the words stand out at each of so many hops, 0 to 1; `None` where there are too few lines to tell.
pub(super) fn salience(lines: &[Line<'_>], hops: usize) -> Option<Vec<f32>> {
    let described: Vec<bool> = lines.iter().map(|line| descriptions(line.text).any(is_noticed)).collect();
    let weights: Vec<f32> = if FEWEST_LINES <= lines.len() {
        let weights = weights(lines);
        described
            .iter()
            .zip(weights)
            .map(|(noticed, weight)| if *noticed { DESCRIPTION } else { weight })
            .collect()
    } else if described.contains(&true) {
        described.iter().map(|noticed| if *noticed { DESCRIPTION } else { 0.0 }).collect()
    } else {
        return None;
    };
    Some(spread(lines, &joined(lines, &weights), hops))
}

/// What each line weighs by what is said in it.
fn weights(lines: &[Line<'_>]) -> Vec<f32> {
    let said: Vec<String> = lines.iter().map(|line| without_descriptions(line.text)).collect();
    let lines: Vec<Line<'_>> =
        lines.iter().zip(&said).map(|(line, text)| Line { range: line.range, text }).collect();
    let words: Vec<Vec<String>> = lines.iter().map(|line| content_words(line.text)).collect();
    let rarity = Rarity::of(&words);
    (0..lines.len()).map(|at| weight(&lines, &words, at, &rarity)).collect()
}

/// How rare each word is, 1 for those that one line has alone.
struct Rarity<'a> {
    uses: HashMap<&'a str, usize>,
    lines: f32,
}

impl<'a> Rarity<'a> {
    fn of(words: &'a [Vec<String>]) -> Self {
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for line in words {
            for word in line.iter().collect::<BTreeSet<_>>() {
                *uses.entry(word).or_default() += 1;
            }
        }
        Self { uses, lines: words.len() as f32 }
    }

    fn of_word(&self, word: &str) -> f32 {
        let uses = self.uses.get(word).map_or(1.0, |uses| *uses as f32);
        (self.lines / uses).ln() / self.lines.ln().max(1.0)
    }
}

fn weight(lines: &[Line<'_>], words: &[Vec<String>], at: usize, rarity: &Rarity<'_>) -> f32 {
    let text = lines[at].text;
    let own: BTreeSet<&String> = words[at].iter().collect();
    let rare = own.iter().map(|word| rarity.of_word(word)).sum::<f32>() / (own.len() as f32).max(STATEMENT);
    let strong = (strong_words(text) as f32 / STRONG_WORDS).min(1.0);
    let answer = f32::from(u8::from(is_answer(lines, at)));
    let sum = RARE * rare
        + STRONG * strong
        + STRESSED * stress(words, at, &own, rarity)
        + EMPHASIS * emphasis(text)
        + ANSWER * answer;
    sum.clamp(0.0, 1.0)
}

/// How much of what a line says is said again and again around it and hardly elsewhere, 0 to 1.
fn stress(words: &[Vec<String>], at: usize, own: &BTreeSet<&String>, rarity: &Rarity<'_>) -> f32 {
    let passage = &words[at.saturating_sub(PASSAGE)..(at + PASSAGE + 1).min(words.len())];
    let of_word = |word: &&String| {
        let uses = passage.iter().flatten().filter(|other| other == word).count();
        // What is said elsewhere as well is no stress but a habit.
        let lines = passage.iter().filter(|line| line.contains(word)).count() as f32;
        let here = lines / rarity.uses.get(word.as_str()).map_or(1.0, |uses| *uses as f32);
        (uses as f32 - 1.0).clamp(0.0, 2.0) / 2.0 * here * rarity.of_word(word)
    };
    own.iter().map(of_word).fold(0.0, f32::max)
}

/// Whether the line before asks what this one answers.
fn is_answer(lines: &[Line<'_>], at: usize) -> bool {
    at.checked_sub(1).map(|before| &lines[before]).is_some_and(|before| {
        asks(before.text) && !asks(lines[at].text) && lines[at].range.start - before.range.end <= ANSWERED
    })
}

/// Each line's weight moved towards the mean of the lines next to it.
fn joined(lines: &[Line<'_>], weights: &[f32]) -> Vec<f32> {
    let near = |a: usize, b: usize| lines[b].range.start - lines[a].range.end <= NEAR;
    (0..lines.len())
        .map(|i| {
            let before = i.checked_sub(1).filter(|b| near(*b, i)).map_or(0.0, |b| weights[b]);
            let after = Some(i + 1).filter(|a| *a < lines.len() && near(i, *a)).map_or(0.0, |a| weights[a]);
            weights[i] * (1.0 - NEIGHBOUR) + NEIGHBOUR * (before + after + weights[i]) / 3.0
        })
        .collect()
}

fn spread(lines: &[Line<'_>], weights: &[f32], hops: usize) -> Vec<f32> {
    let hop = Evidence::HOP.as_micros();
    let mut values = vec![0.0_f32; hops];
    for (line, weight) in lines.iter().zip(weights) {
        let from = (line.range.start.as_micros() / hop).max(0) as usize;
        let to = ((line.range.end.as_micros() + hop - 1) / hop).max(0) as usize;
        for value in values.iter_mut().take(to).skip(from) {
            *value = value.max(*weight);
        }
    }
    values
}
