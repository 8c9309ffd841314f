//! The names of a batch of clips.

use std::collections::HashSet;
use std::path::PathBuf;

use model::MediaTime;

use crate::bucket::KEY;
use crate::safe::{PART, cut, part, without_bad_characters};
use crate::template::{BESIDE, NameTemplate, Piece, Placeholder, text_length};

/// What a clip's name may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClipFacts<'a> {
    /// Its running number through the batch, from 0.
    pub index: usize,
    /// The source file's name without extension.
    pub name: &'a str,
    /// Where it begins in its source.
    pub start: MediaTime,
    /// Its first tag.
    pub tag: Option<&'a str>,
    /// What its editor calls it; empty where it has no title.
    pub title: &'a str,
}

/// What stands for the tag of a clip that has none.
const UNTAGGED: &str = "untagged";
/// What stands for the title of a clip that has none.
const UNTITLED: &str = "untitled";

impl NameTemplate {
    /// A path for every clip, relative to the folder it is made for, all different.
    #[must_use]
    pub fn names(&self, clips: &[ClipFacts<'_>]) -> Vec<PathBuf> {
        let limits = vec![PART; self.parts.len()];
        self.free_names(clips, &limits).iter().map(|name| name.split('/').collect()).collect()
    }

    /// A key for every clip's object, all different, with `/` between its parts: safe as file names are, because buckets
    /// get mirrored to folders, and at most 1,024 bytes long, which is S3's limit.
    #[must_use]
    pub fn keys(&self, clips: &[ClipFacts<'_>]) -> Vec<String> {
        self.free_names(clips, &self.limits_within(KEY))
    }

    fn free_names(&self, clips: &[ClipFacts<'_>], limits: &[usize]) -> Vec<String> {
        let mut taken = HashSet::new();
        clips.iter().map(|clip| self.free_name(clip, limits, &mut taken)).collect()
    }

    /// Bytes that each part may have so that all of them fit: its own text, what stands beside it, and an equal share of
    /// what is left over. That there is enough was checked when the template was read.
    fn limits_within(&self, whole: usize) -> Vec<usize> {
        let left = whole.saturating_sub(self.least_length());
        let share = left / self.parts.len().max(1);
        self.parts.iter().map(|part| PART.min(text_length(part) + BESIDE + share)).collect()
    }

    fn free_name(&self, clip: &ClipFacts<'_>, limits: &[usize], taken: &mut HashSet<String>) -> String {
        let mut number = 1;
        loop {
            // A template without much in it (`{name}{index}`) can say the same of two clips: "a1" + "0" and "a" + "10".
            let suffix = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = self.name(clip, &suffix, limits);
            if taken.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }

    /// The name with `/` between its parts, each within its limit; `suffix` goes before the extension.
    fn name(&self, clip: &ClipFacts<'_>, suffix: &str, limits: &[usize]) -> String {
        let end = format!("{suffix}{}", self.extension);
        let last = self.parts.len().saturating_sub(1);
        let parts = self.parts.iter().zip(limits).enumerate();
        let filled =
            parts.map(|(at, (part, limit))| filled(part, clip, if at == last { &end } else { "" }, *limit));
        filled.collect::<Vec<_>>().join("/")
    }
}

/// One part of the path with `end` after it, at most `limit` bytes.
fn filled(pieces: &[Piece], clip: &ClipFacts<'_>, end: &str, limit: usize) -> String {
    // One byte is kept for the underscore that a device's name or a leading dot costs.
    let whole = limit.saturating_sub(1 + end.len());
    // Names, tags and titles give way, numbers and the template's own text stay.
    let fixed: usize = pieces.iter().map(|piece| fixed_length(piece, clip)).sum();
    let mut room = whole.saturating_sub(fixed);
    let mut flexible = pieces.iter().filter(|piece| is_flexible(piece)).count();
    let mut text = String::new();
    for piece in pieces {
        let value = value(piece, clip);
        if is_flexible(piece) {
            let value = cut(&value, room / flexible.max(1));
            room -= value.len();
            flexible -= 1;
            text.push_str(value);
        } else {
            text.push_str(&value);
        }
    }
    // A dot that came out of a video's name would hide the clip; one in the template is meant.
    let hidden = text.starts_with('.') && !matches!(pieces.first(), Some(Piece::Text(_)));
    let text = if hidden { text.replacen('.', "_", 1) } else { text };
    // Spaces and dots before the extension are kept by no system's dialog, so they are trimmed on both sides of it.
    let stem = part(cut(&text, whole));
    format!("{stem}{end}")
}

fn is_flexible(piece: &Piece) -> bool {
    matches!(piece, Piece::Placeholder(Placeholder::Name | Placeholder::Tag | Placeholder::Title))
}

fn fixed_length(piece: &Piece, clip: &ClipFacts<'_>) -> usize {
    if is_flexible(piece) { 0 } else { value(piece, clip).len() }
}

fn value(piece: &Piece, clip: &ClipFacts<'_>) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Placeholder(Placeholder::Index) => clip.index.to_string(),
        Piece::Placeholder(Placeholder::Name) => without_bad_characters(clip.name),
        Piece::Placeholder(Placeholder::Start) => time_in_name(clip.start),
        Piece::Placeholder(Placeholder::Tag) => without_bad_characters(clip.tag.unwrap_or(UNTAGGED)),
        Piece::Placeholder(Placeholder::Title) => {
            without_bad_characters(Some(clip.title).filter(|title| !title.is_empty()).unwrap_or(UNTITLED))
        }
    }
}

/// `01-02-03.450`: names sort as times do, and no system refuses a character of it.
fn time_in_name(time: MediaTime) -> String {
    let millis = time.as_micros().max(0) / 1_000;
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}-{minutes:02}-{seconds:02}.{millis:03}")
}
