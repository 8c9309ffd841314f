//! What keeps remote media from being read comes out as itself, with words, and without secrets.

use std::net::TcpListener;

use media::{MediaError, RemoteSource, Source, decode, probe, thumbnail};
use model::MediaTime;
use testkit::{Clip, Folder, Misbehaviour, ffmpeg};

use crate::common::Kept;
use crate::remote::Served;

fn name(error: &MediaError) -> String {
    let shown = format!("{error:?}");
    shown.split([' ', '{', '(']).next().unwrap_or_default().to_owned()
}

fn check_words(error: &MediaError, expected: &str) {
    assert_eq!(name(error), expected, "the kind of failure: {error}");
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(!shown.contains("secret"), "no signature is shown: {shown}");
    }
    assert!(error.to_string().contains(". "), "a next step is named: {error}");
}

#[test]
fn each_refusal_of_a_server_has_a_name() {
    let served = Served::new();
    let _ = Clip::default().write(&served.folder, "clip");
    let check = |how: Misbehaviour, expected: &str| {
        served.server.misbehave("clip.mp4", how);
        let error = probe(&served.source("clip.mp4")).expect_err("the server refuses");
        check_words(&error, expected);
    };
    check(Misbehaviour::Status(401), "RemoteForbidden");
    check(Misbehaviour::Status(403), "RemoteForbidden");
    check(Misbehaviour::Status(404), "RemoteNotFound");
    check(Misbehaviour::Status(410), "RemoteNotFound");
    check(Misbehaviour::Status(416), "RemoteWithoutRanges");
    check(Misbehaviour::IgnoreRanges, "RemoteWithoutRanges");
    check(Misbehaviour::Status(418), "RemoteStatus");
    check(Misbehaviour::Status(500), "RemoteStatus");
    check(Misbehaviour::CutAfter(1_000), "RemoteInterrupted");
    check(Misbehaviour::Redirect("/clip.mp4".to_owned()), "RemoteRedirected");
    check(Misbehaviour::Redirect("file:///etc/passwd".to_owned()), "RemoteRedirected");
}

#[test]
fn a_refusal_that_stands_is_not_asked_for_again_and_a_passing_one_four_times() {
    let served = Served::new();
    let _ = Clip::default().write(&served.folder, "clip");
    for (status, expected) in [(403, 1), (404, 1), (503, 4)] {
        let before = served.server.answered("clip.mp4").len();
        served.server.misbehave("clip.mp4", Misbehaviour::Status(status));
        let _ = probe(&served.source("clip.mp4")).expect_err("the server refuses");
        let tries = served.server.answered("clip.mp4").len() - before;
        assert_eq!(tries, expected, "tries for status {status}");
    }
}

#[test]
fn who_cannot_be_reached_is_told_with_the_reason() {
    let mirrors = Folder::new();
    let unused = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let port = unused.expect("the system gives a port").port();
    let served = Served::new();
    let unsafe_server = served.server.address("a.mp4?secret").replace("http:", "https:");
    let nobody = format!("http://127.0.0.1:{port}/a.mp4?secret");
    for url in [nobody, unsafe_server, "ftp://127.0.0.1/a.mp4?secret".to_owned(), "secret".to_owned()] {
        let (address, mirror) = ("http://host/a.mp4".to_owned(), mirrors.file("a"));
        let error = probe(&RemoteSource { address, url, mirror, version: None }.into());
        check_words(&error.expect_err("nobody is there"), "RemoteUnreachable");
    }
}

/// Twelve seconds, larger than what a probe reads.
fn large_clip(served: &Served) -> Source {
    let path = served.folder.file("large.mp4");
    let name = path.to_str().expect("temporary paths are UTF-8");
    let picture = "testsrc2=s=640x360:r=10:d=100,noise=alls=60:allf=t";
    ffmpeg(["-f", "lavfi", "-i", picture, "-c:v", "mpeg4", "-b:v", "3M", "-g", "10", name]);
    served.source("large.mp4")
}

#[test]
fn a_failure_in_the_middle_ends_each_kind_of_work_by_its_name() {
    let served = Served::new();
    let source = large_clip(&served);
    let info = probe(&source).expect("the clip can be probed");
    let check = |how: Misbehaviour, expected: &str| {
        // The question about the version is answered; then it happens.
        served.server.behave("large.mp4");
        served.server.plan("large.mp4", [None]);
        served.server.misbehave("large.mp4", how);
        let error = decode(&source, &info, &mut Kept::default()).expect_err("decoding fails");
        check_words(&error, expected);
        served.server.plan("large.mp4", [None]);
        let middle = MediaTime::from_whole_seconds(50);
        let error = thumbnail(&source, &info, middle, 90).expect_err("there is no picture");
        check_words(&error, expected);
    };
    check(Misbehaviour::Status(403), "RemoteForbidden");
    check(Misbehaviour::Status(404), "RemoteNotFound");
    check(Misbehaviour::Status(503), "RemoteStatus");
    check(Misbehaviour::CutAfter(10), "RemoteInterrupted");
    check(Misbehaviour::Status(416), "RemoteChanged");
    check(Misbehaviour::IgnoreRanges, "RemoteWithoutRanges");

    served.server.behave("large.mp4");
    let mut kept = Kept::default();
    decode(&source, &info, &mut kept).expect("once the server behaves, what is missing is read");
    assert_eq!(kept.pictures.len(), 1_000, "every picture is there");
}

#[test]
fn a_change_is_told_where_a_version_was_asked_for_and_else_read_anew() {
    let served = Served::new();
    let source = large_clip(&served);
    let info = probe(&source).expect("the clip can be probed");
    let Source::Remote(remote) = &source else { panic!("the clip is remote") };
    let version = media::mirror_ends(remote, 1).expect("the version can be asked for");
    let fixed = Source::Remote(RemoteSource { version: Some(version), ..remote.clone() });
    probe(&fixed).expect("the version is still there");

    served.server.set_tag("large.mp4", "another");
    check_words(&probe(&fixed).expect_err("the version is gone"), "RemoteChanged");
    let before = served.server.bytes_sent("large.mp4");
    assert_eq!(probe(&source).expect("the new version can be probed"), info);
    assert!(before + 500_000 < served.server.bytes_sent("large.mp4"), "nothing of the old version was taken");
}

#[test]
fn a_mirror_that_cannot_be_written_is_told_with_its_place() {
    let served = Served::new();
    let path = Clip::default().write(&served.folder, "clip");
    // A folder cannot lie in a file.
    let mirror = path.join("mirror");
    let error = probe(&RemoteSource { mirror: mirror.clone(), ..served.remote("clip.mp4") }.into());
    match error.expect_err("nothing can be kept") {
        MediaError::Unwritable { path, .. } => assert_eq!(path, mirror),
        error => panic!("the place that cannot be written is told: {error:?}"),
    }
}
