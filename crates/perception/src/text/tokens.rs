//! Words of a text in any script.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::lexicon::is_function_word;

/// The words that carry what a text is about, in lower case and in order: without those that any text is full of, and
/// without marks. Chinese, Japanese, Thai and their like are cut by dictionary (Unicode text segmentation, UAX #29, with ICU's
/// dictionaries), the others at spaces.
pub(super) fn content_words(text: &str) -> Vec<String> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut words = Vec::new();
    let mut start = 0;
    for (end, kind) in segmenter.segment_str(text).iter_with_word_type() {
        if kind.is_word_like() {
            let word = text[start..end].to_lowercase();
            if !is_function_word(&word) {
                words.push(word);
            }
        }
        start = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_scripts_with_and_without_spaces() {
        for (text, expected) in [
            ("Paul's go to the CASTLE, go!", &["paul's", "go", "castle", "go"][..]),
            ("¿Qué pasó en la montaña?", &["pasó", "montaña"]),
            ("他赢得了世界冠军", &["赢得", "世界", "冠军"]),
            ("彼は世界の記録です", &["世界", "記録"]),
            ("♪ ... !", &[]),
        ] {
            assert_eq!(content_words(text), expected, "the words of {text}");
        }
    }
}
