//! The picture-text encoder beside the reference implementation, number by number, on a small model with random weights;
//! `fixtures/picture_text` says how it was made.

#![allow(clippy::expect_used, reason = "a failed expectation stops the test where it stands")]

use std::path::{Path, PathBuf};

use model::{ColourPicture, MediaTime, PictureEmbeddings};
use serde_json::Value;
use standout_perception::{
    LOGIT_SCALE, Perceiver, PictureEncoder, PictureTextError, TextEncoder, Tokenizer, fit,
};

/// Tokens that the fixture's text network reads at most.
const MOST: usize = 24;
/// How far numbers may lie apart.
const TOLERANCE: f64 = 1e-4;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/picture_text").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).expect("the fixture is there")
}

fn expected() -> Value {
    serde_json::from_slice(&bytes("expected.json")).expect("the expected numbers are JSON")
}

fn tokenizer() -> Tokenizer {
    Tokenizer::from_vocabulary(&bytes("vocab.json"), &bytes("merges.txt")).expect("a CLIP vocabulary")
}

fn text_encoder() -> TextEncoder {
    TextEncoder::from_bytes(&bytes("text_model.onnx"), tokenizer()).expect("a text network")
}

fn picture_encoder() -> PictureEncoder {
    PictureEncoder::from_bytes(&bytes("vision_model.onnx")).expect("a picture network")
}

/// Waves of colour with edges in them, as `make.py` draws them.
fn drawn(width: usize, height: usize) -> Vec<u8> {
    let pixel = |i: usize| {
        let (x, y) = (i % width, i / width);
        let blue = if (x / 9 + y / 7).is_multiple_of(2) { 230 } else { 20 };
        [(x * 7 + y * 3) as u8, (x * x + y * 5) as u8, blue]
    };
    (0..width * height).flat_map(pixel).collect()
}

fn embedded(width: usize, height: usize) -> Vec<f32> {
    let rgb = drawn(width, height);
    let picture = ColourPicture { time: MediaTime::ZERO, width, height, rgb: &rgb };
    picture_encoder().embed(&picture).expect("the network runs").expect("the picture is whole")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn size(value: &Value) -> (usize, usize) {
    ["width", "height"].map(|side| value[side].as_u64().expect("a side") as usize).into()
}

fn assert_close(found: &[f32], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what} has as many numbers");
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        let off = (f64::from(*found) - expected).abs();
        assert!(off < TOLERANCE, "number {at} of {what} is {found}, the reference says {expected}");
    }
}

#[test]
fn texts_become_the_reference_s_tokens() {
    for case in expected()["texts"].as_array().expect("a list") {
        let text = case["text"].as_str().expect("a text");
        let ids: Vec<i32> = numbers(&case["ids"]).into_iter().map(|id| id as i32).collect();
        assert_eq!(tokenizer().tokens(text, MOST), ids, "the tokens of {text:?}");
    }
}

#[test]
fn a_tokenizer_in_one_file_is_the_same() {
    let vocabulary: Value = serde_json::from_slice(&bytes("vocab.json")).expect("JSON");
    let merges = String::from_utf8(bytes("merges.txt")).expect("UTF-8");
    let lines: Vec<&str> = merges.lines().skip(1).collect();
    let pairs: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
    for merges in [serde_json::json!(lines), serde_json::json!(pairs)] {
        let json = serde_json::json!({"model": {"vocab": vocabulary, "merges": merges}}).to_string();
        let one = Tokenizer::from_json(json.as_bytes()).expect("a tokenizer");
        let text = "a photo of a person crying";
        assert_eq!(one.tokens(text, MOST), tokenizer().tokens(text, MOST));
    }
}

#[test]
fn the_longest_text_is_found_by_trying() {
    assert_eq!(text_encoder().most_tokens(), MOST, "the network's table has so many places");
}

/// The form in which these models are published for processors: weights of eight bits (onnxruntime's dynamic quantisation).
#[test]
fn quantised_networks_give_nearly_the_same_vectors_or_are_refused() {
    let alike = |one: &[f32], other: &[f64], what: &str| {
        let cosine: f64 = one.iter().zip(other).map(|(a, b)| f64::from(*a) * b).sum();
        assert!(cosine > 0.99, "{what} points where the reference's does: cosine {cosine}");
    };
    let expected = expected();
    let pictures = match PictureEncoder::from_bytes(&bytes("vision_model_quantized.onnx")) {
        Ok(pictures) => pictures,
        Err(error) => {
            assert_eq!(std::env::consts::ARCH, "x86_64", "others add bytes up exactly: {error}");
            assert!(matches!(error, PictureTextError::Overflows("picture", _)), "{error}");
            assert!(error.to_string().contains("with weights of 32 bits"), "{error}");
            let texts = TextEncoder::from_bytes(&bytes("text_model_quantized.onnx"), tokenizer());
            assert!(
                matches!(texts.err(), Some(PictureTextError::Overflows("text", _))),
                "neither part is taken"
            );
            return;
        }
    };
    for case in expected["pictures"].as_array().expect("a list") {
        let (width, height) = size(case);
        let rgb = drawn(width, height);
        let picture = ColourPicture { time: MediaTime::ZERO, width, height, rgb: &rgb };
        let found = pictures.embed(&picture).expect("the network runs").expect("the picture is whole");
        alike(&found, &numbers(&case["embedding"]), &format!("a picture of {width}x{height}"));
    }
    let texts = TextEncoder::from_bytes(&bytes("text_model_quantized.onnx"), tokenizer()).expect("a network");
    for case in expected["texts"].as_array().expect("a list") {
        let text = case["text"].as_str().expect("a text");
        alike(&texts.embed(text).expect("the network runs"), &numbers(&case["embedding"]), text);
    }
}

#[test]
fn texts_become_the_reference_s_vectors() {
    let encoder = text_encoder();
    for case in expected()["texts"].as_array().expect("a list") {
        let text = case["text"].as_str().expect("a text");
        let found = encoder.embed(text).expect("the network runs");
        assert_close(&found, &numbers(&case["embedding"]), &format!("the vector of {text:?}"));
    }
}

#[test]
fn pictures_of_any_size_become_the_reference_s_vectors() {
    for case in expected()["pictures"].as_array().expect("a list") {
        let (width, height) = size(case);
        let what = format!("the vector of a picture of {width}x{height}");
        assert_close(&embedded(width, height), &numbers(&case["embedding"]), &what);
    }
}

#[test]
fn scores_are_the_reference_s() {
    let (expected, encoder) = (expected(), text_encoder());
    let texts = |value: &Value| -> Vec<String> {
        let texts = value.as_array().expect("a list").iter();
        texts.map(|text| text.as_str().expect("a text").to_owned()).collect()
    };
    let neutral: Vec<Vec<f32>> =
        texts(&expected["neutral"]).iter().map(|text| encoder.embed(text).expect("it runs")).collect();
    let pictures = expected["pictures"].as_array().expect("a list");
    let vectors: Vec<f32> =
        pictures.iter().map(size).flat_map(|(width, height)| embedded(width, height)).collect();
    let dimensions = vectors.len() / pictures.len();
    let pictures = PictureEmbeddings { hop: PictureEmbeddings::HOP, dimensions, values: vectors };
    let scale = expected["logit_scale"].as_f64().expect("a number") as f32;
    let mut compared = 0;
    for case in expected["scores"].as_array().expect("a list") {
        let prompts = texts(&case["prompts"]);
        let tag = encoder.embed_together(prompts.iter().map(String::as_str)).expect("it runs");
        let found = fit(&pictures, &tag, &neutral, scale);
        let at = case["picture"].as_u64().expect("a number") as usize;
        let what = format!("how picture {at} fits {prompts:?}");
        assert_close(&found.values()[at..=at], &[case["score"].as_f64().expect("a number")], &what);
        compared += 1;
    }
    assert!(compared >= 8, "every picture and tag is compared");
}

#[test]
fn a_material_is_embedded_every_two_seconds_and_a_tag_fits_where_it_is_shown() {
    let mut perceiver = Perceiver::new().with_picture_encoder(picture_encoder());
    assert_eq!(perceiver.colour_interval(), Some(PictureEmbeddings::HOP));
    // Five pictures a second of one thing, then of another: most of them are not looked at.
    for index in 0..60_i64 {
        let (width, height) = if index < 30 { (61, 40) } else { (40, 90) };
        let rgb = drawn(width, height);
        let time = MediaTime::from_millis(200 * index);
        perceiver.colour_picture(ColourPicture { time, width, height, rgb: &rgb });
    }
    let pictures =
        perceiver.picture_embeddings(MediaTime::from_whole_seconds(12)).expect("pictures were seen");
    assert_eq!((pictures.iter().len(), pictures.dimensions), (6, 16), "one vector in two seconds");
    let (tag, neutral) = (embedded(40, 90), vec![embedded(61, 40)]);
    let fits = fit(&pictures, &tag, &neutral, LOGIT_SCALE);
    let shown: Vec<bool> = fits.values().iter().map(|score| *score > 0.5).collect();
    assert_eq!(shown, [false, false, false, true, true, true], "{:?}", fits.values());
    let foreign = fit(&pictures, &[1.0], &[], LOGIT_SCALE);
    assert!(foreign.values().iter().all(|score| *score == 0.0), "a vector of another model fits nothing");
}

#[test]
fn what_is_no_model_is_refused_with_the_next_step() {
    let broken = &bytes("vision_model.onnx")[..5_000];
    for bytes in [b"".as_slice(), b"hello", broken, &bytes("text_model.onnx")] {
        let error = PictureEncoder::from_bytes(bytes).err().expect("this is no picture network");
        assert!(matches!(error, PictureTextError::NotClip("picture", _)), "{error}");
        assert!(error.to_string().contains("Import vision_model.onnx"), "{error}");
    }
    assert!(TextEncoder::from_bytes(&bytes("vision_model.onnx"), tokenizer()).is_err());
    for (vocabulary, merges) in [("[]", ""), ("{\"a\": \"b\"}", ""), ("{}", "a b"), ("nothing", "")] {
        let refused = Tokenizer::from_vocabulary(vocabulary.as_bytes(), merges.as_bytes());
        assert!(refused.err().is_some_and(|error| error.to_string().contains("Import")), "{vocabulary}");
    }
    let empty = ColourPicture { time: MediaTime::ZERO, width: 9, height: 9, rgb: &[0; 5] };
    assert_eq!(picture_encoder().embed(&empty).expect("nothing is run"), None);
}
