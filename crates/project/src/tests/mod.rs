//! A project as an editor meets it.

mod admission;
mod alike;
mod correcting;
mod document;
mod edits;
mod finding;
mod judging;
mod marking;
mod sequences;
mod snapping;

use std::path::PathBuf;

use model::{
    AudioStream, Fingerprint, Highlight, MediaLocation, MediaTime, ProjectId, Reason, Signal, SourceInfo,
    Tag, TimeRange,
};

use crate::*;

/// Whole seconds.
fn range(start: i64, end: i64) -> TimeRange {
    TimeRange { start: MediaTime::from_whole_seconds(start), end: MediaTime::from_whole_seconds(end) }
}

fn highlight(start: i64, end: i64) -> Highlight {
    Highlight {
        range: range(start, end),
        score: 0.5,
        tags: vec![Tag { name: "laugh".to_owned(), range: range(start, end), confidence: 0.5 }],
        reasons: vec![Reason {
            signal: Signal::Loudness,
            event: None,
            strength: 0.9,
            at: MediaTime::from_whole_seconds(start),
        }],
    }
}

/// A video with sound; equal names have equal content.
fn video(name: &str, seconds: i64) -> NewMaterial {
    let sound = AudioStream {
        index: 0,
        codec: "aac".to_owned(),
        sample_rate: 48_000,
        channels: 2,
        language: None,
        start: MediaTime::ZERO,
    };
    NewMaterial {
        location: MediaLocation::LocalFile(PathBuf::from(format!("/videos/{name}.mp4"))),
        fingerprint: Fingerprint(name.to_owned()),
        info: SourceInfo {
            container: "mov,mp4".to_owned(),
            duration: MediaTime::from_whole_seconds(seconds),
            size: 1_000,
            video: None,
            audio: vec![sound],
            text: Vec::new(),
        },
        subtitles: Subtitles::None,
    }
}

fn empty_project() -> Project {
    Project::new(ProjectId("p".to_owned()), "Untitled")
}

/// One video of 100 s, and its id.
fn one_video() -> (History, MaterialId) {
    let mut history = History::new(empty_project());
    history.apply(EditCommand::AddMaterials(vec![video("talk", 100)]), None).expect("one video may come in");
    let id = history.project().materials[0].id;
    (history, id)
}

/// The ranges of the first video as `found 10–20`.
fn ranges(history: &History) -> Vec<String> {
    history.project().materials[0]
        .ranges
        .iter()
        .map(|range| {
            let seconds = |time: MediaTime| time.as_seconds();
            let origin = format!("{:?}", range.origin).to_lowercase();
            format!("{origin} {}-{}", seconds(range.range.start), seconds(range.range.end))
        })
        .collect()
}
