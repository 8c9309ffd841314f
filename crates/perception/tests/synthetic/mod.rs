//! Sounds and pictures made to order, the same on every machine.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::f32::consts::TAU;

use model::{MediaTime, Samples};

pub(crate) const RATE: u32 = Samples::RATE;

pub(crate) fn seconds(value: f64) -> MediaTime {
    MediaTime::from_micros((value * 1e6).round() as i64)
}

pub(crate) fn sine(hertz: f32, length: f64, peak: f32) -> Vec<f32> {
    let count = (length * f64::from(RATE)).round() as usize;
    (0..count).map(|i| peak * (TAU * hertz * i as f32 / RATE as f32).sin()).collect()
}

/// A linear congruential generator: noise without a dependency.
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// From -1 to 1.
    pub(crate) fn value(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    }

    pub(crate) fn samples(&mut self, length: f64, peak: f32) -> Vec<f32> {
        (0..(length * f64::from(RATE)) as usize).map(|_| peak * self.value()).collect()
    }
}

/// Bursts of a buzzing tone four times a second.
pub(crate) fn syllables(length: f64, seed: u64) -> Vec<f32> {
    let mut noise = Noise::new(seed);
    let buzz = sine(140.0, length, 0.2);
    buzz.iter()
        .enumerate()
        .map(|(i, v)| {
            let phase = i as f32 / RATE as f32 * 4.0 % 1.0;
            (v + 0.02 * noise.value()) * (TAU / 2.0 * phase).sin().max(0.0)
        })
        .collect()
}
