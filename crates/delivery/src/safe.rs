//! Text as part of a file name that every desktop system accepts.

use unicode_segmentation::UnicodeSegmentation;

/// Bytes in one part of a path: the limit of ext4, APFS (in UTF-8) and, being the stricter, NTFS.
pub(crate) const PART: usize = 255;

/// Names that Windows keeps for devices, also with an extension and in any case.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// `text` with every character that some system refuses, or that makes a name look like another, as `_`.
pub(crate) fn without_bad_characters(text: &str) -> String {
    text.chars().map(|c| if is_bad(c) { '_' } else { c }).collect()
}

fn is_bad(c: char) -> bool {
    let turns_text_around = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line_break = matches!(c, '\u{2028}' | '\u{2029}');
    c.is_control() || turns_text_around || line_break || r#"/\<>:"|?*"#.contains(c)
}

/// A whole part of a path, its characters good, as every system keeps it: no spaces around, no dots at the end (Windows
/// drops them), no device's name, never empty.
pub(crate) fn part(text: &str) -> String {
    let text = text.trim().trim_end_matches(['.', ' ']);
    if text.is_empty() {
        return "_".to_owned();
    }
    if is_reserved(text) { format!("_{text}") } else { text.to_owned() }
}

fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_lowercase();
    let port = ["com", "lpt"].iter().find_map(|port| stem.strip_prefix(port));
    let numbered = port.is_some_and(|number| {
        let mut digits = number.chars();
        let digit = digits.next().is_some_and(|c| matches!(c, '0'..='9' | '¹' | '²' | '³'));
        digit && digits.next().is_none()
    });
    numbered || RESERVED.contains(&stem.as_str())
}

/// The longest beginning of `text` that has at most `bytes` bytes and cuts no visible character in two.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    let fits = text.grapheme_indices(true).map(|(at, grapheme)| at + grapheme.len());
    &text[..fits.take_while(|end| *end <= bytes).last().unwrap_or(0)]
}
