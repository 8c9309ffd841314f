//! Keeping, dropping and describing ranges.

use super::*;

/// One video with ranges found from 10 to 20 and from 40 to 50 seconds, and their ids.
fn two_found() -> (History, MaterialId, [RangeId; 2]) {
    let (mut history, material) = one_video();
    let found = vec![highlight(10, 20), highlight(40, 50)];
    history.set_found(material, found, Cause::Find { run: 1 }).expect("the video is there");
    let ids = [0, 1].map(|index| history.project().materials[0].ranges[index].id);
    (history, material, ids)
}

fn find(history: &mut History, material: MaterialId, found: &[(i64, i64)], cause: Cause) {
    let found = found.iter().map(|(start, end)| highlight(*start, *end)).collect();
    history.set_found(material, found, cause).expect("the video is there");
}

fn judge(history: &mut History, material: MaterialId, id: RangeId, judgement: Judgement) {
    history.apply(EditCommand::Judge { material, id, judgement }, None).expect("the range is there");
}

fn judgement_of(history: &History, id: RangeId) -> Judgement {
    history.project().materials[0].range(id).expect("the range is there").judgement
}

#[test]
fn a_judgement_is_one_step_with_a_name_and_is_undone() {
    let (mut history, material, [id, _]) = two_found();
    for (judgement, name) in [
        (Judgement::Kept, EditName::KeepRange),
        (Judgement::Dropped, EditName::DropRange),
        (Judgement::Undecided, EditName::UndecideRange),
    ] {
        let before = judgement_of(&history, id);
        judge(&mut history, material, id, judgement);
        assert_eq!(judgement_of(&history, id), judgement);
        assert_eq!(history.undo(), Some(name));
        assert_eq!(judgement_of(&history, id), before, "undo gives the judgement before");
        history.redo();
    }
    judge(&mut history, material, id, Judgement::Undecided);
    assert_eq!(history.steps().done.len(), 5, "judging the same again is no step");
}

#[test]
fn what_was_kept_is_not_moved_by_a_later_analysis() {
    let (mut history, material, [kept, _]) = two_found();
    judge(&mut history, material, kept, Judgement::Kept);
    find(&mut history, material, &[(12, 25), (60, 70)], Cause::Find { run: 2 });
    assert_eq!(ranges(&history), ["found 10-20", "found 60-70"]);
    assert_eq!(judgement_of(&history, kept), Judgement::Kept);
}

#[test]
fn what_was_dropped_stays_to_be_seen_and_is_not_found_again() {
    let (mut history, material, [dropped, _]) = two_found();
    judge(&mut history, material, dropped, Judgement::Dropped);
    find(&mut history, material, &[(11, 21), (18, 28), (60, 70)], Cause::Others { run: 2 });
    assert_eq!(
        ranges(&history),
        ["found 10-20", "found 18-28", "found 60-70"],
        "another moment may begin where the dropped one ends"
    );
    assert_eq!(judgement_of(&history, dropped), Judgement::Dropped);
    assert_eq!(history.undo(), Some(EditName::FindOthers), "other ranges are a step of their own");
    assert_eq!(ranges(&history), ["found 10-20", "found 40-50"]);
}

#[test]
fn a_choice_stays_beside_what_is_kept_and_away_from_what_was_dropped() {
    let (mut history, material, [kept, dropped]) = two_found();
    judge(&mut history, material, kept, Judgement::Kept);
    judge(&mut history, material, dropped, Judgement::Dropped);
    history.apply(EditCommand::AddRange { material, range: range(70, 80) }, None).expect("added");
    let material = &history.project().materials[0];
    assert_eq!(Vec::from_iter(material.fixed()), [range(10, 20), range(70, 80)]);
    assert_eq!(Vec::from_iter(material.unwanted()), [range(40, 50)]);
}

#[test]
fn a_range_with_a_title_or_a_note_is_the_editors() {
    for describe in [
        |material, id| EditCommand::SetTitle { material, id, title: "  The\n goal ".to_owned() },
        |material, id| EditCommand::SetNote { material, id, note: "The\n goal\n".to_owned() },
    ] {
        let (mut history, material, [id, _]) = two_found();
        history.apply(describe(material, id), None).expect("a short text");
        find(&mut history, material, &[(60, 70)], Cause::Find { run: 2 });
        assert_eq!(ranges(&history), ["found 10-20", "found 60-70"], "what was written is not lost");
        let range = history.project().materials[0].range(id).expect("it stays").clone();
        let written = format!("{}{}", range.title, range.note);
        assert!(["The goal", "The\n goal"].contains(&written.as_str()), "{written:?}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let (mut history, material, [id, _]) = two_found();
    let title = "a".repeat(Project::LONGEST_TITLE + 1);
    let error = history.apply(EditCommand::SetTitle { material, id, title }, None).expect_err("too long");
    assert_eq!(error.to_string(), "This text is too long; keep it to 200 characters");
    let name = "\u{e9}".repeat(Project::LONGEST_NAME);
    assert_eq!(history.apply(EditCommand::Rename(name), None), Ok(()), "letters count, not bytes");
}

#[test]
fn the_history_tells_its_steps_and_goes_to_any_of_them() {
    let (mut history, material, [first, second]) = two_found();
    judge(&mut history, material, first, Judgement::Kept);
    judge(&mut history, material, second, Judgement::Dropped);
    let all = [EditName::AddMaterials, EditName::Find, EditName::KeepRange, EditName::DropRange];
    for done in [0, 4, 2, 3, 99] {
        history.go_to(done);
        let done = done.min(4);
        let Steps { done: before, undone: after } = history.steps();
        let edits = |steps: Vec<StepName>| Vec::from_iter(steps.into_iter().map(|step| step.edit));
        let (before, after) = (edits(before), edits(after));
        assert_eq!(before, all[..done], "the steps that are done");
        assert_eq!(after, all[done..], "the steps that were undone, the next first");
    }
    assert_eq!(judgement_of(&history, second), Judgement::Dropped, "at the end all is as it was");
}

#[test]
fn a_step_names_the_range_it_was_done_to_as_it_was_then() {
    let (mut history, material, [first, second]) = two_found();
    history
        .apply(EditCommand::SetTitle { material, id: first, title: "Goal".to_owned() }, None)
        .expect("named");
    history.apply(EditCommand::SetRange { material, id: first, range: range(12, 22) }, None).expect("moved");
    history.apply(EditCommand::RemoveRange { material, id: second }, None).expect("removed");
    history.apply(EditCommand::AddRange { material, range: range(70, 80) }, None).expect("added");
    let expected = [("Goal", 10), ("Goal", 12), ("", 40), ("", 70)];
    for done in [6, 2, 4, 3] {
        history.go_to(done);
        let Steps { done, undone } = history.steps();
        let places: Vec<_> = done.into_iter().chain(undone).filter_map(|step| step.place).collect();
        let told: Vec<_> =
            places.iter().map(|place| (place.title.as_str(), place.start.as_seconds() as i64)).collect();
        assert_eq!(told, expected, "steps that are done and undone name the same ranges");
        assert!(places.iter().all(|place| place.material == "talk.mp4"), "and their video: {places:?}");
    }
}
