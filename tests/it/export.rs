//! Ranges leave the desk as clips that are exact, and never half of them.

use std::path::Path;

use engine::model::{MediaTime, TimeRange};
use engine::project::{EditCommand, MaterialId, RangeId};
use engine::{ClipOptions, ClipState, Code, Desk, Event, ExportRequest, ExportTarget, ProgressSubject};
use testkit::{Clip, Folder};

use crate::support::{PATIENCE, assert_clip, names_in, open_desk, options, sample, until};

/// A desk with the sample and these ranges of it, in milliseconds.
async fn desk_with(home: &Folder, ranges: &[(i64, i64)]) -> (Desk, Vec<(MaterialId, RangeId)>) {
    desk_of(&sample(), home, ranges).await
}

/// A desk with a video and these ranges of it, in milliseconds.
async fn desk_of(video: &Path, home: &Folder, ranges: &[(i64, i64)]) -> (Desk, Vec<(MaterialId, RangeId)>) {
    let desk = open_desk(options(home.path())).await;
    let material = desk.import(vec![video.to_owned()]).await.unwrap().snapshot.project.materials[0].id;
    for (start, end) in ranges {
        let range = TimeRange { start: MediaTime::from_millis(*start), end: MediaTime::from_millis(*end) };
        desk.edit(EditCommand::AddRange { material, range }, None).unwrap();
    }
    let made = desk.snapshot().project.materials[0].ranges.iter().map(|range| (material, range.id)).collect();
    (desk, made)
}

fn request(ranges: &[(MaterialId, RangeId)], folder: &Path, template: &str) -> ExportRequest {
    ExportRequest {
        ranges: ranges.to_vec(),
        target: ExportTarget::Folder(folder.to_owned()),
        template: template.to_owned(),
        overwrite: false,
        options: ClipOptions::default(),
    }
}

async fn finish(desk: &Desk) -> Vec<ClipState> {
    let finished =
        |snapshot: &engine::Snapshot| snapshot.export.as_ref().is_some_and(|export| export.finished);
    let snapshot = until(desk, "the end of the export", finished).await;
    snapshot.export.unwrap().clips.into_iter().map(|clip| clip.state).collect()
}

fn assert_written(states: &[ClipState], clips: usize) {
    let written = states.iter().filter(|state| matches!(state, ClipState::Written { media: None, .. }));
    assert_eq!((written.count(), states.len()), (clips, clips), "{states:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_that_went_before_its_clip_was_written_is_shown_as_gone() {
    let (home, clips, folder) = (Folder::new(), Folder::new(), Folder::new());
    let video = Clip::default().write(&folder, "talk");
    let (desk, ranges) = desk_of(&video, &home, &[(0, 2_000)]).await;
    std::fs::remove_file(&video).unwrap();
    desk.start_export(&request(&ranges, clips.path(), "{index}")).await.unwrap();
    let states = finish(&desk).await;
    assert!(
        matches!(&states[0], ClipState::Failed(failure) if failure.code == Code::MaterialMissing),
        "{states:?}"
    );
    assert!(desk.snapshot().materials[0].missing, "its card leads to linking it again");
}

#[tokio::test(flavor = "multi_thread")]
async fn clips_are_written_under_their_names_and_last_as_long_as_their_ranges() {
    let (home, clips) = (Folder::new(), Folder::new());
    let (desk, ranges) = desk_with(&home, &[(3_333, 5_017), (60_000, 61_000)]).await;
    let request = request(&ranges, clips.path(), "best/{name}-{index}");
    let plan = desk.plan_export(&request).await;
    assert!(plan.faults.is_empty() && plan.free_bytes.is_some_and(|free| free > 0), "{plan:?}");
    desk.start_export(&request).await.unwrap();
    assert_written(&finish(&desk).await, 2);
    let folder = clips.file("best");
    assert_eq!(names_in(&folder), ["standout-sample-0.mp4", "standout-sample-1.mp4"]);
    assert_clip(&folder.join("standout-sample-0.mp4"), 1.684);
    assert_clip(&folder.join("standout-sample-1.mp4"), 1.0);
    assert!(desk.has_written(&plan.clips[0].path));
    assert!(!desk.has_written(&sample()), "only clips are shown in the file manager");
    assert_eq!(desk.dismiss_export().unwrap().export, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_existing_file_is_replaced_only_when_that_is_allowed() {
    let (home, clips) = (Folder::new(), Folder::new());
    let (desk, ranges) = desk_with(&home, &[(0, 1_000)]).await;
    std::fs::write(clips.file("0.mp4"), "precious").unwrap();
    let mut request = request(&ranges, clips.path(), "{index}.mp4");
    assert!(desk.plan_export(&request).await.clips[0].exists);
    assert_eq!(desk.start_export(&request).await.unwrap_err().code, Code::TargetExists);
    assert_eq!(std::fs::read_to_string(clips.file("0.mp4")).unwrap(), "precious");
    request.overwrite = true;
    desk.start_export(&request).await.unwrap();
    assert_written(&finish(&desk).await, 1);
    assert_clip(&clips.file("0.mp4"), 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_of_the_project_is_never_replaced() {
    let (home, folder) = (Folder::new(), Folder::new());
    let video = folder.file("0.mp4");
    std::fs::copy(sample(), &video).unwrap();
    let (desk, ranges) = desk_of(&video, &home, &[(0, 1_000)]).await;
    let mut request = request(&ranges, folder.path(), "{index}.mp4");
    request.overwrite = true;
    let failure = desk.start_export(&request).await.unwrap_err();
    assert_eq!((failure.code, failure.path.as_deref()), (Code::TemplateInvalid, Some(video.as_path())));
    assert_eq!(desk.plan_export(&request).await.faults, [failure]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_clip_is_cut_from_another_file_than_was_imported() {
    let (home, folder, clips) = (Folder::new(), Folder::new(), Folder::new());
    let video = folder.file("talk.mp4");
    std::fs::copy(sample(), &video).unwrap();
    let (desk, ranges) = desk_of(&video, &home, &[(0, 1_000)]).await;
    let _ = Clip::default().write(&folder, "talk");
    desk.start_export(&request(&ranges, clips.path(), "{index}.mp4")).await.unwrap();
    let states = finish(&desk).await;
    let ClipState::Failed(failure) = &states[0] else { panic!("{states:?}") };
    assert_eq!((failure.code, failure.path.as_deref()), (Code::MaterialChanged, Some(video.as_path())));
    assert!(names_in(clips.path()).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_export_leaves_nothing_under_a_final_name() {
    let (home, clips) = (Folder::new(), Folder::new());
    let (desk, ranges) = desk_with(&home, &[(0, 100_000), (100_000, 110_000)]).await;
    let mut events = desk.events();
    desk.start_export(&request(&ranges, clips.path(), "{index}.mp4")).await.unwrap();
    let begun = async {
        while !matches!(events.recv().await,
            Ok(Event::Progress(item)) if item.subject == ProgressSubject::Clip(0) && item.progress.fraction > 0.0)
        {
        }
    };
    tokio::time::timeout(PATIENCE, begun).await.expect("the first clip is being written");
    assert_eq!(names_in(clips.path()).len(), 1, "a temporary file is there while it is written");
    let _ = desk.cancel_export();
    assert_eq!(finish(&desk).await, [ClipState::Cancelled, ClipState::Cancelled]);
    assert!(names_in(clips.path()).is_empty(), "nothing is left: {:?}", names_in(clips.path()));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_clip_does_not_end_the_batch() {
    let (home, clips) = (Folder::new(), Folder::new());
    let (desk, ranges) = desk_with(&home, &[(0, 1_000), (2_000, 3_000)]).await;
    let request = request(&ranges, clips.path(), "{index}/clip.mp4");
    // A file stands where the first clip's folder should be.
    std::fs::write(clips.file("0"), "in the way").unwrap();
    desk.start_export(&request).await.unwrap();
    let states = finish(&desk).await;
    let ClipState::Failed(failure) = &states[0] else { panic!("{states:?}") };
    assert_eq!(failure.code, Code::FolderNotWritable);
    assert_written(&states[1..], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_tells_all_its_faults() {
    let home = Folder::new();
    let (desk, _) = desk_with(&home, &[]).await;
    let plan = desk.plan_export(&request(&[], Path::new("clips"), "clip.mp4")).await;
    let codes: Vec<Code> = plan.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::FolderNotWritable, Code::TemplateInvalid, Code::NothingToExport]);
}
