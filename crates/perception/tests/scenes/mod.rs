//! Pictures of scenes made to order, and a perceiver that watches them.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use model::{Evidence, Picture, Signal, TimeRange};
use standout_perception::Perceiver;

use crate::synthetic::{Noise, seconds};

pub(crate) const WIDTH: usize = 128;
pub(crate) const HEIGHT: usize = 72;

/// A scene: blurred random patches, seen from a place, at a brightness.
pub(crate) struct Scene(Vec<f32>);

impl Scene {
    /// Patches of 16 pixels, smooth between their middles, on a field larger than the picture.
    pub(crate) fn new(seed: u64) -> Self {
        let mut noise = Noise::new(seed);
        Self((0..64 * 64).map(|_| 128.0 + 100.0 * noise.value()).collect())
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x.rem_euclid(1_000.0) / 16.0, y.rem_euclid(1_000.0) / 16.0);
        let (fx, fy) = (x.fract(), y.fract());
        let patch = |dx: usize, dy: usize| self.0[(y as usize + dy) % 64 * 64 + (x as usize + dx) % 64];
        let row = |dy| patch(0, dy) * (1.0 - fx) + patch(1, dy) * fx;
        row(0) * (1.0 - fy) + row(1) * fy
    }

    /// Seen with the left upper corner at a place; `light` 1 is ordinary light.
    pub(crate) fn picture(&self, x: f32, y: f32, light: f32) -> Vec<u8> {
        self.seen(|column, row| (x + column, y + row), light)
    }

    /// Seen with the middle of the picture drawn nearer.
    pub(crate) fn zoomed(&self, factor: f32) -> Vec<u8> {
        self.seen(|column, row| (200.0 + (column - 64.0) / factor, 200.0 + (row - 36.0) / factor), 1.0)
    }

    fn seen(&self, place: impl Fn(f32, f32) -> (f32, f32), light: f32) -> Vec<u8> {
        let pixel = |i: usize| {
            let (x, y) = place((i % WIDTH) as f32, (i / WIDTH) as f32);
            (self.at(x, y) * light).clamp(0.0, 255.0) as u8
        };
        (0..WIDTH * HEIGHT).map(pixel).collect()
    }
}

/// One picture, with the other shown over it by a share from 0 to 1.
pub(crate) fn mixed(one: &[u8], other: &[u8], share: f64) -> Vec<u8> {
    let share = share.clamp(0.0, 1.0);
    one.iter()
        .zip(other)
        .map(|(a, b)| (f64::from(*a) * (1.0 - share) + f64::from(*b) * share).round() as u8)
        .collect()
}

/// Pictures 25 times a second.
pub(crate) fn frames(count: usize, make: impl Fn(f64) -> Vec<u8>) -> Vec<(f64, Vec<u8>)> {
    (0..count).map(|i| i as f64 / 25.0).map(|time| (time, make(time))).collect()
}

/// Only every so manieth picture, as when a decoder leaves some out.
pub(crate) fn thinned(pictures: Vec<(f64, Vec<u8>)>, keep: usize) -> Vec<(f64, Vec<u8>)> {
    pictures.into_iter().step_by(keep).collect()
}

/// The cut candidates and the evidence of pictures.
pub(crate) fn watch(
    pictures: impl IntoIterator<Item = (f64, Vec<u8>)>,
    length: f64,
) -> (Vec<TimeRange>, Evidence) {
    let mut perceiver = Perceiver::new();
    for (time, luma) in pictures {
        perceiver.picture(Picture { time: seconds(time), width: WIDTH, height: HEIGHT, luma: &luma });
    }
    (perceiver.cut_candidates(), perceiver.finish(seconds(length), None, Vec::new()))
}

/// Mean motion between two times in seconds.
pub(crate) fn motion(evidence: &Evidence, from: f64, to: f64) -> f32 {
    let values = evidence.signals[&Signal::Motion].slice(TimeRange::new(seconds(from), seconds(to)));
    values.iter().sum::<f32>() / values.len() as f32
}
