//! The Silero voice detector, through whisper.cpp: a small recurrent network over frames of 32 ms.

#![allow(unsafe_code, reason = "native code reads the weights from memory and keeps the network")]

use std::ffi::c_void;

use whisper_rs::whisper_rs_sys as native;

use crate::whisper::{FileFault, ProcessorTooOld, Reader, prepare};

/// Samples in one frame.
pub(crate) const FRAME_SAMPLES: usize = 512;
/// Native code begins every run with an empty memory, so the sound goes through in blocks of this many frames (29 s) …
const BLOCK: usize = 900;
/// … before each of which so many frames of the last one (2 s) are heard again.
const LEAD: usize = 64;
/// What is softer than this throughout (-80 dB relative to full scale) is silence, which needs no network.
const SILENCE: f32 = 1e-4;
/// What its file says of itself: layers with channels in and out and kernel sizes, then the recurrent layer and the last.
const LAYERS: [i32; 13] = [4, 129, 128, 3, 128, 64, 3, 64, 64, 3, 64, 128, 3];
const LAST_LAYERS: [i32; 4] = [128, 128, 128, 1];
const TENSORS: usize = 15;

/// Why bytes cannot be used as the Silero voice detector.
#[derive(Debug, thiserror::Error)]
pub enum VoiceModelError {
    /// They are a model or something else, but not the one this code runs.
    #[error(
        "this is not the Silero voice detector: {0}. Choose its ggml file, such as ggml-silero-v6.2.0.bin"
    )]
    NotSilero(&'static str),
    /// They began like the model and are broken.
    #[error("the voice detector is damaged: {0}. Download or import it again")]
    Damaged(&'static str),
    /// The processor cannot run it.
    #[error("{0}. The built-in voice detector is used instead")]
    Processor(#[from] ProcessorTooOld),
}

impl From<FileFault> for VoiceModelError {
    fn from(fault: FileFault) -> Self {
        match fault {
            FileFault::OtherFormat => Self::NotSilero("it has another format"),
            FileFault::Damaged(how) => Self::Damaged(how),
        }
    }
}

/// Listens for voices in one sound track. It keeps half a minute of sound, and four bytes for each frame.
pub struct VoiceDetector {
    network: Network,
    /// Frames at the front of `sound` that have their probability already.
    lead: usize,
    sound: Vec<f32>,
    values: Vec<f32>,
}

impl VoiceDetector {
    /// Takes the network from the bytes of its ggml file, versions 5 and 6.
    ///
    /// # Errors
    /// When they are another file's, or damaged, or this processor cannot run it. Changed weights are not noticed:
    /// compare the file's hash for that.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VoiceModelError> {
        check(bytes)?;
        prepare()?;
        let network =
            Network::load(bytes).ok_or(VoiceModelError::Damaged("its weights do not belong together"))?;
        Ok(Self { network, lead: 0, sound: Vec::new(), values: Vec::new() })
    }

    /// Takes the next samples, in pieces of any size: one channel, [`model::Samples::RATE`] a second, without gaps.
    pub(crate) fn take(&mut self, mut values: &[f32]) {
        while !values.is_empty() {
            let room = (self.lead + BLOCK) * FRAME_SAMPLES - self.sound.len();
            let (piece, rest) = values.split_at(values.len().min(room));
            self.sound.extend(piece.iter().map(|v| if v.is_finite() { v.clamp(-1.0, 1.0) } else { 0.0 }));
            values = rest;
            if piece.len() == room {
                self.listen();
                self.sound.drain(..self.sound.len() - LEAD * FRAME_SAMPLES);
                self.lead = LEAD;
            }
        }
    }

    /// One probability for each frame; a part of one counts.
    pub(crate) fn finish(mut self) -> Vec<f32> {
        if self.lead * FRAME_SAMPLES < self.sound.len() {
            self.listen();
        }
        self.values
    }

    fn listen(&mut self) {
        let fresh = self.sound.len().div_ceil(FRAME_SAMPLES) - self.lead;
        let heard = match self.sound.iter().any(|sample| SILENCE < sample.abs()) {
            true => self.network.probabilities(&self.sound),
            false => &[],
        };
        let heard = heard.get(self.lead..).unwrap_or_default();
        let missing = fresh.saturating_sub(heard.len());
        self.values
            .extend(heard.iter().take(fresh).map(|value| if value.is_finite() { *value } else { 0.0 }));
        self.values.extend(std::iter::repeat_n(0.0, missing));
    }
}

/// Walks through the whole file, since native code believes what it reads.
fn check(bytes: &[u8]) -> Result<(), VoiceModelError> {
    let mut reader = Reader::new(bytes)?;
    let name = reader.counted().map_err(|_| VoiceModelError::NotSilero("it is another model"))?;
    if name != b"silero-16k" {
        return Err(VoiceModelError::NotSilero("it is another model"));
    }
    let [_major, _minor, _patch, frame, _context] = reader.numbers()?;
    let (layers, last_layers): ([i32; 13], [i32; 4]) = (reader.numbers()?, reader.numbers()?);
    if frame != FRAME_SAMPLES as i32 || layers != LAYERS || last_layers != LAST_LAYERS {
        return Err(VoiceModelError::NotSilero("it is built differently"));
    }
    let mut names = Vec::new();
    while let Some(tensor) = reader.tensor()? {
        if names.contains(&tensor) {
            return Err(VoiceModelError::Damaged("some of its weights are there twice"));
        }
        names.push(tensor);
    }
    if names.len() == TENSORS {
        Ok(())
    } else {
        Err(VoiceModelError::Damaged("some of its weights are missing"))
    }
}

/// The network as native code keeps it.
struct Network(*mut native::whisper_vad_context);

// SAFETY: it is used through `&mut` or owned only, and native code keeps nothing of it to a thread.
unsafe impl Send for Network {}

impl Network {
    /// Of bytes that were checked.
    fn load(bytes: &[u8]) -> Option<Self> {
        let mut rest = Rest { bytes, ended: false };
        let mut loader = native::whisper_model_loader {
            context: (&raw mut rest).cast::<c_void>(),
            read: Some(read),
            eof: Some(has_ended),
            close: Some(close),
        };
        // More threads wait for each other longer than they compute.
        let parameters = native::whisper_vad_context_params { n_threads: 1, use_gpu: false, gpu_device: 0 };
        // SAFETY: the loader and what it points to are alive and used by nobody else until the call returns, and are not
        // kept; the callbacks take the pointer for what it is.
        let network = unsafe { native::whisper_vad_init_with_params(&raw mut loader, parameters) };
        (!network.is_null()).then_some(Self(network))
    }

    /// One for each frame, after an empty memory; none where native code failed, which is logged.
    fn probabilities(&mut self, samples: &[f32]) -> &[f32] {
        let Ok(count) = i32::try_from(samples.len()) else { return &[] };
        // SAFETY: the network is alive, and the samples are as many as it is told.
        if !unsafe { native::whisper_vad_detect_speech(self.0, samples.as_ptr(), count) } {
            tracing::warn!("the voice detector failed on a part of the sound, which counts as without voice");
            return &[];
        }
        // SAFETY: native code keeps this many numbers there until its next run, which needs `&mut self`.
        unsafe {
            let (numbers, count) = (native::whisper_vad_probs(self.0), native::whisper_vad_n_probs(self.0));
            match usize::try_from(count) {
                Ok(count) if !numbers.is_null() => std::slice::from_raw_parts(numbers, count),
                _ => &[],
            }
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        // SAFETY: it was made by the function that belongs to this one, and is dropped once.
        unsafe { native::whisper_vad_free(self.0) }
    }
}

/// What native code has not read yet of a file's bytes.
struct Rest<'a> {
    bytes: &'a [u8],
    /// It asked for more than there was, as `ifstream` counts it.
    ended: bool,
}

/// # Safety
/// `rest` is a [`Rest`] that nobody else uses, and `output` has room for `wanted` bytes.
// SAFETY: only the loader in `load` is given this function, with such a pointer.
unsafe extern "C" fn read(rest: *mut c_void, output: *mut c_void, wanted: usize) -> usize {
    // SAFETY: the caller keeps the promise above.
    let (rest, output) = unsafe {
        (&mut *rest.cast::<Rest<'_>>(), std::slice::from_raw_parts_mut(output.cast::<u8>(), wanted))
    };
    let (given, left) = rest.bytes.split_at(wanted.min(rest.bytes.len()));
    let (filled, missing) = output.split_at_mut(given.len());
    filled.copy_from_slice(given);
    missing.fill(0);
    rest.ended |= !missing.is_empty();
    rest.bytes = left;
    wanted
}

/// # Safety
/// As [`read`].
// SAFETY: as `read`.
unsafe extern "C" fn has_ended(rest: *mut c_void) -> bool {
    // SAFETY: the caller keeps the promise above.
    unsafe { (*rest.cast::<Rest<'_>>()).ended }
}

/// The bytes belong to the caller.
extern "C" fn close(_rest: *mut c_void) {}
