//! Every real file ends in a result or in a clear error.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use media::{DecodeSink, MediaError, plays_directly, read_subtitles, thumbnail};
use model::{MediaTime, Picture, Samples};
use testkit::shared_media;

use crate::common::{analyse, assert_close, file, seconds};

const LONG: MediaTime = MediaTime::from_whole_seconds(100);

pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] })
        .collect();
    files.sort();
    files
}

#[test]
#[allow(clippy::print_stdout, reason = "what became of each file is shown when a test is run by hand")]
fn every_file_ends_in_a_result_or_a_clear_error() {
    let Some(shared) = shared_media() else { return };
    for folder in ["formats", "film", "talk", "speech"] {
        for path in files_under(&shared.join(folder)) {
            let begun = Instant::now();
            if media::probe(&file(&path)).is_ok_and(|info| info.video.is_some() && LONG < info.duration) {
                check_beginning(&path);
                continue;
            }
            match analyse(&path) {
                Ok((info, decoded, kept)) => {
                    assert!(MediaTime::ZERO < decoded.duration, "a result has a length: {}", path.display());
                    assert!(decoded.duration < seconds(3_600.0), "a length that lies: {}", path.display());
                    assert!(decoded.pictures + decoded.samples > 0, "a silent zero: {}", path.display());
                    assert_eq!(decoded.samples, kept.samples.len() as u64, "{}", path.display());
                    if info.video.is_some() && decoded.pictures > 0 {
                        let made = thumbnail(&file(&path), &info, MediaTime::ZERO, 160);
                        assert!(made.is_ok(), "a picture that decodes has a thumbnail: {made:?}");
                    }
                    println!(
                        "{:6.2} s, {:4} pictures, {:7} samples, {} cues, {} damaged, direct {}: {}",
                        decoded.duration.as_seconds(),
                        decoded.pictures,
                        decoded.samples,
                        decoded.cues.len(),
                        decoded.damaged_packets,
                        plays_directly(&info, &file(&path)),
                        path.display()
                    );
                }
                Err(
                    error @ (MediaError::Cancelled | MediaError::NotFound { .. } | MediaError::Ffmpeg { .. }),
                ) => {
                    panic!("{} ends in an unclear error: {error}", path.display())
                }
                Err(error) => println!("{error}"),
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{} took too long", path.display());
        }
    }
}

/// Of long films only the beginning is decoded: what they add is their length.
fn check_beginning(path: &Path) {
    struct Beginning(u32);
    impl DecodeSink for Beginning {
        fn samples(&mut self, _: Samples<'_>) {}
        fn picture(&mut self, _: Picture<'_>) {
            self.0 += 1;
        }
        fn progress(&mut self, _: f32) -> ControlFlow<()> {
            if self.0 < 200 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        }
    }
    let info = media::probe(&file(path)).expect("the file was probed before");
    let mut sink = Beginning(0);
    let ended = media::decode(&file(path), &info, &mut sink);
    assert!(matches!(ended, Err(MediaError::Cancelled)), "cancelled after the beginning: {}", path.display());
}

#[test]
fn a_header_that_claims_hours_is_not_believed() {
    let Some(shared) = shared_media() else { return };
    let path = shared.join("formats/androidx/mp4/sample_fragmented.mp4");
    let info = media::probe(&file(&path)).expect("the file can be probed");
    assert_close(info.duration, seconds(1.05), 60, "the end of a file that claims 39 hours");
}

#[test]
fn cues_of_real_subtitle_streams_are_read() {
    let Some(shared) = shared_media() else { return };
    let mkv = shared.join("formats/androidx/mkv");
    for path in files_under(&mkv) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let has_text = ["srt", "ass_", "ssa", "vtt"].iter().any(|kind| name.contains(kind));
        if !name.starts_with("sample_with") || !has_text {
            continue;
        }
        let (_, decoded, _) = analyse(&path).expect("the file can be analysed");
        assert!(!decoded.cues.is_empty(), "{name} holds cues");
        for cue in &decoded.cues {
            assert!(
                !cue.range.is_empty() && !cue.text.contains(['{', '<', '\\']),
                "a clean cue of {name}: {cue:?}"
            );
        }
    }
    for name in ["subtitles.srt", "subtitles-unicode.srt", "androidx/hls/standalone-webvtt/english_subs.vtt"]
    {
        let cues = read_subtitles(&shared.join("formats").join(name)).expect("the subtitle can be read");
        assert!(!cues.is_empty(), "{name} holds cues");
    }
}
