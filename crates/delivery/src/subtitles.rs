//! Subtitles as a file that every player and editor reads.

use model::{Cue, MediaTime, is_written_without_spaces};

/// The most that a line holds: 42 narrow characters, or 16 where a character is a syllable or a word (the usual limits of
/// broadcasters), in shares that both divide.
const LINE: usize = 42 * 16;

/// Cues as SubRip (`.srt`), in UTF-8. Cues without text are left out, long lines are broken.
#[must_use]
pub fn subrip(cues: &[Cue]) -> String {
    let mut file = String::new();
    let told = cues.iter().filter(|cue| !cue.text.trim().is_empty());
    for (number, cue) in told.enumerate() {
        let (start, end) = (stamp(cue.range.start), stamp(cue.range.end));
        file.push_str(&format!("{}\n{start} --> {end}\n", number + 1));
        // An empty line would end the cue.
        for line in cue.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            for part in broken(line) {
                file.push_str(&part);
                file.push('\n');
            }
        }
        file.push('\n');
    }
    file
}

/// `01:02:03,456`.
fn stamp(time: MediaTime) -> String {
    let millis = time.as_micros().max(0) / 1_000;
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    format!("{:02}:{:02}:{:02},{millis:03}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// A line in as few parts as it takes, each about as long as the others.
fn broken(line: &str) -> Vec<String> {
    let parts = width(line).div_ceil(LINE).max(1);
    let most = width(line).div_ceil(parts);
    let mut lines = vec![String::new()];
    for piece in pieces(line) {
        let free = lines.last_mut();
        match free {
            Some(last) if last.is_empty() || width(last) + width(piece.trim_end()) / 2 <= most => {
                last.push_str(piece)
            }
            _ => lines.push(piece.to_owned()),
        }
    }
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Where a line may be broken: after a space, and between characters of scripts without spaces.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, character) in line.char_indices() {
        let next = at + character.len_utf8();
        let between = is_written_without_spaces(character)
            && line[next..].chars().next().is_some_and(|next| next.is_alphanumeric());
        if character == ' ' || between {
            pieces.push(&line[from..next]);
            from = next;
        }
    }
    pieces.push(&line[from..]);
    pieces
}

fn width(text: &str) -> usize {
    text.chars().map(|character| if is_written_without_spaces(character) { 42 } else { 16 }).sum()
}
