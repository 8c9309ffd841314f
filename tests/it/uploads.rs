//! Uploads that are cut off, by the network or by the end of the program, and go on where they stopped.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use testkit::{Folder, S3Fault, S3Request, S3Server, ffmpeg};

use crate::support::{CommandLine, PATIENCE, Ran, names_in};

/// A job whose one clip has four parts of 8 MiB, or nearly.
struct Job {
    line: CommandLine,
    server: S3Server,
    folder: Folder,
}

impl Job {
    fn new() -> Self {
        let folder = Folder::new();
        let video = folder.file("noise.mp4");
        // What cannot be compressed becomes large in no time; one loud moment is there to be found.
        let pictures = "nullsrc=s=640x360:r=25:d=12,geq=random(1)*255:128:128";
        let sound = "aevalsrc='random(0)*if(between(t,5,7),0.8,0.002)':d=12";
        ffmpeg([
            "-f",
            "lavfi",
            "-i",
            pictures,
            "-f",
            "lavfi",
            "-i",
            sound,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-crf",
            "18",
            "-pix_fmt",
            "yuv420p",
            video.to_str().unwrap(),
        ]);
        let server = S3Server::start(&["clips"]);
        let input = json!({
            "MediaArray": [{ "MediaURL": video }],
            "Strategy": { "Count": 1, "ClipDuration": 5, "AllowSpeechless": true },
        });
        let output = json!({
            "NeedExport": true,
            "OutputMediaTarget": "oss-object",
            "Endpoint": server.endpoint(),
            "Bucket": "clips",
            "ObjectKey": "{media}-{index}.mp4",
            "Video": { "Bitrate": 50_000 },
        });
        std::fs::write(folder.file("in.json"), input.to_string()).unwrap();
        std::fs::write(folder.file("out.json"), output.to_string()).unwrap();
        Self { line: CommandLine::new(), server, folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.line.command(arguments);
        command
            .env("AWS_ACCESS_KEY_ID", self.server.access_key_id())
            .env("AWS_SECRET_ACCESS_KEY", self.server.secret_access_key());
        command
    }

    fn extract(&self) -> Command {
        let (input, output) = (self.folder.file("in.json"), self.folder.file("out.json"));
        let files = [input.to_str().unwrap(), output.to_str().unwrap()];
        self.command(&["extract", "--input-config", files[0], "--output-config", files[1]])
    }

    fn run(&self, mut command: Command) -> Ran {
        Ran::from(command.output().expect("the command line starts"))
    }

    fn outbox(&self) -> Vec<String> {
        let mut names = names_in(&self.line.home.file("data/outbox"));
        names.retain(|name| !name.ends_with(".lock"));
        names
    }

    /// Ends the program with a signal that it cannot see, once its second part fails for the second time. Answers the
    /// parts that were sent until then.
    fn kill_in_the_second_part(&self) -> Vec<u32> {
        self.server.fail(usize::MAX, |request| request.part() == Some(2), S3Fault::CutInBody);
        let mut child =
            self.extract().stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let begun = Instant::now();
        let failing = || parts(&self.server.requests()).iter().filter(|part| **part == 2).count() >= 2;
        while !(failing() && parts(&self.server.requests()).contains(&1)) {
            assert!(begun.elapsed() < PATIENCE, "part 2 is sent: {:?}", self.server.requests());
            assert!(child.try_wait().unwrap().is_none(), "it still runs");
            std::thread::sleep(Duration::from_millis(20));
        }
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        self.server.recover();
        parts(&self.server.new_requests())
    }

    fn assert_whole(&self) {
        let object = self.server.object("clips", "noise-0.mp4");
        let probed = testkit::ffprobe(&object, "format=nb_streams,format_name");
        assert!(!probed.is_empty(), "the object is a video");
        assert_eq!(self.server.uploads_under_way(), 0);
        assert_eq!(self.outbox(), [""; 0], "the bucket has confirmed it, so it is not kept any more");
    }
}

fn parts(requests: &[S3Request]) -> Vec<u32> {
    requests.iter().filter_map(S3Request::part).collect()
}

#[test]
fn an_upload_that_was_killed_goes_on_where_it_stopped() {
    let job = Job::new();
    let mut all = job.kill_in_the_second_part();
    assert_eq!(job.outbox().len(), 1, "the clip is on the disk until it has arrived");
    assert_eq!(job.server.keys("clips"), [""; 0], "nothing half-written is in the bucket");
    let listed = job.run(job.command(&["uploads", "list"]));
    assert!(listed.output.contains("clips/noise-0.mp4"), "{listed:?}");
    let resumed = job.run(job.command(&["uploads", "resume"]));
    assert_eq!(resumed.code, 0, "{resumed:?}");
    let sent = parts(&job.server.new_requests());
    assert!(!sent.contains(&1) && sent.contains(&2), "part 1 is not sent again: {sent:?}");
    all.extend(&sent);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all, [1, 2, 3, 4], "the clip has four parts, sent before or after");
    job.assert_whole();
}

#[test]
fn the_same_job_again_goes_on_with_its_clip() {
    let job = Job::new();
    job.kill_in_the_second_part();
    let again = job.run(job.extract());
    assert_eq!(again.code, 0, "{again:?}");
    assert!(!again.errors.contains("Exporting clip"), "it is not encoded again: {}", again.errors);
    let sent = parts(&job.server.new_requests());
    assert!(!sent.contains(&1), "part 1 is not sent again: {sent:?}");
    let address = format!("{}/clips/noise-0.mp4", job.server.endpoint());
    assert_eq!(again.json()["HighlightResults"][0]["TimeRanges"][0]["OutputURL"], address.as_str());
    job.assert_whole();
}

#[test]
fn a_clip_that_is_given_up_leaves_nothing_behind() {
    let job = Job::new();
    job.kill_in_the_second_part();
    let discarded = job.run(job.command(&["uploads", "discard"]));
    assert_eq!(discarded.code, 0, "{discarded:?}");
    assert_eq!(job.outbox(), [""; 0]);
    assert_eq!(job.server.uploads_under_way(), 0, "parts that were sent are removed from the bucket");
}

#[test]
fn a_bucket_that_cannot_be_used_is_told_before_any_work() {
    let job = Job::new();
    let mut wrong_secret = job.extract();
    wrong_secret.env("AWS_SECRET_ACCESS_KEY", "not-the-secret");
    let mut wrong_key = job.extract();
    wrong_key.env("AWS_ACCESS_KEY_ID", "AKIANOBODY");
    let mut no_keys = job.extract();
    no_keys.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    for (command, words) in [
        (wrong_secret, "secret access key"),
        (wrong_key, "access key id"),
        (no_keys, "STANDOUT_BUCKET_CLIPS_ACCESS_KEY_ID"),
    ] {
        let ran = job.run(command);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.errors.contains(words), "{words}: {}", ran.errors);
        assert!(!ran.errors.contains("Analysing"), "it is told at once: {}", ran.errors);
        for secret in ["not-the-secret", "AKIANOBODY", job.server.secret_access_key()] {
            assert!(!ran.errors.contains(secret), "no secret is shown: {}", ran.errors);
        }
    }
}
