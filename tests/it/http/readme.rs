//! The README's script, as it stands there.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use testkit::python_program;

use super::serving::{KEY, SECRET, Serving};
use crate::support::{CommandLine, Ran, sample};

#[test]
fn the_readmes_script_works_as_it_stands_there() {
    let Some(python) = python_program("python") else { return };
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = std::fs::read_to_string(readme).expect("a README");
    let script = readme.split("```python\n").nth(1).and_then(|rest| rest.split("```").next());
    let script = script.expect("the README has one script in Python");
    let line = CommandLine::new();
    let server = Serving::start(&line);
    let file = line.home.file("highlights.py");
    std::fs::write(&file, script).expect("written");
    let output = Command::new(python)
        .arg(&file)
        .arg(sample())
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY)
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)
        .env("STANDOUT_ENDPOINT", server.address.to_string())
        .output()
        .expect("the script starts");
    let ran = Ran::from(output);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ranges: Value = ran.json();
    let ranges = ranges[0]["TimeRanges"].as_array().expect("ranges");
    assert!((1..=3).contains(&ranges.len()), "the script prints one to three highlights: {ran:?}");
}
