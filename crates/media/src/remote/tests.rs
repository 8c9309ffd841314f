//! A session against a server that misbehaves, with little patience; and against the file's own bytes.

use std::io::{Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use testkit::{Folder, Misbehaviour, RangeServer};

use super::limits::Limits;
use super::mirror::BLOCK;
use super::session::Session;
use super::{RemoteSource, SharedSession};
use crate::MediaError;

/// As usual, in hundredths of the time.
fn hasty() -> Limits {
    Limits {
        connect: Duration::from_secs(2),
        silence: Duration::from_millis(150),
        first_pause: Duration::from_millis(2),
        longest_pause: Duration::from_millis(100),
        patience: Duration::from_millis(350),
        ..Limits::default()
    }
}

struct Served {
    _folder: Folder,
    mirrors: Folder,
    server: RangeServer,
    bytes: Vec<u8>,
}

impl Served {
    fn new(size: usize) -> Self {
        let folder = Folder::new();
        let bytes: Vec<u8> =
            (0..size as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        std::fs::write(folder.file("a.bin"), &bytes).expect("a temporary folder can be written to");
        let server = RangeServer::new(folder.path());
        Self { _folder: folder, mirrors: Folder::new(), server, bytes }
    }

    fn source(&self) -> RemoteSource {
        let url = self.server.address("a.bin");
        RemoteSource { address: url.clone(), url, mirror: self.mirrors.file("a"), version: None }
    }

    fn open(&self) -> Result<Session, MediaError> {
        Session::open(&self.source(), hasty())
    }
}

#[test]
fn a_silent_server_is_given_up_in_time() {
    let served = Served::new(3 << 20);
    let mut session = served.open().expect("the file is there");
    served.server.misbehave("a.bin", Misbehaviour::StallAfter(BLOCK + 100));
    let begun = Instant::now();
    let mut buffer = [0; 100];
    // One block arrives, and then nothing: that is enough to go on until the next.
    assert_eq!(session.read_at(BLOCK, &mut buffer), Ok(100));
    assert_eq!(session.read_at(2 * BLOCK, &mut buffer), Ok(100));
    served.server.misbehave("a.bin", Misbehaviour::StallAfter(100));
    assert!(session.read_at(3 * BLOCK, &mut buffer).is_err(), "nothing comes any more");
    assert!(begun.elapsed() < Duration::from_secs(3), "it took {:?}", begun.elapsed());
    let kept = 3 * BLOCK;
    match session.failure() {
        Some(MediaError::RemoteInterrupted { kept: told, size, .. }) => {
            assert_eq!((told, size), (kept, 3 << 20), "it is told how far it came");
        }
        other => panic!("a broken connection is told as such: {other:?}"),
    }
    served.server.behave("a.bin");
    let mut again = served.open().expect("the file is still there");
    assert_eq!(again.read_at(3 * BLOCK, &mut buffer), Ok(100), "a new session goes on");
}

#[test]
fn a_line_that_merely_crawls_is_given_up_too() {
    let served = Served::new(3 << 20);
    let mut session = served.open().expect("the file is there");
    served.server.misbehave("a.bin", Misbehaviour::Crawl);
    let begun = Instant::now();
    assert!(session.read_at(BLOCK, &mut [0; 100]).is_err(), "the block would take hours");
    assert!(begun.elapsed() < Duration::from_secs(3), "it took {:?}", begun.elapsed());
    let failure = session.failure();
    assert!(matches!(failure, Some(MediaError::RemoteInterrupted { .. })), "that is told: {failure:?}");
}

#[test]
fn a_server_that_takes_connections_and_says_nothing_is_unreachable() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("the system gives a port");
    let port = listener.local_addr().expect("a bound listener has an address").port();
    let mirrors = Folder::new();
    let url = format!("http://127.0.0.1:{port}/a.bin");
    let source = RemoteSource { address: url.clone(), url, mirror: mirrors.file("a"), version: None };
    let found = Session::open(&source, hasty()).map(drop);
    assert!(matches!(found, Err(MediaError::RemoteUnreachable { .. })), "nobody answers: {found:?}");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_mixed() {
    let served = Served::new(3 << 20);
    let mut session = served.open().expect("the file is there");
    served.server.set_tag("a.bin", "another");
    let mut buffer = [0; 100];
    assert_eq!(session.read_at(0, &mut buffer), Ok(100), "what is here can be read");
    assert!(session.read_at(BLOCK, &mut buffer).is_err(), "the rest is of another version");
    let failure = session.failure();
    assert!(matches!(failure, Some(MediaError::RemoteChanged { .. })), "that is told: {failure:?}");
}

#[test]
fn where_an_address_leads_is_remembered_until_it_is_refused() {
    let served = Served::new(3 << 20);
    served.server.misbehave("talk", Misbehaviour::Redirect("/a.bin?token=1".to_owned()));
    let url = served.server.address("talk");
    let source = RemoteSource { url, ..served.source() };
    let mut session = Session::open(&source, hasty()).expect("the address leads to the file");
    let mut buffer = [0; 100];
    assert_eq!(session.read_at(BLOCK, &mut buffer), Ok(100));
    assert_eq!(served.server.answered("talk").len(), 1, "the second request went straight to the file");
    served.server.plan("a.bin", [Some(Misbehaviour::Status(403))]);
    assert_eq!(session.read_at(8 * BLOCK, &mut buffer), Ok(100), "the first address leads to it once more");
    assert_eq!(served.server.answered("talk").len(), 2);
}

#[test]
fn an_empty_file_and_one_of_a_byte_can_be_read() {
    for size in [0, 1] {
        let served = Served::new(size);
        for _ in 0..2 {
            let session = SharedSession::new(served.open().expect("the file is there"));
            let mut read = Vec::new();
            session.reader().read_to_end(&mut read).expect("it can be read");
            assert_eq!(read, served.bytes, "a file of {size} bytes");
        }
    }
}

#[test]
fn who_waits_for_a_lock_that_nobody_lets_go_gives_up() {
    let served = Served::new(3 << 20);
    let mut session = served.open().expect("the file is there");
    let lock = super::lock::Lock::open(&served.source().mirror).expect("the same lock");
    let held = lock.try_hold(&mut lock.queue());
    let mut buffer = [0; 100];
    assert!(session.read_at(BLOCK, &mut buffer).is_err(), "the lock is held");
    drop(held);
    assert!(served.open().is_ok(), "the next one has it");
}

#[test]
fn what_comes_next_is_fetched_while_a_reader_goes_straight_on() {
    let served = Served::new(20 << 20);
    let session = SharedSession::new(served.open().expect("the file is there"));
    let mut reader = session.reader();
    let mut read = vec![0; 6 << 20];
    reader.read_exact(&mut read).expect("it can be read");
    assert!(read == served.bytes[..read.len()], "the bytes are the file's");
    // 1 + 2 + 4 + 8 + 16 blocks are asked for by the reader itself; the rest of what it is ahead comes meanwhile.
    let own = 31 * BLOCK;
    let deadline = Instant::now() + Duration::from_secs(10);
    while served.server.bytes_sent("a.bin") < own + 2 * BLOCK {
        assert!(Instant::now() < deadline, "nothing was fetched ahead within ten seconds");
        std::thread::yield_now();
    }
    reader.read_to_end(&mut read).expect("the rest can be read");
    assert!(read == served.bytes, "the bytes are the file's");
    let questions = served.server.answered("a.bin").len() as u64;
    assert!(served.server.bytes_sent("a.bin") <= (20 << 20) + questions, "nothing goes out twice");
}

#[test]
fn the_secret_part_of_an_address_is_not_in_its_debug_form() {
    let url = "https://host/a.mp4?signature=secret".to_owned();
    let address = "s3://bucket/a.mp4".to_owned();
    let source = RemoteSource { address, url, mirror: "mirror".into(), version: None };
    let shown = format!("{source:?}");
    assert!(!shown.contains("secret") && shown.contains("s3://bucket/a.mp4"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is read, in whatever order, by two readers on one mirror: it is the file's, and nothing comes twice.
    #[test]
    fn random_reads_give_the_bytes_of_the_file(
        size in 1_usize..3_000_000,
        reads in prop::collection::vec((any::<bool>(), 0.0..1.1_f64, 0_usize..600_000), 1..12),
    ) {
        let served = Served::new(size);
        let open = || served.open().map(SharedSession::new).expect("the file is there");
        let mut readers = [open().reader(), open().reader()];
        for (second, share, length) in reads {
            let reader = &mut readers[usize::from(second)];
            let start = (size as f64 * share) as usize;
            reader.seek(SeekFrom::Start(start as u64)).expect("any place can be gone to");
            let mut read = Vec::new();
            reader.take(length as u64).read_to_end(&mut read).expect("it can be read");
            let expected = &served.bytes[start.min(size)..(start + length).min(size)];
            prop_assert!(read == expected, "{length} bytes from {start} of {size}");
        }
        let most = size as u64 + 2;
        prop_assert!(served.server.bytes_sent("a.bin") <= most, "nothing goes out twice");
    }
}
