//! What is heard: everything measured on the sample stream, streaming, in a few values a second.

mod aside;
mod level;
mod loudness;
mod silero;
mod spectrum;
mod voice;

use std::collections::BTreeMap;

use model::{Evidence, MediaTime, Samples, Series, SoundEvent};

pub(crate) use aside::Aside;
pub(crate) use level::{Level, NO_SOUND_DB};
pub use silero::{VoiceDetector, VoiceModelError};
pub(crate) use voice::{Frames, Voice};

pub(crate) use loudness::NO_SOUND_LUFS;

use loudness::Loudness;
use spectrum::Spectrum;
use voice::Listener;

use crate::SoundEvents;

/// Samples in one value of a signal.
pub(crate) const HOP_SAMPLES: usize =
    (Samples::RATE as usize) * (Evidence::HOP.as_micros() as usize) / 1_000_000;

/// Timestamps may wander this much against the running count of samples before they are believed: containers round.
const TOLERANCE: MediaTime = MediaTime::from_millis(40);

/// Zeros that stand for a gap are fed in pieces of this size, so that an hour without sound needs no hour of memory.
const GAP_PIECE: [f32; 1_600] = [0.0; 1_600];

/// All detectors of sound behind one running clock.
pub(crate) struct Hearing {
    /// Samples taken so far, counted from time zero.
    position: i64,
    heard: bool,
    loudness: Loudness,
    level: Level,
    spectrum: Spectrum,
    voice: Listener,
    sound_events: Option<SoundEvents>,
}

/// Everything measured on the sound, ready to be joined into evidence.
pub(crate) struct Heard {
    /// LUFS for each hop.
    pub(crate) loudness: Vec<f32>,
    /// Onset strength for each hop.
    pub(crate) onset: Vec<f32>,
    /// Amplitude of the speech band every 10 ms.
    pub(crate) envelope: Vec<f32>,
    /// Level every 10 ms.
    pub(crate) level: Level,
    /// What the voice detector made of it.
    pub(crate) voice: Voice,
    /// How certain each sound event is, every hop of its model; empty without one.
    pub(crate) sound_events: BTreeMap<SoundEvent, Series>,
}

impl Hearing {
    pub(crate) fn new() -> Self {
        Self {
            position: 0,
            heard: false,
            loudness: Loudness::new(),
            level: Level::new(),
            spectrum: Spectrum::new(),
            voice: Listener::built_in(),
            sound_events: None,
        }
    }

    /// Listens for sound events from here on; asked before the first sample.
    pub(crate) fn listen_for(&mut self, sound_events: SoundEvents) {
        self.sound_events = Some(sound_events);
    }

    /// Has this detector listen for voices; asked before the first sample.
    pub(crate) fn detect_voice_with(&mut self, detector: VoiceDetector) {
        self.voice = Listener::Silero(Box::new(detector));
    }

    /// Takes the next piece. A gap becomes silence; what overlaps samples already taken, or lies before time zero, is
    /// left out.
    pub(crate) fn samples(&mut self, samples: Samples<'_>) {
        self.heard |= !samples.values.is_empty();
        let rate = i64::from(Samples::RATE);
        let expected = MediaTime::from_micros(self.position * 1_000_000 / rate);
        let mut values = samples.values;
        if samples.time.distance(expected) > TOLERANCE {
            let start = (samples.time.as_micros() * rate + 500_000).div_euclid(1_000_000);
            if start < self.position {
                let known = usize::try_from(self.position - start).unwrap_or(usize::MAX);
                values = values.get(known..).unwrap_or_default();
            }
            while start > self.position {
                let missing = usize::try_from(start - self.position).unwrap_or(usize::MAX);
                self.take(&GAP_PIECE[..missing.min(GAP_PIECE.len())]);
            }
        }
        self.take(values);
    }

    fn take(&mut self, values: &[f32]) {
        self.position += values.len() as i64;
        self.loudness.take(values);
        self.level.take(values);
        self.spectrum.take(values);
        self.voice.take(values);
        if let Some(sound_events) = &mut self.sound_events {
            sound_events.samples(values);
        }
    }

    /// What was measured, `None` when no sample ever came.
    pub(crate) fn finish(self) -> Option<Heard> {
        let (onset, envelope) = self.spectrum.finish();
        self.heard.then(|| Heard {
            loudness: self.loudness.finish(),
            onset,
            envelope,
            level: self.level,
            voice: self.voice.finish(),
            sound_events: self.sound_events.map(SoundEvents::finish).unwrap_or_default(),
        })
    }
}
