//! Short-time spectra: the strength of onsets and the envelope of the speech band.
//!
//! Onsets are the half-wave rectified difference of a log-compressed band spectrum against two frames before, as in
//! S. Böck and G. Widmer, "Maximum filter vibrato suppression for onset detection" (DAFx 2013), without its maximum
//! filter, which matters for singing only.

use std::collections::VecDeque;
use std::f32::consts::TAU;
use std::sync::Arc;

use model::Samples;
use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

use super::HOP_SAMPLES;

/// Bands of equal width on the mel scale.
const BANDS: usize = 24;
/// 32 ms: resolves voice pitch, still short against a syllable.
const WINDOW: usize = 512;
/// 10 ms.
const STEP: usize = 160;
const STEPS_PER_HOP: usize = HOP_SAMPLES / STEP;
/// How many frames back the difference reaches, so that an attack spread over two frames counts whole.
const LAG: usize = 2;
/// Below and above lie hum and the resampler's edge.
const LOWEST_HERTZ: f32 = 80.0;
const HIGHEST_HERTZ: f32 = 7_600.0;
/// The bands from about 300 to 3,400 Hz, where speech is carried on a telephone.
const SPEECH_BANDS: std::ops::Range<usize> = 3..17;
/// Compression before the logarithm: what lies 60 dB under full scale counts as nothing.
const COMPRESSION: f32 = 1_000.0;

pub(crate) struct Spectrum {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    edges: [usize; BANDS + 1],
    carry: Vec<f32>,
    frame: Vec<f32>,
    scratch: Vec<Complex<f32>>,
    bins: Vec<Complex<f32>>,
    past: VecDeque<[f32; BANDS]>,
    steps: usize,
    strongest: f32,
    onset: Vec<f32>,
    envelope: Vec<f32>,
}

impl Spectrum {
    pub(crate) fn new() -> Self {
        let fft = RealFftPlanner::<f32>::new().plan_fft_forward(WINDOW);
        let hann = |i: usize| 0.5 - 0.5 * (TAU * i as f32 / WINDOW as f32).cos();
        Self {
            window: (0..WINDOW).map(hann).collect(),
            edges: band_edges(),
            carry: Vec::with_capacity(2 * WINDOW),
            frame: fft.make_input_vec(),
            scratch: fft.make_scratch_vec(),
            bins: fft.make_output_vec(),
            past: VecDeque::with_capacity(LAG + 1),
            steps: 0,
            strongest: 0.0,
            onset: Vec::new(),
            envelope: Vec::new(),
            fft,
        }
    }

    pub(crate) fn take(&mut self, mut values: &[f32]) {
        while !values.is_empty() {
            let (piece, rest) = values.split_at(values.len().min(WINDOW - self.carry.len()));
            self.carry.extend(piece.iter().map(|v| if v.is_finite() { *v } else { 0.0 }));
            values = rest;
            if self.carry.len() == WINDOW {
                self.measure();
                self.carry.drain(..STEP);
            }
        }
    }

    fn measure(&mut self) {
        for ((to, sample), weight) in self.frame.iter_mut().zip(&self.carry).zip(&self.window) {
            *to = sample * weight;
        }
        // Lengths come from the plan itself, the only thing that could be wrong.
        if self.fft.process_with_scratch(&mut self.frame, &mut self.bins, &mut self.scratch).is_err() {
            return;
        }
        let mut power = [0.0_f32; BANDS];
        for (band, value) in power.iter_mut().enumerate() {
            let bins = &self.bins[self.edges[band]..self.edges[band + 1]];
            // A full-scale sine gives WINDOW / 4 after the window.
            *value = bins.iter().map(Complex::norm_sqr).sum::<f32>() * (4.0 / WINDOW as f32).powi(2);
        }
        let compressed = power.map(|p| (1.0 + COMPRESSION * p.sqrt()).ln());
        let flux = self.past.front().filter(|_| self.past.len() == LAG).map_or(0.0, |before| {
            compressed.iter().zip(before).map(|(now, then)| (now - then).max(0.0)).sum::<f32>() / BANDS as f32
        });
        if self.past.len() == LAG {
            self.past.pop_front();
        }
        self.past.push_back(compressed);
        let speech: f32 = power[SPEECH_BANDS].iter().sum();
        self.add(flux, speech.sqrt());
    }

    fn add(&mut self, flux: f32, envelope: f32) {
        self.envelope.push(envelope);
        self.strongest = self.strongest.max(flux);
        self.steps += 1;
        if self.steps == STEPS_PER_HOP {
            self.onset.push(self.strongest);
            (self.steps, self.strongest) = (0, 0.0);
        }
    }

    /// Onset strength for each whole hop, and the amplitude of the speech band every 10 ms.
    pub(crate) fn finish(self) -> (Vec<f32>, Vec<f32>) {
        (self.onset, self.envelope)
    }
}

/// First bin of every band, and the end of the last: equal steps of mel = 2595 log10(1 + f / 700).
fn band_edges() -> [usize; BANDS + 1] {
    let mel = |hertz: f32| 2595.0 * (1.0 + hertz / 700.0).log10();
    let (low, high) = (mel(LOWEST_HERTZ), mel(HIGHEST_HERTZ));
    let mut edges = [0; BANDS + 1];
    let mut least = 0;
    for (i, edge) in edges.iter_mut().enumerate() {
        let at = low + (high - low) * i as f32 / BANDS as f32;
        let hertz = 700.0 * (10_f32.powf(at / 2595.0) - 1.0);
        let bin = (hertz * WINDOW as f32 / Samples::RATE as f32).round() as usize;
        *edge = bin.max(least);
        least = *edge + 1;
    }
    edges
}
