//! Speech and no speech, on real recordings. They lie in the folder that `STANDOUT_SHARED` names (by default `shared`
//! beside the workspace) and are decoded by the `ffmpeg` command.

#![allow(clippy::panic, reason = "a failed expectation stops the test where it stands")]

use std::path::{Path, PathBuf};
use std::process::Command;

use model::{MediaTime, Samples};
use standout_perception::Perceiver;

/// The folder of recordings; `None`, with a word about it, where it is absent. In continuous integration it must be there.
#[allow(clippy::print_stderr, reason = "a test that is left out says so")]
fn media() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("STANDOUT_SHARED").map_or_else(default, PathBuf::from).join("media");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "the shared media are required here: set STANDOUT_SHARED");
    eprintln!("left out: there are no shared media at {}", folder.display());
    None
}

/// Seconds of speech in a recording, and whether it has speech at all.
fn speech(file: &Path) -> (f64, bool) {
    let decoded = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(file)
        .args(["-map", "0:a:0", "-ac", "1", "-ar", "16000", "-f", "f32le", "-"])
        .output();
    let decoded = decoded.unwrap_or_else(|error| panic!("ffmpeg could not be started: {error}"));
    let samples: Vec<f32> =
        decoded.stdout.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    assert!(!samples.is_empty(), "nothing was decoded from {}", file.display());
    let mut perceiver = Perceiver::new();
    perceiver.samples(Samples { time: MediaTime::ZERO, values: &samples });
    let duration = MediaTime::from_ticks(samples.len() as i64, 1, Samples::RATE as i32);
    let evidence = perceiver.finish(duration, None, Vec::new());
    let spoken = evidence.utterances.iter().map(|utterance| utterance.range.duration().as_seconds()).sum();
    (spoken, evidence.has_speech())
}

#[test]
fn recordings_of_speech_have_speech() {
    let Some(media) = media() else { return };
    for (file, least) in [
        ("talk/example.mp4", 12.0),
        ("talk/nasa_13013.mp4", 6.0),
        ("talk/grid/GRID/sbia1a.mpg", 0.8),
        ("speech/jfk.wav", 5.0),
        ("speech/es_test_clip.wav", 4.0),
        ("speech/ja_test_clip.wav", 0.8),
        ("speech/test.mp3", 0.8),
        ("speech/english_test1.wav", 6.0),
    ] {
        let (spoken, _) = speech(&media.join(file));
        assert!(spoken >= least, "{file} has {spoken:.1} s of speech, at least {least} s are in it");
    }
}

#[test]
fn music_and_noise_have_none() {
    let Some(media) = media() else { return };
    for file in
        ["film/big_buck_bunny.mp4", "film/chaplin.mp4", "sound/sfx/applause.wav", "sound/sfx/phone_ring.wav"]
    {
        assert_eq!(speech(&media.join(file)), (0.0, false), "{file} has no speech");
    }
}

#[test]
fn sounds_of_nature_machines_and_single_cries_are_not_voice() {
    let Some(media) = media() else { return };
    let mut wrong = Vec::new();
    for class in [
        "002 - Rain",
        "003 - Sea waves",
        "005 - Clock tick",
        "006 - Person sneeze",
        "007 - Helicopter",
        "008 - Chainsaw",
        "009 - Rooster",
    ] {
        let folder =
            std::fs::read_dir(media.join("sound/esc10").join(class)).expect("the class has a folder");
        let mut files: Vec<PathBuf> = folder.map(|entry| entry.expect("a readable entry").path()).collect();
        files.sort();
        wrong.extend(files.into_iter().step_by(8).filter(|file| speech(file).1));
    }
    assert!(wrong.is_empty(), "taken for speech: {wrong:?}");
}
