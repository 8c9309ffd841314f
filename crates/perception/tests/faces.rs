//! Faces on real recordings, beside what YuNet's reference runtime (onnxruntime) says of the same pictures. Recordings and
//! weights lie in the folder that `STANDOUT_SHARED` names.

mod shared;

use std::path::Path;

use model::{ColourPicture, MediaTime, Signal};
use standout_perception::{Face, FaceDetector, Perceiver};

fn detector() -> Option<FaceDetector> {
    let file = shared::folder("models")?.join("yunet/yunet_n_dynamic.onnx");
    let bytes = std::fs::read(file).expect("the weights can be read");
    Some(FaceDetector::from_bytes(&bytes).expect("these are YuNet's weights"))
}

fn picture(rgb: &[u8], seconds: i64, size: (usize, usize)) -> ColourPicture<'_> {
    ColourPicture { time: MediaTime::from_whole_seconds(seconds), width: size.0, height: size.1, rgb }
}

/// Lines of the reference: file, second, width and height of the picture, then score, left, top, width and height of the
/// face, or nothing.
fn reference() -> Vec<(String, f64, (usize, usize), Option<[f32; 5]>)> {
    let lines = include_str!("reference/yunet_faces.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let number = |at: usize| fields[at].parse::<f64>().expect("a number");
            let face = (fields.len() > 4).then(|| [4, 5, 6, 7, 8].map(|at| number(at) as f32));
            (fields[0].to_owned(), number(1), (number(2) as usize, number(3) as usize), face)
        })
        .collect()
}

#[test]
fn faces_are_where_the_reference_runtime_finds_them() {
    let (Some(detector), Some(media)) = (detector(), shared::folder("media")) else { return };
    for (file, second, size, expected) in reference() {
        let rgb = shared::coloured(&media.join(&file), second, size);
        let found = detector.detect(&picture(&rgb, 0, size)).expect("the weights can be run");
        let found: Vec<[f32; 5]> = found
            .into_iter()
            .map(|Face { score, x, y, width, height }| [score, x, y, width, height])
            .collect();
        assert_eq!(found.len(), usize::from(expected.is_some()), "{file} at {second} s: {found:?}");
        for (found, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
            let tolerance = if *expected < 1.0 { 0.002 } else { 0.1 };
            assert!((found - expected).abs() < tolerance, "{file}: {found} where {expected} is expected");
        }
    }
}

/// The faces signal of a recording of which a picture a second is shown.
fn watched(detector: FaceDetector, file: &Path, seconds: i64, size: (usize, usize)) -> Vec<f32> {
    let mut perceiver = Perceiver::new().with_faces(detector);
    for (second, rgb) in
        shared::coloured_every_second(file, size).chunks_exact(size.0 * size.1 * 3).enumerate()
    {
        perceiver.colour_picture(picture(rgb, second as i64, size));
    }
    let evidence = perceiver.finish(MediaTime::from_whole_seconds(seconds), None, Vec::new());
    evidence.signals[&Signal::Faces].values().to_vec()
}

#[test]
fn every_talking_head_has_a_face_all_the_time() {
    let Some(media) = shared::folder("media") else { return };
    let folder = std::fs::read_dir(media.join("talk/grid/GRID")).expect("the recordings are there");
    let files = folder.map(|entry| entry.expect("a readable entry").path());
    let mut clips = 0;
    for file in files.filter(|file| file.extension().is_some_and(|extension| extension == "mpg")) {
        let Some(detector) = detector() else { return };
        let values = watched(detector, &file, 3, (280, 224));
        clips += 1;
        assert!(values.iter().all(|share| (0.35..0.8).contains(share)), "{}: {values:?}", file.display());
    }
    assert!(clips >= 10, "all recordings are looked at, {clips} were");
}

#[test]
fn a_film_of_animals_has_none_of_a_human() {
    let (Some(detector), Some(media)) = (detector(), shared::folder("media")) else { return };
    let values = watched(detector, &media.join("film/big_buck_bunny.mp4"), 596, (398, 224));
    let taken = values.iter().filter(|value| **value > 0.0).count();
    assert!(taken * 200 < values.len(), "{taken} of {} moments are taken for faces", values.len());
}

#[test]
fn other_bytes_are_refused() {
    for bytes in [&b""[..], b"ONNX", &[8, 7, 18, 0, 58, 200]] {
        let error = FaceDetector::from_bytes(bytes).err().expect("this is no model");
        assert!(error.to_string().starts_with("this is not the face detector YuNet"), "{error}");
    }
}

#[test]
fn without_weights_no_colour_is_asked_for() {
    assert_eq!(Perceiver::new().colour_interval(), None);
    if let Some(detector) = detector() {
        assert_eq!(Perceiver::new().with_faces(detector).colour_interval(), Some(FaceDetector::INTERVAL));
    }
}
