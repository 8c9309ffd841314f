//! Subtitles as a player reads them.

use model::{Cue, MediaTime, TimeRange};

use crate::subrip;

fn cue(start: i64, end: i64, text: &str) -> Cue {
    let range = TimeRange::new(MediaTime::from_millis(start), MediaTime::from_millis(end));
    Cue { range, text: text.to_owned() }
}

#[test]
fn cues_are_numbered_and_stamped_to_the_millisecond() {
    let cues = [cue(0, 1_500, "Look!"), cue(2_000, 2_100, "  "), cue(3_723_004, 3_725_999, "Two\n\nlines")];
    assert_eq!(
        subrip(&cues),
        "1\n00:00:00,000 --> 00:00:01,500\nLook!\n\n2\n01:02:03,004 --> 01:02:05,999\nTwo\nlines\n\n",
        "a cue without text is left out, an empty line would end its cue"
    );
}

#[test]
fn long_lines_are_broken_where_their_script_allows_it() {
    for (text, longest) in [
        ("The harbour was empty that morning and nobody had seen the boats go out before dawn.", 50),
        ("今天早上的港口是空的没有人看见船在天亮之前出去了", 16),
    ] {
        let file = subrip(&[cue(0, 5_000, text)]);
        let lines: Vec<&str> = file.lines().skip(2).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.len(), 2, "two lines are enough: {lines:?}");
        assert!(lines.iter().all(|line| line.chars().count() <= longest), "no line is too long: {lines:?}");
        let joined = if text.contains(' ') { lines.join(" ") } else { lines.concat() };
        assert_eq!(joined, text, "nothing is lost");
    }
}
