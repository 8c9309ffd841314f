//! What goes wrong has a precise name, a next step, and says no secret.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use testkit::{Folder, S3Fault, S3Server};
use tracing_subscriber::fmt::MakeWriter;

use super::support::*;
use crate::{Bucket, BucketError, BucketProfile, Credentials, RetryPolicy};

const OTHER_ID: &str = "AKIAWRONGWRONGWRONGW";
const OTHER_SECRET: &str = "an0ther/Secret+ThatIsNotTheServers";
const TOKEN: &str = "t0ken/ThatLastsAnHour==";

/// What a bucket is opened with; by default it is right.
struct Case {
    profile: BucketProfile,
    id: String,
    secret: String,
}

impl Case {
    fn good(server: &S3Server) -> Self {
        Self {
            profile: profile(server),
            id: server.access_key_id().to_owned(),
            secret: server.secret_access_key().to_owned(),
        }
    }

    fn open(&self, token: Option<&str>) -> Bucket {
        let credentials = Credentials::new(&self.id, &self.secret, token).expect("these look like keys");
        Bucket::open_with(&self.profile, &credentials, SOON).expect("the profile is good")
    }
}

/// Tests the connection, looks an object up and uploads a small and a large file: each meets what `expected` says, in
/// `words`, and no secret is in anything that can be had of the errors.
async fn check(server: &S3Server, case: &Case, expected: impl Fn(&BucketError) -> bool, words: &str) {
    let folder = Folder::new();
    let bucket = case.open(None);
    let mut errors = vec![bucket.test().await.expect_err("the test of the connection finds it")];
    for size in [3, PART + 3] {
        errors.push(failure(upload_simply(&bucket, &file(&folder, "clip.mp4", size), "a/clip.mp4").await));
    }
    for error in errors {
        assert!(expected(&error), "another error was expected: {error:?}");
        let message = error.to_string();
        assert!(message.contains(words), "{message:?} should say {words:?}");
        assert!(message.ends_with(&server.endpoint()), "the place comes last: {message}");
        let secrets =
            [&case.id, &case.secret, server.access_key_id(), server.secret_access_key(), "Signature="];
        expect_discreet(&everything_said(&error), &secrets);
    }
    expect_discreet(&format!("{bucket:?}"), &[&case.id, &case.secret]);
}

#[tokio::test]
async fn a_wrong_key() {
    let server = server();
    let case = Case { id: OTHER_ID.to_owned(), ..Case::good(&server) };
    check(
        &server,
        &case,
        |error| matches!(error, BucketError::WrongKey { .. }),
        "enter the bucket's keys again",
    )
    .await;
}

#[tokio::test]
async fn a_wrong_secret() {
    let server = server();
    let case = Case { secret: OTHER_SECRET.to_owned(), ..Case::good(&server) };
    let expected = |error: &BucketError| matches!(error, BucketError::WrongSecret { .. });
    check(&server, &case, expected, "The secret access key does not fit").await;
}

#[tokio::test]
async fn a_wrong_bucket() {
    let server = server();
    let case = Case {
        profile: BucketProfile { bucket: "nobodys".to_owned(), ..profile(&server) },
        ..Case::good(&server)
    };
    let expected = |error: &BucketError| matches!(error, BucketError::NoSuchBucket { .. });
    check(&server, &case, expected, "check the name, the endpoint and the region: ").await;
}

#[tokio::test]
async fn a_wrong_region() {
    let server = server();
    server.require_region("eu-central-1");
    let told = |error: &BucketError| {
        matches!(error, BucketError::WrongRegion { region, expected, .. }
            if region == "us-east-1" && expected.as_deref() == Some("eu-central-1"))
    };
    check(
        &server,
        &Case::good(&server),
        told,
        "not in the region us-east-1; enter eu-central-1 in its profile",
    )
    .await;
    let profile = BucketProfile { region: "eu-central-1".to_owned(), ..profile(&server) };
    Case { profile, ..Case::good(&server) }.open(None).test().await.expect("in its region it is good");
}

#[tokio::test]
async fn a_server_without_checksums() {
    let server = server();
    server.reject_checksums();
    let folder = Folder::new();
    let good = Case::good(&server);
    let expected = |error: &BucketError| matches!(error, BucketError::ChecksumRejected { .. });
    check(&server, &good, expected, "switch checksums off in the bucket's profile").await;
    let off = open_with(&server, &BucketProfile { checksums: false, ..profile(&server) });
    off.test().await.expect("without them it is good");
    for size in [3, PART + 3] {
        let file = file(&folder, "clip.mp4", size);
        let key = format!("{size}.mp4");
        upload_simply(&off, &file, &key).await.expect("without them it arrives");
        expect_object(&server, &key, &file);
    }
}

/// A status and a code, words of the error, and whether it is the right one.
type Kind = (u16, &'static str, &'static str, fn(&BucketError) -> bool);

#[tokio::test]
async fn refusals_of_all_kinds() {
    let kinds: [Kind; 11] = [
        (403, "AccessDenied", "may not", |error| matches!(error, BucketError::AccessDenied { .. })),
        (403, "RequestTimeTooSkewed", "set the clock", |error| {
            matches!(error, BucketError::ClockSkew { .. })
        }),
        (400, "ExpiredToken", "get new temporary keys", |error| {
            matches!(error, BucketError::SessionEnded { .. })
        }),
        (301, "PermanentRedirect", "look its region up", |error| {
            matches!(error, BucketError::WrongRegion { expected: None, .. })
        }),
        (501, "NotImplemented", "switch checksums off", |error| {
            matches!(error, BucketError::ChecksumRejected { .. })
        }),
        (503, "SlowDown", "try again in a few minutes", |error| {
            matches!(error, BucketError::Busy { status: 503, .. })
        }),
        (500, "InternalError", "try again in a few minutes", |error| {
            matches!(error, BucketError::Busy { .. })
        }),
        (403, "QuotaExceeded", "403 QuotaExceeded", |error| matches!(error, BucketError::Refused { .. })),
        (409, "OperationAborted", "409 OperationAborted", |error| {
            matches!(error, BucketError::Refused { .. })
        }),
        (400, "", "refused to write objects (400)", |error| {
            matches!(error, BucketError::Refused { code: None, .. })
        }),
        (403, "", "may not write objects", |error| matches!(error, BucketError::AccessDenied { .. })),
    ];
    let server = server();
    for (status, code, words, expected) in kinds {
        let refuse = S3Fault::Refuse { status, code, message: "No." };
        server.fail(usize::MAX, |request| matches!(request.method.as_str(), "PUT" | "POST"), refuse);
        check(&server, &Case::good(&server), expected, words).await;
        server.recover();
    }
}

#[tokio::test]
async fn a_bucket_at_another_endpoint() {
    let server = server();
    for (status, code) in [(403, "AccessDenied"), (301, "PermanentRedirect")] {
        // Behind the message stands the element that these servers add.
        let message = "Elsewhere.</Message><Endpoint>clips.oss-cn-beijing.aliyuncs.com</Endpoint><Message>";
        server.fail(
            usize::MAX,
            |request| request.method != "HEAD",
            S3Fault::Refuse { status, code, message },
        );
        let told = |error: &BucketError| matches!(error, BucketError::WrongEndpoint { expected, .. } if expected == "oss-cn-beijing.aliyuncs.com");
        check(&server, &Case::good(&server), told, "enter oss-cn-beijing.aliyuncs.com in its profile").await;
        server.recover();
    }
}

#[tokio::test]
async fn a_server_that_stops_answering() {
    let (server, folder) = (server(), Folder::new());
    let policy = RetryPolicy { request_timeout: Duration::from_millis(1_500), retries: 1, ..SOON };
    let bucket =
        Bucket::open_with(&profile(&server), &credentials(&server), policy).expect("the profile is good");
    for size in [3, PART + 3] {
        server.fail(usize::MAX, |request| request.method == "PUT", S3Fault::Stall);
        let file = file(&folder, "clip.mp4", size);
        let error = failure(upload_simply(&bucket, &file, "clip.mp4").await);
        assert!(matches!(error, BucketError::Interrupted { .. }), "{error:?}");
        server.recover();
    }
}

#[tokio::test]
async fn a_refusal_in_the_words_of_success() {
    let (server, folder) = (server(), Folder::new());
    let file = file(&folder, "clip.mp4", PART + 3);
    for (code, expected) in
        [("AccessDenied", "may not write objects"), ("InternalError", "try again in a few minutes")]
    {
        // S3 may find out after it has begun to answer.
        server.fail(
            usize::MAX,
            testkit::S3Request::completes,
            S3Fault::Refuse { status: 200, code, message: "No." },
        );
        let error = failure(upload_simply(&open(&server), &file, "clip.mp4").await);
        assert!(error.to_string().contains(expected), "{error}");
        expect_discreet(&everything_said(&error), &[server.access_key_id(), "Signature="]);
        server.recover();
    }
}

#[tokio::test]
async fn nobody_there() {
    let (server, folder) = (server(), Folder::new());
    let file = file(&folder, "clip.mp4", 3);
    let bucket = open(&server);
    drop(server);
    let error = failure(upload_simply(&bucket, &file, "clip.mp4").await);
    assert!(matches!(error, BucketError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains("check the endpoint and the network"), "{error}");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls() {
    let server = server();
    let endpoint = server.endpoint().replace("http://", "https://");
    let bucket = open_with(&server, &BucketProfile { endpoint: Some(endpoint), ..profile(&server) });
    let error = bucket.test().await.expect_err("it does not speak TLS");
    assert!(matches!(error, BucketError::Unreachable { .. }), "{error:?}");
    assert!(server.requests().is_empty(), "nothing is said in the clear");
}

#[tokio::test]
async fn somebody_else_is_there() {
    let server = server();
    let refuse = S3Fault::Refuse { status: 200, code: "", message: "Welcome to the printer." };
    server.fail(usize::MAX, |_| true, refuse);
    let error = open(&server).test().await.expect_err("this is no S3 server");
    assert!(matches!(error, BucketError::NotUnderstood { .. }), "{error:?}");
}

#[tokio::test]
async fn a_session_token_is_sent_and_never_said() {
    let server = server();
    let case = Case { secret: OTHER_SECRET.to_owned(), ..Case::good(&server) };
    let error = case.open(Some(TOKEN)).test().await.expect_err("the secret is wrong");
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.headers.get("x-amz-security-token").is_some_and(|sent| sent == TOKEN))
    );
    expect_discreet(&everything_said(&error), &[TOKEN, OTHER_SECRET]);
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panics").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_secret_is_logged_at_any_level() {
    let (server, folder) = (server(), Folder::new());
    let lines = Lines::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(lines.clone()).finish();
    // This thread's only: the server has its own, and is no part of the product.
    let logging = tracing::subscriber::set_default(subscriber);
    let bucket = Case::good(&server).open(Some(TOKEN));
    let file = file(&folder, "clip.mp4", PART + 3);
    server.fail(2, |request| request.part() == Some(1), S3Fault::CutInBody);
    server.fail(
        1,
        testkit::S3Request::completes,
        S3Fault::Refuse { status: 503, code: "SlowDown", message: "No." },
    );
    let mut journal = Journal::default();
    upload(&bucket, request(&file, "clip.mp4"), &mut journal).await.expect("it arrives");
    bucket.signed_url("clip.mp4", Duration::from_secs(60)).await.expect("it can be signed");
    Case { secret: OTHER_SECRET.to_owned(), ..Case::good(&server) }
        .open(None)
        .test()
        .await
        .expect_err("wrong");
    drop(logging);
    let said = String::from_utf8_lossy(&lines.0.lock().expect("nobody panics")).into_owned();
    assert!(said.contains("backing off"), "something is logged: {said}");
    expect_discreet(
        &said,
        &[server.access_key_id(), server.secret_access_key(), OTHER_SECRET, TOKEN, "X-Amz-Signature"],
    );
    let kept = serde_json::to_string(&journal.kept).expect("it can be written");
    expect_discreet(&kept, &[server.access_key_id(), server.secret_access_key(), TOKEN]);
}
