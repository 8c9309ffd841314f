//! Real files of every kind end in a result or in an error that names the cause: never in a crash, a hang or silence.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;

use testkit::shared_media;

use crate::support::CommandLine;

/// Codes that say something is wrong with Standout and not with the file. A hang is among them: the engine ends it.
const OWN_FAULTS: [&str; 4] = ["Internal", "WorkerCrashed", "WorkerHung", "WorkerOutOfMemory"];

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// What is wrong with how `standout extract` deals with a file; nothing when it is right.
fn trouble_with(line: &CommandLine, file: &Path) -> Option<String> {
    let output = line
        .command(&["extract", file.to_str()?, "--count", "2", "--allow-speechless"])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let code = output.status.code();
    let Ok(answer) = serde_json::from_slice::<serde_json::Value>(&output.stdout) else {
        return Some(format!("no answer, exit code {code:?}: {}", String::from_utf8_lossy(&output.stderr)));
    };
    let material = &answer["HighlightResults"][0];
    let found = material["TimeRanges"].as_array().map_or(0, Vec::len);
    match (code, material["Error"]["Code"].as_str()) {
        (Some(0), None) if found > 0 || material["Notice"].is_string() => None,
        (Some(0), None) => Some("no range and no word why".to_owned()),
        (Some(1), Some(error)) if !OWN_FAULTS.contains(&error) => None,
        (code, error) => {
            Some(format!("exit code {code:?}, error {error:?}: {}", material["Error"]["Message"]))
        }
    }
}

/// Runs all files, two at a time.
fn check(files: &[PathBuf]) {
    assert!(!files.is_empty(), "there are files to check");
    let next = Mutex::new(files.iter());
    let troubles = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let line = CommandLine::new();
                loop {
                    let Some(file) = next.lock().unwrap().next() else { return };
                    if let Some(trouble) = trouble_with(&line, file) {
                        troubles.lock().unwrap().push(format!("{}: {trouble}", file.display()));
                    }
                }
            });
        }
    });
    let troubles = troubles.into_inner().unwrap();
    assert!(troubles.is_empty(), "{} of {} files:\n{}", troubles.len(), files.len(), troubles.join("\n"));
}

#[test]
fn containers_and_codecs_of_every_kind() {
    let Some(shared) = shared_media() else { return };
    check(&files(&shared.join("formats")));
}

#[test]
fn talks_films_and_speech() {
    let Some(shared) = shared_media() else { return };
    let names = ["talk/example.mp4", "talk/nasa_13013.mp4", "film/sintel_trailer.mp4", "film/chaplin.mp4"];
    let mut all: Vec<PathBuf> = names.iter().map(|name| shared.join(name)).collect();
    all.extend(files(&shared.join("speech")));
    check(&all);
}
