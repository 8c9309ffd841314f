//! How a line is said, as far as writing shows it: exclamations, words in capitals, drawn-out letters, figures and names,
//! and answers to what was asked.

/// What a line in capitals or full of exclamations has; the other marks have a part of it.
const WHOLE: f32 = 1.0;
/// A figure or a name makes a line concrete, not exciting.
const CONCRETE: f32 = 0.3;
/// So many equal letters in a row are drawn out on purpose: sooo.
const DRAWN_OUT: usize = 3;
/// Shorter words in capitals are abbreviations.
const SHORTEST_SHOUT: usize = 4;

/// How emphatic a line is written, 0 to 1.
pub(super) fn emphasis(text: &str) -> f32 {
    let marks = text.chars().filter(|c| matches!(c, '!' | '！' | '¡' | '‼' | '⁉')).count();
    let exclaims = if text.contains('¡') { marks / 2 } else { marks };
    let loud = text.split(|c: char| !c.is_alphabetic()).any(is_shouted);
    let strong = 0.6 * f32::from(u8::from(exclaims > 0)) + 0.4 * f32::from(u8::from(exclaims > 1));
    let strong = strong + 0.6 * f32::from(u8::from(loud)) + 0.4 * f32::from(u8::from(is_drawn_out(text)));
    let concrete = if has_figure(text) || has_name(text) { CONCRETE } else { 0.0 };
    strong.max(concrete).min(WHOLE)
}

/// Whether a line asks something.
pub(super) fn asks(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '»' | '」'))
        .ends_with(['?', '？', '⁉'])
}

fn is_shouted(word: &str) -> bool {
    word.chars().count() >= SHORTEST_SHOUT && word.chars().all(char::is_uppercase)
}

fn is_drawn_out(text: &str) -> bool {
    let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    letters.windows(DRAWN_OUT).any(|run| run[0].is_alphabetic() && run.iter().all(|c| *c == run[0]))
}

fn has_figure(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Whether a word within a sentence begins with a capital; where scripts have none, nothing is told.
fn has_name(text: &str) -> bool {
    let mut begins = true;
    for word in text.split_whitespace() {
        let is_capital = word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        if is_capital && !begins && word.chars().nth(1).is_some_and(char::is_lowercase) {
            return true;
        }
        begins = word.ends_with(['.', '!', '?', ':', '-', '—']);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_shows_how_a_line_is_said() {
        for (calm, emphatic) in [
            ("It is open until nine.", "It is OPEN until nine!"),
            ("so we went home", "sooooo we went home"),
            ("we met them again", "we met Rosa Parks again"),
            ("Empieza a las nueve.", "¡Empieza ya!"),
            ("他们回家了。", "他们回家了！！"),
            ("帰りました。", "帰りました！"),
        ] {
            let (less, more) = (emphasis(calm), emphasis(emphatic));
            assert!(less < more, "“{emphatic}” ({more}) is more emphatic than “{calm}” ({less})");
        }
    }

    #[test]
    fn questions_are_told_in_any_script() {
        for text in ["Who was it?", "谁？", "誰ですか？", "¿Quién?", "\"Why?\" "] {
            assert!(asks(text), "{text} asks");
        }
        assert!(!asks("He asked why."));
    }
}
