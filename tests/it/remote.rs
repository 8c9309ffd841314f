//! Media that lie elsewhere: read in parts, and what is said when that fails.

use std::net::TcpListener;

use testkit::{Folder, Misbehaviour, RangeServer};

use crate::support::{CommandLine, speechless};

#[test]
fn each_way_a_server_can_fail_has_its_code() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    speechless(&folder, "talk", 4);
    for name in ["forbidden.mp4", "gone.mp4", "whole.mp4"] {
        std::fs::copy(folder.file("talk.mp4"), folder.file(name)).unwrap();
    }
    std::fs::write(folder.file("notes.mp4"), "these are my notes, not a video").unwrap();
    let server = RangeServer::new(folder.path());
    server.misbehave("forbidden.mp4", Misbehaviour::Status(403));
    server.misbehave("gone.mp4", Misbehaviour::Status(404));
    server.misbehave("whole.mp4", Misbehaviour::IgnoreRanges);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (address, code) in [
        (server.address("forbidden.mp4?signature=hidden"), "RemoteForbidden"),
        (server.address("gone.mp4"), "RemoteNotFound"),
        (server.address("whole.mp4"), "RemoteWithoutRanges"),
        (server.address("notes.mp4"), "NotMedia"),
        (format!("http://{closed}/talk.mp4"), "RemoteUnreachable"),
    ] {
        let ran = line.run(&["extract", &address, "--allow-speechless"]);
        assert_eq!(ran.code, 1, "{ran:?}");
        let error = &ran.json()["HighlightResults"][0]["Error"];
        assert_eq!(error["Code"], code, "{address}: {error}");
        let message = error["Message"].as_str().unwrap();
        let shown = address.split('?').next().unwrap();
        assert!(message.contains(shown), "it names the address: {message}");
        assert!(!message.contains("hidden"), "a signature is not shown: {message}");
    }
}

#[test]
fn a_connection_that_is_cut_in_the_middle_is_taken_up_again() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = speechless(&folder, "talk", 20);
    let size = std::fs::metadata(&video).unwrap().len();
    let server = RangeServer::new(folder.path());
    server.plan("talk.mp4", [None, Some(Misbehaviour::CutAfter(size / 3))]);
    let local = line.run(&["extract", video.to_str().unwrap(), "--allow-speechless"]);
    let other = CommandLine::new();
    let remote = other.run(&["extract", &server.address("talk.mp4"), "--allow-speechless"]);
    assert_eq!(remote.code, 0, "{remote:?}");
    let ranges = |ran: &crate::support::Ran| ran.json()["HighlightResults"][0]["TimeRanges"].clone();
    assert_eq!(ranges(&remote), ranges(&local), "the answer is that of the file itself");
}

#[test]
fn a_second_job_reads_nothing_again() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let size = std::fs::metadata(speechless(&folder, "talk", 20)).unwrap().len();
    let server = RangeServer::new(folder.path());
    let address = server.address("talk.mp4");
    let clips = Folder::new();
    for (run, name) in ["a-{index}.mp4", "b-{index}.mp4"].into_iter().enumerate() {
        let export = clips.file(name);
        let ran = line.run(&[
            "extract",
            &address,
            "--allow-speechless",
            "--count",
            "1",
            "--clip-duration",
            "3",
            "--export",
            export.to_str().unwrap(),
        ]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let sent = server.bytes_sent("talk.mp4");
        assert!(sent <= size + 4_096, "run {run}: {sent} bytes of {size} were sent");
    }
}
