//! An editor's desk: what comes in, what is found, what is edited, and what is there after a restart.

use std::path::PathBuf;

use engine::model::job::Strategy;
use engine::model::{MediaTime, TimeRange};
use engine::project::{EditCommand, EditName, Origin};
use engine::{Analysis, Code, Desk, Notice, Playback, WorkerCommand};
use testkit::{Clip, Container, Folder};

use crate::support::{find, open_desk, options, sample, speechless, until};

/// A desk with the sample on it and its highlights found.
async fn found_desk(home: &Folder) -> Desk {
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![sample()]).await.unwrap();
    let snapshot = find(&desk).await;
    assert_eq!(snapshot.materials[0].analysis, Analysis::Done, "{:?}", snapshot.materials[0]);
    desk
}

fn ranges(desk: &Desk) -> Vec<TimeRange> {
    desk.snapshot().project.materials[0].ranges.iter().map(|range| range.range).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn accepted_files_stay_and_each_refused_one_says_its_rule() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = open_desk(options(home.path())).await;
    let clip = |name: &str, frames| Clip { frames, ..Clip::default() }.write(&folder, name);
    let notes = folder.file("notes.txt");
    std::fs::write(&notes, "notes").unwrap();
    let copy = folder.file("copy of one.mp4");
    let one = clip("one", 100);
    std::fs::copy(&one, &copy).unwrap();
    let files = [
        one,
        notes,
        PathBuf::from("/nowhere/gone.mp4"),
        folder.path().to_owned(),
        copy,
        clip("two", 101),
        clip("three", 102),
        clip("four", 103),
        clip("five", 104),
        clip("six", 105),
    ];
    let imported = desk.import(files.to_vec()).await.unwrap();
    let names: Vec<String> =
        imported.snapshot.project.materials.iter().map(|material| material.name()).collect();
    assert_eq!(names, ["one.mp4", "two.mp4", "three.mp4", "four.mp4", "five.mp4"]);
    let mut refused: Vec<(&PathBuf, Code)> =
        imported.refused.iter().map(|refusal| (&refusal.path, refusal.failure.code)).collect();
    refused.sort();
    let mut expected = vec![
        (&files[1], Code::NotMedia),
        (&files[2], Code::FileNotFound),
        (&files[3], Code::NotMedia),
        (&files[4], Code::AlreadyImported),
        (&files[9], Code::TooManyMaterials),
    ];
    expected.sort();
    assert_eq!(refused, expected);
    assert_eq!(imported.snapshot.undo, Some(EditName::AddMaterials), "the import is one step of undo");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_list_of_paths_is_imported() {
    let home = Folder::new();
    let desk = open_desk(options(home.path())).await;
    let text = format!("file://{}\nhttps://example.org/talk.mp4\n", sample().display());
    let imported = desk.import_text(&text).await.unwrap();
    assert_eq!(imported.snapshot.project.materials.len(), 1);
    assert_eq!(imported.refused.len(), 1, "an address of the web is refused: {:?}", imported.refused);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_is_edited_undone_redone_and_there_after_a_restart() {
    let home = Folder::new();
    let desk = found_desk(&home).await;
    let before = ranges(&desk);
    let snapshot = desk.snapshot();
    let material = &snapshot.project.materials[0];
    let (material, id, first) = (material.id, material.ranges[0].id, material.ranges[0].range);
    let trimmed = TimeRange { start: first.start + MediaTime::from_millis(500), end: first.end };

    desk.edit(EditCommand::SetRange { material, id, range: trimmed }, None).unwrap();
    assert_eq!(desk.snapshot().undo, Some(EditName::TrimRange));
    desk.undo().unwrap();
    assert_eq!(ranges(&desk), before);
    desk.redo().unwrap();
    assert_eq!(ranges(&desk)[0], trimmed);
    drop(desk);

    let again = open_desk(options(home.path())).await;
    assert_eq!(ranges(&again)[0], trimmed, "saved as it was made");
    let range = &again.snapshot().project.materials[0].ranges[0];
    assert_eq!(range.origin, Origin::Edited);
    assert_eq!(again.snapshot().materials[0].analysis, Analysis::Done, "its evidence is remembered");
    assert!(again.evidence(material).is_some_and(|evidence| !evidence.cuts.is_empty()));
    assert!(
        again.peaks(material).is_some_and(|peaks| peaks.len() == 2 * 100 * 120),
        "two bytes, 100 a second"
    );
    assert!(again.thumbnail(material).unwrap().is_some_and(|jpeg| jpeg.starts_with(&[0xFF, 0xD8])));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_outside_the_material_is_refused_and_nothing_changes() {
    let home = Folder::new();
    let desk = found_desk(&home).await;
    let before = desk.snapshot();
    let material = before.project.materials[0].id;
    let range =
        TimeRange { start: MediaTime::from_whole_seconds(115), end: MediaTime::from_whole_seconds(125) };
    let failure = desk.edit(EditCommand::AddRange { material, range }, None).unwrap_err();
    assert_eq!(failure.code, Code::RangeInvalid);
    assert_eq!(desk.snapshot().project, before.project);
}

/// After the first analysis every worker would crash: whatever is answered then comes from the evidence.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_analysed_is_never_decoded_again() {
    let home = Folder::new();
    drop(found_desk(&home).await);
    let mut without_workers = options(home.path());
    without_workers.worker = WorkerCommand { program: "/bin/false".into(), arguments: Vec::new() };
    let desk = open_desk(without_workers).await;
    let five = ranges(&desk);

    let strategy = Strategy { count: 1, ..Strategy::default() };
    desk.edit(EditCommand::SetStrategy(strategy), None).unwrap();
    let one = ranges(&desk);
    assert_eq!(one.len(), 1, "the ranges follow the strategy");
    let strategy =
        Strategy { count: 1, clip_duration: MediaTime::from_whole_seconds(30), ..Strategy::default() };
    desk.edit(EditCommand::SetStrategy(strategy), None).unwrap();
    let long = ranges(&desk)[0].duration();
    assert!((24.0..=36.0).contains(&long.as_seconds()), "the length follows the strategy: {long}");
    desk.undo().unwrap();
    desk.undo().unwrap();
    assert_eq!(ranges(&desk), five, "a strategy and the ranges it brought are undone together");

    let snapshot = find(&desk).await;
    assert_eq!(snapshot.materials[0].analysis, Analysis::Done, "{:?}", snapshot.materials[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_about_the_ranges_follows_undo_and_a_restart() {
    let home = Folder::new();
    let desk = found_desk(&home).await;
    let unknown = |desk: &Desk| {
        let notices = desk.snapshot().materials[0].notices.clone();
        notices.contains(&Notice::ActionsNeedPictureModel(vec!["wave".to_owned()]))
    };
    let strategy = Strategy {
        enable_action_recognition: true,
        custom_actions: vec!["wave".to_owned()],
        ..Strategy::default()
    };
    desk.edit(EditCommand::SetStrategy(strategy), None).unwrap();
    assert!(unknown(&desk));
    desk.undo().unwrap();
    assert!(!unknown(&desk), "nothing is asked for any more");
    desk.redo().unwrap();
    assert!(unknown(&desk));
    drop(desk);
    assert!(unknown(&open_desk(options(home.path())).await), "it is said again after a restart");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_editor_touched_stays_when_the_strategy_changes() {
    let home = Folder::new();
    let desk = found_desk(&home).await;
    let material = desk.snapshot().project.materials[0].id;
    let mine = TimeRange { start: MediaTime::from_whole_seconds(54), end: MediaTime::from_whole_seconds(60) };
    desk.edit(EditCommand::AddRange { material, range: mine }, None).unwrap();
    for count in [1, 10, 3] {
        let strategy = Strategy { count, ..Strategy::default() };
        desk.edit(EditCommand::SetStrategy(strategy), Some(7)).unwrap();
        let now = ranges(&desk);
        assert!(now.contains(&mine), "added by hand: {now:?}");
        assert!(
            now.is_sorted_by(|before, after| before.end <= after.start),
            "nothing found overlaps it: {now:?}"
        );
    }
    desk.undo().unwrap();
    assert_eq!(desk.snapshot().project.strategy, Strategy::default(), "one gesture is one step of undo");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_speechless_material_can_be_analysed_anyway() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![speechless(&folder, "silent", 40)]).await.unwrap();
    let refused = find(&desk).await;
    let Analysis::Failed(failure) = &refused.materials[0].analysis else {
        panic!("{:?}", refused.materials[0])
    };
    assert_eq!(failure.code, Code::Speechless);
    assert_eq!(refused.materials[0].voice, Some(false));

    let material = refused.project.materials[0].id;
    let allowed = desk.edit(EditCommand::AllowSpeechless(material), None).unwrap();
    assert_eq!(allowed.materials[0].analysis, Analysis::Done, "from the evidence, at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_is_no_failure_and_can_be_taken_up_again() {
    let home = Folder::new();
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![sample()]).await.unwrap();
    desk.find().unwrap();
    assert_eq!(desk.find().unwrap_err().code, Code::Busy, "one run at a time");
    let _ = desk.cancel_find();
    let snapshot = until(&desk, "the end of finding", |snapshot| !snapshot.finding).await;
    assert_eq!(snapshot.materials[0].analysis, Analysis::Cancelled);
    assert!(!snapshot.interrupted);
    assert_eq!(find(&desk).await.materials[0].analysis, Analysis::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_material_can_be_played() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = open_desk(options(home.path())).await;
    let direct = Clip::default().write(&folder, "direct");
    let copied = Clip { frames: 120, container: Container::Ts, ..Clip::default() }.write(&folder, "copied");
    desk.import(vec![direct.clone(), copied.clone()]).await.unwrap();
    let ready = until(&desk, "the copy for the player", |snapshot| {
        !snapshot.materials.iter().any(|material| material.playback == Playback::Preparing)
    })
    .await;
    assert_eq!(ready.materials[0].playback, Playback::Ready(direct));
    let Playback::Ready(copy) = &ready.materials[1].playback else {
        panic!("{:?}", ready.materials[1].playback)
    };
    assert_ne!(copy, &copied, "a transport stream is played from a copy");
    let length: f64 = testkit::ffprobe(copy, "format=duration")[0].parse().unwrap();
    assert!((length - 4.8).abs() <= 0.04, "the copy has the source's time line: {length} s");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_is_told_and_the_project_stays() {
    let (home, folder) = (Folder::new(), Folder::new());
    let video = folder.file("talk.mp4");
    std::fs::copy(sample(), &video).unwrap();
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![video.clone()]).await.unwrap();
    std::fs::remove_file(&video).unwrap();
    drop(desk);
    let desk = open_desk(options(home.path())).await;
    assert!(desk.snapshot().materials[0].missing);
    let snapshot = find(&desk).await;
    let Analysis::Failed(failure) = &snapshot.materials[0].analysis else {
        panic!("{:?}", snapshot.materials[0])
    };
    assert_eq!((failure.code, failure.path.as_deref()), (Code::MaterialMissing, Some(video.as_path())));
}
