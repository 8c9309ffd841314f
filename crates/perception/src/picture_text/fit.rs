//! How well pictures fit a text, beside texts that say nothing in particular.

use model::{PictureEmbeddings, Series};

/// What CLIP multiplies the cosine of picture and text by: the published models were all trained up to their limit of 100.
pub const LOGIT_SCALE: f32 = 100.0;

/// How well the pictures of a material fit the vector of a tag, 0 to 1: the tag's share in a softmax over it and the
/// `neutral` vectors. All vectors have length 1; one of another model, with another number of dimensions, fits nothing.
#[must_use]
pub fn fit(pictures: &PictureEmbeddings, tag: &[f32], neutral: &[Vec<f32>], logit_scale: f32) -> Series {
    let score = |picture: &[f32]| {
        let logit = |text: &[f32]| logit_scale * cosine(picture, text);
        let own = logit(tag);
        let others: f32 = neutral.iter().map(|text| (logit(text) - own).exp()).sum();
        1.0 / (1.0 + others)
    };
    let fits = tag.len() == pictures.dimensions && neutral.iter().all(|text| text.len() == tag.len());
    let values = pictures.iter().map(|picture| if fits { score(picture) } else { 0.0 });
    Series::new(pictures.hop, values.collect())
}

fn cosine(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}
