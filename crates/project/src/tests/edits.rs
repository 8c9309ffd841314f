//! Edits, undo and redo.

use model::MediaLocation;
use model::job::Strategy;

use super::*;

fn add(material: MaterialId, start: i64, end: i64) -> EditCommand {
    EditCommand::AddRange { material, range: range(start, end) }
}

fn set(material: MaterialId, id: RangeId, start: i64, end: i64) -> EditCommand {
    EditCommand::SetRange { material, id, range: range(start, end) }
}

#[test]
fn ranges_are_kept_in_order_of_time() {
    let (mut history, material) = one_video();
    for (start, end) in [(50, 60), (10, 20), (15, 30)] {
        history.apply(add(material, start, end), None).expect("the range lies in the video");
    }
    assert_eq!(
        ranges(&history),
        ["added 10-20", "added 15-30", "added 50-60"],
        "ranges made by hand may overlap"
    );
}

#[test]
fn what_comes_back_after_a_recovery_keeps_its_ids_to_itself() {
    let (mut history, material) = one_video();
    history.apply(EditCommand::AddMaterials(vec![video("film", 50)]), None).expect("it may come in");
    history.apply(add(material, 10, 20), None).expect("the range lies in the video");
    history.apply(EditCommand::AddMarker { material, at: MediaTime::ZERO }, None).expect("it may be marked");
    let beginning = history.project().as_ref().clone();
    let (film, first) = (beginning.materials[1].id, &beginning.materials[0]);
    let (range, marker) = (first.ranges[0].id, first.markers[0].id);
    for command in [
        EditCommand::RemoveRange { material, id: range },
        EditCommand::RemoveMarker { material, id: marker },
        EditCommand::RemoveMaterial(film),
    ] {
        history.apply(command, None).expect("it may be removed");
    }
    let mut history = History::recovered(beginning, history.project().as_ref().clone());
    history.undo();
    for command in [
        add(material, 30, 40),
        EditCommand::AddMarker { material, at: MediaTime::from_whole_seconds(5) },
        EditCommand::AddMaterials(vec![video("lecture", 50)]),
    ] {
        history.apply(command, None).expect("it may be added");
    }
    let written = to_json(history.project()).expect("it can be written");
    let opened = from_json(&written).expect("no id is there twice");
    assert_eq!(&opened, history.project().as_ref(), "it is opened again as it was");
}

#[test]
fn an_edit_that_breaks_a_rule_changes_nothing_and_says_why() {
    let (mut history, material) = one_video();
    history.apply(add(material, 10, 20), None).expect("the range lies in the video");
    let id = history.project().materials[0].ranges[0].id;
    let before = history.project().clone();
    let bad = Strategy { count: 0, ..Strategy::default() };
    for (command, words) in [
        (
            add(material, 90, 101),
            "The range 1:30.00–1:41.00 reaches out of the video, which lasts 1:40.00; keep it within the video",
        ),
        (
            add(material, -1, 5),
            "The range -0:01.00–0:05.00 reaches out of the video, which lasts 1:40.00; keep it within the video",
        ),
        (set(material, id, 20, 20), "The range 0:20.00–0:20.00 is too short; make it last at least 0.1 s"),
        (set(material, id, 30, 20), "The range 0:30.00–0:20.00 is too short; make it last at least 0.1 s"),
        (set(material, RangeId(99), 1, 2), "This range is no longer part of the project"),
        (
            EditCommand::RemoveRange { material, id: RangeId(99) },
            "This range is no longer part of the project",
        ),
        (EditCommand::RemoveMaterial(MaterialId(99)), "This video is no longer part of the project"),
        (EditCommand::AllowSpeechless(MaterialId(99)), "This video is no longer part of the project"),
        (
            EditCommand::SetStrategy(bad),
            "These settings cannot be used: Strategy.Count: must be an integer from 1 to 10, not 0",
        ),
        (
            EditCommand::AddMaterials(vec![video("new", 5), video("talk", 100)]),
            "This video is already in the project as talk.mp4: /videos/talk.mp4",
        ),
    ] {
        let error = history.apply(command.clone(), None).expect_err("the rule is broken");
        assert_eq!(error.to_string(), words, "{command:?}");
        assert_eq!(*history.project(), before, "{command:?} was refused and must change nothing");
        assert_eq!(history.undo_name(), Some(EditName::AddRange));
    }
}

#[test]
fn the_shortest_range_is_a_tenth_of_a_second() {
    let (mut history, material) = one_video();
    let of = |micros| TimeRange { start: MediaTime::ZERO, end: MediaTime::from_micros(micros) };
    assert!(history.apply(EditCommand::AddRange { material, range: of(99_999) }, None).is_err());
    assert!(history.apply(EditCommand::AddRange { material, range: of(100_000) }, None).is_ok());
}

#[test]
fn a_step_is_named_by_what_it_does() {
    let (mut history, material) = one_video();
    history.apply(add(material, 10, 20), None).expect("added");
    let id = history.project().materials[0].ranges[0].id;
    for (command, name) in [
        (set(material, id, 12, 22), EditName::MoveRange),
        (set(material, id, 12, 25), EditName::TrimRange),
        (EditCommand::AllowSpeechless(material), EditName::AllowSpeechless),
        (EditCommand::SetStrategy(Strategy { count: 2, ..Strategy::default() }), EditName::SetStrategy),
        (EditCommand::RemoveRange { material, id }, EditName::RemoveRange),
        (EditCommand::RemoveMaterial(material), EditName::RemoveMaterial),
    ] {
        history.apply(command, None).expect("the edit keeps the rules");
        assert_eq!(history.undo_name(), Some(name));
        assert_eq!(history.undo(), Some(name));
        assert_eq!(history.redo_name(), Some(name));
        assert_eq!(history.redo(), Some(name));
    }
}

#[test]
fn one_gesture_is_one_step() {
    let (mut history, material) = one_video();
    history.apply(add(material, 10, 20), None).expect("added");
    let id = history.project().materials[0].ranges[0].id;
    for end in [21, 22, 23] {
        history.apply(set(material, id, 10, end), Some(7)).expect("trimmed");
    }
    history.apply(set(material, id, 10, 24), Some(8)).expect("trimmed by another gesture");
    assert_eq!(history.undo(), Some(EditName::TrimRange));
    assert_eq!(ranges(&history), ["added 10-23"]);
    assert_eq!(history.undo(), Some(EditName::TrimRange));
    assert_eq!(ranges(&history), ["added 10-20"], "three edits of one gesture are undone at once");
}

#[test]
fn a_gesture_that_comes_back_leaves_no_step() {
    let (mut history, material) = one_video();
    history.apply(add(material, 10, 20), None).expect("added");
    let id = history.project().materials[0].ranges[0].id;
    history.apply(set(material, id, 11, 21), Some(7)).expect("moved");
    history.apply(set(material, id, 10, 20), Some(7)).expect("moved back");
    assert_eq!(history.undo_name(), Some(EditName::AddRange));
    history.apply(set(material, id, 12, 22), Some(7)).expect("moved again");
    assert_eq!(history.undo(), Some(EditName::MoveRange));
    assert_eq!(ranges(&history), ["added 10-20"]);
}

#[test]
fn a_gesture_does_not_join_a_step_across_an_undo() {
    let (mut history, material) = one_video();
    history.apply(add(material, 10, 20), Some(1)).expect("added");
    history.apply(add(material, 30, 40), Some(2)).expect("added");
    history.undo();
    history.apply(add(material, 50, 60), Some(1)).expect("added");
    history.undo();
    assert_eq!(ranges(&history), ["added 10-20"]);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_step() {
    let (mut history, material) = one_video();
    history.apply(add(material, 10, 20), None).expect("added");
    history.undo();
    history.apply(EditCommand::SetStrategy(Strategy::default()), None).expect("the same settings");
    assert_eq!(history.redo_name(), Some(EditName::AddRange), "what was undone can still be redone");
}

#[test]
fn ids_are_not_used_again_after_an_undo() {
    let (mut history, first) = one_video();
    history.undo();
    history.apply(EditCommand::AddMaterials(vec![video("other", 10)]), None).expect("added");
    assert_ne!(history.project().materials[0].id, first, "work for the first video may still be under way");
}

#[test]
fn the_oldest_steps_are_forgotten() {
    let (mut history, material) = one_video();
    for _ in 0..History::STEPS + 5 {
        history.apply(add(material, 10, 20), None).expect("added");
    }
    let undone = std::iter::from_fn(|| history.undo()).count();
    assert_eq!(undone, History::STEPS);
    assert_eq!(ranges(&history).len(), 5);
}

#[test]
fn a_file_that_was_moved_is_at_its_new_place_in_every_state() {
    let (mut history, material) = one_video();
    history.apply(EditCommand::AddRange { material, range: range(60, 70) }, None).expect("added");
    history.undo();
    let content = history.project().materials[0].fingerprint.clone();
    let place = MediaLocation::LocalFile("/elsewhere/talk.mp4".into());
    history.relocate(&content, &place, Some("/elsewhere/talk.srt".as_ref()));
    let steps = history.undo_name();
    assert_eq!(history.project().materials[0].location, place);
    history.redo();
    assert_eq!(history.project().materials[0].location, place, "also in what was undone");
    history.undo();
    assert_eq!(history.undo_name(), steps, "moving a file is nothing to undo");
}
