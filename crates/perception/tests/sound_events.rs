//! Sound events, on recordings whose truth is known, against what the reference runtime scores, and on files that are not
//! the model. The model and the recordings lie in the shared folder.

#![allow(clippy::panic, clippy::expect_used, reason = "a failed expectation stops the test where it stands")]

mod shared;
mod synthetic;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::{MediaTime, Samples, Series, SoundEvent, TimeRange};
use standout_perception::{Perceiver, SoundClassifier, SoundEvents, SoundModelError};
use synthetic::{Noise, sine};

/// One step of the dense layer's output moves a score of one half by so much: what another decoder or another runtime's
/// rounding may do.
const ONE_STEP: f32 = 24.0 / 256.0;

fn model() -> Option<Vec<u8>> {
    let folder = shared::folder("models/yamnet")?;
    Some(std::fs::read(folder.join("yamnet.tflite")).expect("the model is readable"))
}

fn classifier(model: &[u8]) -> SoundClassifier {
    SoundClassifier::from_bytes(model).unwrap_or_else(|error| panic!("the model was refused: {error}"))
}

/// The scores of every patch, fed in pieces of a size.
fn scores(classifier: &mut SoundClassifier, samples: &[f32], piece: usize) -> Vec<Vec<f32>> {
    let mut patches = Vec::new();
    for piece in samples.chunks(piece) {
        classifier.samples(piece, |patch| patches.push(patch.scores.to_vec()));
    }
    classifier.finish(|patch| patches.push(patch.scores.to_vec()));
    patches
}

fn events(model: &[u8], samples: &[f32]) -> BTreeMap<SoundEvent, Series> {
    let mut events = SoundEvents::from_bytes(model).unwrap_or_else(|error| panic!("refused: {error}"));
    for piece in samples.chunks(1_021) {
        events.samples(piece);
    }
    events.finish()
}

#[test]
fn the_published_test_sound_scores_as_with_the_reference() {
    let (Some(folder), Some(model)) = (shared::folder("models/yamnet"), model()) else { return };
    let audio = std::fs::read(folder.join("yamnet_test_audio.bin")).expect("the test sound is readable");
    let samples: Vec<f32> =
        audio.as_chunks().0.iter().map(|bytes| f32::from(i16::from_le_bytes(*bytes)) / 32_768.0).collect();
    let patches = scores(&mut classifier(&model), &samples, samples.len());
    assert_eq!(patches.len(), 1, "the sound fills exactly one patch");
    // Speech; narration, monologue; inside, small room. All others are zero.
    let expected = [(0, 245.0), (3, 1.0), (500, 4.0)];
    for (class, score) in patches[0].iter().enumerate() {
        let expected = expected.iter().find(|(known, _)| *known == class).map_or(0.0, |(_, score)| *score);
        assert!(
            (score * 256.0 - expected).abs() <= 1.0,
            "class {class} scores {score} against {expected}/256"
        );
    }
}

#[test]
fn recordings_score_as_with_the_reference() {
    let (Some(media), Some(model)) = (shared::folder("media/sound"), model()) else { return };
    let mut classifier = classifier(&model);
    let mut heard: Option<(&str, Vec<Vec<f32>>)> = None;
    let (mut compared, mut equal) = (0, 0);
    let table = include_str!("reference/yamnet_scores.tsv").lines().filter(|line| !line.starts_with('#'));
    for line in table {
        let mut columns = line.split('\t');
        let (Some(file), Some(patch)) = (columns.next(), columns.next()) else {
            panic!("a broken line: {line}")
        };
        if heard.as_ref().is_none_or(|(known, _)| *known != file) {
            heard = Some((file, scores(&mut classifier, &shared::samples(&media.join(file)), 4_096)));
        }
        let patch: usize = patch.parse().expect("the patch is a number");
        let measured = heard.as_ref().and_then(|(_, patches)| patches.get(patch)).expect("the patch exists");
        let expected: BTreeMap<usize, f32> = columns
            .filter_map(|column| column.split_once(':'))
            .map(|(class, score)| {
                (class.parse().expect("a class"), score.parse::<f32>().expect("a score") / 256.0)
            })
            .collect();
        for (class, score) in measured.iter().enumerate() {
            // Scores of up to 12/256 are not in the table.
            let (low, high) = expected.get(&class).map_or((0.0, 12.0 / 256.0), |score| (*score, *score));
            let off = (low - score).max(score - high).max(0.0);
            assert!(
                off <= ONE_STEP,
                "{file}, patch {patch}: class {class} scores {score}, not {low} to {high}"
            );
            compared += 1;
            equal += usize::from(off == 0.0);
        }
    }
    assert!(equal * 1_000 >= compared * 999, "{equal} of {compared} scores are the reference's");
}

#[test]
fn environmental_sounds_are_told_apart() {
    // What each class of ESC-10 is called in the vocabulary.
    const CLASSES: [(&str, SoundEvent); 10] = [
        ("001 - Dog bark", SoundEvent::Dog),
        ("002 - Rain", SoundEvent::Rain),
        ("003 - Sea waves", SoundEvent::Water),
        ("004 - Baby cry", SoundEvent::Crying),
        ("005 - Clock tick", SoundEvent::Clock),
        ("006 - Person sneeze", SoundEvent::Sneezing),
        ("007 - Helicopter", SoundEvent::Aircraft),
        ("008 - Chainsaw", SoundEvent::Tool),
        ("009 - Rooster", SoundEvent::Bird),
        ("010 - Fire crackling", SoundEvent::Fire),
    ];
    let (Some(media), Some(model)) = (shared::folder("media/sound/esc10"), model()) else { return };
    let total_of = |heard: &BTreeMap<SoundEvent, Series>, event| {
        heard.get(&event).map_or(0.0, |series| series.values().iter().sum::<f32>())
    };
    let found = |file: &Path| {
        let heard = events(&model, &shared::samples(file));
        let events = CLASSES.iter().map(|(_, event)| *event);
        events.max_by(|a, b| total_of(&heard, *a).total_cmp(&total_of(&heard, *b)))
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let classes = CLASSES.map(|(class, event)| {
            let (found, folder) = (&found, media.join(class));
            scope.spawn(move || {
                let files = files(&folder);
                assert_eq!(files.len(), 40, "{class} has 40 recordings");
                let found = files.iter().map(|file| (file, found(file)));
                let wrong = found.filter(|(_, found)| *found != Some(event));
                wrong.map(|(file, found)| format!("{}: {found:?}", file.display())).collect::<Vec<_>>()
            })
        });
        classes.into_iter().flat_map(|class| class.join().expect("a class is heard to its end")).collect()
    });
    let right = 400 - wrong.len();
    // The reference runtime tells 380 with the same vocabulary.
    assert!(right * 100 >= 400 * 93, "{right} of 400 recordings are told right; wrong: {wrong:#?}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the class has a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    files.sort();
    files
}

#[test]
fn an_event_is_found_where_it_happens() {
    let (Some(media), Some(model)) = (shared::folder("media/sound/sfx"), model()) else { return };
    for (file, event) in [
        ("applause.wav", SoundEvent::Applause),
        ("phone_ring.wav", SoundEvent::Telephone),
        ("scream.wav", SoundEvent::Screaming),
        ("shots.wav", SoundEvent::Gunshot),
    ] {
        let sound = shared::samples(&media.join(file));
        let mut samples = vec![0.0; 16_000 * 10];
        samples.extend_from_slice(&sound);
        samples.resize(samples.len() + 16_000 * 10, 0.0);
        let heard = events(&model, &samples);
        let series = heard.get(&event).unwrap_or_else(|| panic!("{file} has no {event:?}"));
        let highest = |range| series.slice(range).iter().copied().fold(0.0, f32::max);
        let (start, end) = (10.0, 10.0 + sound.len() as f64 / 16_000.0);
        let range = |from, to| TimeRange::new(synthetic::seconds(from), synthetic::seconds(to));
        let inside = highest(range(start, end));
        assert!(inside >= 0.4, "{event:?} in {file} reaches {inside} only");
        for outside in [range(0.0, start - 1.0), range(end + 1.0, 30.0)] {
            assert!(highest(outside) < inside / 4.0, "{event:?} is heard in the silence around {file}");
        }
    }
}

#[test]
fn evidence_has_the_events_where_the_model_is_given() {
    let (Some(media), Some(model)) = (shared::folder("media/sound/sfx"), model()) else { return };
    let samples = shared::samples(&media.join("applause.wav"));
    let evidence = |perceiver: Perceiver| {
        let mut perceiver = perceiver;
        // Four seconds without samples come first: they count as silence.
        perceiver.samples(Samples { time: synthetic::seconds(4.0), values: &samples });
        perceiver.finish(synthetic::seconds(5.0), None, Vec::new())
    };
    assert!(evidence(Perceiver::new()).sound_events.is_empty(), "without the model there are no events");
    let listening = SoundEvents::from_bytes(&model).expect("the model is accepted");
    let events = evidence(Perceiver::new().with_sound_events(listening)).sound_events;
    let applause = events.get(&SoundEvent::Applause).expect("applause is heard");
    let highest = |from, to| {
        let range = TimeRange::new(synthetic::seconds(from), synthetic::seconds(to));
        applause.slice(range).iter().copied().fold(0.0, f32::max)
    };
    assert!(
        highest(4.0, 5.0) > 0.2 && highest(0.0, 3.0) < 0.05,
        "applause lies where it sounds: {applause:?}"
    );
    assert!(events.values().all(|series| series.values().len() == 11), "events end with the material");
}

#[test]
fn patches_lie_half_a_patch_apart() {
    let Some(model) = model() else { return };
    let mut classifier = classifier(&model);
    for (samples, expected) in [(0, 0), (1, 1), (15_600, 1), (15_601, 2), (23_280, 2), (23_281, 3)] {
        let mut ranges = Vec::new();
        classifier.samples(&vec![0.1; samples], |patch| ranges.push(patch.range));
        classifier.finish(|patch| ranges.push(patch.range));
        let starts: Vec<MediaTime> = (0..expected).map(|patch| MediaTime::from_millis(480 * patch)).collect();
        assert!(
            ranges.iter().map(|range| range.start).eq(starts),
            "{samples} samples give patches at {ranges:?}"
        );
        assert!(ranges.iter().all(|range| range.duration() == SoundClassifier::PATCH), "a patch is 0.975 s");
    }
}

#[test]
fn pieces_of_any_size_give_the_same_scores() {
    let Some(model) = model() else { return };
    let mut classifier = classifier(&model);
    let mut noise = Noise::new(7);
    let samples: Vec<f32> =
        sine(440.0, 3.3, 0.3).into_iter().map(|value| value + 0.05 * noise.value()).collect();
    let expected = scores(&mut classifier, &samples, samples.len());
    for piece in [1, 7, 159, 160, 400, 1_021, 15_600, 20_000] {
        assert_eq!(
            scores(&mut classifier, &samples, piece),
            expected,
            "pieces of {piece} samples change the scores"
        );
    }
}

#[test]
fn silence_and_numbers_that_are_none_end_in_scores() {
    let Some(model) = model() else { return };
    let mut classifier = classifier(&model);
    let silence = scores(&mut classifier, &[0.0; 40_000], 1_024);
    for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        assert_eq!(scores(&mut classifier, &[value; 40_000], 1_024), silence, "{value} counts as silence");
    }
    for value in [f32::MAX, f32::MIN, f32::MIN_POSITIVE] {
        for score in scores(&mut classifier, &[value; 40_000], 1_024).into_iter().flatten() {
            assert!((0.0..=1.0).contains(&score), "{value} scores {score}");
        }
    }
    assert!(events(&model, &[]).is_empty(), "nothing is heard where there is no sound");
    let heard = events(&model, &[0.0; 48_000]);
    assert!(heard.contains_key(&SoundEvent::Speech), "somebody listened to the silence: {:?}", heard.keys());
}

#[test]
fn other_files_are_refused() {
    let Some(folder) = shared::folder("models") else { return };
    for file in [
        "yamnet/yamnet_spectra_in.tflite",
        "yamnet/yamnet_label_list.txt",
        "yamnet/yamnet_test_audio.bin",
        "silero/silero_vad.onnx",
    ] {
        let refused =
            SoundEvents::from_bytes(&std::fs::read(folder.join(file)).expect("the file is readable")).err();
        assert!(matches!(refused, Some(SoundModelError::NotYamnet(_))), "{file} gives {refused:?}");
    }
    for bytes in [&b""[..], b"TFL3", b"\x1c\0\0\0TFL3", b"\xff\xff\xff\xffTFL3\xff\xff\xff\xff"] {
        assert!(SoundEvents::from_bytes(bytes).is_err(), "{bytes:?} is no model");
    }
}

#[test]
fn damaged_files_never_end_in_a_panic() {
    let Some(model) = model() else { return };
    // Everything up to here is needed; the list of labels follows.
    let needed = model.len() - 7_000;
    for length in (0..needed).step_by(needed / 40).chain(0..64) {
        assert!(
            SoundEvents::from_bytes(&model[..length]).is_err(),
            "{length} of its bytes are not the model"
        );
    }
    // Tables lie between the weights and at the end: bytes everywhere are replaced, most densely there.
    let mut noise = Noise::new(11);
    for round in 0..300 {
        let mut damaged = model.clone();
        for _ in 0..64 {
            let near_end = (noise.value().abs() * 60_000.0) as usize;
            let anywhere = (noise.value().abs() * model.len() as f32) as usize;
            let at = if round % 2 == 0 { needed.saturating_sub(near_end) } else { anywhere };
            if let Some(byte) = damaged.get_mut(at) {
                *byte = (noise.value() * 255.0) as i32 as u8;
            }
        }
        if let Ok(mut classifier) = SoundClassifier::from_bytes(&damaged) {
            let _whatever = scores(&mut classifier, &[0.5; 100], 100);
        }
    }
}
