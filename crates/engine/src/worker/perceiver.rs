//! Gives a perceiver the models that are installed.

use std::fs;
use std::path::Path;

use perception::{FaceDetector, Perceiver, SoundEvents, VoiceDetector};

use super::encoder::picture_encoder;
use super::protocol::UnusableModel;
use crate::models::{ModelFile, ModelKind, PartFile, Sha256};

/// A loaded model, on its way into a perceiver.
type Equip = Box<dyn FnOnce(Perceiver) -> Perceiver>;

/// How models of a kind take part in analysing.
struct Part {
    kind: ModelKind,
    /// Loads a model from the bytes of its file.
    load: fn(&[u8]) -> Result<Equip, String>,
}

/// Every kind of model that takes part. A new kind is a line here.
const PARTS: [Part; 3] = [
    Part {
        kind: ModelKind::SoundEvents,
        load: |bytes| {
            let sound_events = SoundEvents::from_bytes(bytes).map_err(|error| error.to_string())?;
            Ok(Box::new(|perceiver| perceiver.with_sound_events(sound_events)))
        },
    },
    Part {
        kind: ModelKind::Faces,
        load: |bytes| {
            let faces = FaceDetector::from_bytes(bytes).map_err(|error| error.to_string())?;
            Ok(Box::new(|perceiver| perceiver.with_faces(faces)))
        },
    },
    Part {
        kind: ModelKind::Voice,
        load: |bytes| {
            let detector = VoiceDetector::from_bytes(bytes).map_err(|error| error.to_string())?;
            Ok(Box::new(|perceiver| perceiver.with_voice_detector(detector)))
        },
    },
];

/// The kinds of models that take part in analysing.
pub(crate) fn model_kinds() -> [ModelKind; PARTS.len()] {
    PARTS.map(|part| part.kind)
}

/// A perceiver with these models, and those among them that could not be used. `encoder`: one that looks along; it changes
/// nothing of the evidence.
pub(super) fn perceiver_with(
    models: Vec<ModelFile>,
    encoder: Option<ModelFile>,
) -> (Perceiver, Vec<UnusableModel>) {
    let (mut perceiver, mut unusable) = (Perceiver::new(), Vec::new());
    for file in models {
        match load(&file) {
            Ok(equip) => perceiver = equip(perceiver),
            Err(reason) => unusable.push(UnusableModel { file, reason }),
        }
    }
    if let Some(file) = encoder {
        match picture_encoder(&file) {
            Ok(encoder) => perceiver = perceiver.with_picture_encoder(encoder),
            Err(reason) => unusable.push(UnusableModel { file, reason }),
        }
    }
    (perceiver, unusable)
}

/// Loads exactly the bytes that were verified: the file may change between two looks at it.
fn load(file: &ModelFile) -> Result<Equip, String> {
    let part = PARTS.into_iter().find(|part| part.kind == file.kind);
    let part = part.ok_or("nothing is analysed with it")?;
    (part.load)(&verified(file)?)
}

/// The bytes of a file, if they are still those that were recognised; else why not, as the end of a sentence.
pub(super) fn verified(file: &ModelFile) -> Result<Vec<u8>, String> {
    whole(&file.path, file.sha256)
}

/// The same of a further file of a model.
pub(super) fn verified_part(part: &PartFile) -> Result<Vec<u8>, String> {
    whole(&part.path, part.sha256)
}

fn whole(path: &Path, sha256: Sha256) -> Result<Vec<u8>, String> {
    let bytes = fs::read(path).map_err(|error| format!("it cannot be read ({error})"))?;
    if Sha256::of_bytes(&bytes) == sha256 {
        Ok(bytes)
    } else {
        Err("its content is not the model's".to_owned())
    }
}
