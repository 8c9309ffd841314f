//! One form for all ways of writing a name.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// A text without what does not tell names apart: compatibility forms such as width (Unicode NFKC), letter case, the
/// accents of alphabets, the two kana, and what surrounds it. The voicing marks of kana stay: they make other words.
pub(crate) fn normal(text: &str) -> String {
    let compatible = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let lower = compatible.to_lowercase();
    if lower.is_ascii() {
        return trimmed(&lower).to_owned();
    }
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(&lower);
    let bare: String = apart.chars().filter(|c| !is_accent(*c)).map(hiragana).collect();
    trimmed(&ComposingNormalizerBorrowed::new_nfc().normalize(&bare)).to_owned()
}

/// The combining marks of alphabets.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn hiragana(c: char) -> char {
    const BETWEEN: u32 = 0x60;
    if ('ァ'..='ヶ').contains(&c) { char::from_u32(c as u32 - BETWEEN).unwrap_or(c) } else { c }
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_become_one() {
        for (text, expected) in [
            ("Ｌａｕｇｈ", "laugh"),
            ("RÍE", "rie"),
            ("éclats de rire", "eclats de rire"),
            (" «sob…» ", "sob"),
            ("ガッツ", "がっつ"),
            ("か", "か"),
            ("が", "が"),
            ("ñandú", "nandu"),
            ("哭", "哭"),
            ("!?", ""),
        ] {
            assert_eq!(normal(text), expected, "the normal form of {text}");
        }
    }
}
