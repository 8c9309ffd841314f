//! Files that arrive.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use testkit::{Folder, S3Fault, S3Server};
use tokio::sync::{Notify, watch};

use super::support::*;
use crate::{Bucket, BucketError, BucketProfile, Existing, RetryPolicy, UploadRequest, UploadStopped};

#[tokio::test]
async fn files_of_any_size_arrive_byte_for_byte() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    for (size, parts) in
        [(0, 0), (1, 0), (PART - 1, 0), (PART, 1), (PART + 1, 2), (2 * PART, 2), (3 * PART + 5, 4)]
    {
        let key = format!("sizes/{size}.mp4");
        let file = file(&folder, "clip.mp4", size);
        let mut journal = Journal::default();
        server.new_requests();
        let delivered = upload(&bucket, request(&file, &key), &mut journal).await.expect("it arrives");
        assert_eq!(delivered.size, size as u64);
        assert_eq!(delivered.url, format!("{}/{BUCKET}/{key}", server.endpoint()));
        expect_object(&server, &key, &file);
        let requests = server.new_requests();
        let sent: Vec<_> = requests.iter().filter_map(|request| request.part()).collect();
        assert_eq!(sent.len(), parts, "{size} bytes go up in {parts} parts (0 is one request): {sent:?}");
        assert_eq!(
            requests.last().map(|request| request.method.as_str()),
            Some("HEAD"),
            "the server is asked at the end"
        );
        assert_eq!(journal.progress.last(), Some(&(size as u64, size as u64)));
        assert!(journal.progress.is_sorted(), "progress never goes back: {:?}", journal.progress);
        assert_eq!(
            journal.kept.len(),
            if parts == 0 { 0 } else { parts + 1 },
            "kept at the start and after each part"
        );
    }
    assert_eq!(server.uploads_under_way(), 0);
}

#[tokio::test]
async fn two_parts_are_on_their_way_and_no_third() {
    let (server, folder) = (server(), Folder::new());
    let policy = RetryPolicy { request_timeout: Duration::from_secs(3), retries: 0, ..SOON };
    let bucket =
        Bucket::open_with(&profile(&server), &credentials(&server), policy).expect("the profile is good");
    server.fail(usize::MAX, |request| request.part().is_some(), S3Fault::Stall);
    failure(upload_simply(&bucket, &file(&folder, "clip.mp4", 4 * PART), "clip.mp4").await);
    let mut parts: Vec<_> = server.requests().iter().filter_map(testkit::S3Request::part).collect();
    parts.sort_unstable();
    assert_eq!(parts, [1, 2], "more would cost memory");
}

#[tokio::test]
async fn an_upload_that_is_held_on_sends_nothing_until_it_goes_on() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    let parts_sent = || server.requests().iter().filter_map(testkit::S3Request::part).count();
    for (size, parts, sent_before) in [(9, 0, 0), (5 * PART, 0, 0), (5 * PART, 1, 2)] {
        let key = format!("{size}-{parts}.mp4");
        let file = file(&folder, &key, size);
        let (waits, (go_on, may_go_on)) = (Arc::new(Notify::new()), watch::channel(false));
        let hold = Some(HoldAfter { parts, waits: waits.clone(), may_go_on });
        let mut journal = Journal { hold, ..Journal::default() };
        let before = parts_sent();
        let held_on = async {
            waits.notified().await;
            assert_eq!(parts_sent() - before, sent_before, "only what was on its way arrives: {key}");
            assert_eq!(bucket.exists(&key).await.expect("it can be looked up"), None, "{key}");
            go_on.send(true).expect("the upload waits");
        };
        let (delivered, ()) = tokio::join!(upload(&bucket, request(&file, &key), &mut journal), held_on);
        delivered.expect("it arrives");
        expect_object(&server, &key, &file);
    }
}

#[tokio::test]
async fn a_part_that_fails_is_told_while_the_upload_is_held_on() {
    let (server, folder) = (server(), Folder::new());
    let denied = S3Fault::Refuse { status: 403, code: "AccessDenied", message: "no" };
    server.fail(usize::MAX, |request| request.part() == Some(2), denied);
    let file = file(&folder, "clip.mp4", 3 * PART);
    let (_go_on, may_go_on) = watch::channel(false);
    let hold = Some(HoldAfter { parts: 1, waits: Arc::new(Notify::new()), may_go_on });
    let mut journal = Journal { hold, ..Journal::default() };
    let bucket = open(&server);
    let ended = upload(&bucket, request(&file, "clip.mp4"), &mut journal);
    let ended = tokio::time::timeout(Duration::from_secs(30), ended).await.expect("nobody need go on first");
    assert!(matches!(failure(ended), BucketError::AccessDenied { .. }));
}

#[tokio::test]
async fn the_media_type_is_told() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    for (size, content_type, expected) in [
        (5, "video/mp4", "video/mp4"),
        (PART + 5, "video/webm", "video/webm"),
        (6, "bad\r\nheader", "application/octet-stream"),
    ] {
        let file = file(&folder, "clip", size);
        let key = format!("type-{size}");
        server.new_requests();
        let request = UploadRequest { content_type, ..request(&file, &key) };
        upload(&bucket, request, &mut Journal::default()).await.expect("it arrives");
        let told: Vec<_> = server
            .new_requests()
            .into_iter()
            .filter_map(|mut told| told.headers.remove("content-type"))
            .collect();
        assert_eq!(told.first().map(String::as_str), Some(expected));
    }
}

#[tokio::test]
async fn keys_of_all_kinds_arrive_and_are_found() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    let file = file(&folder, "clip.mp4", 9);
    for (key, address) in [
        ("a b/c d.mp4", "a%20b/c%20d.mp4"),
        ("进球 ⚽ É.mp4", "%E8%BF%9B%E7%90%83%20%E2%9A%BD%20%C3%89.mp4"),
        ("50%/a+b=c&d.mp4", "50%25/a%2Bb%3Dc%26d.mp4"),
        ("a#b?c@d:e;f,g.mp4", "a%23b%3Fc%40d%3Ae%3Bf%2Cg.mp4"),
        ("%2e%2e/x", "%252e%252e/x"),
        ("it's (1)!~*.mp4", "it%27s%20%281%29%21~%2A.mp4"),
    ] {
        let delivered = upload_simply(&bucket, &file, key).await.expect(key);
        assert_eq!(delivered.url, format!("{}/{BUCKET}/{address}", server.endpoint()));
        expect_object(&server, key, &file);
        assert_eq!(bucket.exists(key).await.expect("it can be looked up"), Some(9), "{key}");
    }
    assert_eq!(bucket.exists("nobody").await.expect("it can be looked up"), None);
}

#[tokio::test]
async fn keys_that_do_not_last_are_refused() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    let file = file(&folder, "clip.mp4", 9);
    let long = "x".repeat(1_025);
    for key in ["", "/a", "a/", "a//b", "../a", "a/../b", "a/./b", ".", "a\nb", "a\0b", &long] {
        let error = failure(upload_simply(&bucket, &file, key).await);
        assert!(matches!(error, BucketError::BadKey { .. }), "{key:?}: {error}");
        assert!(!error.to_string().contains('\n'), "a message is one line: {error}");
    }
    assert!(server.requests().is_empty(), "nothing is sent");
}

#[tokio::test]
async fn the_bucket_may_stand_before_the_host() {
    let (server, folder) = (server(), Folder::new());
    let endpoint = server.virtual_hosted_endpoint();
    let profile = BucketProfile { endpoint: Some(endpoint.clone()), path_style: false, ..profile(&server) };
    let bucket = open_with(&server, &profile);
    let file = file(&folder, "clip.mp4", PART + 1);
    let delivered = upload_simply(&bucket, &file, "a/clip.mp4").await.expect("it arrives");
    assert_eq!(delivered.url, format!("{}/a/clip.mp4", endpoint.replace("localhost", "clips.localhost")));
    expect_object(&server, "a/clip.mp4", &file);
    for request in server.requests() {
        assert!(request.host.starts_with("clips.localhost:"), "the host names the bucket: {}", request.host);
        assert_eq!(request.path, "/a/clip.mp4", "and the path does not");
    }
}

#[tokio::test]
async fn checksums_are_sent_when_they_are_on() {
    let (server, folder) = (server(), Folder::new());
    for (checksums, size) in [(true, 9), (true, PART + 1), (false, 9), (false, PART + 1)] {
        let bucket = open_with(&server, &BucketProfile { checksums, ..profile(&server) });
        let file = file(&folder, "clip.mp4", size);
        server.new_requests();
        let key = format!("{checksums}-{size}");
        upload_simply(&bucket, &file, &key).await.expect("it arrives");
        let bodies: Vec<_> =
            server.new_requests().into_iter().filter(|request| request.method == "PUT").collect();
        assert!(bodies.iter().all(|request| request.has_checksum() == checksums), "on: {checksums}");
        assert!(
            bodies.iter().all(|request| request.headers.contains_key("x-amz-content-sha256")),
            "a body is always signed"
        );
        expect_object(&server, &key, &file);
    }
}

#[tokio::test]
async fn an_existing_object_is_kept_unless_it_may_be_replaced() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    for size in [3, PART + 3] {
        let key = format!("{size}.mp4");
        let old = file(&folder, "old.mp4", 2);
        let new = file(&folder, "new.mp4", size);
        upload_simply(&bucket, &old, &key).await.expect("the name is free");
        server.new_requests();
        let error = failure(upload_simply(&bucket, &new, &key).await);
        assert!(matches!(error, BucketError::ObjectExists { .. }), "{error}");
        assert!(server.new_requests().iter().all(|request| request.method == "HEAD"), "nothing is sent");
        expect_object(&server, &key, &old);
        let replacing = UploadRequest { existing: Existing::Replace, ..request(&new, &key) };
        upload(&bucket, replacing, &mut Journal::default()).await.expect("it may be replaced");
        expect_object(&server, &key, &new);
    }
}

#[tokio::test]
async fn an_object_that_appears_meanwhile_is_kept() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    let file = file(&folder, "clip.mp4", PART + 1);
    let target = server.object(BUCKET, "clip.mp4");
    let appears = target.clone();
    let put_there = move |request: &testkit::S3Request| {
        if request.part() == Some(2) {
            fs::write(&appears, "somebody else's").expect("the bucket is a folder");
        }
        false
    };
    server.fail(1, put_there, S3Fault::CutAnswer);
    let error = failure(upload_simply(&bucket, &file, "clip.mp4").await);
    assert!(matches!(error, BucketError::ObjectExists { .. }), "{error}");
    assert_eq!(fs::read_to_string(target).expect("it is there"), "somebody else's");
}

#[tokio::test]
async fn a_server_that_loses_bytes_is_noticed() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    for size in [10, PART + 10] {
        let file = file(&folder, "clip.mp4", size);
        server.fail(
            1,
            |request| request.completes() || request.length == 10 && request.part().is_none(),
            S3Fault::LoseHalf,
        );
        let error = failure(upload_simply(&bucket, &file, &format!("lost-{size}")).await);
        let BucketError::SizeDiffers { sent, found, .. } = error else { panic!("{error}") };
        assert_eq!((sent, found), (size as u64, size as u64 / 2));
        assert!(file.exists(), "the clip stays");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    for path in [folder.file("nowhere.mp4"), folder.path().to_path_buf()] {
        let error = failure(upload_simply(&bucket, &path, "clip.mp4").await);
        assert!(
            matches!(&error, BucketError::FileUnreadable { path: named, .. } if *named == path),
            "{error}"
        );
    }
    assert!(server.requests().is_empty(), "nothing is sent");
}

#[tokio::test]
async fn an_upload_whose_state_cannot_be_kept_stops() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    let file = file(&folder, "clip.mp4", PART + 1);
    let mut journal = Journal { full: true, ..Journal::default() };
    let stopped =
        upload(&bucket, request(&file, "clip.mp4"), &mut journal).await.expect_err("it cannot be kept");
    assert!(matches!(stopped, UploadStopped::NotKept(_)), "{stopped}");
    assert!(
        server.requests().iter().all(|request| request.part().is_none()),
        "no part is sent that would be forgotten"
    );
}

#[tokio::test]
async fn trouble_that_passes_is_waited_for() {
    let (server, folder) = (server(), Folder::new());
    let bucket = open(&server);
    let busy = |status, code| S3Fault::Refuse { status, code, message: "Please reduce your request rate." };
    for (number, fault) in [
        busy(503, "SlowDown"),
        busy(429, "TooManyRequests"),
        busy(500, "InternalError"),
        S3Fault::CutInBody,
        S3Fault::CutAnswer,
    ]
    .into_iter()
    .enumerate()
    {
        for size in [10, PART + 10] {
            let file = file(&folder, "clip.mp4", size);
            let key = format!("{number}-{size}");
            server.fail(2, |request| request.method == "PUT", fault.clone());
            upload_simply(&bucket, &file, &key)
                .await
                .unwrap_or_else(|stopped| panic!("{fault:?}: {stopped}"));
            expect_object(&server, &key, &file);
            server.recover();
        }
    }
}

#[tokio::test]
async fn testing_a_connection_leaves_nothing() {
    let server = server();
    let tested = open(&server).test().await.expect("the bucket is good");
    assert_eq!(tested.left_behind, None);
    assert_eq!(server.keys(BUCKET), [""; 0]);
    let methods: Vec<_> = server.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["PUT", "HEAD", "DELETE"]);
}

#[tokio::test]
async fn keys_that_may_not_delete_are_good_enough() {
    let server = server();
    let denied = S3Fault::Refuse { status: 403, code: "AccessDenied", message: "Access Denied" };
    server.fail(1, |request| request.method == "DELETE", denied);
    let tested = open(&server).test().await.expect("delivery does not delete");
    assert_eq!(tested.left_behind.map(|key| vec![key]), Some(server.keys(BUCKET)), "what stays is told");
}

#[tokio::test]
async fn servers_can_be_run_side_by_side() {
    let (one, other): (S3Server, S3Server) = (server(), server());
    assert_ne!(one.endpoint(), other.endpoint());
    let folder = Folder::new();
    let file = file(&folder, "clip.mp4", 3);
    upload_simply(&open(&one), &file, "clip.mp4").await.expect("it arrives");
    assert_eq!(other.keys(BUCKET), [""; 0]);
}

#[tokio::test]
async fn keys_that_may_not_list_are_good_enough() {
    let (server, folder) = (server(), Folder::new());
    for size in [3, PART + 3] {
        // What S3 says of an object that is missing to those who may not know that it is.
        let denied = S3Fault::Refuse { status: 403, code: "AccessDenied", message: "Access Denied" };
        let missing = server.object(BUCKET, "clip.mp4");
        let looks_up = |request: &testkit::S3Request| matches!(request.method.as_str(), "HEAD" | "GET");
        server.fail(usize::MAX, move |request| looks_up(request) && !missing.exists(), denied);
        let file = file(&folder, "clip.mp4", size);
        upload_simply(&open(&server), &file, "clip.mp4").await.expect("it arrives and can be seen then");
        expect_object(&server, "clip.mp4", &file);
        fs::remove_file(server.object(BUCKET, "clip.mp4")).expect("it is there");
        server.recover();
    }
}
