//! The contract's limits on import.

use super::*;

/// Which of `candidates` come into an empty project, and the rules against the others.
fn check(candidates: Vec<NewMaterial>, accepted: &[&str], refused: &[&str]) {
    let admission = empty_project().admit(candidates);
    let names: Vec<_> = admission.accepted.iter().map(|material| material.fingerprint.0.as_str()).collect();
    assert_eq!(names, accepted);
    let rules: Vec<_> = admission.refused.iter().map(|refused| refused.rule.to_string()).collect();
    assert_eq!(rules, refused);
}

#[test]
fn at_most_five_videos_come_in() {
    let six = ["a", "b", "c", "d", "e", "f"].map(|name| video(name, 60)).to_vec();
    check(six, &["a", "b", "c", "d", "e"], &["A project holds at most 5 videos; remove one first"]);
}

#[test]
fn two_hours_in_all_come_in_and_a_shorter_video_still_finds_room() {
    check(
        vec![video("a", 7_000), video("b", 201), video("c", 200)],
        &["a", "c"],
        &[
            "With this video the project would last 2:00:01.00, and it may last at most 2:00:00.00; remove a video first",
        ],
    );
}

#[test]
fn the_same_content_comes_in_once() {
    check(vec![video("a", 60), video("a", 60)], &["a"], &["This video is already in the project as a.mp4"]);
    let (history, _) = one_video();
    let again = history.project().admit(vec![video("talk", 100)]);
    assert_eq!(again.refused[0].rule, AdmissionRule::AlreadyImported { name: "talk.mp4".to_owned() });
}

#[test]
fn a_file_without_anything_to_find_is_refused() {
    let mut silent = video("silent", 60);
    silent.info.audio.clear();
    check(
        vec![video("empty", 0), silent],
        &[],
        &[
            "This file has no duration, so there is nothing to find in it; check that it plays",
            "This file has neither picture nor sound; choose a video",
        ],
    );
}
