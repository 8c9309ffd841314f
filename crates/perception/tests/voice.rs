//! The voice detectors on labelled speech, and the Silero detector as a stream: loading, block sizes, memory.

#![allow(clippy::panic, clippy::expect_used, reason = "a failed expectation stops the test where it stands")]

mod labelled;

use labelled::{RATE, Score, listen, score, shared, tracks};
use model::Signal;
use standout_perception::{VoiceDetector, VoiceModelError};

fn weights() -> Option<Vec<u8>> {
    let folder = shared::folder("models/whisper")?;
    Some(std::fs::read(folder.join("for-tests-silero-v6.2.0-ggml.bin")).expect("the weights are readable"))
}

#[test]
fn labelled_speech_is_found_and_other_sounds_are_not() {
    let (Some(media), Some(silero)) = (shared::folder("media"), weights()) else { return };
    let tracks = tracks(&media);
    // What was measured (docs/detectors.md), less a little for other decoders.
    for (name, weights, precision, recall) in
        [("built-in", None, 0.75, 0.88), ("Silero", Some(&silero[..]), 0.90, 0.96)]
    {
        let mut total = Score::default();
        for (_, track) in &tracks {
            total.add(score(track, &listen(&track.samples, weights, 4_096)));
        }
        assert!(precision < total.precision(), "the {name} detector's precision is {:.3}", total.precision());
        assert!(recall < total.recall(), "the {name} detector's recall is {:.3}", total.recall());
    }
}

#[test]
fn silero_hears_dialogue_under_music_and_no_speech_in_a_film_without_words() {
    let (Some(media), Some(silero)) = (shared::folder("media"), weights()) else { return };
    let speaks = |file: &str| listen(&shared::samples(&media.join(file)), Some(&silero), 8_192).has_speech();
    for file in [
        "film/sintel_trailer.mp4",
        "talk/example.mp4",
        "talk/grid/GRID/sbia1a.mpg",
        "speech/ja_test_clip.wav",
    ] {
        assert!(speaks(file), "{file} has speech");
    }
    for file in
        ["film/big_buck_bunny.mp4", "film/chaplin.mp4", "sound/sfx/applause.wav", "sound/sfx/phone_ring.wav"]
    {
        assert!(!speaks(file), "{file} has no speech");
    }
}

#[test]
fn the_size_of_blocks_does_not_matter() {
    let (Some(media), Some(silero)) = (shared::folder("media"), weights()) else { return };
    // Longer than two of the blocks that the network is given.
    let samples = shared::samples(&media.join("speech/multilingual.mp3"));
    assert!(58 * RATE < samples.len());
    let expected = listen(&samples, Some(&silero), samples.len());
    for block in [1_021, 16_000] {
        let heard = listen(&samples, Some(&silero), block);
        assert_eq!(heard.utterances, expected.utterances, "blocks of {block} samples");
        assert_eq!(
            heard.signals[&Signal::Voice],
            expected.signals[&Signal::Voice],
            "blocks of {block} samples"
        );
    }
}

#[test]
fn where_a_block_ends_is_not_heard() {
    let (Some(media), Some(silero)) = (shared::folder("media"), weights()) else { return };
    let speech = shared::samples(&media.join("speech/jfk.wav"));
    // The same words at the beginning of a block and across the end of one (28.8 s).
    let at = |seconds: usize| {
        let mut samples = vec![0.0; seconds * RATE];
        samples.extend_from_slice(&speech);
        let spoken = listen(&samples, Some(&silero), 4_096).utterances;
        spoken.iter().map(|it| it.range.duration().as_seconds()).sum::<f64>()
    };
    let (whole, divided) = (at(2), at(24));
    assert!((whole - divided).abs() < 0.5, "{whole} s of speech are {divided} s across the end of a block");
}

#[test]
fn other_files_are_refused_with_their_reason() {
    let Some(whole) = weights() else { return };
    assert!(VoiceDetector::from_bytes(&whole).is_ok(), "the published weights are taken");
    let refused = |bytes: &[u8]| {
        VoiceDetector::from_bytes(bytes).err().unwrap_or_else(|| panic!("it was taken for the detector"))
    };
    for other in [&b""[..], b"ggml", &[0_u8; 4_096]] {
        assert!(
            matches!(refused(other), VoiceModelError::NotSilero(_)),
            "{} bytes of another kind",
            other.len()
        );
    }
    if let Some(folder) = shared::folder("models/whisper") {
        let whisper =
            std::fs::read(folder.join("for-tests-ggml-tiny.bin")).expect("the weights are readable");
        assert!(
            matches!(refused(&whisper), VoiceModelError::NotSilero(_)),
            "another network of the same format"
        );
    }
    for length in (20..whole.len()).step_by(19_997).chain([whole.len() - 1]) {
        assert!(matches!(refused(&whole[..length]), VoiceModelError::Damaged(_)), "cut after {length} bytes");
    }
}
