//! Momentary loudness by EBU R 128 (EBU Tech 3341: K-weighting of ITU-R BS.1770, a 400 ms window).

use ebur128::{Channel, EbuR128, Mode};
use model::Samples;

use super::HOP_SAMPLES;

/// What stands for no sound at all, where a logarithm would be minus infinity; the absolute gate of BS.1770 is -70.
pub(crate) const NO_SOUND_LUFS: f32 = -100.0;

/// The window reaches four hops back from its end, so its middle lies two hops before: values are moved by this many.
const DELAY_HOPS: usize = 2;

/// Measures loudness at every hop. Decoding hands out 16 kHz, so what lies above 8 kHz is not heard: sibilance and
/// cymbals measure a little softer than on the original, the same everywhere in a material.
pub(crate) struct Loudness {
    /// `None` only if the library refused one channel of 16 kHz, which it does not; loudness is then absent.
    meter: Option<EbuR128>,
    carry: Vec<f32>,
    values: Vec<f32>,
}

impl Loudness {
    pub(crate) fn new() -> Self {
        let meter = EbuR128::new(1, Samples::RATE, Mode::M).ok().map(|mut meter| {
            // One channel that plays on both loudspeakers, as BS.1770 counts it.
            let _dual_mono = meter.set_channel(0, Channel::DualMono);
            meter
        });
        Self { meter, carry: Vec::with_capacity(HOP_SAMPLES), values: Vec::new() }
    }

    pub(crate) fn take(&mut self, mut values: &[f32]) {
        while !values.is_empty() {
            let (piece, rest) = values.split_at(values.len().min(HOP_SAMPLES - self.carry.len()));
            self.carry.extend_from_slice(piece);
            values = rest;
            if self.carry.len() == HOP_SAMPLES {
                self.measure();
            }
        }
    }

    fn measure(&mut self) {
        if let Some(meter) = &mut self.meter {
            let measured = meter.add_frames_f32(&self.carry).and_then(|()| meter.loudness_momentary());
            let lufs = measured.map_or(NO_SOUND_LUFS, |lufs| lufs as f32);
            self.values.push(if lufs.is_finite() { lufs.max(NO_SOUND_LUFS) } else { NO_SOUND_LUFS });
        }
        self.carry.clear();
    }

    /// One value for each whole hop; the last ones repeat, since nothing follows that could centre them.
    pub(crate) fn finish(mut self) -> Vec<f32> {
        if !self.carry.is_empty() {
            self.carry.resize(HOP_SAMPLES, 0.0);
            self.measure();
        }
        let last = self.values.last().copied().unwrap_or(NO_SOUND_LUFS);
        let moved = self.values.len().min(DELAY_HOPS - 1);
        self.values.drain(..moved);
        self.values.extend(std::iter::repeat_n(last, moved));
        self.values
    }
}
