//! Many jobs at once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::serving::{Serving, until};
use super::signed::{Connection, form};
use crate::support::{CommandLine, speechless};

const JOBS: usize = 200;
const CONNECTIONS: usize = 20;
/// How much more memory a server may have after all jobs than after the first ones.
const GROWTH: u64 = 32 * 1024 * 1024;

/// Every tenth job names a video that is not there.
fn is_bad(number: usize) -> bool {
    number % 10 == 9
}

fn submission(video: &Path, number: usize) -> String {
    let url = if is_bad(number) { Path::new("/nowhere/gone.mp4") } else { video };
    let strategy = json!({ "Count": 1 + number % 3, "ClipDuration": 3, "AllowSpeechless": true });
    let input = json!({ "MediaArray": [{ "MediaURL": url }], "Strategy": strategy }).to_string();
    form(&[("InputConfig", &input), ("ClientToken", &format!("job-{number}"))])
}

/// Submits jobs from many connections at once; answers the id of each number.
fn submit(server: &Serving, video: &Path) -> BTreeMap<usize, String> {
    let ids = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for first in 0..CONNECTIONS {
            let ids = &ids;
            scope.spawn(move || {
                let mut connection = Connection::open(server);
                for number in (first..JOBS).step_by(CONNECTIONS) {
                    let answer =
                        connection.ask("SubmitHighlightExtractionJob", "", &submission(video, number));
                    let (status, body) = answer.expect("the server answers");
                    assert_eq!(status, 200, "job {number} is taken: {body}");
                    let id = body["JobId"].as_str().expect("an id").to_owned();
                    ids.lock().expect("no thread has failed").insert(number, id);
                }
            });
        }
    });
    ids.into_inner().expect("no thread has failed")
}

fn ended(server: &Serving) -> usize {
    let count = |state| server.figure(&format!("standout_jobs{{state=\"{state}\"}}")) as usize;
    count("finished") + count("failed")
}

/// All jobs as the server tells them, by id.
fn jobs(server: &Serving) -> BTreeMap<String, Value> {
    let mut connection = Connection::open(server);
    let (mut jobs, mut listed, mut token) = (BTreeMap::new(), 0, String::new());
    loop {
        let query = form(&[("MaxResults", "100"), ("SortBy", "CreationTime:Asc"), ("NextToken", &token)]);
        let (status, mut page) = connection.ask("ListSmartJobs", &query, "").expect("an answer");
        assert_eq!(status, 200, "{page}");
        for job in page["SmartJobList"].as_array_mut().expect("a list") {
            listed += 1;
            jobs.insert(job["JobId"].as_str().expect("an id").to_owned(), job.take());
        }
        match page["NextToken"].as_str() {
            Some(next) => next.clone_into(&mut token),
            None => break,
        }
    }
    assert_eq!(listed, jobs.len(), "no job is listed twice");
    jobs
}

/// Every job is there once, in the state it should be in.
fn check(server: &Serving, ids: &BTreeMap<usize, String>) {
    let jobs = jobs(server);
    assert_eq!((ids.len(), jobs.len()), (JOBS, JOBS), "each job that was taken is there, and no other");
    for (number, id) in ids {
        let expected = if is_bad(*number) { "Failed" } else { "Finished" };
        let job = jobs.get(id).unwrap_or_else(|| panic!("job {number} is not lost"));
        assert_eq!(job["JobState"], expected, "job {number} ends rightly: {job}");
    }
    let mut connection = Connection::open(server);
    for number in [0, JOBS / 2, JOBS - 2] {
        let (_, job) =
            connection.ask("GetSmartHandleJob", &form(&[("JobId", &ids[&number])]), "").expect("an answer");
        let text = job["JobResult"]["AiResult"].as_str().expect("a result");
        let result: Value = serde_json::from_str(text).expect("JSON");
        let ranges = result["HighlightResults"][0]["TimeRanges"].as_array().expect("ranges");
        assert!((1..=1 + number % 3).contains(&ranges.len()), "job {number} has what it asked for: {job}");
    }
}

#[test]
fn two_hundred_jobs_from_twenty_connections_are_each_done_once_in_flat_memory() {
    let line = CommandLine::new();
    let video = speechless(&line.home, "clip", 12);
    let server = Serving::start(&line);
    let ids = submit(&server, &video);
    until("the first jobs to end", || ended(&server) >= JOBS / 10);
    let early = server.memory();
    until("all jobs to end", || ended(&server) == JOBS);
    let late = server.memory();
    check(&server, &ids);
    assert_eq!(server.figure("standout_job_runs") as usize, JOBS, "each job was begun exactly once");
    assert!(late < early + GROWTH, "memory stays flat: {early} bytes, then {late} bytes");
}

#[test]
fn no_job_is_lost_or_done_twice_when_the_server_is_killed_in_the_middle() {
    let line = CommandLine::new();
    let video = speechless(&line.home, "clip", 12);
    let server = Serving::start(&line);
    let ids = submit(&server, &video);
    until("a third of the jobs to end", || ended(&server) >= JOBS / 3);
    let before = jobs(&server);
    server.kill();

    let server = Serving::start(&line);
    until("all jobs to end", || ended(&server) == JOBS);
    check(&server, &ids);
    let runs = server.figure("standout_job_runs") as usize;
    // Only what was under way in the killed server's two places is begun again.
    assert!((JOBS..=JOBS + 2).contains(&runs), "what had ended is not done again: {runs} runs");
    let after = jobs(&server);
    let ended =
        before.iter().filter(|(_, job)| matches!(job["JobState"].as_str(), Some("Finished" | "Failed")));
    for (id, job) in ended {
        assert_eq!(job, &after[id], "a job that had ended before the kill is untouched");
    }
    let again = submit(&server, &video);
    assert_eq!(again, ids, "the same tokens are the same jobs");
}
