//! Buckets as an editor uses them: set up once, exported to from the desk, and gone on with after a restart.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::model::{MediaTime, Stage, TimeRange};
use engine::project::{EditCommand, MaterialId, RangeId};
use engine::{
    BucketProfile, ClipOptions, ClipState, Code, Credentials, Desk, Engine, Event, ExportRequest,
    ExportTarget, SecretError, SecretStore, SecretsPlace, read_credentials,
};
use testkit::{Folder, S3Fault, S3Server, ffprobe};

use crate::support::{CommandLine, PATIENCE, options, sample, until};

/// A keyring of a test's own: the system's is tried where it is wrapped.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<HashMap<String, Credentials>>>);

impl SecretStore for Kept {
    fn keep(&self, profile: &str, credentials: &Credentials) -> Result<(), SecretError> {
        self.0.lock().unwrap().insert(profile.to_owned(), credentials.clone());
        Ok(())
    }

    fn recall(&self, profile: &str) -> Result<Option<Credentials>, SecretError> {
        Ok(self.0.lock().unwrap().get(profile).cloned())
    }

    fn forget(&self, profile: &str) -> Result<(), SecretError> {
        self.0.lock().unwrap().remove(profile);
        Ok(())
    }
}

fn profile(name: &str, server: &S3Server) -> BucketProfile {
    BucketProfile::at(name, Some(&server.endpoint()), "clips")
}

fn keys(server: &S3Server) -> Credentials {
    read_credentials(server.access_key_id(), server.secret_access_key(), None).expect("good keys")
}

async fn desk_at(home: &Path, kept: &Kept) -> Desk {
    let engine = Engine::open_with(options(home), Box::new(kept.clone())).expect("an engine opens");
    Desk::open(Arc::new(engine)).await.expect("a desk opens")
}

/// The sample with one range of two seconds.
async fn range_of_sample(desk: &Desk) -> Vec<(MaterialId, RangeId)> {
    let material = desk.import(vec![sample()]).await.unwrap().snapshot.project.materials[0].id;
    let range = TimeRange::new(MediaTime::from_whole_seconds(10), MediaTime::from_whole_seconds(12));
    let project = desk.edit(EditCommand::AddRange { material, range }, None).unwrap().project;
    vec![(material, project.materials[0].ranges[0].id)]
}

fn request(ranges: &[(MaterialId, RangeId)], profile: &str) -> ExportRequest {
    ExportRequest {
        ranges: ranges.to_vec(),
        target: ExportTarget::Bucket(profile.to_owned()),
        template: "best/{media}-{index}.mp4".to_owned(),
        overwrite: false,
        options: ClipOptions { register: true, ..ClipOptions::default() },
    }
}

async fn only_clip(desk: &Desk) -> engine::ExportedClip {
    let finished =
        |snapshot: &engine::Snapshot| snapshot.export.as_ref().is_some_and(|export| export.finished);
    let snapshot = until(desk, "the end of the export", finished).await;
    snapshot.export.unwrap().clips.remove(0)
}

/// A desk that exports a clip to a bucket which does not take it.
async fn desk_denied(home: &Path, kept: &Kept, server: &S3Server) -> Desk {
    let desk = desk_at(home, kept).await;
    desk.engine().save_bucket(None, &profile("Archive", server), Some(&keys(server))).unwrap();
    let ranges = range_of_sample(&desk).await;
    let denied = S3Fault::Refuse { status: 403, code: "AccessDenied", message: "no" };
    server.fail(usize::MAX, |request| request.method == "PUT", denied);
    desk.start_export(&request(&ranges, "Archive")).await.unwrap();
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_is_kept_renamed_and_forgotten_with_its_keys() {
    let (home, kept, server) = (Folder::new(), Kept::default(), S3Server::start(&["clips"]));
    let engine = Engine::open_with(options(home.path()), Box::new(kept.clone())).unwrap();
    let first = profile("Archive", &server);
    engine.save_bucket(None, &first, Some(&keys(&server))).unwrap();
    let taken = engine.save_bucket(None, &first, None).unwrap_err();
    assert_eq!(taken.code, Code::InvalidRequest, "a name is used once: {taken}");
    engine.test_bucket(&first, None).await.expect("the kept keys open it");
    let renamed = BucketProfile { name: "Films".to_owned(), ..first.clone() };
    engine.save_bucket(Some("Archive"), &renamed, None).unwrap();
    let views = engine.buckets().unwrap();
    assert_eq!((views.len(), &views[0].profile), (1, &renamed));
    assert_eq!(views[0].secrets, SecretsPlace::Keyring, "the keys went with the name");
    assert!(kept.recall("Archive").unwrap().is_none(), "and are not left under the old one");
    let wrong = BucketProfile { bucket: "nobodys".to_owned(), ..renamed };
    assert_eq!(engine.test_bucket(&wrong, None).await.unwrap_err().code, Code::BucketMissing);
    engine.remove_bucket("Films").unwrap();
    assert!(engine.buckets().unwrap().is_empty() && kept.recall("Films").unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clip_goes_from_the_desk_into_its_bucket_and_the_library() {
    let (home, kept, server) = (Folder::new(), Kept::default(), S3Server::start(&["clips"]));
    let desk = desk_at(home.path(), &kept).await;
    let archive = profile("Archive", &server);
    desk.engine().save_bucket(None, &archive, Some(&keys(&server))).unwrap();
    let ranges = range_of_sample(&desk).await;
    let request = request(&ranges, "Archive");
    let plan = desk.plan_export(&request).await;
    assert_eq!(plan.clips[0].path, Path::new("best/standout-sample-0.mp4"), "{plan:?}");
    desk.start_export(&request).await.unwrap();
    let clip = only_clip(&desk).await;
    let ClipState::Written { address, media: Some(id) } = &clip.state else { panic!("{clip:?}") };
    assert_eq!(*address, format!("{}/clips/best/standout-sample-0.mp4", server.endpoint()));
    assert_eq!(
        desk.engine().asset(&id.0).unwrap().location.to_string(),
        "s3://clips/best/standout-sample-0.mp4"
    );
    assert!(desk.plan_export(&request).await.clips[0].exists, "the next plan tells that it is there");
    assert_eq!(desk.start_export(&request).await.unwrap_err().code, Code::TargetExists);
    // It is read back from the bucket, through the address of the library alone.
    let imported = desk.import_asset(&id.0).await.unwrap();
    assert!(imported.refused.is_empty(), "{:?}", imported.refused);
    assert_eq!(imported.snapshot.project.materials.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_failed_waits_over_a_restart_and_goes_on() {
    let (home, kept, server) = (Folder::new(), Kept::default(), S3Server::start(&["clips"]));
    let desk = desk_denied(home.path(), &kept, &server).await;
    let clip = only_clip(&desk).await;
    assert!(
        matches!(&clip.state, ClipState::Failed(failure) if failure.code == Code::BucketDenied),
        "{clip:?}"
    );
    assert!(clip.kept, "the clip is on this machine");
    assert_eq!(until(&desk, "the waiting clip", |it| it.waiting_uploads == 1).await.waiting_uploads, 1);
    desk.close().await;
    drop(desk);

    server.recover();
    let again = desk_at(home.path(), &kept).await;
    assert_eq!(again.snapshot().waiting_uploads, 1, "a restart knows of it");
    again.resume_uploads().unwrap();
    let clip = only_clip(&again).await;
    assert!(
        matches!(&clip.state, ClipState::Written { media: Some(_), .. }),
        "it is registered, too: {clip:?}"
    );
    let object = server.object("clips", "best/standout-sample-0.mp4");
    assert_eq!(ffprobe(&object, "stream=codec_name"), ["h264", "aac"]);
    assert_eq!(again.snapshot().waiting_uploads, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_while_an_upload_is_paused() {
    let (home, kept, server) = (Folder::new(), Kept::default(), S3Server::start(&["clips"]));
    let desk = desk_denied(home.path(), &kept, &server).await;
    only_clip(&desk).await;
    server.recover();
    let busy = S3Fault::Refuse { status: 503, code: "SlowDown", message: "later" };
    server.fail(usize::MAX, |request| request.method == "HEAD", busy);
    server.new_requests();
    desk.resume_uploads().unwrap();
    let asked = async {
        while !server.requests().iter().any(|request| request.method == "HEAD") {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, asked).await.expect("it asks whether the name is free");
    assert!(desk.pause().unwrap().paused);
    let mut events = desk.events();
    server.recover();
    let ready = async {
        while !matches!(events.recv().await, Ok(Event::Progress(item)) if item.progress.stage == Stage::Uploading)
        {
        }
    };
    tokio::time::timeout(PATIENCE, ready).await.expect("it is ready to be sent");
    // As many questions as a connection test asks: time enough for what must not be sent.
    desk.engine().test_bucket(&profile("Other", &server), Some(keys(&server))).await.unwrap();
    assert_eq!(server.keys("clips"), [""; 0], "nothing is sent");
    assert!(!desk.resume().paused);
    let clip = only_clip(&desk).await;
    assert!(matches!(&clip.state, ClipState::Written { .. }), "{clip:?}");
    assert_eq!(server.keys("clips"), ["best/standout-sample-0.mp4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_bucket_is_used_for_what_waits() {
    let (home, kept, server) = (Folder::new(), Kept::default(), S3Server::start(&["clips"]));
    server.require_region("eu-west-1");
    let desk = desk_at(home.path(), &kept).await;
    let archive = BucketProfile { region: "eu-west-1".to_owned(), ..profile("Archive", &server) };
    desk.engine().save_bucket(None, &archive, Some(&keys(&server))).unwrap();
    let ranges = range_of_sample(&desk).await;
    server.reject_checksums();
    let with_checksums = BucketProfile { checksums: true, ..archive.clone() };
    desk.engine().save_bucket(Some("Archive"), &with_checksums, None).unwrap();
    desk.start_export(&request(&ranges, "Archive")).await.unwrap();
    let clip = only_clip(&desk).await;
    assert!(
        matches!(&clip.state, ClipState::Failed(failure) if failure.code == Code::BucketChecksums),
        "{clip:?}"
    );
    let without = BucketProfile { checksums: false, ..archive };
    desk.engine().save_bucket(Some("Archive"), &without, None).unwrap();
    desk.resume_uploads().unwrap();
    let clip = only_clip(&desk).await;
    assert!(matches!(&clip.state, ClipState::Written { .. }), "what was corrected counts: {clip:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_can_be_given_up() {
    let (home, kept, server) = (Folder::new(), Kept::default(), S3Server::start(&["clips"]));
    let desk = desk_denied(home.path(), &kept, &server).await;
    only_clip(&desk).await;
    desk.dismiss_export().unwrap();
    assert_eq!(desk.discard_uploads().await.unwrap().waiting_uploads, 0);
    assert!(desk.engine().waiting_clips().unwrap().is_empty());
    assert_eq!(crate::support::names_in(&home.file("data/outbox")), [""; 0], "nothing is left on the disk");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_clip_takes_the_place_of_a_video_that_lies_in_the_bucket() {
    let (home, kept, server) = (Folder::new(), Kept::default(), S3Server::start(&["clips"]));
    let source = server.object("clips", "film-0.mp4");
    std::fs::copy(sample(), &source).unwrap();
    let before = std::fs::read(&source).unwrap();
    let desk = desk_at(home.path(), &kept).await;
    desk.engine().save_bucket(None, &profile("Archive", &server), Some(&keys(&server))).unwrap();
    let imported = desk.import_text("s3://clips/film-0.mp4").await.unwrap();
    assert!(imported.refused.is_empty(), "{:?}", imported.refused);
    let material = imported.snapshot.project.materials[0].id;
    let range = TimeRange::new(MediaTime::ZERO, MediaTime::from_whole_seconds(2));
    let project = desk.edit(EditCommand::AddRange { material, range }, None).unwrap().project;
    let ranges = [(material, project.materials[0].ranges[0].id)];
    let taking = ExportRequest {
        template: "film-{index}.mp4".to_owned(),
        overwrite: true,
        ..request(&ranges, "Archive")
    };
    assert_eq!(desk.plan_export(&taking).await.faults[0].code, Code::TemplateInvalid);
    assert_eq!(desk.start_export(&taking).await.unwrap_err().code, Code::TemplateInvalid);
    assert_eq!(std::fs::read(&source).unwrap(), before, "a source is never written to");
}

#[test]
fn a_bucket_is_set_up_and_changed_from_the_command_line() {
    let (line, server) = (CommandLine::new(), S3Server::start(&["clips"]));
    let endpoint = server.endpoint();
    let set = line.run(&["bucket", "set", "films", "--bucket", "clips", "--endpoint", &endpoint]);
    assert_eq!(set.code, 0, "{set:?}");
    let keyless = line.run(&["bucket", "test", "films"]);
    assert_eq!(keyless.code, 1, "{keyless:?}");
    assert!(
        keyless.errors.contains("STANDOUT_BUCKET_FILMS_ACCESS_KEY_ID"),
        "the next step: {}",
        keyless.errors
    );
    let with_keys = |arguments: &[&str]| {
        let mut command = line.command(arguments);
        command
            .env("STANDOUT_BUCKET_FILMS_ACCESS_KEY_ID", server.access_key_id())
            .env("STANDOUT_BUCKET_FILMS_SECRET_ACCESS_KEY", server.secret_access_key());
        crate::support::Ran::from(command.output().unwrap())
    };
    let tested = with_keys(&["bucket", "test", "films"]);
    assert_eq!(tested.code, 0, "{tested:?}");
    let changed = line.run(&["bucket", "set", "films", "--region", "eu-west-1"]);
    assert_eq!(changed.code, 0, "{changed:?}");
    let list = with_keys(&["bucket", "list"]).output;
    let expected = format!("films  clips at {endpoint} (eu-west-1)  keys from the environment\n");
    assert_eq!(list, expected, "what is not given stays");
    let wrong = line.run(&["bucket", "set", "other", "--bucket", "Not A Bucket"]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    assert_eq!(line.run(&["bucket", "remove", "films"]).code, 0);
    assert_eq!(line.run(&["bucket", "list"]).output, "");
}

#[test]
fn an_address_that_is_none_is_refused_without_its_password() {
    let line = CommandLine::new();
    for address in ["https://editor:hunter2@example.org/a.mp4", "s3://bucket", "gopher://example.org/a"] {
        let ran = line.run(&["extract", address]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.errors.contains("MediaArray[0]") && !ran.errors.contains("hunter2"), "{}", ran.errors);
    }
}
