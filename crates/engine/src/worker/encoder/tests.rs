use std::ops::ControlFlow;
use std::path::PathBuf;

use highlight::{NEUTRAL, Sought};
use media::DecodeSink;
use perception::{LOGIT_SCALE, fit};
use testkit::{Clip, Folder, Pictures};

use super::*;
use crate::models::{ModelKind, PartFile, Sha256};

fn encoder_file() -> ModelFile {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../perception/tests/fixtures/picture_text");
    let part = |name: &str| {
        let path = folder.join(name);
        let sha256 = Sha256::of_file(&path).expect("the fixture is there");
        PartFile { path, sha256 }
    };
    let PartFile { path, sha256 } = part("vision_model.onnx");
    let also = ["text_model.onnx", "vocab.json", "merges.txt"].map(part).to_vec();
    ModelFile { id: "small".to_owned(), kind: ModelKind::PictureText, path, sha256, also }
}

/// Keeps pictures as they come, at least two seconds apart.
#[derive(Default)]
struct Kept(Vec<(MediaTime, usize, usize, Vec<u8>)>);

impl DecodeSink for Kept {
    fn samples(&mut self, _samples: Samples<'_>) {}

    fn picture(&mut self, _picture: Picture<'_>) {}

    fn colour_interval(&self) -> Option<MediaTime> {
        Some(PictureEmbeddings::HOP)
    }

    fn colour_picture(&mut self, picture: ColourPicture<'_>) {
        let ColourPicture { time, width, height, rgb } = picture;
        self.0.push((time, width, height, rgb.to_vec()));
    }

    fn progress(&mut self, _fraction: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

#[test]
fn a_tag_s_scores_are_those_of_its_pictures_and_captions() {
    let folder = Folder::new();
    let clip = Clip { frames: 250, pictures: Pictures::Shots(vec![100, 175]), ..Clip::default() };
    let source = Source::File(clip.write(&folder, "shots.mp4"));
    let info = media::probe(&source).expect("the clip can be read");
    let (file, target) = (encoder_file(), folder.file("embeddings"));
    let form = embed(&source, info.clone(), &file, &target).expect("its pictures can be embedded");
    let bytes = std::fs::read(&target).expect("the vectors are written");
    let values = bytes.as_chunks::<4>().0.iter().map(|value| f32::from_le_bytes(*value)).collect();
    let pictures = PictureEmbeddings { hop: form.hop, dimensions: form.dimensions, values };

    let captions: Vec<String> =
        NEUTRAL.iter().map(|it| (*it).to_owned()).chain(["a photo of zorp".to_owned()]).collect();
    let vectors = folder.file("vectors.json");
    embed_captions(&file, &captions, &vectors).expect("captions can be embedded");
    let vectors = std::fs::read(&vectors).expect("the vectors are written");
    let vectors: Vec<Vec<f32>> = serde_json::from_slice(&vectors).expect("as JSON");
    let known = captions.iter().cloned().zip(vectors).collect();
    let sought = Sought { name: "zorp".to_owned(), captions: vec!["a photo of zorp".to_owned()] };
    let sights = crate::pictures::scores(&pictures, &known, &[sought]);
    let found = sights.0.get("zorp").expect("it was looked for").values();

    // The same with perception alone: each picture that is decoded, each caption.
    let mut kept = Kept::default();
    media::decode(&source, &info, &mut kept).expect("the clip can be decoded");
    let (pictures, texts) = (picture_encoder(&file).expect("loads"), text_encoder(&file).expect("loads"));
    let text = |caption: &str| texts.embed(caption).expect("the network runs");
    let neutral: Vec<Vec<f32>> = NEUTRAL.iter().map(|caption| text(caption)).collect();
    assert_eq!(found.len(), 5, "one score in two of ten seconds");
    for (index, found) in found.iter().enumerate() {
        let middle = MediaTime::from_whole_seconds(2 * index as i64 + 1);
        let nearest =
            kept.0.iter().min_by_key(|(time, ..)| time.distance(middle)).expect("pictures were seen");
        let (time, width, height, rgb) = nearest;
        let picture = ColourPicture { time: *time, width: *width, height: *height, rgb };
        let vector = pictures.embed(&picture).expect("the network runs").expect("the picture is whole");
        let one = PictureEmbeddings { hop: form.hop, dimensions: vector.len(), values: vector };
        let expected = fit(&one, &text("a photo of zorp"), &neutral, LOGIT_SCALE).values()[0];
        assert!((found - expected).abs() < 1e-5, "score {index} is {found} instead of {expected}");
    }
}

#[test]
fn what_is_no_encoder_is_told_with_the_reason() {
    let check = |change: &dyn Fn(&mut ModelFile), expected: &str| {
        let mut file = encoder_file();
        change(&mut file);
        let failure = try_encoder(&file).expect_err("it cannot be used");
        assert_eq!(failure.code, Code::ModelUnknown);
        assert!(failure.message.contains(expected), "{failure}");
    };
    try_encoder(&encoder_file()).expect("it can be used as it is");
    check(&|file| file.also.truncate(1), "no tokenizer");
    check(&|file| file.also.clear(), "no part that reads texts");
    check(&|file| file.also.swap(1, 2), "the vocabulary is no JSON");
    check(&|file| file.sha256 = Sha256::of_bytes(b"other"), "its content is not the model's");
    check(
        &|file| file.also[0] = PartFile { path: file.path.clone(), sha256: file.sha256 },
        "not the text part",
    );
}
