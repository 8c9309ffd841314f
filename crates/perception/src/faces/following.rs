//! Faces along a material's time.

use model::{ColourPicture, Evidence, MediaTime, Series};

use super::FaceDetector;

/// A detector and what it has seen so far.
pub(crate) struct Following {
    detector: FaceDetector,
    /// Times of the pictures that were looked at, and the share of the height that the largest face has.
    seen: Vec<(MediaTime, f32)>,
}

impl Following {
    pub(crate) fn new(detector: FaceDetector) -> Self {
        Self { detector, seen: Vec::new() }
    }

    /// Looks at a picture, unless the last one was nearer than [`FaceDetector::INTERVAL`]. One that cannot be looked
    /// at counts as not there.
    pub(crate) fn picture(&mut self, picture: &ColourPicture<'_>) {
        // Half a frame of tolerance: pictures come when frames do.
        const EARLY: MediaTime = MediaTime::from_millis(20);
        let due =
            self.seen.last().is_none_or(|(last, _)| picture.time - *last >= FaceDetector::INTERVAL - EARLY);
        if !due {
            return;
        }
        if let Ok(faces) = self.detector.detect(picture) {
            let tallest = faces.iter().map(|face| face.height).fold(0.0, f32::max);
            self.seen.push((picture.time, (tallest / picture.height as f32).min(1.0)));
        }
    }

    /// For each hop what the nearest picture of its shot shows; nothing where none of the shot was looked at.
    /// `None` when no picture was.
    pub(crate) fn series(&self, cuts: &[MediaTime], count: usize) -> Option<Series> {
        self.seen.first()?;
        let shot = |time: MediaTime| cuts.partition_point(|cut| *cut <= time);
        let value = |index: usize| {
            let time =
                MediaTime::from_micros(Evidence::HOP.as_micros() * index as i64) + Evidence::HOP.scaled(0.5);
            let next = self.seen.partition_point(|(at, _)| *at < time);
            let around = &self.seen[next.saturating_sub(1)..(next + 1).min(self.seen.len())];
            let same_shot = around.iter().filter(|(at, _)| shot(*at) == shot(time));
            same_shot.min_by_key(|(at, _)| at.distance(time)).map_or(0.0, |(_, share)| *share)
        };
        Some(Series::new(Evidence::HOP, (0..count).map(value).collect()))
    }
}
