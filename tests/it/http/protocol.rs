//! What the cloud service's own client sees.

use serde_json::{Value, json};

use super::client::{Client, error_of};
use super::serving::{KEY, SECRET, Serving, command, until};
use super::signed;
use crate::support::{CommandLine, Ran, names_in, sample, speechless};

fn submission(video: &std::path::Path, count: u32) -> Value {
    let input =
        json!({ "MediaArray": [{ "MediaURL": video }], "Strategy": { "Count": count, "ClipDuration": 10 } });
    json!({ "InputConfig": input.to_string(), "OutputConfig": json!({ "NeedExport": false }).to_string() })
}

/// Asks for a job until it has ended.
fn ended(client: &mut Client, id: &Value) -> Value {
    let mut job = Value::Null;
    until("the end of the job", || {
        job = client.call("GetSmartHandleJob", &json!({ "JobId": id }));
        !matches!(job["State"].as_str(), Some("Created" | "Executing"))
    });
    job
}

#[test]
fn the_services_own_client_submits_and_polls() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let Some(mut client) = Client::of(&server) else { return };
    let mut submission = submission(&sample(), 3);
    submission["UserData"] = json!({ "note": "a b/~*+é" }).to_string().into();
    let id = client.call("SubmitHighlightExtractionJob", &submission)["JobId"].take();
    let job = ended(&mut client, &id);
    assert_eq!(job["State"], "Finished", "{job}");
    assert_eq!((&job["JobId"], &job["UserData"]), (&id, &submission["UserData"]), "{job}");
    assert!(job["ErrorCode"].is_null() && job["ErrorMessage"].is_null(), "no error is told: {job}");
    let text = job["JobResult"]["AiResult"].as_str().expect("AiResult is a text");
    let result: Value = serde_json::from_str(text).expect("AiResult holds JSON");
    let material = &result["HighlightResults"][0];
    assert_eq!(material["Media"], sample().to_str().expect("a path"), "{result}");
    let ranges = material["TimeRanges"].as_array().expect("ranges");
    assert!((1..=3).contains(&ranges.len()), "one to three highlights were asked for: {result}");
    let info = &job["SmartJobInfo"];
    assert_eq!(info["InputConfig"]["InputFile"], sample().to_str().expect("a path"), "{info}");
    for moment in [&info["CreateTime"], &info["ModifiedTime"]] {
        let moment = moment.as_str().expect("a moment");
        assert!(moment.len() == 20 && moment.ends_with('Z'), "times are UTC: {moment}");
    }
    assert_eq!(server.figure("standout_jobs{state=\"finished\"}"), 1.0);
    assert!((server.figure("standout_media_seconds_total") - 120.0).abs() < 0.5, "two minutes were searched");
    assert!(server.figure("standout_stage_seconds_total{stage=\"analysing\"}") > 0.0, "it took time");
    assert_eq!(server.figure("standout_queue_length"), 0.0);
}

#[test]
fn a_job_that_fails_says_why_and_where_clips_went_is_told() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let Some(mut client) = Client::of(&server) else { return };
    let silent = speechless(&line.home, "silent", 6);
    let id = client.call("SubmitHighlightExtractionJob", &submission(&silent, 1))["JobId"].take();
    let job = ended(&mut client, &id);
    assert_eq!((&job["State"], &job["ErrorCode"]), (&"Failed".into(), &"Speechless".into()), "{job}");
    assert!(job["ErrorMessage"].as_str().is_some_and(|message| message.len() > 20), "it says why: {job}");

    let clips = testkit::Folder::new();
    let template = clips.file("clip-{index}.mp4");
    let mut submission = submission(&sample(), 1);
    let output =
        json!({ "NeedExport": true, "OutputMediaTarget": "local-file", "ObjectKey": template, "Width": 320 });
    submission["OutputConfig"] = output.to_string().into();
    let id = client.call("SubmitHighlightExtractionJob", &submission)["JobId"].take();
    let job = ended(&mut client, &id);
    assert_eq!(job["State"], "Finished", "{job}");
    assert_eq!(names_in(clips.path()), ["clip-0.mp4"], "the clip was written");
    let url = job["JobResult"]["MediaUrl"].as_str().expect("where the first clip is");
    assert!(url.ends_with("clip-0.mp4"), "{job}");
    assert_eq!(job["SmartJobInfo"]["OutputConfig"]["Object"], template.to_str().expect("a path"), "{job}");
}

#[test]
fn what_is_wrong_has_the_services_codes() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let Some(mut client) = Client::of(&server) else { return };
    let list = json!({});
    let wrong_secret = client.call_as(KEY, "guessed", "ListSmartJobs", &list);
    assert_eq!(error_of(&wrong_secret), ("SignatureDoesNotMatch".to_owned(), 400));
    let wrong_key = client.call_as("stranger", SECRET, "ListSmartJobs", &list);
    assert_eq!(error_of(&wrong_key), ("InvalidAccessKeyId.NotFound".to_owned(), 404));
    let mut check = |action: &str, parameters: Value, code: &str, status: u64| {
        assert_eq!(client.refused(action, &parameters), (code.to_owned(), status), "{action} {parameters}");
    };
    check("ListMediaBasicInfos", json!({}), "InvalidAction.NotFound", 404);
    check("SubmitHighlightExtractionJob", json!({}), "MissingInputConfig", 400);
    check("GetSmartHandleJob", json!({}), "MissingJobId", 400);
    check("GetSmartHandleJob", json!({ "JobId": "nobody" }), "JobNotFound", 404);
    check("DeleteSmartJob", json!({ "JobId": "nobody" }), "JobNotFound", 404);
    check("ListSmartJobs", json!({ "JobState": "Sleeping" }), "InvalidParameter", 400);
    check("ListSmartJobs", json!({ "MaxResults": "0" }), "InvalidParameter", 400);
    check("RegisterMediaInfo", json!({ "InputURL": "/nowhere/talk.mp4" }), "FileNotFound", 400);
    check("RegisterMediaInfo", json!({ "InputURL": "talk.mp4" }), "InvalidParameter", 400);
    check("GetMediaInfo", json!({ "MediaId": "0".repeat(32) }), "MediaNotFound", 404);
    let bad = json!({ "MediaArray": [], "Strategy": { "Count": 11, "ClipDuration": 2 } }).to_string();
    check("SubmitHighlightExtractionJob", json!({ "InputConfig": bad }), "InvalidParameter", 400);
    let (_, body) = signed::Connection::open(&server)
        .ask("SubmitHighlightExtractionJob", "", &signed::form(&[("InputConfig", &bad)]))
        .expect("an answer");
    let message = body["Message"].as_str().expect("a message");
    for field in ["MediaArray", "Strategy.Count", "Strategy.ClipDuration"] {
        assert!(message.contains(field), "all faults are told at once, {field} too: {message}");
    }
    assert!(body["RequestId"].as_str().is_some_and(|id| id.len() == 36), "{body}");
}

#[test]
fn a_token_makes_one_job_also_after_a_restart_and_a_replay_is_refused() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let Some(mut client) = Client::of(&server) else { return };
    let mut submission = submission(&sample(), 1);
    submission["ClientToken"] = "once".into();
    let first = client.call("SubmitHighlightExtractionJob", &submission)["JobId"].take();
    let again = client.call("SubmitHighlightExtractionJob", &submission)["JobId"].take();
    assert_eq!(again, first, "the same token is the same job");
    // Its host is signed, so the request can be sent to any later server as it is.
    let kept = signed::request(&server.address.to_string(), "ListSmartJobs", "", "");
    let send = |server: &Serving| {
        use std::io::Write;
        let mut stream = server.connect();
        stream.write_all(kept.as_bytes()).expect("sent");
        signed::read_answer(&mut std::io::BufReader::new(stream)).expect("an answer")
    };
    assert_eq!(send(&server).0, 200, "a fresh request is taken");
    let (status, body) = send(&server);
    assert_eq!((status, body.contains("SignatureNonceUsed")), (400, true), "a replay is refused: {body}");
    drop(client);
    let (ending, said) = server.end();
    assert!(ending.success(), "a server that is asked to end does so: {ending} {said}");

    let server = Serving::start(&line);
    let mut client = Client::of(&server).expect("it was there before");
    let later = client.call("SubmitHighlightExtractionJob", &submission)["JobId"].take();
    assert_eq!(later, first, "the same token is the same job after a restart");
    let (status, body) = send(&server);
    assert_eq!((status, body.contains("SignatureNonceUsed")), (400, true), "nor after a restart: {body}");
    let job = ended(&mut client, &first);
    assert_eq!(job["State"], "Finished", "the job that was under way is done: {job}");
}

#[test]
fn action_and_version_may_stand_in_the_query() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let mut connection = signed::Connection::open(&server);
    let mut ask = |query: &str| {
        let (status, body) = connection.ask("", query, "").expect("an answer");
        (status, body["Code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(ask("Action=ListSmartJobs&Version=2020-11-09"), (200, String::new()));
    assert_eq!(ask("Action=ListSmartJobs&Version=2019-01-01"), (400, "InvalidVersion".to_owned()));
    assert_eq!(ask("Action=ListSmartJobs"), (400, "MissingVersion".to_owned()));
    assert_eq!(ask("Version=2020-11-09"), (400, "MissingAction".to_owned()));
}

#[test]
fn jobs_are_listed_in_pages_and_deleted() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let Some(mut client) = Client::of(&server) else { return };
    let video = speechless(&line.home, "clip", 4);
    let submit = |client: &mut Client| {
        client.call("SubmitHighlightExtractionJob", &submission(&video, 1))["JobId"].take()
    };
    let ids: Vec<Value> = (0..3).map(|_| submit(&mut client)).collect();
    for id in &ids {
        assert_eq!(ended(&mut client, id)["State"], "Failed", "nobody speaks in it");
    }
    let first = client.call("ListSmartJobs", &json!({ "MaxResults": 2, "SortBy": "CreationTime:Asc" }));
    assert_eq!((&first["TotalCount"], &first["MaxResults"]), (&"3".into(), &"2".into()), "{first}");
    let named = |page: &Value| -> Vec<Value> {
        page["SmartJobList"].as_array().expect("a list").iter().map(|job| job["JobId"].clone()).collect()
    };
    assert_eq!(named(&first), ids[..2], "the oldest come first: {first}");
    assert_eq!(first["SmartJobList"][0]["JobState"], "Failed", "{first}");
    let next = json!({ "MaxResults": 2, "SortBy": "CreationTime:Asc", "NextToken": first["NextToken"] });
    let second = client.call("ListSmartJobs", &next);
    assert_eq!(named(&second), ids[2..], "the page goes on where the first ended: {second}");
    assert!(second["NextToken"].is_null(), "and is the last one: {second}");
    let finished = client.call("ListSmartJobs", &json!({ "JobState": "Finished" }));
    assert_eq!(finished["TotalCount"], "0", "{finished}");

    let both = [&ids[0], &ids[1]].map(|id| id.as_str().expect("an id")).join(",");
    client.call("DeleteSmartJob", &json!({ "JobId": both }));
    assert_eq!(named(&client.call("ListSmartJobs", &json!({}))), ids[2..], "the third is left");
    assert_eq!(client.refused("GetSmartHandleJob", &json!({ "JobId": ids[0] })).0, "JobNotFound");
}

#[test]
fn a_registered_video_is_named_by_its_id() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let Some(mut client) = Client::of(&server) else { return };
    let video = sample();
    let id = client.call("RegisterMediaInfo", &json!({ "InputURL": video }))["MediaId"].take();
    let info = client.call("GetMediaInfo", &json!({ "MediaId": id }))["MediaInfo"].take();
    assert_eq!(info["MediaId"], id);
    let file = &info["FileInfoList"][0];
    let duration: f64 = file["FileBasicInfo"]["Duration"].as_str().expect("a text").parse().expect("seconds");
    assert!((duration - 120.0).abs() < 0.5, "the sample lasts two minutes: {info}");
    assert_eq!(file["VideoStreamInfoList"][0]["CodecName"], "h264", "{info}");
    assert_eq!(client.call("GetMediaInfo", &json!({ "InputURL": video }))["MediaInfo"]["MediaId"], id);
    let input = json!({ "MediaArray": [{ "MediaId": id }], "Strategy": { "Count": 1 } }).to_string();
    let job = client.call("SubmitHighlightExtractionJob", &json!({ "InputConfig": input }))["JobId"].take();
    let job = ended(&mut client, &job);
    let text = job["JobResult"]["AiResult"].as_str().expect("a result");
    assert!(text.contains(id.as_str().expect("an id")), "the answer names the material by its id: {text}");
}

#[test]
fn keys_are_made_and_removed_and_only_loopback_is_served_unasked() {
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let run = |arguments: &[&str]| Ran::from(command(&line, arguments).output().expect("it starts"));
    let made = run(&["serve", "keys", "add"]).json();
    let text = |name: &str| made[name].as_str().expect("a text").to_owned();
    let (id, secret) = (text("AccessKeyId"), text("AccessKeySecret"));
    assert_eq!(run(&["serve", "keys", "list"]).output, format!("{id}\n"), "the list holds no secret");
    if let Some(mut client) = Client::of(&server) {
        let mut list = || client.call_as(&id, &secret, "ListSmartJobs", &json!({}));
        assert!(list()["body"].is_object(), "a server that runs knows the new key");
        assert_eq!(run(&["serve", "keys", "remove", &id]).code, 0);
        assert_eq!(error_of(&list()).0, "InvalidAccessKeyId.NotFound", "and refuses it once it is removed");
    }
    assert_eq!(run(&["serve", "keys", "remove", "stranger"]).code, 2, "there is no such key");
    let refused = run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.errors.contains("--allow-remote"), "it says what to do: {refused:?}");
    assert_eq!(signed::get(&server, "/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(signed::get(&server, "/").0, 400, "there is no page to look at");
}
