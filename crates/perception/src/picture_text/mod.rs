//! What pictures show, told by words: a picture-text encoder of the CLIP family (Radford et al., "Learning Transferable
//! Visual Models From Natural Language Supervision", 2021).
//!
//! Two networks, which are files of their own, turn a picture and a text into vectors of one space: the better they fit, the
//! smaller the angle between them. Pictures are embedded once while a material is watched ([`PictureEncoder`]); a new tag then
//! costs the embedding of its prompts ([`TextEncoder`]) and a product for each picture ([`fit`]).

mod fit;
mod preprocess;
mod tokenizer;
mod watching;
mod words;

use model::ColourPicture;

use crate::onnx::{Network, OnnxError, planes, rows};
pub use fit::{LOGIT_SCALE, fit};
use preprocess::pixel_values;
pub use tokenizer::{Tokenizer, TokenizerError};
pub(crate) use watching::Embedding;

/// The version of what turns pictures and texts into vectors here: raised when the same encoder would give others.
pub const EMBEDDING_VERSION: u32 = 1;

/// Why a picture-text model could not be loaded or run.
#[derive(Debug, thiserror::Error)]
pub enum PictureTextError {
    /// One of the two networks is not what it should be.
    #[error(
        "this is not the {0} part of a CLIP model. Import vision_model.onnx and text_model.onnx of one model"
    )]
    NotClip(&'static str, #[source] OnnxError),
    /// Weights of eight bits, on a processor that does not add their products up exactly.
    #[error(
        "the {0} part cannot be used: {1}. Import vision_model.onnx and text_model.onnx of the same model with weights of 32 bits"
    )]
    Overflows(&'static str, OnnxError),
    /// A network refused its input.
    #[error("the picture-text model could not be run. Import its files again")]
    Failed(#[source] OnnxError),
    /// Its answer has another form than a vector.
    #[error("the picture-text model gives no vector of its own length. Import its files again")]
    NoVector,
}

/// What the picture network takes, in every published export.
const PIXELS: &str = "pixel_values";
/// What it gives.
const PICTURE_EMBEDDING: &str = "image_embeds";
/// What the text network takes: the tokens …
const TOKENS: &str = "input_ids";
/// … and, in some exports, which of them count.
const MASK: &str = "attention_mask";
/// What it gives.
const TEXT_EMBEDDING: &str = "text_embeds";
/// The side of pictures where an export leaves it open: that of the published models of patch 16 and 32.
const USUAL_SIDE: usize = 224;
/// Tokens that CLIP's text network reads at most, the first and the last mark included.
const MOST_TOKENS: usize = 77;

/// The network that looks at pictures.
pub struct PictureEncoder {
    network: Network,
    /// Pixels on each side of what it sees.
    side: usize,
}

impl PictureEncoder {
    /// From the bytes of `vision_model.onnx`.
    ///
    /// # Errors
    /// When they are anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PictureTextError> {
        let network = clip(bytes, "picture", &[PIXELS, PICTURE_EMBEDDING])?;
        let side = match network.shape(PIXELS)[..] {
            [_, _, Some(height), Some(width)] if height == width && height > 0 => height,
            _ => USUAL_SIDE,
        };
        Ok(Self { network, side })
    }

    /// The vector of a picture, of length 1. `None` when the picture is empty or holds less than it says.
    ///
    /// # Errors
    /// When the network cannot be run.
    pub fn embed(&self, picture: &ColourPicture<'_>) -> Result<Option<Vec<f32>>, PictureTextError> {
        let Some(values) = pixel_values(picture, self.side) else { return Ok(None) };
        let input = planes([1, 3, self.side, self.side], values);
        let found = self.network.run(vec![(PIXELS, input)], &[PICTURE_EMBEDDING]);
        unit(found.map_err(PictureTextError::Failed)?).map(Some)
    }
}

/// The network that reads texts, with its tokenizer.
pub struct TextEncoder {
    network: Network,
    tokenizer: Tokenizer,
    /// The number of tokens, where the network takes one number only.
    length: Option<usize>,
    /// The most it takes.
    most: usize,
}

impl TextEncoder {
    /// From the bytes of `text_model.onnx` and the tokenizer of the same model.
    ///
    /// # Errors
    /// When they are anything else.
    pub fn from_bytes(bytes: &[u8], tokenizer: Tokenizer) -> Result<Self, PictureTextError> {
        let network = clip(bytes, "text", &[TOKENS, TEXT_EMBEDDING])?;
        let length = network.shape(TOKENS).get(1).copied().flatten();
        let mut encoder = Self { network, tokenizer, length, most: length.unwrap_or(MOST_TOKENS) };
        if length.is_none() && encoder.run(vec![encoder.tokenizer.end(); MOST_TOKENS]).is_err() {
            encoder.most = encoder.longest();
        }
        Ok(encoder)
    }

    /// The most tokens that the network takes. An export does not say it; a network refuses what is longer than its table of
    /// places.
    fn longest(&self) -> usize {
        let (mut takes, mut refuses) = (1, MOST_TOKENS);
        while refuses - takes > 1 {
            let middle = (takes + refuses) / 2;
            match self.run(vec![self.tokenizer.end(); middle]) {
                Ok(_) => takes = middle,
                Err(_) => refuses = middle,
            }
        }
        takes
    }

    /// How many tokens of a text are read at most, the first and the last mark included.
    #[must_use]
    pub const fn most_tokens(&self) -> usize {
        self.most
    }

    /// The vector of a text, of length 1.
    ///
    /// # Errors
    /// When the network cannot be run.
    pub fn embed(&self, text: &str) -> Result<Vec<f32>, PictureTextError> {
        self.run(self.tokenizer.tokens(text, self.most))
    }

    fn run(&self, mut tokens: Vec<i32>) -> Result<Vec<f32>, PictureTextError> {
        let mut mask = vec![1; tokens.len()];
        if let Some(length) = self.length {
            tokens.resize(length, self.tokenizer.end());
            mask.resize(length, 0);
        }
        let shape = [1, tokens.len()];
        let mut inputs = vec![(TOKENS, rows(shape, tokens))];
        if self.network.has(MASK) {
            inputs.push((MASK, rows(shape, mask)));
        }
        unit(self.network.run(inputs, &[TEXT_EMBEDDING]).map_err(PictureTextError::Failed)?)
    }

    /// One vector, of length 1, for what several prompts have in common: their mean.
    ///
    /// # Errors
    /// When the network cannot be run, or there is no prompt.
    pub fn embed_together<'a>(
        &self,
        prompts: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<f32>, PictureTextError> {
        let vectors = prompts.into_iter().map(|prompt| self.embed(prompt));
        together(&vectors.collect::<Result<Vec<_>, _>>()?)
    }
}

/// One vector, of length 1, for what several have in common: their mean.
///
/// # Errors
/// When there is none.
pub fn together(vectors: &[Vec<f32>]) -> Result<Vec<f32>, PictureTextError> {
    let mut sum: Vec<f32> = Vec::new();
    for vector in vectors {
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    unit(vec![sum])
}

fn clip(bytes: &[u8], part: &'static str, names: &[&str]) -> Result<Network, PictureTextError> {
    let not_clip = |error| PictureTextError::NotClip(part, error);
    let network = Network::load(bytes).map_err(|error| match error {
        OnnxError::Overflows => PictureTextError::Overflows(part, error),
        other => not_clip(other),
    })?;
    match names.iter().find(|name| !network.has(name)) {
        Some(name) => Err(not_clip(OnnxError::Unnamed((*name).to_owned()))),
        None => Ok(network),
    }
}

/// The one vector of an answer, brought to length 1.
fn unit(answer: Vec<Vec<f32>>) -> Result<Vec<f32>, PictureTextError> {
    let mut vector = answer.into_iter().next().unwrap_or_default();
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if !length.is_finite() || length <= 0.0 {
        return Err(PictureTextError::NoVector);
    }
    vector.iter_mut().for_each(|value| *value /= length);
    Ok(vector)
}
