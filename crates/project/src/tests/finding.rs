//! What analysis finds beside what the editor did.

use model::job::Strategy;

use super::*;

const ASKED: Cause = Cause::Find { run: 1 };

fn find(history: &mut History, material: MaterialId, found: &[(i64, i64)], cause: Cause) {
    let found = found.iter().map(|(start, end)| highlight(*start, *end)).collect();
    history.set_found(material, found, cause).expect("the video is there");
}

fn id_at(history: &History, index: usize) -> RangeId {
    history.project().materials[0].ranges[index].id
}

#[test]
fn finding_again_replaces_what_was_found() {
    let (mut history, material) = one_video();
    find(&mut history, material, &[(50, 60), (10, 20)], ASKED);
    assert_eq!(ranges(&history), ["found 10-20", "found 50-60"]);
    find(&mut history, material, &[(70, 80)], Cause::Find { run: 2 });
    assert_eq!(ranges(&history), ["found 70-80"]);
    assert_eq!(history.undo(), Some(EditName::Find));
    assert_eq!(ranges(&history), ["found 10-20", "found 50-60"]);
}

#[test]
fn what_the_editor_touched_stays_and_nothing_found_overlaps_it() {
    let (mut history, material) = one_video();
    find(&mut history, material, &[(10, 20), (40, 50)], ASKED);
    let id = id_at(&history, 0);
    history.apply(EditCommand::SetRange { material, id, range: range(12, 25) }, None).expect("trimmed");
    history.apply(EditCommand::AddRange { material, range: range(60, 70) }, None).expect("added");
    find(&mut history, material, &[(24, 34), (40, 52), (65, 75), (80, 90)], Cause::Find { run: 2 });
    assert_eq!(ranges(&history), ["edited 12-25", "found 40-52", "added 60-70", "found 80-90"]);
}

#[test]
fn what_the_editor_took_away_is_not_offered_again() {
    let (mut history, material) = one_video();
    find(&mut history, material, &[(10, 20), (40, 50)], ASKED);
    let id = id_at(&history, 0);
    history.apply(EditCommand::RemoveRange { material, id }, None).expect("removed");
    find(&mut history, material, &[(11, 22), (40, 50)], Cause::Find { run: 2 });
    assert_eq!(ranges(&history), ["found 40-50"]);
    find(&mut history, material, &[(16, 26), (40, 50)], Cause::Find { run: 3 });
    assert_eq!(
        ranges(&history),
        ["found 16-26", "found 40-50"],
        "a range that mostly lies elsewhere is another one"
    );
}

#[test]
fn a_range_that_was_moved_away_does_not_come_back_where_it_was() {
    let (mut history, material) = one_video();
    find(&mut history, material, &[(10, 20)], ASKED);
    let id = id_at(&history, 0);
    history.apply(EditCommand::SetRange { material, id, range: range(50, 60) }, None).expect("moved");
    find(&mut history, material, &[(10, 20), (70, 80)], Cause::Find { run: 2 });
    assert_eq!(ranges(&history), ["edited 50-60", "found 70-80"]);
}

#[test]
fn a_range_added_and_removed_by_hand_may_be_found() {
    let (mut history, material) = one_video();
    history.apply(EditCommand::AddRange { material, range: range(10, 20) }, None).expect("added");
    let id = id_at(&history, 0);
    history.apply(EditCommand::RemoveRange { material, id }, None).expect("removed");
    find(&mut history, material, &[(10, 20)], ASKED);
    assert_eq!(ranges(&history), ["found 10-20"]);
}

#[test]
fn one_run_over_many_videos_is_one_step() {
    let (mut history, first) = one_video();
    history.apply(EditCommand::AddMaterials(vec![video("film", 100)]), None).expect("added");
    let second = history.project().materials[1].id;
    find(&mut history, first, &[(10, 20)], ASKED);
    find(&mut history, second, &[(30, 40)], ASKED);
    assert_eq!(history.undo(), Some(EditName::Find));
    assert!(history.project().materials.iter().all(|material| material.ranges.is_empty()));
    assert_eq!(history.undo_name(), Some(EditName::AddMaterials));
}

#[test]
fn ranges_that_follow_a_setting_are_undone_with_it() {
    let (mut history, material) = one_video();
    find(&mut history, material, &[(10, 20), (40, 50)], ASKED);
    for count in [3, 2, 1] {
        let strategy = Strategy { count, ..Strategy::default() };
        history.apply(EditCommand::SetStrategy(strategy), Some(4)).expect("a good setting");
        find(&mut history, material, &[(10, 20 + i64::from(count))], Cause::LastEdit);
    }
    assert_eq!(ranges(&history), ["found 10-21"]);
    assert_eq!(history.undo(), Some(EditName::SetStrategy));
    assert_eq!(ranges(&history), ["found 10-20", "found 40-50"]);
    assert_eq!(history.project().strategy, Strategy::default());
    assert_eq!(history.redo(), Some(EditName::SetStrategy));
    assert_eq!(ranges(&history), ["found 10-21"]);
}

#[test]
fn a_slider_that_comes_back_leaves_no_step() {
    let (mut history, material) = one_video();
    find(&mut history, material, &[(10, 20)], ASKED);
    for (count, end) in [(3, 25), (5, 20)] {
        let strategy = Strategy { count, ..Strategy::default() };
        history.apply(EditCommand::SetStrategy(strategy), Some(4)).expect("a good setting");
        find(&mut history, material, &[(10, end)], Cause::LastEdit);
    }
    assert_eq!(history.undo_name(), Some(EditName::Find));
}

#[test]
fn a_moment_found_again_keeps_its_id() {
    let (mut history, material) = one_video();
    find(&mut history, material, &[(10, 20), (40, 50)], ASKED);
    let (first, second) = (id_at(&history, 0), id_at(&history, 1));
    find(&mut history, material, &[(38, 52), (9, 19), (70, 80)], Cause::Find { run: 2 });
    assert_eq!((id_at(&history, 0), id_at(&history, 1)), (first, second), "a selection stays where it was");
    assert!(![first, second].contains(&id_at(&history, 2)));
}

#[test]
fn what_analysis_says_is_not_trusted() {
    let (mut history, material) = one_video();
    let odd = Highlight { score: f32::NAN, ..highlight(95, 130) };
    let backwards = Highlight { range: range(60, 50), ..highlight(1, 2) };
    let found = vec![odd, backwards, highlight(200, 210), highlight(96, 98), highlight(-5, 5)];
    history.set_found(material, found, ASKED).expect("the video is there");
    assert_eq!(ranges(&history), ["found 0-5", "found 95-100"]);
    assert_eq!(history.project().materials[0].ranges[1].score, Some(0.0));
}

#[test]
fn reasons_left_behind_by_a_move_are_not_told() {
    let (mut history, material) = one_video();
    find(&mut history, material, &[(10, 20)], ASKED);
    let id = id_at(&history, 0);
    assert_eq!(history.project().materials[0].ranges[0].reasons_inside().count(), 1);
    history.apply(EditCommand::SetRange { material, id, range: range(50, 60) }, None).expect("moved");
    assert_eq!(history.project().materials[0].ranges[0].reasons_inside().count(), 0);
}

#[test]
fn what_is_found_in_a_video_that_is_gone_is_refused() {
    let (mut history, material) = one_video();
    history.apply(EditCommand::RemoveMaterial(material), None).expect("removed");
    let error = history.set_found(material, vec![highlight(1, 9)], ASKED);
    assert_eq!(error, Err(EditError::UnknownMaterial(material)));
}
