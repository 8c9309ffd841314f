//! What the tests of buckets share.

use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use testkit::{Folder, S3Server};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::{
    Bucket, BucketError, BucketProfile, Credentials, Delivered, Existing, RetryPolicy, Upload,
    UploadObserver, UploadRequest, UploadStopped,
};

/// The bucket of most tests.
pub(super) const BUCKET: &str = "clips";
/// Bytes of a part.
pub(super) const PART: usize = 8 << 20;

/// Tries again soon, and not often.
pub(super) const SOON: RetryPolicy = RetryPolicy {
    connect_timeout: Duration::from_secs(5),
    request_timeout: Duration::from_secs(30),
    retries: 2,
    retry_within: Duration::from_secs(10),
    first_pause: Duration::from_millis(1),
};

pub(super) fn server() -> S3Server {
    S3Server::start(&[BUCKET])
}

pub(super) fn profile(server: &S3Server) -> BucketProfile {
    BucketProfile {
        endpoint: Some(server.endpoint()),
        path_style: true,
        ..BucketProfile::new("Archive", BUCKET)
    }
}

pub(super) fn credentials(server: &S3Server) -> Credentials {
    Credentials::new(server.access_key_id(), server.secret_access_key(), None)
        .expect("the server's keys are keys")
}

pub(super) fn open(server: &S3Server) -> Bucket {
    open_with(server, &profile(server))
}

pub(super) fn open_with(server: &S3Server, profile: &BucketProfile) -> Bucket {
    Bucket::open_with(profile, &credentials(server), SOON).expect("the profile is good")
}

/// A file of so many bytes, no stretch of which is like another.
pub(super) fn file(folder: &Folder, name: &str, size: usize) -> PathBuf {
    let path = folder.file(name);
    let mut bytes = vec![0; size];
    blake3::Hasher::new().update(&size.to_le_bytes()).finalize_xof().fill(&mut bytes);
    fs::write(&path, bytes).expect("a temporary folder can be written to");
    path
}

/// What an observer was told.
#[derive(Debug, Default)]
pub(super) struct Journal {
    pub(super) kept: Vec<Upload>,
    pub(super) progress: Vec<(u64, u64)>,
    pub(super) cancel: CancellationToken,
    /// Cancels when so many parts have arrived.
    pub(super) cancel_after: Option<usize>,
    /// Holds the upload on after a while.
    pub(super) hold: Option<HoldAfter>,
    /// Refuses to keep anything.
    pub(super) full: bool,
}

impl UploadObserver for Journal {
    fn keep(&mut self, upload: &Upload) -> Result<(), Box<dyn Error + Send + Sync>> {
        if self.full {
            return Err("the disk is full".into());
        }
        self.kept.push(upload.clone());
        if self.cancel_after == Some(upload.parts.len()) {
            self.cancel.cancel();
        }
        Ok(())
    }

    fn progressed(&mut self, sent: u64, size: u64) {
        self.progress.push((sent, size));
    }

    fn hold(&self) -> Option<BoxFuture<'static, ()>> {
        let HoldAfter { parts, waits, mut may_go_on } = self.hold.clone()?;
        let arrived = self.kept.last().map_or(0, |upload| upload.parts.len());
        let is_held = arrived >= parts && !*may_go_on.borrow();
        is_held.then(|| {
            async move {
                waits.notify_one();
                may_go_on.wait_for(|may_go_on| *may_go_on).await.expect("the test holds the other end");
            }
            .boxed()
        })
    }
}

/// How a journal holds an upload on.
#[derive(Debug, Clone)]
pub(super) struct HoldAfter {
    /// When so many parts have arrived.
    pub(super) parts: usize,
    /// Told when the upload waits.
    pub(super) waits: Arc<Notify>,
    /// Tells it to go on.
    pub(super) may_go_on: watch::Receiver<bool>,
}

impl Journal {
    /// What was kept when so many parts had arrived. More may have arrived before the cancelling was heard.
    pub(super) fn with_parts(&self, parts: usize) -> Upload {
        let kept = self.kept.iter().find(|upload| upload.parts.len() == parts);
        kept.expect("so many parts arrived").clone()
    }

    /// What is kept at the end.
    pub(super) fn last(&self) -> Upload {
        self.kept.last().expect("something was kept").clone()
    }
}

pub(super) fn request<'a>(file: &'a Path, key: &'a str) -> UploadRequest<'a> {
    UploadRequest { file, key, content_type: "video/mp4", existing: Existing::Keep, resumed: None }
}

pub(super) async fn upload(
    bucket: &Bucket,
    request: UploadRequest<'_>,
    journal: &mut Journal,
) -> Result<Delivered, UploadStopped> {
    let cancel = journal.cancel.clone();
    bucket.upload(request, journal, &cancel).await
}

/// Uploads for a test that is not about the way there.
pub(super) async fn upload_simply(
    bucket: &Bucket,
    file: &Path,
    key: &str,
) -> Result<Delivered, UploadStopped> {
    upload(bucket, request(file, key), &mut Journal::default()).await
}

/// The bucket's error of an upload that failed.
pub(super) fn failure(stopped: Result<Delivered, UploadStopped>) -> BucketError {
    match stopped {
        Err(UploadStopped::Failed(error)) => error,
        other => panic!("the upload should have failed at the bucket: {other:?}"),
    }
}

/// Everything that an error can be made to say.
pub(super) fn everything_said(error: &(dyn Error + 'static)) -> String {
    let mut said = format!("{error}\n{error:?}\n{error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        said.push_str(&format!("\n{error}\n{error:?}"));
        cause = error.source();
    }
    said
}

/// No part of any key may be said.
pub(super) fn expect_discreet(said: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!said.contains(secret), "{secret} must not be said: {said}");
    }
}

pub(super) fn expect_object(server: &S3Server, key: &str, file: &Path) {
    let arrived = fs::read(server.object(BUCKET, key)).expect("the object is there");
    let sent = fs::read(file).expect("the file is still there");
    // Not assert_eq: megabytes in a message help nobody.
    assert!(arrived == sent, "{key} is not what was sent: {} bytes arrived of {}", arrived.len(), sent.len());
}

/// The status and the body that a client gets that knows nothing of S3.
pub(super) async fn plain_http(method: &str, url: &str, range: Option<&str>) -> (u16, Vec<u8>) {
    let (address, path) =
        url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("a whole address");
    let range = range.map(|range| format!("Range: bytes={range}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} /{path} HTTP/1.1\r\nHost: {address}\r\n{range}Content-Length: 0\r\nConnection: close\r\n\r\n"
    );
    let address = address.to_owned();
    let exchange = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).expect("the server runs");
        stream.write_all(head.as_bytes()).expect("it listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        answer
    });
    let answer = exchange.await.expect("no panic");
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status =
        head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("an answer has a status");
    (status, answer[end + 4..].to_vec())
}
