//! Judging: what is kept stays, what is dropped is seen, is not exported and is not found again.

use engine::model::TimeRange;
use engine::project::{EditCommand, EditName, Judgement, MaterialId, ProjectRange, RangeId, StepName, Steps};
use engine::{ClipOptions, Code, Desk, ExportRequest, ExportTarget};
use testkit::Folder;

use crate::support::{find, open_desk, options, sample};

/// A desk with the sample on it and its highlights found.
async fn found_desk(home: &Folder) -> (Desk, MaterialId) {
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![sample()]).await.unwrap();
    let material = find(&desk).await.project.materials[0].id;
    (desk, material)
}

fn ranges(desk: &Desk) -> Vec<ProjectRange> {
    desk.snapshot().project.materials[0].ranges.clone()
}

fn judge(desk: &Desk, material: MaterialId, id: RangeId, judgement: Judgement) {
    desk.edit(EditCommand::Judge { material, id, judgement }, None).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn others_are_found_for_what_was_dropped_and_what_was_kept_stays() {
    let home = Folder::new();
    let (desk, material) = found_desk(&home).await;
    let before = ranges(&desk);
    assert!(before.len() >= 3, "the sample has enough to judge: {before:?}");
    judge(&desk, material, before[0].id, Judgement::Kept);
    judge(&desk, material, before[1].id, Judgement::Dropped);
    let judged = ranges(&desk);

    let snapshot = desk.find_others(Some(material)).unwrap();
    let after = ranges(&desk);
    assert!(after.contains(&judged[0]), "what was kept is as it was");
    assert!(after.contains(&judged[1]), "what was dropped is still to be seen");
    let wanted = || after.iter().filter(|range| !range.is_dropped());
    let again = |range: &&ProjectRange| range.range.shows_same_moment(before[1].range);
    assert_eq!(wanted().find(again), None, "the dropped moment is not found again");
    let apart: Vec<TimeRange> = wanted().map(|range| range.range).collect();
    assert!(apart.is_sorted_by(|one, next| one.end <= next.start), "nothing wanted overlaps: {apart:?}");
    if snapshot.undo == Some(EditName::FindOthers) {
        desk.undo().unwrap();
        assert_eq!(ranges(&desk), judged, "other highlights are one step of undo");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn others_need_something_that_was_analysed() {
    let home = Folder::new();
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![sample()]).await.unwrap();
    let failure = desk.find_others(None).unwrap_err();
    assert_eq!(failure.code, Code::InvalidRequest);
    assert!(failure.message.contains("Find highlights first"), "{failure}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_judged_and_written_is_there_after_a_restart() {
    let home = Folder::new();
    let (desk, material) = found_desk(&home).await;
    let [first, second] = [0, 1].map(|index| ranges(&desk)[index].id);
    judge(&desk, material, first, Judgement::Kept);
    judge(&desk, material, second, Judgement::Dropped);
    let title = "The applause".to_owned();
    desk.edit(EditCommand::SetTitle { material, id: first, title: title.clone() }, None).unwrap();
    let before = ranges(&desk);
    drop(desk);

    let again = open_desk(options(home.path())).await;
    assert_eq!(ranges(&again), before);
    assert_eq!(ranges(&again)[0].title, title);
    assert_eq!(
        find(&again).await.project.materials[0].range(first),
        Some(&before[0]),
        "also after finding again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_range_is_not_exported_whoever_asks() {
    let (home, clips) = (Folder::new(), Folder::new());
    let (desk, material) = found_desk(&home).await;
    let all: Vec<_> = ranges(&desk).iter().map(|range| (material, range.id)).collect();
    judge(&desk, material, all[0].1, Judgement::Dropped);
    let request = ExportRequest {
        ranges: all.clone(),
        target: ExportTarget::Folder(clips.path().to_owned()),
        template: "{media}-{index}.mp4".to_owned(),
        overwrite: false,
        options: ClipOptions::default(),
    };
    let plan = desk.plan_export(&request).await;
    let planned: Vec<_> = plan.clips.iter().map(|clip| (clip.material, clip.range)).collect();
    assert_eq!(planned, all[1..], "{:?}", plan.faults);
    let plan = desk.plan_export(&ExportRequest { ranges: vec![all[0]], ..request }).await;
    assert_eq!(plan.faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::NothingToExport]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_goes_to_any_step_and_what_is_there_is_saved() {
    let home = Folder::new();
    let (desk, material) = found_desk(&home).await;
    let id = ranges(&desk)[0].id;
    judge(&desk, material, id, Judgement::Kept);
    judge(&desk, material, id, Judgement::Dropped);
    desk.go_to_step(2).unwrap();
    let all = [EditName::AddMaterials, EditName::Find, EditName::KeepRange, EditName::DropRange];
    let Steps { done, undone } = desk.steps();
    let edits = |steps: Vec<StepName>| Vec::from_iter(steps.into_iter().map(|step| step.edit));
    assert_eq!((edits(done), edits(undone)), (all[..2].to_vec(), all[2..].to_vec()));
    assert_eq!(ranges(&desk)[0].judgement, Judgement::Undecided);
    desk.go_to_step(3).unwrap();
    drop(desk);
    assert_eq!(
        ranges(&open_desk(options(home.path())).await)[0].judgement,
        Judgement::Kept,
        "saved as it was left"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn more_like_a_highlight_is_offered_with_its_likeness_and_undone_in_one_step() {
    let home = Folder::new();
    let (desk, material) = found_desk(&home).await;
    let before = ranges(&desk);
    for range in &before {
        match desk.find_alike(material, range.id) {
            Ok(_) => {
                let offered: Vec<_> =
                    ranges(&desk).into_iter().filter(|one| one.likeness.is_some()).collect();
                assert!(!offered.is_empty(), "something was offered");
                for one in &offered {
                    let likeness = one.likeness.expect("it was filtered");
                    assert_eq!((likeness.material, likeness.start), (material, range.range.start));
                    assert!(!one.reasons.is_empty(), "it says why: {one:?}");
                    assert!(
                        before.iter().all(|other| !other.range.overlaps(one.range)),
                        "it lies beside: {one:?}"
                    );
                }
                desk.undo().unwrap();
                desk.find_alike(material, range.id).unwrap();
                let again = ranges(&desk).into_iter().filter(|one| one.likeness.is_some());
                assert!(
                    again.map(|one| one.range).eq(offered.iter().map(|one| one.range)),
                    "the same once more"
                );
                desk.undo().unwrap();
            }
            Err(failure) => assert_eq!(failure.code, Code::NothingAlike, "{failure}"),
        }
        assert_eq!(ranges(&desk), before, "one step of undo, or nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_made_by_hand_is_snapped_and_compared() {
    let home = Folder::new();
    let (desk, material) = found_desk(&home).await;
    let before = ranges(&desk);
    let mut snapped = 0;
    for range in &before {
        if let Err(failure) = desk.snap_range(material, range.id) {
            assert_eq!(failure.code, Code::NothingToSnapTo, "{failure}");
            continue;
        }
        snapped += 1;
        let after = desk.snapshot().project.materials[0].range(range.id).unwrap().range;
        desk.edit(EditCommand::CompareSnapping { material, id: range.id }, None).unwrap();
        assert_eq!(desk.snapshot().project.materials[0].range(range.id).unwrap().range, range.range);
        desk.edit(EditCommand::CompareSnapping { material, id: range.id }, None).unwrap();
        assert_eq!(desk.snapshot().project.materials[0].range(range.id).unwrap().range, after);
    }
    // What was found lies at good places already; what a hand has put anywhere does not.
    let at = |millis| engine::model::MediaTime::from_millis(millis);
    let off = TimeRange::new(before[0].range.start + at(430), before[0].range.end + at(370));
    desk.edit(EditCommand::SetRange { material, id: before[0].id, range: off }, None).unwrap();
    desk.snap_range(material, before[0].id).unwrap();
    let better = desk.snapshot().project.materials[0].range(before[0].id).unwrap().range;
    assert_ne!(better, off, "its ends came to better places; {snapped} found ranges moved as well");
}
