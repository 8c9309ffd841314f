use std::path::PathBuf;

use testkit::{Folder, Misbehaviour, RangeServer};

use super::*;
use crate::models::partial::partial_path;

const NAME: &str = "model.bin";
const SIZE: u64 = 300_000;

/// A server with the file, and the place it is fetched to.
struct Fixture {
    served: Folder,
    server: RangeServer,
    kept: Folder,
    content: Vec<u8>,
}

impl Fixture {
    fn new() -> Self {
        let served = Folder::new();
        let content: Vec<u8> = (0..SIZE).map(|index| (index * index % 251) as u8).collect();
        std::fs::write(served.file(NAME), &content).expect("a temporary file can be written");
        let server = RangeServer::new(served.path());
        Self { served, server, kept: Folder::new(), content }
    }

    fn target(&self) -> PathBuf {
        self.kept.file(NAME)
    }

    /// Fetches once, with so many tries; answers what was told as well.
    async fn fetch_in(&self, tries: u32) -> (Result<(), FetchError>, Vec<FetchProgress>) {
        self.fetch_as(Sha256::of_bytes(&self.content), SIZE, tries).await
    }

    async fn fetch_as(
        &self,
        sha256: Sha256,
        size: u64,
        tries: u32,
    ) -> (Result<(), FetchError>, Vec<FetchProgress>) {
        let (url, target, mut told) = (self.server.address(NAME), self.target(), Vec::new());
        let order = Order { url: &url, size, sha256, target: &target };
        let limits = Limits { tries, first_pause: Duration::from_millis(1), ..Limits::default() };
        let fetched = fetch(&order, limits, |progress| told.push(progress)).await;
        (fetched, told)
    }

    fn assert_whole(&self, what: &str) {
        let found = std::fs::read(self.target()).unwrap_or_else(|error| panic!("{what}: no file ({error})"));
        assert!(found == self.content, "{what}: the file is what was published");
        let left: Vec<_> = std::fs::read_dir(self.kept.path()).expect("a folder").flatten().collect();
        assert_eq!(left.len(), 1, "{what}: nothing else is left: {left:?}");
    }

    fn assert_nothing(&self, what: &str) {
        assert!(!self.target().exists(), "{what}: nothing carries the name");
    }

    /// First bytes of all ranges that were asked for; `None` for the whole file.
    fn asked(&self) -> Vec<Option<u64>> {
        let answered = self.server.answered(NAME).into_iter();
        answered.map(|answer| answer.asked.map(|range| range.start)).collect()
    }
}

#[tokio::test]
async fn a_file_is_fetched_with_one_request() {
    let fixture = Fixture::new();
    let (fetched, told) = fixture.fetch_in(1).await;
    fetched.expect("a good server sends it");
    fixture.assert_whole("at once");
    assert_eq!(fixture.asked(), [None]);
    let arrived: Vec<u64> = told.iter().map(|progress| progress.arrived).collect();
    assert!(
        arrived.is_sorted() && arrived.last() == Some(&SIZE),
        "progress goes from start to end: {arrived:?}"
    );
}

#[tokio::test]
async fn what_was_cut_goes_on_without_fetching_the_first_part_again() {
    let fixture = Fixture::new();
    let cut = Some(Misbehaviour::CutAfter(100_000));
    fixture.server.plan(NAME, [cut.clone(), cut, Some(Misbehaviour::Busy(0)), None]);
    let (fetched, told) = fixture.fetch_in(3).await;
    fetched.expect("the fourth answer brings the rest");
    fixture.assert_whole("after two cuts and a busy server");
    assert_eq!(fixture.server.bytes_sent(NAME), SIZE, "no byte went over the line twice");
    let reasons: Vec<&str> = told.iter().filter_map(|progress| progress.trying_again.as_deref()).collect();
    assert_eq!(reasons.len(), 3, "each new try says why: {reasons:?}");
    assert!(reasons[0].contains("broke off after 100000 of 300000 bytes"), "{reasons:?}");
    assert!(reasons[2].contains("status 503"), "{reasons:?}");
}

#[tokio::test]
async fn a_later_run_goes_on_where_an_earlier_one_ended() {
    let check = async |what: &str, between: &dyn Fn(&Fixture), expected: &[Option<u64>]| {
        let fixture = Fixture::new();
        fixture.server.plan(NAME, [Some(Misbehaviour::CutAfter(120_000))]);
        match fixture.fetch_in(1).await.0 {
            Err(FetchError::Interrupted { kept: 120_000, size: SIZE, .. }) => {}
            other => panic!("{what}: the first run is cut: {other:?}"),
        }
        fixture.assert_nothing(what);
        between(&fixture);
        fixture
            .fetch_in(1)
            .await
            .0
            .unwrap_or_else(|error| panic!("{what}: the second run ends well: {error}"));
        fixture.assert_whole(what);
        assert_eq!(fixture.asked(), expected, "{what}: what was asked for");
    };
    check("untouched", &|_| {}, &[None, Some(120_000)]).await;
    check("another version", &|fixture| fixture.server.set_tag(NAME, "two"), &[None, Some(120_000)]).await;
    let no_ranges = |fixture: &Fixture| fixture.server.misbehave(NAME, Misbehaviour::IgnoreRanges);
    check("no ranges", &no_ranges, &[None, Some(120_000)]).await;
    let damage = |fixture: &Fixture| {
        let part = partial_path(&fixture.target());
        std::fs::write(&part, vec![0; 120_000]).expect("a temporary file can be written");
    };
    check("damaged on the disk", &damage, &[None, Some(120_000), None]).await;
    let overlong = |fixture: &Fixture| {
        let part = partial_path(&fixture.target());
        std::fs::write(&part, vec![0; 400_000]).expect("a temporary file can be written");
    };
    check("longer than the file", &overlong, &[None, None]).await;
}

#[tokio::test]
async fn cancelling_keeps_what_has_arrived() {
    let fixture = Fixture::new();
    fixture.server.plan(NAME, [Some(Misbehaviour::StallAfter(90_000))]);
    let (url, target) = (fixture.server.address(NAME), fixture.target());
    let order = Order { url: &url, size: SIZE, sha256: Sha256::of_bytes(&fixture.content), target: &target };
    let (enough, arrived) = tokio::sync::oneshot::channel();
    let mut enough = Some(enough);
    let fetching = fetch(&order, Limits::default(), |progress| {
        if progress.arrived == 90_000 {
            let _ = enough.take().map(|enough| enough.send(()));
        }
    });
    tokio::select! {
        ended = fetching => panic!("a server that sends no more does not end it: {ended:?}"),
        _ = arrived => {}
    }
    fixture.assert_nothing("cancelled");
    fixture.fetch_in(1).await.0.expect("the next run ends well");
    fixture.assert_whole("after cancelling");
    assert_eq!(fixture.asked(), [None, Some(90_000)]);
}

#[tokio::test]
async fn only_the_file_that_was_meant_is_taken() {
    let fixture = Fixture::new();
    let right = Sha256::of_bytes(&fixture.content);

    let (fetched, _) = fixture.fetch_as(Sha256::of_bytes(b"another"), SIZE, 3).await;
    assert!(matches!(fetched, Err(FetchError::WrongContent { .. })), "{fetched:?}");
    fixture.assert_nothing("another digest");
    for size in [SIZE - 1, SIZE + 1] {
        let (fetched, _) = fixture.fetch_as(right, size, 3).await;
        assert!(matches!(fetched, Err(FetchError::WrongSize { found: SIZE, .. })), "{size}: {fetched:?}");
        fixture.assert_nothing("another size");
    }
    assert_eq!(fixture.asked().len(), 3, "none of this is tried again");

    // A server that sends more than it should is left at once.
    fixture.server.plan(NAME, [Some(Misbehaviour::CutAfter(50_000))]);
    let _ = fixture.fetch_in(1).await;
    let longer = [fixture.content.as_slice(), b"more"].concat();
    std::fs::write(fixture.served.file(NAME), longer).expect("a temporary file can be written");
    let (fetched, _) = fixture.fetch_in(1).await;
    assert!(matches!(fetched, Err(FetchError::WrongSize { .. })), "{fetched:?}");
}

#[tokio::test]
async fn refusals_are_told_apart_and_only_some_are_tried_again() {
    let check = async |how: Misbehaviour, requests: usize, expected: &str| {
        let fixture = Fixture::new();
        fixture.server.misbehave(NAME, how.clone());
        let error = fixture.fetch_in(3).await.0.expect_err("the server refuses").to_string();
        assert!(error.contains(expected), "{how:?} says {expected}: {error}");
        assert_eq!(fixture.asked().len(), requests, "{how:?} is asked so often");
        fixture.assert_nothing("refused");
    };
    check(Misbehaviour::Status(404), 1, "no longer has the file").await;
    check(Misbehaviour::Status(403), 1, "status 403").await;
    check(Misbehaviour::Status(500), 3, "status 500").await;
    check(Misbehaviour::CutAfter(0), 3, "broke off after 0 of").await;
}

#[tokio::test]
async fn a_redirect_is_followed() {
    let fixture = Fixture::new();
    let elsewhere = fixture.server.address("there.bin");
    std::fs::copy(fixture.served.file(NAME), fixture.served.file("there.bin")).expect("a file can be copied");
    fixture.server.misbehave(NAME, Misbehaviour::Redirect(elsewhere));
    fixture.fetch_in(1).await.0.expect("the other address has it");
    fixture.assert_whole("redirected");
}

#[tokio::test]
async fn what_cannot_work_is_told_before_anything_is_asked() {
    let fixture = Fixture::new();
    let (fetched, _) = fixture.fetch_as(Sha256::of_bytes(b""), u64::MAX / 2, 3).await;
    assert!(matches!(fetched, Err(FetchError::NoRoom { .. })), "no disk is so large: {fetched:?}");

    let held = Partial::open(&fixture.target()).expect("a partial file opens");
    let (fetched, _) = fixture.fetch_in(3).await;
    assert!(matches!(fetched, Err(FetchError::Busy { .. })), "two must not write one file: {fetched:?}");
    drop(held);
    assert!(fixture.asked().is_empty(), "no request was made");

    let Fixture { server, kept, content, .. } = fixture;
    let (url, target) = (server.address(NAME), kept.file(NAME));
    drop(server);
    let order = Order { url: &url, size: SIZE, sha256: Sha256::of_bytes(&content), target: &target };
    let limits = Limits { tries: 1, ..Limits::default() };
    let error = fetch(&order, limits, |_| {}).await.expect_err("nobody listens there").to_string();
    assert!(error.contains("127.0.0.1 cannot be reached"), "the server is named: {error}");
}
