//! `standout extract`, as scripts and people call it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use testkit::Folder;

use crate::support::{CommandLine, assert_clip, names_in, sample, speechless};

/// The ranges of one material, as (In, Out) in seconds.
fn ranges(answer: &serde_json::Value, material: usize) -> Vec<(f64, f64)> {
    let ranges = answer["HighlightResults"][material]["TimeRanges"].as_array().expect("a list of ranges");
    ranges.iter().map(|range| (range["In"].as_f64().unwrap(), range["Out"].as_f64().unwrap())).collect()
}

#[test]
fn extract_prints_the_contracts_answer_and_writes_exact_clips() {
    let (line, clips) = (CommandLine::new(), Folder::new());
    let video = sample();
    let template = clips.file("clip-{index}.mp4");
    let ran = line.run(&[
        "extract",
        video.to_str().unwrap(),
        "--count",
        "3",
        "--clip-duration",
        "10",
        "--export",
        template.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let answer = ran.json();
    assert_eq!(answer["HighlightResults"][0]["Media"], video.to_str().unwrap());
    let found = ranges(&answer, 0);
    assert!(!found.is_empty() && found.len() <= 3, "one to three highlights are expected: {found:?}");
    for (index, (start, end)) in found.iter().enumerate() {
        assert!(0.0 <= *start && *end <= 120.0, "inside the material: {found:?}");
        assert!((8.0..=12.0).contains(&(end - start)), "within 2 s of what was asked for: {found:?}");
        assert_clip(&clips.file(&format!("clip-{index}.mp4")), end - start);
    }
    assert!(found.is_sorted_by(|before, after| before.1 <= after.0), "in order, not overlapping: {found:?}");
    assert_eq!(names_in(clips.path()).len(), found.len(), "nothing else is left in the folder");
    assert!(ran.errors.contains("Analysing standout-sample.mp4"), "progress goes to standard error: {ran:?}");
}

#[test]
fn clips_that_are_there_are_never_overwritten() {
    let (line, clips) = (CommandLine::new(), Folder::new());
    let target = clips.file("0.mp4");
    std::fs::write(&target, "precious").unwrap();
    let template = clips.file("{index}.mp4");
    let video = sample();
    let ran = line.run(&[
        "extract",
        video.to_str().unwrap(),
        "--count",
        "1",
        "--export",
        template.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.errors.contains("already there") && ran.errors.contains("0.mp4"), "{ran:?}");
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "precious");
    assert_eq!(names_in(clips.path()), ["0.mp4"], "nothing half-written is left");
}

/// Ended by the system in the middle of a clip.
#[test]
fn a_program_that_is_ended_leaves_nothing_half_written() {
    let (line, clips) = (CommandLine::new(), Folder::new());
    let (video, template) = (sample(), clips.file("{index}.mp4"));
    let arguments = [video.to_str().unwrap(), "--count", "2", "--clip-duration", "60"];
    let mut running = line
        .command(&["extract", "--export", template.to_str().unwrap()])
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(running.stderr.take().unwrap());
    let mut told = told.lines().map(Result::unwrap);
    assert!(told.any(|line| line.starts_with("Exporting clip 0")), "the first clip is begun");
    assert_eq!(names_in(clips.path()).len(), 1, "under a temporary name");
    let killed = Command::new("kill").args(["-TERM", &running.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(running.wait().unwrap().code(), Some(1));
    assert!(told.any(|line| line.contains("Cancelled")), "how it ended is told");
    assert!(names_in(clips.path()).is_empty(), "nothing is left: {:?}", names_in(clips.path()));
}

#[test]
fn every_fault_of_the_arguments_is_told_at_once() {
    let line = CommandLine::new();
    let ran = line.run(&[
        "extract",
        "a.mp4",
        "b.mp4",
        "c.mp4",
        "d.mp4",
        "e.mp4",
        "f.mp4",
        "--count",
        "12",
        "--clip-duration",
        "0.5",
        "--actions",
        "far too long,ok",
    ]);
    assert_eq!(ran.code, 2, "{ran:?}");
    for field in ["MediaArray", "Strategy.Count", "Strategy.ClipDuration", "far too long"] {
        assert!(ran.errors.contains(field), "{field} is missing: {}", ran.errors);
    }
    assert!(ran.output.is_empty(), "nothing was found, so nothing is answered");
}

#[test]
fn every_fault_of_both_configurations_is_told_with_its_field() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let write = |name: &str, text: &str| {
        let path = folder.file(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let input = write(
        "in.json",
        r#"{"MediaArray":[{"MediaURL":"talk.mp4"},{}],"Strategy":{"Count":0,"ClipDuration":"long","Colour":1}}"#,
    );
    let output =
        write("out.json", r#"{"NeedExport":true,"OutputMediaTarget":"local-file","ObjectKey":"clip.mp4"}"#);
    let ran = line.run(&["extract", "--input-config", &input, "--output-config", &output]);
    assert_eq!(ran.code, 2, "{ran:?}");
    for field in ["MediaArray[1]", "Strategy.Count", "Strategy.ClipDuration", "ObjectKey"] {
        assert!(ran.errors.contains(field), "{field} is missing: {}", ran.errors);
    }
}

#[test]
fn a_job_file_answers_as_the_contract_says() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = sample();
    let input = folder.file("in.json");
    let url = format!("file://{}", video.display());
    let config = serde_json::json!({
        "MediaArray": [{ "MediaURL": url }],
        "Strategy": { "Count": 2, "ClipDuration": 12.5 },
        "FaceInfo": {},
    });
    std::fs::write(&input, config.to_string()).unwrap();
    let ran = line.run(&["extract", "--input-config", input.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.errors.contains("warning: FaceInfo"), "what has no effect is told: {}", ran.errors);
    let answer = ran.json();
    assert_eq!(answer["HighlightResults"][0]["Media"], url.as_str(), "the material is named as it was given");
    assert!(ranges(&answer, 0).len() <= 2);
    assert!(
        answer["HighlightResults"][0]["TimeRanges"][0].get("OutputURL").is_none(),
        "no clip was asked for"
    );
}

#[test]
fn one_bad_material_does_not_stop_the_others() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let text = folder.file("notes.mp4");
    std::fs::write(&text, "these are my notes, not a video").unwrap();
    let video = sample();
    let ran = line.run(&["extract", "/nowhere/gone.mp4", text.to_str().unwrap(), video.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let answer = ran.json();
    assert_eq!(answer["HighlightResults"][0]["Error"]["Code"], "FileNotFound");
    assert_eq!(answer["HighlightResults"][1]["Error"]["Code"], "NotMedia");
    assert!(!ranges(&answer, 2).is_empty(), "the good one is answered: {answer}");
    for path in [Path::new("/nowhere/gone.mp4"), &text] {
        assert!(ran.errors.contains(path.to_str().unwrap()), "what failed is told: {}", ran.errors);
    }
}

#[test]
fn a_material_without_speech_is_refused_unless_that_is_allowed() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = speechless(&folder, "silent", 30);
    let video = video.to_str().unwrap();
    let refused = line.run(&["extract", video]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert_eq!(refused.json()["HighlightResults"][0]["Error"]["Code"], "Speechless");
    let allowed = line.run(&["extract", video, "--allow-speechless"]);
    assert_eq!(allowed.code, 0, "{allowed:?}");
}

#[test]
fn a_subtitle_beside_the_video_counts_as_speech() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = speechless(&folder, "silent", 30);
    let lines = "1\n00:00:05,000 --> 00:00:08,000\nNobody speaks, but this is written!\n";
    std::fs::write(folder.file("silent.srt"), lines).unwrap();
    let ran = line.run(&["extract", video.to_str().unwrap(), "--count", "1"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn a_table_is_for_people() {
    let line = CommandLine::new();
    let video = sample();
    let ran = line.run(&["extract", video.to_str().unwrap(), "--count", "1", "--table"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.output.contains("Start") && ran.output.contains("Score"), "{}", ran.output);
}

#[test]
fn more_than_two_hours_are_refused_before_anything_is_analysed() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let long = |name: &str, minutes: u32| {
        let path = folder.file(name);
        let source = format!("testsrc2=s=64x64:r=1:d={}", minutes * 60);
        let encoding = ["-c:v", "libx264", "-preset", "ultrafast"];
        testkit::ffmpeg(
            ["-f", "lavfi", "-i", &source].iter().chain(&encoding).chain(&[path.to_str().unwrap()]),
        );
        path.to_str().unwrap().to_owned()
    };
    let (first, second) = (long("first.mp4", 61), long("second.mp4", 60));
    let ran = line.run(&["extract", &first, &second, "--allow-speechless"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.errors.contains("MediaArray") && ran.errors.contains("2:00:00"), "the rule: {}", ran.errors);
    assert!(!ran.errors.contains("Analysing"), "no work has begun: {}", ran.errors);
}

#[test]
fn clips_have_the_asked_form_and_come_into_the_library() {
    let (line, clips) = (CommandLine::new(), Folder::new());
    let (video, template) = (sample(), clips.file("{media}-{index}.webm"));
    let ran = line.run(&[
        "extract",
        video.to_str().unwrap(),
        "--count",
        "1",
        "--clip-duration",
        "3",
        "--export",
        template.to_str().unwrap(),
        "--codec",
        "vp9",
        "--height",
        "180",
        "--register",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let clip = clips.file("standout-sample-0.webm");
    assert_eq!(testkit::ffprobe(&clip, "stream=codec_name,width,height"), ["vp9", "320", "180", "opus"]);
    let answer = ran.json();
    let range = &answer["HighlightResults"][0]["TimeRanges"][0];
    assert_eq!(range["OutputURL"], clip.to_str().unwrap());
    let shown = line.run(&["media", "show", range["MediaId"].as_str().expect("an id")]);
    assert_eq!(shown.json()["MediaURL"], clip.to_str().unwrap());
}

#[test]
fn what_no_file_can_hold_is_refused_before_any_work() {
    let line = CommandLine::new();
    let video = sample();
    for (arguments, field) in [
        (["--codec", "H.264", "--export", "clips/{index}.webm"], "ObjectKey"),
        (["--codec", "H.264", "--export", "clips/{index}.avi"], "ObjectKey"),
        (["--codec", "MPEG-2", "--export", "clips/{index}.mp4"], "Video.Codec"),
        (["--width", "127", "--export", "clips/{index}.mp4"], "Width"),
        (["--height", "4098", "--export", "clips/{index}.mp4"], "Height"),
        (["--crf", "52", "--export", "clips/{index}.mp4"], "Video.Crf"),
        (["--bitrate", "9", "--export", "clips/{index}.mp4"], "Video.Bitrate"),
        (["--crf", "20", "--export", "clips/clip.mp4"], "ObjectKey"),
        (["--crf", "20", "--export", "clips/{index}/../../{index}.mp4"], "ObjectKey"),
    ] {
        let ran = line.run(&[&["extract", video.to_str().unwrap()], arguments.as_slice()].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.errors.contains(field), "{field}: {}", ran.errors);
        assert!(ran.output.is_empty() && !ran.errors.contains("Analysing"), "no work has begun: {ran:?}");
    }
}
