//! Gives a perceiver the models that are installed.

use std::fs;

use perception::{FaceDetector, Perceiver, SoundEvents, VoiceDetector};

use super::protocol::UnusableModel;
use crate::models::{ModelFile, ModelKind, Sha256};

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

/// A perceiver with these models, and those among them that could not be used.
pub(super) fn perceiver_with(models: Vec<ModelFile>) -> (Perceiver, Vec<UnusableModel>) {
    let (mut perceiver, mut unusable) = (Perceiver::new(), Vec::new());
    for file in models {
        match load(&file) {
            Ok(equip) => perceiver = equip(perceiver),
            Err(reason) => unusable.push(UnusableModel { file, reason }),
        }
    }
    (perceiver, unusable)
}

/// Loads exactly the bytes that were verified: the file may change between two looks at it.
fn load(file: &ModelFile) -> Result<Equip, String> {
    let part = PARTS.into_iter().find(|part| part.kind == file.kind);
    let part = part.ok_or("nothing is analysed with it")?;
    let bytes = fs::read(&file.path).map_err(|error| format!("it cannot be read ({error})"))?;
    if Sha256::of_bytes(&bytes) != file.sha256 {
        return Err("its content is not the model's".to_owned());
    }
    (part.load)(&bytes)
}
