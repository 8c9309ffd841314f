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
fn another_connection_sees_that_something_changed() {
    let (_folder, path) = place();
    let (watching, other) = (open(&path), open(&path));
    let before = watching.data_version().expect("a version");
    assert_eq!(watching.data_version().expect("a version"), before, "nothing has changed");
    other.queue_job(&waiting("a", 1), None).expect("a job is queued");
    assert_ne!(watching.data_version().expect("a version"), before, "the other's job is noticed");
}
