//! Words put right.

use super::*;

fn millis(start: i64, end: i64) -> TimeRange {
    TimeRange { start: MediaTime::from_millis(start), end: MediaTime::from_millis(end) }
}

fn correct(history: &mut History, material: MaterialId, range: TimeRange, words: &str) {
    let command = EditCommand::CorrectWords { material, range, text: words.to_owned() };
    history.apply(command, None).expect("words inside the video");
}

fn corrections(history: &History) -> Vec<(i64, &str)> {
    let corrections = &history.project().materials[0].corrections;
    corrections.iter().map(|it| (it.range.start.as_micros() / 1000, it.text.as_str())).collect()
}

#[test]
fn words_are_put_right_in_order_of_time_and_undone_one_by_one() {
    let (mut history, material) = one_video();
    correct(&mut history, material, millis(5_000, 5_040), "whale");
    correct(&mut history, material, millis(1_000, 1_400), " sea ");
    assert_eq!(corrections(&history), [(1_000, "sea"), (5_000, "whale")]);
    assert_eq!(history.undo(), Some(EditName::CorrectWords));
    assert_eq!(corrections(&history), [(5_000, "whale")]);
    history.redo();
    history
        .apply(EditCommand::RestoreWords { material, range: millis(4_900, 5_100) }, None)
        .expect("restored");
    assert_eq!(corrections(&history), [(1_000, "sea")]);
}

#[test]
fn a_correction_takes_the_place_of_those_it_touches() {
    let (mut history, material) = one_video();
    for (start, words) in [(1_000, "a"), (1_500, "b"), (3_000, "c")] {
        correct(&mut history, material, millis(start, start + 400), words);
    }
    correct(&mut history, material, millis(1_200, 2_000), "both");
    assert_eq!(corrections(&history), [(1_200, "both"), (3_000, "c")]);
}

#[test]
fn words_outside_the_video_and_endless_words_are_refused() {
    let (mut history, material) = one_video();
    for range in [millis(-1, 10), millis(99_990, 100_010), millis(10, 10), millis(20, 10)] {
        let command = EditCommand::CorrectWords { material, range, text: String::new() };
        assert!(history.apply(command, None).is_err(), "{range} is no place for words");
    }
    let text = "a".repeat(Project::LONGEST_CORRECTION + 1);
    let command = EditCommand::CorrectWords { material, range: millis(0, 10), text };
    assert!(history.apply(command, None).is_err(), "a text without end is no correction");
    assert_eq!(corrections(&history), []);
}

#[test]
fn a_correction_covers_the_words_whose_middle_it_holds() {
    let correction = Correction { range: millis(1_000, 2_000), text: String::new() };
    for (range, covered) in
        [(millis(1_100, 1_300), true), (millis(900, 1_200), true), (millis(800, 1_100), false)]
    {
        assert_eq!(correction.covers(range), covered, "{range}");
    }
}
