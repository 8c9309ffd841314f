//! A second opinion on what S3 is: the main cases once more, on `moto`, which the makers of AWS's clients test with.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use testkit::{Folder, python_program};

use super::support::*;
use crate::{
    Bucket, BucketError, BucketProfile, Credentials, Existing, Upload, UploadRequest, UploadStopped,
};

/// A running `moto`, which ends with this value.
struct Moto {
    process: Child,
    endpoint: String,
}

impl Moto {
    /// Starts it on a free port, with one bucket; `None` where it is not installed.
    async fn start() -> Option<Self> {
        let mut command = Command::new(python_program("moto_server")?);
        command.args(["-H", "127.0.0.1", "-p", "0"]).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("an installed program starts");
        let mut words = BufReader::new(process.stderr.take().expect("it was asked for")).lines();
        let told = words.by_ref().find_map(|line| {
            let line = line.expect("its words can be read");
            line.split_once("Running on ").map(|(_, address)| address.trim().to_owned())
        });
        // Read on, or it waits for a reader.
        std::thread::spawn(move || words.count());
        let moto = Self { process, endpoint: told.expect("moto tells its address before it ends") };
        let (status, _) = plain_http("PUT", &format!("{}/{BUCKET}", moto.endpoint), None).await;
        assert_eq!(status, 200, "a bucket can be made");
        Some(moto)
    }

    fn profile(&self) -> BucketProfile {
        BucketProfile {
            endpoint: Some(self.endpoint.clone()),
            path_style: true,
            ..BucketProfile::new("Moto", BUCKET)
        }
    }

    fn open(&self, profile: &BucketProfile) -> Bucket {
        let keys = Credentials::new("AKIAMOTO", "moto-s3cr3t", None).expect("these look like keys");
        Bucket::open_with(profile, &keys, SOON).expect("the profile is good")
    }

    async fn expect_object(&self, bucket: &Bucket, key: &str, file: &Path) {
        let url = bucket.signed_url(key, Duration::from_secs(60)).await.expect("it can be signed");
        let (status, arrived) = plain_http("GET", &url, None).await;
        let sent = std::fs::read(file).expect("the file is there");
        assert!(
            status == 200 && arrived == sent,
            "{key}: {status}, {} bytes of {}",
            arrived.len(),
            sent.len()
        );
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn the_main_cases_hold_on_moto() {
    let Some(moto) = Moto::start().await else { return };
    for checksums in [true, false] {
        let bucket = moto.open(&BucketProfile { checksums, ..moto.profile() });
        let folder = format!("checksums-{checksums}");
        assert_eq!(bucket.test().await.expect("the bucket is good").left_behind, None);
        files_arrive(&moto, &bucket, &folder).await;
        a_cut_upload_goes_on(&moto, &bucket, &folder).await;
    }
    an_upload_can_be_thrown_away(&moto).await;
    a_wrong_bucket_is_named(&moto).await;
}

async fn files_arrive(moto: &Moto, bucket: &Bucket, prefix: &str) {
    let folder = Folder::new();
    for size in [0, 9, PART + 1] {
        let file = file(&folder, "clip.mp4", size);
        let key = format!("{prefix}/a b/进球 50% #1?+ {size}.mp4");
        let delivered = upload_simply(bucket, &file, &key).await.expect("it arrives");
        assert_eq!(delivered.size, size as u64);
        assert_eq!(bucket.exists(&key).await.expect("it can be looked up"), Some(size as u64));
        moto.expect_object(bucket, &key, &file).await;
        let error = failure(upload_simply(bucket, &file, &key).await);
        assert!(matches!(error, BucketError::ObjectExists { .. }), "{error}");
        let replacing = UploadRequest { existing: Existing::Replace, ..request(&file, &key) };
        upload(bucket, replacing, &mut Journal::default()).await.expect("it may be replaced");
    }
    let url = bucket.signed_url(&format!("{prefix}/a b/进球 50% #1?+ 9.mp4"), Duration::from_secs(60)).await;
    let (status, bytes) = plain_http("GET", &url.expect("it can be signed"), Some("2-4")).await;
    assert_eq!((status, bytes.len()), (206, 3), "it can be read in ranges");
}

/// An upload that was cancelled when one of its parts had arrived.
async fn cut(bucket: &Bucket, file: &Path, key: &str) -> Upload {
    let mut journal = Journal { cancel_after: Some(1), ..Journal::default() };
    let stopped = upload(bucket, request(file, key), &mut journal).await.expect_err("it was cancelled");
    assert!(matches!(stopped, UploadStopped::Cancelled), "{stopped}");
    journal.with_parts(1)
}

async fn a_cut_upload_goes_on(moto: &Moto, bucket: &Bucket, prefix: &str) {
    let folder = Folder::new();
    let file = file(&folder, "clip.mp4", 3 * PART + 5);
    let key = format!("{prefix}/cut.mp4");
    let kept = cut(bucket, &file, &key).await;
    let mut journal = Journal::default();
    let resumed = UploadRequest { resumed: Some(kept.clone()), ..request(&file, &key) };
    upload(bucket, resumed, &mut journal).await.expect("it goes on");
    assert_eq!(journal.last().upload_id, kept.upload_id, "it is the same upload");
    assert_eq!(journal.progress[0].0, PART as u64, "it goes on behind the part that had arrived");
    moto.expect_object(bucket, &key, &file).await;
}

/// No more than that: moto answers a part of an upload that it does not know with 500.
async fn an_upload_can_be_thrown_away(moto: &Moto) {
    let folder = Folder::new();
    let bucket = moto.open(&moto.profile());
    let file = file(&folder, "clip.mp4", 2 * PART + 5);
    let kept = cut(&bucket, &file, "thrown-away.mp4").await;
    bucket.abandon(&kept).await.expect("it can be thrown away");
    bucket.abandon(&kept).await.expect("what is gone is thrown away");
    assert_eq!(bucket.exists("thrown-away.mp4").await.expect("it can be looked up"), None);
}

async fn a_wrong_bucket_is_named(moto: &Moto) {
    let folder = Folder::new();
    let bucket = moto.open(&BucketProfile { bucket: "nobodys".to_owned(), ..moto.profile() });
    for size in [3, PART + 3] {
        let error = failure(upload_simply(&bucket, &file(&folder, "clip.mp4", size), "clip.mp4").await);
        assert!(matches!(error, BucketError::NoSuchBucket { .. }), "{error:?}");
        expect_discreet(&everything_said(&error), &["AKIAMOTO", "moto-s3cr3t"]);
    }
}
