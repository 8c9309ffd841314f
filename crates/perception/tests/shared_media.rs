//! Speech and no speech, on real recordings. They lie in the folder that `STANDOUT_SHARED` names (by default `shared`
//! beside the workspace) and are decoded by the `ffmpeg` command.

mod shared;

use std::path::{Path, PathBuf};

use model::{MediaTime, Samples};
use standout_perception::Perceiver;

/// Seconds of speech in a recording, and whether it has speech at all.
fn speech(file: &Path) -> (f64, bool) {
    let samples = shared::samples(file);
    let mut perceiver = Perceiver::new();
    perceiver.samples(Samples { time: MediaTime::ZERO, values: &samples });
    let duration = MediaTime::from_ticks(samples.len() as i64, 1, Samples::RATE as i32);
    let evidence = perceiver.finish(duration, None, Vec::new());
    let spoken = evidence.utterances.iter().map(|utterance| utterance.range.duration().as_seconds()).sum();
    (spoken, evidence.has_speech())
}

#[test]
fn recordings_of_speech_have_speech() {
    let Some(media) = shared::folder("media") else { return };
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
    let Some(media) = shared::folder("media") else { return };
    for file in
        ["film/big_buck_bunny.mp4", "film/chaplin.mp4", "sound/sfx/applause.wav", "sound/sfx/phone_ring.wav"]
    {
        assert_eq!(speech(&media.join(file)), (0.0, false), "{file} has no speech");
    }
}

#[test]
fn sounds_of_nature_machines_and_single_cries_are_not_voice() {
    let Some(media) = shared::folder("media") else { return };
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
