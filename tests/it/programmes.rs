//! Programmes made of real clips with planted highlights, whose truth is known to the millisecond.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use testkit::{Folder, shared_media};

use crate::support::CommandLine;

/// A made programme and its truth.
struct Programme {
    folder: Folder,
    truth: Value,
}

impl Programme {
    /// Makes a programme with the recipe beside the shared media.
    fn make(media: &Path, kind: &str, minutes: &str, more: &[&str]) -> Self {
        let recipe = media.parent().expect("the media have a parent").join("bench/make_program.py");
        let folder = Folder::new();
        let output = Command::new(python())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(&recipe)
            .args(["--seed", "5", "--kind", kind, "--minutes", minutes, "--out"])
            .arg(folder.path())
            .args(more)
            .stdin(Stdio::null())
            .output()
            .expect("Python starts");
        assert!(output.status.success(), "{}: {}", recipe.display(), String::from_utf8_lossy(&output.stderr));
        let truth = std::fs::read_to_string(folder.file("truth.json")).expect("the recipe writes the truth");
        Self { folder, truth: serde_json::from_str(&truth).expect("the truth is JSON") }
    }

    fn file(&self, variant: &str) -> PathBuf {
        self.folder.file(self.truth["files"][variant].as_str().expect("the truth names its files"))
    }

    fn spans(&self, what: &str) -> Vec<(f64, f64)> {
        let spans = self.truth[what].as_array().expect("the truth lists it").iter();
        let number = |value: &Value| value.as_f64().expect("a time in seconds");
        spans
            .map(|span| match span {
                Value::Array(pair) => (number(&pair[0]), number(&pair[1])),
                span => (number(&span["start"]), number(&span["end"])),
            })
            .collect()
    }
}

/// A Python that has numpy: the system's, where the set-up installs it, or the one on the path.
fn python() -> &'static str {
    let has_numpy = |python: &&str| {
        let tried = Command::new(python).args(["-c", "import numpy"]).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    };
    ["/usr/bin/python3", "python3"]
        .into_iter()
        .find(has_numpy)
        .expect("numpy is installed (package python3-numpy)")
}

#[test]
fn planted_highlights_are_found_with_and_without_subtitles() {
    let Some(media) = shared_media() else { return };
    let programme = Programme::make(&media, "talk-show", "3", &[]);
    let (planted, utterances) = (programme.spans("planted"), programme.spans("utterances"));
    for variant in ["plain", "sidecar", "embedded"] {
        let line = CommandLine::new();
        let count = planted.len().to_string();
        let ran = line.run(&["extract", programme.file(variant).to_str().unwrap(), "--count", &count]);
        assert_eq!(ran.code, 0, "{variant}: {ran:?}");
        let answer = ran.json();
        let found: Vec<(f64, f64)> = answer["HighlightResults"][0]["TimeRanges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|range| (range["In"].as_f64().unwrap(), range["Out"].as_f64().unwrap()))
            .collect();
        let hit = |moment: &&(f64, f64)| found.iter().any(|range| covers_half(*range, **moment));
        assert!(
            planted.iter().any(|moment| hit(&moment)),
            "{variant}: none of {planted:?} is among {found:?}"
        );
        for edge in found.iter().flat_map(|(start, end)| [start, end]) {
            let inside = utterances.iter().find(|(start, end)| start + 0.1 < *edge && *edge < end - 0.1);
            assert!(inside.is_none(), "{variant}: the edge {edge} cuts the utterance {inside:?}");
        }
    }
}

fn covers_half(range: (f64, f64), moment: (f64, f64)) -> bool {
    range.1.min(moment.1) - range.0.max(moment.0) >= (moment.1 - moment.0) / 2.0
}

#[test]
fn a_programme_without_any_voice_is_refused() {
    let Some(media) = shared_media() else { return };
    let programme = Programme::make(&media, "film", "2", &["--speechless"]);
    let ran = CommandLine::new().run(&["extract", programme.file("plain").to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.json()["HighlightResults"][0]["Error"]["Code"], "Speechless");
}
