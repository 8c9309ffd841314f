//! Jobs that are handed in to be done later.

use std::sync::Arc;
use std::time::Duration;

use engine::{
    Code, Credentials, Engine, EnvironmentVariables, JobDoor, JobId, JobOrder, JobRequest, JobState,
    NotifyPolicy, OrderedJob, Runner, SecretError, SecretStore,
};
use serde_json::{Value, json};
use testkit::Folder;

use crate::support::{PATIENCE, options, sample, speechless};

fn open(home: &Folder) -> Arc<Engine> {
    Arc::new(Engine::open(options(home.path())).expect("an engine opens"))
}

fn request(video: &std::path::Path, speechless: bool) -> JobRequest {
    let input = json!({
        "MediaArray": [{ "MediaURL": video }],
        "Strategy": { "Count": 1, "ClipDuration": 3, "AllowSpeechless": speechless },
    });
    JobRequest { input: input.to_string(), ..JobRequest::default() }
}

async fn ended(engine: &Engine, id: &JobId) -> OrderedJob {
    let wait = async {
        loop {
            let job = engine.ordered_job(&id.0).expect("readable").expect("the job is there");
            if matches!(job.state, JobState::Finished | JobState::Failed) {
                return job;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("a queued job ends")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queued_job_is_done_by_a_runner_of_another_engine_on_the_same_library() {
    let home = Folder::new();
    let (asking, doing) = (open(&home), open(&home));
    let good = asking.queue_job(&request(&sample(), false)).expect("a job is queued");
    let silent = speechless(&home, "silent", 6);
    let refused = asking.queue_job(&request(&silent, false)).expect("a job is queued");
    let runner = Runner::start(doing, 2, NotifyPolicy::default()).expect("a runner starts");

    let job = ended(&asking, &good).await;
    let answer = job.answer.expect("an ended job has an answer");
    assert_eq!((job.state, &answer.failure), (JobState::Finished, &None), "{answer:?}");
    let result: Value = serde_json::from_str(answer.result.as_deref().expect("a result")).expect("JSON");
    assert!(!result["HighlightResults"][0]["TimeRanges"].as_array().expect("ranges").is_empty(), "{result}");
    assert!((answer.searched - 120.0).abs() < 0.5, "two minutes were searched: {answer:?}");

    let job = ended(&asking, &refused).await;
    let failure = job.answer.and_then(|answer| answer.failure).expect("why it failed");
    assert_eq!((job.state, failure.code), (JobState::Failed, Code::Speechless), "nobody speaks in it");
    // A job's end is counted a moment after it is noted.
    let counted = async {
        while runner.figures().finished + runner.figures().failed < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, counted).await.expect("both ends are counted");
    let figures = runner.figures();
    assert_eq!((figures.finished, figures.failed), (1, 1), "{figures:?}");
    runner.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_cut_off_waits_for_the_next_runner() {
    let home = Folder::new();
    let engine = open(&home);
    let video = speechless(&home, "clip", 20);
    let id = engine.queue_job(&request(&video, true)).expect("a job is queued");
    let runner = Runner::start(Arc::clone(&engine), 1, NotifyPolicy::default()).expect("a runner starts");
    let begun = async {
        while engine.ordered_job(&id.0).expect("readable").expect("there").state == JobState::Created {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, begun).await.expect("the job begins");
    runner.close().await;
    let state = engine.ordered_job(&id.0).expect("readable").expect("there").state;
    assert_eq!(state, JobState::Created, "it waits again and is not lost");
    let next = Runner::start(Arc::clone(&engine), 1, NotifyPolicy::default()).expect("a runner starts");
    assert_eq!(ended(&engine, &id).await.state, JobState::Finished, "the next runner does it");
    next.close().await;
}

#[test]
fn everything_wrong_with_a_job_is_told_before_it_is_queued() {
    let home = Folder::new();
    let engine = open(&home);
    let wrong = JobRequest {
        input: json!({ "MediaArray": [], "Strategy": { "Count": 99 } }).to_string(),
        output: Some(json!({ "NeedExport": true }).to_string()),
        user_data: Some(json!({ "NotifyAddress": "ftp://example.org" }).to_string()),
        ..JobRequest::default()
    };
    let failure = engine.queue_job(&wrong).expect_err("it breaks rules");
    assert_eq!(failure.code, Code::InvalidRequest);
    for field in ["MediaArray", "Strategy.Count", "OutputMediaTarget", "UserData.NotifyAddress"] {
        assert!(failure.message.contains(field), "{field} is told: {}", failure.message);
    }
    let (_, total) = engine.ordered_jobs(None, JobOrder::Newest, 0, 10).expect("readable");
    assert_eq!(total, 0, "nothing was queued");
}

#[test]
fn a_job_that_another_process_takes_in_is_noticed_and_listed() {
    let home = Folder::new();
    let (watching, other) = (open(&home), open(&home));
    let before = watching.jobs_mark().expect("a mark");
    let input = json!({ "MediaArray": [
        { "MediaURL": "https://example.org/talk.mp4?signature=secret" },
        { "MediaURL": "/videos/film.mp4" },
    ] });
    let request = JobRequest { input: input.to_string(), ..JobRequest::default() };
    let id = other.queue_job(&request).expect("a job is queued");
    assert_ne!(watching.jobs_mark().expect("a mark"), before, "the new job is noticed");
    let jobs = watching.jobs(10).expect("readable");
    let [job] = jobs.as_slice() else { panic!("one job is listed: {jobs:?}") };
    assert_eq!((&job.id, job.state, job.door), (&id, JobState::Created, JobDoor::Http));
    assert_eq!(
        job.names,
        ["https://example.org/talk.mp4", "/videos/film.mp4"],
        "all materials are named, without what an address may hide"
    );
}

/// A machine without a keyring, as a server is one.
struct NoKeyring;

impl NoKeyring {
    fn error() -> SecretError {
        let variables = EnvironmentVariables::of_profile("none");
        SecretError::NoKeyring { variables, source: None }
    }
}

impl SecretStore for NoKeyring {
    fn keep(&self, _: &str, _: &Credentials) -> Result<(), SecretError> {
        Err(Self::error())
    }

    fn recall(&self, _: &str) -> Result<Option<Credentials>, SecretError> {
        Err(Self::error())
    }

    fn forget(&self, _: &str) -> Result<(), SecretError> {
        Err(Self::error())
    }
}

#[test]
fn without_a_keyring_an_access_key_is_kept_in_a_file_for_its_owners_eyes() {
    let home = Folder::new();
    let open = || Engine::open_with(options(home.path()), Box::new(NoKeyring)).expect("an engine opens");
    let engine = open();
    let made = engine.add_access_key().expect("a key is made");
    let id = &made.key.id;
    let kept = open().access_secret(id).expect("readable").expect("the key is known");
    assert!(kept == made.secret, "another engine on the same library has the same secret");
    let file = made.file.as_ref().expect("a file keeps it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file).expect("the file is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else may read it");
    }
    let holds = |path: &std::path::Path| {
        let (content, secret) = (std::fs::read(path).expect("a file"), made.secret.secret_access_key());
        content.windows(secret.len()).any(|part| part == secret.as_bytes())
    };
    assert!(holds(file), "the file holds the secret");
    assert!(!holds(&engine.directories().library_file()), "the library does not");
    assert!(engine.remove_access_key(id).expect("removed"), "there was one");
    assert!(!holds(file), "its secret is gone");
    assert!(engine.access_secret(id).expect("readable").is_none(), "a removed key is unknown");
}
