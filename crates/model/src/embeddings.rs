//! Pictures as vectors, for telling what they show by words.

use serde::{Deserialize, Serialize};

use crate::MediaTime;

/// What a picture-text encoder makes of a material's pictures. Kept beside the evidence: it is large, and worth something only
/// together with the text part of the same model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureEmbeddings {
    /// The distance between two pictures.
    pub hop: MediaTime,
    /// Numbers of each vector.
    pub dimensions: usize,
    /// The vectors one behind the other, each of length 1.
    pub values: Vec<f32>,
}

impl PictureEmbeddings {
    /// How far apart pictures are embedded: what is to be seen lasts longer than what is to be heard.
    pub const HOP: MediaTime = MediaTime::from_whole_seconds(2);

    /// The vectors, in order of time.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.dimensions.max(1))
    }
}
