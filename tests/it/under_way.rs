//! What happens to work under way when the editor undoes, removes or closes.

use engine::model::{MediaTime, TimeRange};
use engine::project::EditCommand;
use engine::{Analysis, ClipOptions, ClipState, Code, Desk, ExportRequest, ExportTarget, Playback};
use testkit::{Clip, Container, Folder};

use crate::support::{find, names_in, open_desk, options, sample, speechless, until};

/// A desk on which the sample is being analysed.
async fn finding_desk(home: &Folder) -> Desk {
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![sample()]).await.unwrap();
    desk.find().unwrap();
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn undoing_an_import_ends_the_analysis_it_brought() {
    let home = Folder::new();
    let desk = finding_desk(&home).await;
    assert!(desk.undo().unwrap().project.materials.is_empty());
    until(&desk, "the end of finding", |snapshot| !snapshot.finding).await;
    let again = desk.redo().unwrap();
    assert_eq!(again.materials[0].analysis, Analysis::Cancelled);
    let ready =
        until(&desk, "the player", |snapshot| snapshot.materials[0].playback != Playback::Preparing).await;
    assert_eq!(ready.materials[0].playback, Playback::Ready(sample()), "it can be played again");
    assert_eq!(find(&desk).await.materials[0].analysis, Analysis::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn videos_that_come_in_while_finding_are_found_in_next() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = finding_desk(&home).await;
    desk.import(vec![speechless(&folder, "late", 8)]).await.unwrap();
    desk.find_next().await.unwrap();
    let snapshot = until(&desk, "the end of finding", |snapshot| !snapshot.finding).await;
    assert_eq!(snapshot.materials[0].analysis, Analysis::Done);
    let Analysis::Failed(failure) = &snapshot.materials[1].analysis else {
        panic!("{:?}", snapshot.materials[1])
    };
    assert_eq!(failure.code, Code::Speechless, "the late one was looked into as well");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_material_that_comes_back_gets_its_copy_for_the_player() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = open_desk(options(home.path())).await;
    let video = Clip { frames: 120, container: Container::Ts, ..Clip::default() }.write(&folder, "stream");
    let imported = desk.import(vec![video]).await.unwrap().snapshot;
    let material = imported.project.materials[0].id;
    desk.edit(EditCommand::RemoveMaterial(material), None).unwrap();
    desk.undo().unwrap();
    let ready = until(&desk, "the copy for the player", |snapshot| {
        snapshot.materials[0].playback != Playback::Preparing
    })
    .await;
    assert!(matches!(ready.materials[0].playback, Playback::Ready(_)), "{:?}", ready.materials[0].playback);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_leaves_nothing_half_written_and_finding_is_offered_again() {
    let (home, clips) = (Folder::new(), Folder::new());
    let desk = open_desk(options(home.path())).await;
    let material = desk.import(vec![sample()]).await.unwrap().snapshot.project.materials[0].id;
    let range = TimeRange { start: MediaTime::ZERO, end: MediaTime::from_whole_seconds(110) };
    let project = desk.edit(EditCommand::AddRange { material, range }, None).unwrap().project;
    desk.find().unwrap();
    desk.start_export(&ExportRequest {
        ranges: vec![(material, project.materials[0].ranges[0].id)],
        target: ExportTarget::Folder(clips.path().to_owned()),
        template: "{index}".to_owned(),
        overwrite: false,
        options: ClipOptions::default(),
    })
    .await
    .unwrap();
    until(&desk, "the first clip", |snapshot| {
        snapshot.export.as_ref().is_some_and(|export| export.clips[0].state == ClipState::Running)
    })
    .await;
    desk.close().await;
    assert!(names_in(clips.path()).is_empty(), "no hidden file is left: {:?}", names_in(clips.path()));
    let scratch = names_in(&home.file("cache/scratch"));
    assert!(scratch.is_empty(), "no worker's file is left: {scratch:?}");
    let again = open_desk(options(home.path())).await;
    assert!(again.snapshot().interrupted, "what was cut off can be taken up again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subtitle_that_was_taken_away_does_not_keep_its_video_from_being_analysed() {
    let (home, folder) = (Folder::new(), Folder::new());
    let video = speechless(&folder, "silent", 20);
    let subtitle = folder.file("silent.srt");
    std::fs::write(&subtitle, "1\n00:00:05,000 --> 00:00:08,000\nThis is written!\n").unwrap();
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![video]).await.unwrap();
    assert_eq!(find(&desk).await.materials[0].analysis, Analysis::Done);
    std::fs::remove_file(&subtitle).unwrap();
    let without = find(&desk).await;
    let Analysis::Failed(failure) = &without.materials[0].analysis else {
        panic!("without its subtitle nobody speaks: {:?}", without.materials[0])
    };
    assert_eq!(failure.code, Code::Speechless);
}
