//! A job with everything the contract knows: five materials from five kinds of places, clips in a bucket.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use testkit::{Folder, Misbehaviour, RangeServer, S3Server, ffprobe, shared_media};

use crate::support::{CommandLine, Ran, names_in};

/// What the clips are asked to be.
const WIDTH: u32 = 640;
const KILOBITS: f64 = 150.0;

#[test]
fn five_materials_become_registered_clips_in_a_bucket() {
    let Some(media) = shared_media() else { return };
    let server = S3Server::start(&["films", "clips"]);
    let object = server.object("films", "in/sintel trailer.mp4");
    std::fs::create_dir_all(object.parent().unwrap()).unwrap();
    std::fs::copy(media.join("film/sintel_trailer.mp4"), &object).expect("the object is put");
    let web = RangeServer::new(&media);
    web.misbehave("gone.mp4", Misbehaviour::Status(404));
    let line = CommandLine::new();
    let keys = |command: &mut Command| {
        command
            .env("AWS_ACCESS_KEY_ID", server.access_key_id())
            .env("AWS_SECRET_ACCESS_KEY", server.secret_access_key())
            .env("AWS_ENDPOINT_URL", server.endpoint());
    };
    let known = line.run(&["media", "add", media.join("talk/nasa_13013.mp4").to_str().unwrap()]);
    let id = known.json()[0]["MediaId"].as_str().expect("an id").to_owned();
    let folder = Folder::new();
    let given = [
        media.join("talk/example.mp4").to_str().unwrap().to_owned(),
        web.address("film/big_buck_bunny.mp4"),
        "s3://films/in/sintel trailer.mp4".to_owned(),
    ];
    let input = json!({
        "MediaArray": [
            { "MediaURL": given[0] },
            { "MediaURL": given[1] },
            { "MediaURL": given[2] },
            { "MediaId": id, "MediaURL": "/nowhere.mp4" },
            { "MediaURL": web.address("gone.mp4") },
        ],
        "Strategy": { "Count": 2, "ClipDuration": 6, "AllowSpeechless": true },
    });
    let output = json!({
        "NeedExport": true,
        "OutputMediaTarget": "oss-object",
        "Endpoint": server.endpoint(),
        "Bucket": "clips",
        "ObjectKey": "jobs/{media}/{index}.mp4",
        "ExportAsNewMedia": true,
        "Width": WIDTH,
        "Video": { "Codec": "H.264", "Bitrate": KILOBITS as u32 },
    });
    let ran = run_job(&line, &folder, &input, &output, keys);
    assert_eq!(ran.code, 1, "one material fails: {ran:?}");
    assert!(ran.errors.contains("has no effect, because MediaId wins"), "{}", ran.errors);

    let answer = ran.json();
    let results = answer["HighlightResults"].as_array().expect("an answer for each material");
    let named: Vec<&str> = results.iter().map(|result| result["Media"].as_str().unwrap()).collect();
    assert_eq!(named, [&given[0], &given[1], &given[2], &id, &web.address("gone.mp4")]);
    assert_eq!(results[4]["Error"]["Code"], "RemoteNotFound", "{}", results[4]);
    assert_eq!(results[4]["TimeRanges"], json!([]));

    let stems = ["example", "big_buck_bunny", "sintel trailer", "nasa_13013"];
    let mut index = 0;
    for (result, stem) in results.iter().zip(stems) {
        let ranges = result["TimeRanges"].as_array().expect("ranges");
        assert!((1..=2).contains(&ranges.len()), "{result}");
        for range in ranges {
            let key = format!("jobs/{stem}/{index}.mp4");
            let address = format!("{}/clips/{}", server.endpoint(), key.replace(' ', "%20"));
            assert_eq!(range["OutputURL"], address.as_str(), "the number runs through the whole job");
            let seconds = range["Out"].as_f64().unwrap() - range["In"].as_f64().unwrap();
            assert_clip(&server.object("clips", &key), seconds, stem);
            let registered = line.run(&["media", "show", range["MediaId"].as_str().expect("an id")]);
            assert_eq!(registered.json()["MediaURL"], format!("s3://clips/{key}").as_str());
            index += 1;
        }
    }
    assert_eq!(server.keys("clips").len(), index, "nothing else is in the bucket");
    assert_eq!(server.uploads_under_way(), 0);
    assert_eq!(names_in(&line.home.file("data/outbox")), [""; 0], "what is confirmed is not kept");
    let sent = web.bytes_sent("film/big_buck_bunny.mp4");
    let size = std::fs::metadata(media.join("film/big_buck_bunny.mp4")).unwrap().len();
    assert!(sent <= size + 100_000, "nothing is downloaded twice: {sent} of {size} bytes were sent");
    assert_secret_is_nowhere(line.home.path(), server.secret_access_key());
    assert!(
        !ran.errors.contains(server.secret_access_key()) && !ran.output.contains(server.secret_access_key())
    );

    // A clip of the bucket is a material like any other.
    let clip = results[1]["TimeRanges"][0]["MediaId"].as_str().unwrap();
    let again = json!({ "MediaArray": [{ "MediaId": clip }], "Strategy": { "Count": 1, "ClipDuration": 3, "AllowSpeechless": true } });
    let again = run_job(&line, &folder, &again, &json!({}), keys);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(again.json()["HighlightResults"][0]["Media"], clip);
}

/// Runs a job from its two documents.
fn run_job(
    line: &CommandLine,
    folder: &Folder,
    input: &Value,
    output: &Value,
    prepare: impl Fn(&mut Command),
) -> Ran {
    let (input_file, output_file) = (folder.file("in.json"), folder.file("out.json"));
    std::fs::write(&input_file, input.to_string()).unwrap();
    std::fs::write(&output_file, output.to_string()).unwrap();
    let mut command = line.command(&[
        "extract",
        "--input-config",
        input_file.to_str().unwrap(),
        "--output-config",
        output_file.to_str().unwrap(),
    ]);
    prepare(&mut command);
    Ran::from(command.output().expect("the command line starts"))
}

/// Asserts that a clip plays to its end, and has the size, codec and bit rate that were asked for.
fn assert_clip(path: &Path, seconds: f64, of: &str) {
    let found = ffprobe(path, "stream=codec_type,codec_name,width,height,bit_rate,duration");
    let text = found.join(" ");
    let at =
        found.iter().position(|value| value == "h264").unwrap_or_else(|| panic!("{of}: H.264 in {text}"));
    let number = |offset: usize| found[at + offset].parse::<f64>().unwrap_or_else(|_| panic!("{of}: {text}"));
    // codec_name, codec_type, width, height, duration, bit_rate: the order that ffprobe keeps.
    let (width, height, length, rate) = (number(2), number(3), number(4), number(5));
    assert_eq!(width as u32, WIDTH, "{of}: {text}");
    assert_eq!(height as u32 % 2, 0, "{of}: {text}");
    assert!((length - seconds).abs() < 0.1, "{of} lasts {length} s, not {seconds} s");
    let share = rate / (KILOBITS * 1_000.0);
    assert!((0.9..=1.1).contains(&share), "{of}: {rate} bit/s is {share:.2} of what was asked for");
    let played = Command::new("ffmpeg")
        .args(["-v", "error", "-xerror", "-i"])
        .arg(path)
        .args(["-f", "null", "-"])
        .output()
        .expect("ffmpeg starts");
    assert!(played.status.success() && played.stderr.is_empty(), "{of} plays: {played:?}");
}

/// No file of the library's folders may hold a secret.
fn assert_secret_is_nowhere(folder: &Path, secret: &str) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            assert_secret_is_nowhere(&path, secret);
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "the secret lies in {}", path.display());
        }
    }
}
