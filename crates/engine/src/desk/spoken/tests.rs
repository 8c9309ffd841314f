//! What is said, from transcripts and cues made for the test.

use std::sync::Arc;

use model::{Evidence, Word};

use super::*;

fn millis(start: i64, end: i64) -> TimeRange {
    TimeRange::new(MediaTime::from_millis(start), MediaTime::from_millis(end))
}

/// Words of 400 ms, one every half second.
fn transcript(words: &[&str]) -> Transcript {
    let word = |(place, text): (i64, &&str)| Word {
        range: millis(place * 500, place * 500 + 400),
        text: (*text).to_owned(),
        probability: 0.9,
    };
    Transcript {
        language: "en".to_owned(),
        model: "m".to_owned(),
        words: (0..).zip(words).map(word).collect(),
    }
}

fn shown(lines: &[SpokenLine]) -> Vec<String> {
    let word =
        |word: &SpokenWord| if word.corrected { format!("[{}]", word.text) } else { word.text.clone() };
    lines.iter().map(|line| line.words.iter().map(word).collect::<Vec<_>>().join(" ")).collect()
}

fn corrected(lines: Vec<SpokenLine>, corrections: &[(i64, i64, &str)]) -> Vec<String> {
    let mut lines = lines;
    for (start, end, text) in corrections {
        put_right(&mut lines, &Correction { range: millis(*start, *end), text: (*text).to_owned() });
    }
    shown(&lines)
}

#[test]
fn each_sentence_of_a_transcript_is_a_line_and_a_correction_stands_where_its_words_stood() {
    let lines = heard_lines(&transcript(&["Look", "at", "the", "wail.", "It", "sings."]));
    assert_eq!(shown(&lines), ["Look at the wail.", "It sings."]);
    for (corrections, expected) in [
        (vec![(1_500, 1_900, "whale.")], vec!["Look at the [whale.]", "It sings."]),
        (vec![(1_450, 1_880, "whale.")], vec!["Look at the [whale.]", "It sings."]),
        (vec![(1_000, 1_900, "a whale.")], vec!["Look at [a whale.]", "It sings."]),
        (vec![(1_500, 2_400, "whale, she")], vec!["Look at the [whale, she]", "sings."]),
        (vec![(2_000, 2_900, "")], vec!["Look at the wail.", "[]"]),
        (vec![(9_000, 9_100, "Hush.")], vec!["Look at the wail.", "It sings.", "[Hush.]"]),
    ] {
        assert_eq!(corrected(lines.clone(), &corrections), expected, "{corrections:?}");
    }
}

#[test]
fn the_words_of_a_cue_share_its_time_by_their_length() {
    let line =
        read_line(&Cue { range: millis(1_000, 2_000), text: "to\nthe islands".to_owned() }).expect("words");
    assert_eq!(shown(std::slice::from_ref(&line)), ["to the islands"]);
    let starts: Vec<i64> = line.words.iter().map(|word| word.range.start.as_micros()).collect();
    assert_eq!(starts, [1_000_000, 1_166_667, 1_416_667]);
    assert_eq!(line.words[2].range.end, MediaTime::from_millis(2_000));
    assert_eq!(read_line(&Cue { range: millis(0, 10), text: " \n".to_owned() }), None);
}

#[test]
fn scripts_without_spaces_are_taken_character_by_character() {
    for (text, words) in [
        ("今天，很好。", vec!["今", "天，", "很", "好。"]),
        ("我用Python写", vec!["我", "用", "Python", "写"]),
        ("Don't stop", vec!["Don't", "stop"]),
    ] {
        assert_eq!(words_of(text), words);
    }
}

#[test]
fn the_lines_of_a_cue_stay_lines_whatever_is_put_right_in_them() {
    let cue = || Cue { range: millis(0, 4_000), text: "Hello\nbig world\n\nagain".to_owned() };
    let line = read_line(&cue()).expect("words");
    let [hello, big, world, again] = line.words.as_slice() else { panic!("four words: {line:?}") };
    let over = |first: &SpokenWord, last: &SpokenWord| TimeRange::new(first.range.start, last.range.end);
    for (corrections, expected) in [
        (vec![], "Hello\nbig world\nagain"),
        (vec![(hello.range, "Hallo")], "Hallo\nbig world\nagain"),
        (vec![(world.range, "whale")], "Hello\nbig whale\nagain"),
        (vec![(again.range, "at last")], "Hello\nbig world\nat last"),
        (vec![(hello.range, "")], "big world\nagain"),
        (vec![(world.range, "")], "Hello\nbig\nagain"),
        (vec![(over(hello, big), "Hello wide")], "Hello wide world\nagain"),
        (vec![(over(hello, world), "Hi all")], "Hi all\nagain"),
    ] {
        let mut lines = vec![line.clone()];
        for (range, text) in &corrections {
            put_right(&mut lines, &Correction { range: *range, text: (*text).to_owned() });
        }
        let cues = SpokenText { source: SpokenSource::Subtitles, lines }.cues();
        let texts: Vec<&str> = cues.iter().map(|cue| cue.text.as_str()).collect();
        assert_eq!(texts, [expected], "{corrections:?}");
    }
}

#[test]
fn lines_become_cues_and_what_nobody_says_is_left_out() {
    let evidence = Evidence {
        duration: MediaTime::from_whole_seconds(10),
        signals: Default::default(),
        sound_events: Default::default(),
        cuts: Vec::new(),
        fades: Vec::new(),
        utterances: Vec::new(),
        silences: Vec::new(),
        cues: vec![
            Cue { range: millis(0, 1_000), text: "to the wail".to_owned() },
            Cue { range: millis(2_000, 3_000), text: "hush".to_owned() },
        ],
    };
    let mut lines: Vec<SpokenLine> = Arc::new(evidence).cues.iter().filter_map(read_line).collect();
    let [_, _, wail] = lines[0].words.as_slice() else { panic!("three words") };
    let range = wail.range;
    put_right(&mut lines, &Correction { range, text: "whale".to_owned() });
    put_right(&mut lines, &Correction { range: millis(2_000, 3_000), text: String::new() });
    let cues = SpokenText { source: SpokenSource::Subtitles, lines }.cues();
    assert_eq!(cues, [Cue { range: millis(0, 1_000), text: "to the whale".to_owned() }]);
}
