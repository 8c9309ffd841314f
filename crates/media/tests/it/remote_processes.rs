//! One mirror, read by several processes at once.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use media::{RemoteSource, mirror_ends};
use testkit::{Clip, Container, Sound};

use crate::common::{analyse_source, seconds};
use crate::remote::Served;

/// Tells a process of this test's that it is a reader, and of what.
const READER: &str = "STANDOUT_MEDIA_TEST_READER";

const TEST: &str = "remote_processes::several_processes_share_what_arrives";

/// Eight seconds of pictures as they are, which take 17 MB.
fn large_clip() -> Clip {
    let options = ["-c:v", "rawvideo"].map(str::to_owned).to_vec();
    let sound = Some(Sound::bursts([0.5, 6.0].map(seconds)));
    Clip { frames: 200, container: Container::Mkv, sound, options, ..Clip::default() }
}

/// Starts a process that reads both ends of the source, waits until its standard input ends, and reads the source through.
fn reader(source: &RemoteSource) -> Child {
    let test = std::env::current_exe().expect("a running test has a path");
    let source = serde_json::to_string(source).expect("a source can be written down");
    Command::new(test)
        .args(["--exact", TEST, "--nocapture"])
        .env(READER, source)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the test can be started once more")
}

/// What such a process does.
fn read(source: &str) {
    let source: RemoteSource = serde_json::from_str(source).expect("what the test wrote down");
    mirror_ends(&source, 1).expect("the ends can be read");
    std::io::stdin().read_to_end(&mut Vec::new()).expect("the input ends");
    let (_, _, kept) = analyse_source(&source.into()).expect("the clip can be analysed");
    let numbers: Vec<u32> = kept.pictures.iter().filter_map(|(_, number)| *number).collect();
    assert_eq!(numbers, (0..large_clip().frames).collect::<Vec<u32>>(), "every picture is the clip's");
    assert_eq!(kept.burst_starts().len(), 2, "both tones are heard");
}

#[test]
fn several_processes_share_what_arrives() {
    if let Ok(source) = std::env::var(READER) {
        return read(&source);
    }
    let served = Served::new();
    let path = large_clip().write(&served.folder, "clip");
    let size = std::fs::metadata(&path).expect("the clip was just made").len();
    // Each process has an address of its own, as those that are signed for a while are.
    let queries = ["signature=one", "signature=two"];
    let mut readers = queries.map(|query| {
        let url = format!("{}?{query}", served.server.address("clip.mkv"));
        reader(&RemoteSource { url, ..served.remote("clip.mkv") })
    });
    let deadline = Instant::now() + Duration::from_secs(20);
    let has_asked =
        |query: &str| served.server.answered("clip.mkv").iter().any(|answer| answer.target.ends_with(query));
    while !queries.into_iter().all(has_asked) {
        assert!(Instant::now() < deadline, "both processes ask the server within twenty seconds");
        std::thread::yield_now();
    }
    let begun = served.server.bytes_sent("clip.mkv");
    assert!(begun < size / 2, "most of {size} bytes is still to be read, beyond {begun}");
    readers.iter_mut().for_each(|reader| drop(reader.stdin.take()));
    for reader in readers {
        let ended = reader.wait_with_output().expect("a process can be waited for");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "each process finds the whole clip: {said}");
    }
    assert!(size <= served.server.bytes_sent("clip.mkv"), "all of it arrived");
    served.assert_sent_once("clip.mkv");
}
