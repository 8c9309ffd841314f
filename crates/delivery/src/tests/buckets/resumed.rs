//! Uploads that were cut and go on.

use std::fs;

use testkit::{Folder, S3Fault, S3Request};

use super::support::*;
use crate::{BucketError, Existing, Upload, UploadRequest, UploadStopped};

fn parts_in(requests: &[S3Request]) -> Vec<u32> {
    let mut parts: Vec<_> = requests.iter().filter_map(S3Request::part).collect();
    parts.sort_unstable();
    parts
}

fn resuming<'a>(upload: Upload, mut request: UploadRequest<'a>) -> UploadRequest<'a> {
    // As it would be kept: through JSON.
    let kept = serde_json::to_string(&upload).expect("it can be written");
    request.resumed = Some(serde_json::from_str(&kept).expect("it can be read"));
    request
}

#[tokio::test]
async fn an_upload_cut_in_part_2_of_4_goes_on_without_part_1() {
    let (server, folder) = (server(), Folder::new());
    let file = file(&folder, "clip.mp4", 3 * PART + 5);
    server.fail(usize::MAX, |request| request.part() == Some(2), S3Fault::CutInBody);
    let mut journal = Journal::default();
    let error = failure(upload(&open(&server), request(&file, "clip.mp4"), &mut journal).await);
    assert!(matches!(error, BucketError::Interrupted { .. }), "{error}");
    let tries = parts_in(&server.new_requests()).into_iter().filter(|part| *part == 2).count();
    assert_eq!(tries, 1 + SOON.retries, "it is tried again before the upload ends");
    let kept = journal.last();
    assert!(kept.parts.iter().any(|part| part.number == 1), "part 1 has arrived and is kept: {kept:?}");
    assert!(!server.object(BUCKET, "clip.mp4").exists(), "half an upload is no object");

    server.recover();
    let arrived = kept.parts.clone();
    let mut journal = Journal::default();
    let delivered = upload(&open(&server), resuming(kept, request(&file, "clip.mp4")), &mut journal).await;
    assert_eq!(delivered.expect("it goes on").size, 3 * PART as u64 + 5);
    let sent = parts_in(&server.new_requests());
    let expected: Vec<_> =
        (1..=4).filter(|part| arrived.iter().all(|arrived| arrived.number != *part)).collect();
    assert_eq!(sent, expected, "only what had not arrived is sent");
    assert!(!sent.contains(&1), "part 1 is not sent again");
    assert_eq!(
        journal.progress.first(),
        Some(&(arrived.iter().map(|part| part.size).sum(), 3 * PART as u64 + 5))
    );
    expect_object(&server, "clip.mp4", &file);
    assert_eq!(server.uploads_under_way(), 0);
}

#[tokio::test]
async fn a_cut_that_happens_once_is_not_even_noticed() {
    let (server, folder) = (server(), Folder::new());
    let file = file(&folder, "clip.mp4", 3 * PART + 5);
    server.fail(1, |request| request.part() == Some(2), S3Fault::CutInBody);
    upload_simply(&open(&server), &file, "clip.mp4").await.expect("it is tried again");
    assert_eq!(parts_in(&server.new_requests()), [1, 2, 2, 3, 4]);
    expect_object(&server, "clip.mp4", &file);
}

#[tokio::test]
async fn a_cancelled_upload_can_go_on() {
    let (server, folder) = (server(), Folder::new());
    let file = file(&folder, "clip.mp4", 5 * PART);
    let mut journal = Journal { cancel_after: Some(2), ..Journal::default() };
    let stopped =
        upload(&open(&server), request(&file, "clip.mp4"), &mut journal).await.expect_err("it was cancelled");
    assert!(matches!(stopped, UploadStopped::Cancelled), "{stopped}");
    let kept = journal.with_parts(2);
    server.new_requests();
    let resumed = resuming(kept.clone(), request(&file, "clip.mp4"));
    upload(&open(&server), resumed, &mut Journal::default()).await.expect("it goes on");
    let sent = parts_in(&server.new_requests());
    assert!(kept.parts.iter().all(|part| !sent.contains(&part.number)), "{sent:?}");
    expect_object(&server, "clip.mp4", &file);
}

/// An upload that has two of its three parts at the server.
async fn two_of_three(server: &testkit::S3Server, file: &std::path::Path) -> Upload {
    let mut journal = Journal { cancel_after: Some(2), ..Journal::default() };
    upload(&open(server), request(file, "clip.mp4"), &mut journal).await.expect_err("it was cancelled");
    server.new_requests();
    journal.with_parts(2)
}

#[tokio::test]
async fn a_file_that_changed_since_begins_anew() {
    let (server, folder) = (server(), Folder::new());
    let path = file(&folder, "clip.mp4", 2 * PART + 5);
    let kept = two_of_three(&server, &path).await;
    let mut bytes = fs::read(&path).expect("it is there");
    bytes[(kept.parts[1].number as usize - 1) * PART + 1] ^= 1;
    fs::write(&path, bytes).expect("it can be written");
    let resumed = resuming(kept, request(&path, "clip.mp4"));
    upload(&open(&server), resumed, &mut Journal::default()).await.expect("it begins anew");
    // The part that was on its way when the first upload was cancelled may still come in after it.
    let sent: std::collections::BTreeSet<_> = parts_in(&server.new_requests()).into_iter().collect();
    assert_eq!(sent, [1, 2, 3].into(), "the same size is not the same file");
    expect_object(&server, "clip.mp4", &path);
    assert_eq!(server.uploads_under_way(), 0, "what had arrived of the old file is thrown away");
}

#[tokio::test]
async fn a_file_that_was_moved_goes_on() {
    let (server, folder) = (server(), Folder::new());
    let path = file(&folder, "clip.mp4", 2 * PART + 5);
    let kept = two_of_three(&server, &path).await;
    let moved = folder.file("moved.mp4");
    fs::copy(&path, &moved).expect("it can be copied");
    let resumed = resuming(kept.clone(), request(&moved, "clip.mp4"));
    upload(&open(&server), resumed, &mut Journal::default()).await.expect("it goes on");
    let sent = parts_in(&server.new_requests());
    assert!(!sent.is_empty(), "the last part is sent");
    assert!(
        kept.parts.iter().all(|part| !sent.contains(&part.number)),
        "the content decides, not name or time: {sent:?}"
    );
}

#[tokio::test]
async fn an_upload_that_the_server_forgot_begins_anew() {
    let (server, folder) = (server(), Folder::new());
    let path = file(&folder, "clip.mp4", 2 * PART + 5);
    let kept = two_of_three(&server, &path).await;
    let bucket = open(&server);
    bucket.abandon(&kept).await.expect("it can be thrown away");
    bucket.abandon(&kept).await.expect("what is gone is thrown away");
    server.new_requests();
    let mut journal = Journal::default();
    upload(&bucket, resuming(kept.clone(), request(&path, "clip.mp4")), &mut journal)
        .await
        .expect("it begins anew");
    expect_object(&server, "clip.mp4", &path);
    assert_ne!(journal.last().upload_id, kept.upload_id, "the new upload is kept in place of the old one");
}

#[tokio::test]
async fn an_upload_whose_parts_the_server_lost_begins_anew() {
    let (server, folder) = (server(), Folder::new());
    let path = file(&folder, "clip.mp4", 2 * PART + 5);
    let kept = two_of_three(&server, &path).await;
    let lost = S3Fault::Refuse { status: 400, code: "InvalidPart", message: "A part could not be found." };
    server.fail(1, S3Request::completes, lost);
    let resumed = resuming(kept, request(&path, "clip.mp4"));
    upload(&open(&server), resumed, &mut Journal::default()).await.expect("it begins anew");
    expect_object(&server, "clip.mp4", &path);
    assert_eq!(server.uploads_under_way(), 0, "what is left of the old upload is thrown away");
}

#[tokio::test]
async fn another_key_is_another_upload() {
    let (server, folder) = (server(), Folder::new());
    let path = file(&folder, "clip.mp4", 2 * PART + 5);
    let kept = two_of_three(&server, &path).await;
    let resumed = resuming(kept, request(&path, "renamed.mp4"));
    upload(&open(&server), resumed, &mut Journal::default()).await.expect("it begins anew");
    expect_object(&server, "renamed.mp4", &path);
    assert_eq!(server.uploads_under_way(), 0);
}

#[tokio::test]
async fn a_lost_last_answer_is_no_failure() {
    let (server, folder) = (server(), Folder::new());
    for existing in [Existing::Keep, Existing::Replace] {
        let path = file(&folder, "clip.mp4", PART + 5);
        let key = format!("{existing:?}.mp4");
        if existing == Existing::Replace {
            let old = file(&folder, "old.mp4", PART + 5);
            let mut bytes = fs::read(&old).expect("it is there");
            bytes.reverse();
            fs::write(&old, bytes).expect("it can be written");
            upload_simply(&open(&server), &old, &key).await.expect("the name is free");
        }
        server.fail(1, S3Request::completes, S3Fault::CutAnswer);
        let request = UploadRequest { existing, ..request(&path, &key) };
        upload(&open(&server), request, &mut Journal::default())
            .await
            .expect("the object is there and whole");
        expect_object(&server, &key, &path);
    }
}

#[tokio::test]
async fn a_run_that_ended_before_the_last_answer_is_made_up_for() {
    let (server, folder) = (server(), Folder::new());
    let path = file(&folder, "clip.mp4", PART + 5);
    let mut journal = Journal::default();
    upload(&open(&server), request(&path, "clip.mp4"), &mut journal).await.expect("it arrives");
    server.new_requests();
    let resumed = resuming(journal.last(), request(&path, "clip.mp4"));
    upload(&open(&server), resumed, &mut Journal::default()).await.expect("it has arrived");
    assert_eq!(parts_in(&server.new_requests()), [0; 0]);
    expect_object(&server, "clip.mp4", &path);
}

#[tokio::test]
async fn a_damaged_state_begins_anew() {
    let (server, folder) = (server(), Folder::new());
    let path = file(&folder, "clip.mp4", 2 * PART + 5);
    let mut kept = two_of_three(&server, &path).await;
    kept.part_size = 1;
    let resumed = resuming(kept, request(&path, "clip.mp4"));
    upload(&open(&server), resumed, &mut Journal::default()).await.expect("it begins anew");
    expect_object(&server, "clip.mp4", &path);
}

#[tokio::test]
async fn a_file_that_is_written_to_meanwhile_is_not_delivered() {
    let (server, folder) = (server(), Folder::new());
    let path = file(&folder, "clip.mp4", 2 * PART + 5);
    let written = path.clone();
    let write = move |request: &S3Request| {
        if request.part() == Some(1) {
            let file = fs::OpenOptions::new().append(true).open(&written).expect("it is there");
            file.set_len(3 * PART as u64).expect("it can be written");
        }
        false
    };
    server.fail(1, write, S3Fault::CutAnswer);
    let error = failure(upload_simply(&open(&server), &path, "clip.mp4").await);
    assert!(matches!(&error, BucketError::FileChanged { path: named } if *named == path), "{error}");
    assert!(!server.object(BUCKET, "clip.mp4").exists());
}
