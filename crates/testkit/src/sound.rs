//! Sound with known beginnings.

use std::path::Path;
use std::process::Command;

use model::MediaTime;

use crate::tool::finish;

const RATE: u32 = 48_000;

/// Sound to put into a clip.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sound {
    /// Where each tone of [`Sound::BURST`] begins, in the clip's time; silence elsewhere.
    pub bursts: Vec<MediaTime>,
    /// Where the stream itself begins: nothing is stored before.
    pub start: MediaTime,
    /// Channels: 1, 2 or 6.
    pub channels: u16,
}

impl Sound {
    /// How long a tone lasts.
    pub const BURST: MediaTime = MediaTime::from_millis(100);

    /// Tones of 1 kHz, in stereo, from the clip's beginning.
    #[must_use]
    pub fn bursts(starts: impl IntoIterator<Item = MediaTime>) -> Self {
        Self { bursts: starts.into_iter().collect(), start: MediaTime::ZERO, channels: 2 }
    }

    /// Writes the sound as a WAV file of 16 bits.
    pub(crate) fn write(&self, path: &Path, length: MediaTime) {
        let sample = |time: MediaTime| (time.as_seconds() * f64::from(RATE)).round() as usize;
        let (from, to) = (sample(self.start), sample(length).max(sample(self.start) + 1));
        let inside = |index: usize| {
            self.bursts.iter().any(|&start| (sample(start)..sample(start + Self::BURST)).contains(&index))
        };
        let mut data = Vec::new();
        for index in from..to {
            let phase = index as f64 / f64::from(RATE) * 1_000.0 * std::f64::consts::TAU;
            // The cosine begins at full height, so that the first sample of a tone is loud.
            let value = if inside(index) { (phase.cos() * 16_000.0) as i16 } else { 0 };
            (0..self.channels).for_each(|_| data.extend(value.to_le_bytes()));
        }
        std::fs::write(path, wav(&data, self.channels)).expect("a temporary folder can be written to");
    }
}

fn wav(data: &[u8], channels: u16) -> Vec<u8> {
    let size = u32::try_from(data.len()).expect("test sound is short");
    let block = channels * 2;
    let mut bytes = Vec::with_capacity(data.len() + 44);
    bytes.extend(b"RIFF");
    bytes.extend((size + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(RATE.to_le_bytes());
    bytes.extend((RATE * u32::from(block)).to_le_bytes());
    bytes.extend(block.to_le_bytes());
    bytes.extend(16_u16.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(size.to_le_bytes());
    bytes.extend(data);
    bytes
}

/// Where loud stretches begin in mono samples: the first above a quarter of full scale after 50 ms of near silence.
#[must_use]
pub fn burst_starts(samples: &[f32], rate: u32) -> Vec<MediaTime> {
    let quiet_needed = rate as usize / 20;
    let mut quiet = quiet_needed;
    let mut starts = Vec::new();
    for (index, value) in samples.iter().enumerate() {
        if value.abs() < 0.15 {
            quiet += 1;
            continue;
        }
        if quiet >= quiet_needed {
            starts.push(MediaTime::from_ticks(index as i64, 1, rate as i32));
        }
        quiet = 0;
    }
    starts
}

/// Speaks `text` into a WAV file with `espeak-ng`; false, with a note on standard error, where that is not installed.
///
/// # Panics
/// When it is installed and fails.
#[allow(clippy::print_stderr, reason = "a test that is left out must say so")]
pub fn speech(text: &str, path: &Path) -> bool {
    if Command::new("espeak-ng").arg("--version").output().is_err() {
        eprintln!("left out: espeak-ng is not installed");
        return false;
    }
    let mut command = Command::new("espeak-ng");
    command.arg("-w").arg(path).arg(text);
    finish(command, &[]);
    true
}
