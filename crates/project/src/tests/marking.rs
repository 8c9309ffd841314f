//! Marking places.

use super::*;

fn second(at: i64) -> MediaTime {
    MediaTime::from_whole_seconds(at)
}

/// The markers of the first video as `30 goal`.
fn markers(history: &History) -> Vec<String> {
    let markers = history.project().materials[0].markers.iter();
    markers.map(|marker| format!("{} {}", marker.at.as_seconds(), marker.name).trim().to_owned()).collect()
}

#[test]
fn a_place_is_marked_named_moved_and_unmarked_and_each_is_undone() {
    let (mut history, material) = one_video();
    let id = MarkerId(1);
    for (command, name, expected) in [
        (EditCommand::AddMarker { material, at: second(30) }, EditName::AddMarker, vec!["30"]),
        (
            EditCommand::NameMarker { material, id, name: " The\n goal ".to_owned() },
            EditName::NameMarker,
            vec!["30 The goal"],
        ),
        (EditCommand::AddMarker { material, at: second(10) }, EditName::AddMarker, vec!["10", "30 The goal"]),
        (
            EditCommand::MoveMarker { material, id, at: second(5) },
            EditName::MoveMarker,
            vec!["5 The goal", "10"],
        ),
        (EditCommand::RemoveMarker { material, id }, EditName::RemoveMarker, vec!["10"]),
    ] {
        let before = markers(&history);
        history.apply(command, None).expect("it is allowed");
        assert_eq!(markers(&history), expected);
        assert_eq!(history.undo(), Some(name));
        assert_eq!(markers(&history), before, "undo gives the markers before");
        history.redo();
    }
}

#[test]
fn a_place_that_is_marked_already_or_lies_outside_is_not_marked() {
    let (mut history, material) = one_video();
    let mark = |at| EditCommand::AddMarker { material, at: second(at) };
    history.apply(mark(100), None).expect("the end may be marked");
    history.apply(mark(100), None).expect("marking it again is allowed");
    assert_eq!(markers(&history), ["100"], "and changes nothing");
    for at in [-1, 101] {
        let refused = history.apply(mark(at), None).expect_err("it lies outside");
        assert!(matches!(refused, EditError::MarkerOutside { .. }), "{refused}");
    }
    let absent = EditCommand::RemoveMarker { material, id: MarkerId(7) };
    assert_eq!(history.apply(absent, None), Err(EditError::UnknownMarker(MarkerId(7))));
}
