//! The queue: one job for one token, one runner for one job.

use super::{job, open, place};
use crate::*;

fn waiting(id: &str, created: i64) -> Job {
    Job { kind: "extract".to_owned(), ..job(id, JobState::Created, None, created) }
}

#[test]
fn the_same_token_makes_one_job_also_after_the_library_was_opened_again() {
    let (_folder, path) = place();
    let first = open(&path).queue_job(&waiting("a", 1), Some("token")).expect("a job is queued");
    let library = open(&path);
    let again = library.queue_job(&waiting("b", 2), Some("token")).expect("it is asked for again");
    assert_eq!(again, first, "the same token is the same job");
    assert_eq!(library.job(&JobId("b".to_owned())).expect("readable"), None, "no second job was made");
    library.queue_job(&waiting("c", 3), None).expect("a job without a token is queued");
    library.queue_job(&waiting("d", 4), None).expect("another one without a token is queued, too");
}

#[test]
fn each_job_is_taken_once_however_many_take_at_the_same_time() {
    let (_folder, path) = place();
    let library = open(&path);
    for index in 0..40 {
        library.queue_job(&waiting(&format!("{index:02}"), index), None).expect("a job is queued");
    }
    let take = |runner: &'static str| {
        let own = open(&path);
        let mut taken = Vec::new();
        while let Some(queued) = own.claim_job("extract", runner, Timestamp(99)).expect("a job is taken") {
            assert_eq!(
                (queued.runs, queued.runner.as_deref()),
                (1, Some(runner)),
                "its first run, by this runner"
            );
            taken.push(queued.job.id.0);
        }
        taken
    };
    let taken = std::thread::scope(|scope| {
        let runners = ["one", "two", "three"].map(|runner| scope.spawn(move || take(runner)));
        runners.map(|runner| runner.join().expect("a runner ends")).concat()
    });
    let different: std::collections::BTreeSet<&String> = taken.iter().collect();
    assert_eq!((taken.len(), different.len()), (40, 40), "all are taken, none twice: {taken:?}");
}

#[test]
fn what_a_dead_runner_had_waits_again_and_its_late_answer_is_not_taken() {
    let (_folder, path) = place();
    let library = open(&path);
    library.queue_job(&waiting("a", 1), None).expect("a job is queued");
    library.claim_job("extract", "dead", Timestamp(2)).expect("readable").expect("there is a job to take");
    assert_eq!(
        library.requeue_jobs("extract", |_| false, Timestamp(3)).expect("looked"),
        0,
        "it may be alive"
    );
    assert_eq!(library.requeue_jobs("extract", |runner| runner == "dead", Timestamp(3)).expect("looked"), 1);
    let taken =
        library.claim_job("extract", "alive", Timestamp(4)).expect("readable").expect("it waits again");
    assert_eq!(taken.runs, 2, "the second run is counted");
    let id = taken.job.id;
    let end = |runner| library.end_job(&id, runner, JobState::Finished, "{}", Timestamp(5)).expect("written");
    assert!(!end("dead"), "who lost a job does not end it");
    assert!(end("alive"), "who has it does");
    assert!(!end("alive"), "and only once");
}

#[test]
fn every_change_of_a_job_is_seen_whoever_made_it() {
    let (_folder, path) = place();
    let (watching, other) = (open(&path), open(&path));
    let mut before = watching.jobs_mark().expect("a mark");
    let mut changed = |what: &str| {
        let now = watching.jobs_mark().expect("a mark");
        assert_ne!(std::mem::replace(&mut before, now), now, "{what} is noticed");
        assert_eq!(watching.jobs_mark().expect("a mark"), now, "and nothing that did not happen");
    };
    for id in ["a", "b"] {
        other.queue_job(&waiting(id, 1), None).expect("a job is queued");
        changed("a new job");
    }
    for id in ["a", "b"] {
        watching.set_job_state(&JobId(id.to_owned()), JobState::Failed, Timestamp(2)).expect("written");
        changed("a change within the same millisecond");
    }
    other.delete_job(&JobId("a".to_owned())).expect("deleted");
    changed("a job that is deleted");
}

#[test]
fn a_request_is_taken_once_also_after_a_restart_until_it_is_too_old() {
    let (_folder, path) = place();
    let take = |nonce, now| open(&path).take_nonce("key", nonce, Timestamp(now + 900), Timestamp(now));
    assert!(take("a", 1000).expect("written"), "nobody has sent it before");
    assert!(!take("a", 1100).expect("written"), "the same request again is known, by another process, too");
    assert!(take("b", 1100).expect("written"), "another one is not");
    assert!(take("a", 1901).expect("written"), "what is too old to be taken by its date is forgotten");
}

#[test]
fn a_library_of_the_format_before_gets_the_queue_and_keeps_its_jobs() {
    let (_folder, path) = place();
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    let before = rusqlite::Connection::open(&path).expect("a database");
    before.pragma_update(None, "application_id", crate::schema::APPLICATION_ID).expect("marked");
    for step in &crate::schema::MIGRATIONS[..4] {
        before.execute_batch(step).expect("an older step");
    }
    before.pragma_update(None, "user_version", 4).expect("marked");
    before
        .execute(
            "INSERT INTO job (id, kind, state, document, created, updated) VALUES ('old', 'find', 'finished', '{}', 1, 2)",
            [],
        )
        .expect("a job of the format before");
    drop(before);
    let library = open(&path);
    assert_eq!(
        library.job(&JobId("old".to_owned())).expect("readable").map(|job| job.state),
        Some(JobState::Finished),
        "the job is kept"
    );
    library.queue_job(&waiting("new", 3), Some("token")).expect("a job is queued beside it");
}
