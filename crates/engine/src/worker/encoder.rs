//! The child's side of picture-text encoders: pictures and captions become vectors.

use std::ops::ControlFlow;
use std::path::Path;

use media::Source;
use model::{ColourPicture, MediaTime, Picture, PictureEmbeddings, Samples, SourceInfo, Stage};
use perception::{Perceiver, PictureEncoder, TextEncoder, Tokenizer};

use super::perceiver::{verified, verified_part};
use super::protocol::EmbeddingForm;
use super::serve::{Reporter, write};
use crate::models::ModelFile;
use crate::{Code, Failure};

/// The side of the picture that an encoder is tried on, in pixels.
const TRIAL_SIDE: usize = 64;

/// The network that looks at pictures, which is the first file of an encoder.
pub(super) fn picture_encoder(file: &ModelFile) -> Result<PictureEncoder, String> {
    PictureEncoder::from_bytes(&verified(file)?).map_err(|error| error.to_string())
}

/// The network that reads texts, which is the second, with its tokenizer: one file, or a vocabulary and its merges.
fn text_encoder(file: &ModelFile) -> Result<TextEncoder, String> {
    let [text, tokenizer @ ..] = &file.also[..] else {
        return Err("it has no part that reads texts".to_owned());
    };
    let tokenizer = match tokenizer {
        [one] => Tokenizer::from_json(&verified_part(one)?),
        [vocabulary, merges] => {
            Tokenizer::from_vocabulary(&verified_part(vocabulary)?, &verified_part(merges)?)
        }
        _ => return Err("it has no tokenizer of one file or two".to_owned()),
    };
    let tokenizer = tokenizer.map_err(|error| error.to_string())?;
    TextEncoder::from_bytes(&verified_part(text)?, tokenizer).map_err(|error| error.to_string())
}

/// Embeds a picture and a text, and holds their forms against each other.
pub(super) fn try_encoder(file: &ModelFile) -> Result<(), Failure> {
    let tried = || -> Result<(), String> {
        let rgb: Vec<u8> = (0..TRIAL_SIDE * TRIAL_SIDE * 3).map(|at| (at % 251) as u8).collect();
        let picture =
            ColourPicture { time: MediaTime::ZERO, width: TRIAL_SIDE, height: TRIAL_SIDE, rgb: &rgb };
        let seen =
            picture_encoder(file)?.embed(&picture).map_err(|error| error.to_string())?.unwrap_or_default();
        let read = text_encoder(file)?.embed("a photo of a dog").map_err(|error| error.to_string())?;
        match (seen.len(), read.len()) {
            (one, other) if one == other && one > 0 => Ok(()),
            (one, other) => {
                Err(format!("its pictures are vectors of {one} numbers and its texts of {other}"))
            }
        }
    };
    tried().map_err(|reason| {
        let message = format!("It is no picture-text encoder that can be used: {reason}.");
        Failure::new(Code::ModelUnknown, message)
    })
}

/// Writes the vectors of captions.
pub(super) fn embed_captions(file: &ModelFile, captions: &[String], target: &Path) -> Result<(), Failure> {
    let encoder = text_encoder(file).map_err(|reason| damaged(file, &reason))?;
    let (mut vectors, mut reporter) = (Vec::with_capacity(captions.len()), Reporter::new(Stage::Analysing));
    for (done, caption) in captions.iter().enumerate() {
        // A large encoder on a slow machine takes minutes for all of them: silence would be taken for the end of it. Where nobody
        // listens any more, this process is about to be ended.
        let _ = reporter.report(done as f32 / captions.len() as f32);
        vectors.push(encoder.embed(caption).map_err(|error| damaged(file, &error.to_string()))?);
    }
    let json = serde_json::to_vec(&vectors).map_err(|error| {
        Failure::new(Code::Internal, format!("Vectors cannot be written as JSON ({error})."))
    })?;
    write(target, &json)
}

/// Looks at the pictures of a material and at nothing else.
pub(super) fn embed(
    source: &Source,
    info: SourceInfo,
    file: &ModelFile,
    target: &Path,
) -> Result<EmbeddingForm, Failure> {
    let encoder = picture_encoder(file).map_err(|reason| damaged(file, &reason))?;
    let perceiver = Perceiver::new().with_picture_encoder(encoder);
    let mut sink = EmbeddingSink { perceiver, reporter: Reporter::new(Stage::Analysing) };
    let pictures = SourceInfo { audio: Vec::new(), text: Vec::new(), ..info };
    let decoded = media::decode(source, &pictures, &mut sink)
        .map_err(|error| Failure::of_reading(&error, source.name()))?;
    write_embeddings(sink.perceiver.picture_embeddings(decoded.duration), target)
}

/// Writes vectors; that nothing was seen is an answer, too.
pub(super) fn write_embeddings(
    embeddings: Option<PictureEmbeddings>,
    target: &Path,
) -> Result<EmbeddingForm, Failure> {
    let nothing = PictureEmbeddings { hop: PictureEmbeddings::HOP, dimensions: 0, values: Vec::new() };
    let PictureEmbeddings { hop, dimensions, values } = embeddings.unwrap_or(nothing);
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    write(target, &bytes)?;
    Ok(EmbeddingForm { hop, dimensions })
}

fn damaged(file: &ModelFile, reason: &str) -> Failure {
    let message = format!("The picture-text encoder is not used: {reason}. Download or import it again.");
    Failure::new(Code::ModelDamaged, message).at(&file.path)
}

/// Feeds pictures in colour to the encoder.
struct EmbeddingSink {
    perceiver: Perceiver,
    reporter: Reporter,
}

impl media::DecodeSink for EmbeddingSink {
    fn samples(&mut self, _samples: Samples<'_>) {}

    fn picture(&mut self, _picture: Picture<'_>) {}

    fn colour_interval(&self) -> Option<MediaTime> {
        self.perceiver.colour_interval()
    }

    fn colour_picture(&mut self, picture: ColourPicture<'_>) {
        self.perceiver.colour_picture(picture);
    }

    fn progress(&mut self, fraction: f32) -> ControlFlow<()> {
        self.reporter.report(fraction)
    }
}

#[cfg(test)]
mod tests;
