//! Pictures along a material's time, as vectors.

use model::{ColourPicture, MediaTime, PictureEmbeddings};

use super::PictureEncoder;

/// An encoder and what it has seen so far.
pub(crate) struct Embedding {
    encoder: PictureEncoder,
    seen: Vec<(MediaTime, Vec<f32>)>,
}

impl Embedding {
    pub(crate) fn new(encoder: PictureEncoder) -> Self {
        Self { encoder, seen: Vec::new() }
    }

    /// Looks at a picture, unless the last one was nearer than [`PictureEmbeddings::HOP`]. One that cannot be looked at
    /// counts as not there.
    pub(crate) fn picture(&mut self, picture: &ColourPicture<'_>) {
        // Pictures come when frames do: a little early is in time.
        const EARLY: MediaTime = MediaTime::from_millis(20);
        let last = self.seen.last().map(|(last, _)| *last);
        if last.is_some_and(|last| picture.time - last < PictureEmbeddings::HOP - EARLY) {
            return;
        }
        if let Ok(Some(vector)) = self.encoder.embed(picture) {
            self.seen.push((picture.time, vector));
        }
    }

    /// For each hop of the material the vector of the picture nearest to its middle; `None` when no picture was seen.
    pub(crate) fn finish(&self, duration: MediaTime) -> Option<PictureEmbeddings> {
        let dimensions = self.seen.first()?.1.len();
        let hop = PictureEmbeddings::HOP;
        let count = (duration.as_micros().max(0) + hop.as_micros() - 1) / hop.as_micros();
        let mut values = Vec::with_capacity(count as usize * dimensions);
        for index in 0..count {
            let middle = MediaTime::from_micros(hop.as_micros() * index) + hop.scaled(0.5);
            let next = self.seen.partition_point(|(at, _)| *at < middle);
            let around = &self.seen[next.saturating_sub(1)..(next + 1).min(self.seen.len())];
            let nearest = around.iter().min_by_key(|(at, _)| at.distance(middle));
            values.extend(nearest.map(|(_, vector)| vector.as_slice()).unwrap_or_default());
        }
        Some(PictureEmbeddings { hop, dimensions, values })
    }
}
