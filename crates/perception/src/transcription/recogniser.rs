//! Whisper's network: one piece of sound in, tokens out.

#![allow(unsafe_code, reason = "the callback that stops native code is a C function")]

use std::ffi::c_void;

use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError, WhisperState,
    get_lang_max_id, get_lang_str,
};

use super::words::Token;
use super::{SpeechModelError, TranscriptionError, weights};
use crate::whisper::{prepare, threads};

/// Candidates that are tried where the plain answer is poor: the reference implementation's number.
const CANDIDATES: i32 = 5;
/// Less sound than this is answered with nothing; shorter pieces are filled up with silence.
const SHORTEST: usize = model::Samples::RATE as usize * 5 / 4;

/// A loaded model of speech.
#[derive(Debug)]
pub struct SpeechModel {
    id: String,
    context: WhisperContext,
}

impl SpeechModel {
    /// Loads Whisper's weights from the bytes of a ggml file, which are not needed any more afterwards. `id` names them
    /// in [`model::Transcript::model`].
    ///
    /// # Errors
    /// When they are another file's, or damaged, or this processor cannot run them. Changed numbers are not noticed:
    /// compare the file's hash for that.
    pub fn from_bytes(id: &str, bytes: &[u8]) -> Result<Self, SpeechModelError> {
        weights::check(bytes)?;
        prepare()?;
        let mut parameters = WhisperContextParameters::default();
        parameters.use_gpu(false);
        let context = WhisperContext::new_from_buffer_with_params(bytes, parameters)
            .map_err(|_| SpeechModelError::Damaged("its weights do not belong together"))?;
        Ok(Self { id: id.to_owned(), context })
    }

    /// Memory that loading and running the weights of a file of this size takes at most, in bytes.
    ///
    /// While it loads, file and weights are there twice. Running took a quarter more than the weights and 250 MB in
    /// whisper.cpp's own table (its README, "Memory usage").
    #[must_use]
    pub fn memory(file_size: u64) -> u64 {
        const RUNNING: u64 = 250 << 20;
        (file_size * 2).max(file_size + file_size / 4 + RUNNING)
    }

    /// True when it knows more than English.
    #[must_use]
    pub fn is_multilingual(&self) -> bool {
        self.context.is_multilingual()
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn recogniser(&self) -> Result<Recogniser, TranscriptionError> {
        let state = self.context.create_state().map_err(|_| TranscriptionError::TooLittleMemory)?;
        Ok(Recogniser { state, end_of_text: self.context.token_eot() })
    }
}

/// Every language that can be asked for, as its code.
#[must_use]
pub fn speech_languages() -> Vec<&'static str> {
    (0..=get_lang_max_id()).filter_map(get_lang_str).collect()
}

/// The language that can be asked for by this code.
pub(super) fn language(code: &str) -> Option<&'static str> {
    speech_languages().into_iter().find(|known| *known == code)
}

/// The network with the memory for one run after another.
pub(super) struct Recogniser {
    state: WhisperState,
    /// Tokens from this one on are signs of the network to itself.
    end_of_text: i32,
}

/// How a piece is heard. It is made once for all pieces, so that what the settings hold natively is there once.
pub(super) struct Settings(FullParams<'static, 'static>);

impl Settings {
    pub(super) fn new(language: &'static str) -> Self {
        // The guards against repetition and invented text stay at whisper.cpp's values, which are the paper's: an answer
        // of too low an entropy (2.4) or probability (-1.0) is tried again at a higher temperature, and dropped where
        // the network itself (0.6) thinks that nobody speaks.
        let mut settings = FullParams::new(SamplingStrategy::Greedy { best_of: CANDIDATES });
        settings.set_language(Some(language));
        settings.set_n_threads(threads());
        settings.set_token_timestamps(true);
        settings.set_suppress_nst(true);
        // What one piece said does not lead the next one astray: they may lie far apart.
        settings.set_no_context(true);
        settings.set_print_progress(false);
        settings.set_print_realtime(false);
        settings.set_print_special(false);
        settings.set_print_timestamps(false);
        Self(settings)
    }
}

impl Recogniser {
    /// How probable each language is in a piece, by [`get_lang_str`]'s numbers.
    pub(super) fn languages(&mut self, samples: &[f32]) -> Result<Vec<f32>, TranscriptionError> {
        let threads = usize::try_from(threads()).unwrap_or(1);
        self.state.pcm_to_mel(&filled(samples), threads).map_err(TranscriptionError::Failed)?;
        let (_, probabilities) = self.state.lang_detect(0, threads).map_err(TranscriptionError::Failed)?;
        Ok(probabilities)
    }

    /// What is said in a piece. `go_on` is asked many times a second; false cancels.
    pub(super) fn hear(
        &mut self,
        samples: &[f32],
        settings: &Settings,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<Token>, TranscriptionError> {
        let mut asked = Asked { go_on, stopped: false };
        let mut settings = settings.0.clone();
        // SAFETY: `must_stop` takes the pointer for what it is, an `Asked`. It is alive, and nothing else refers to it,
        // until `full` returns; native code calls it on the thread that called `full`, and only from within.
        unsafe {
            settings.set_abort_callback(Some(must_stop));
            settings.set_abort_callback_user_data((&raw mut asked).cast::<c_void>());
        }
        let heard = self.state.full(settings, &filled(samples));
        if asked.stopped {
            return Err(TranscriptionError::Cancelled);
        }
        match heard {
            Ok(()) => Ok(self.tokens()),
            Err(error @ (WhisperError::FailedToEncode | WhisperError::FailedToDecode)) => {
                tracing::warn!(%error, "a piece of speech could not be recognised");
                Err(TranscriptionError::Failed(error))
            }
            Err(error) => Err(TranscriptionError::Failed(error)),
        }
    }

    fn tokens(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        for segment in self.state.as_iter() {
            for token in (0..segment.n_tokens()).filter_map(|index| segment.get_token(index)) {
                let data = token.token_data();
                let Ok(bytes) = token.to_bytes() else { continue };
                if data.id < self.end_of_text {
                    let (start, end) = (data.t0, data.t1);
                    tokens.push(Token { bytes: bytes.to_vec(), start, end, probability: data.p });
                }
            }
        }
        tokens
    }
}

fn filled(samples: &[f32]) -> std::borrow::Cow<'_, [f32]> {
    if SHORTEST <= samples.len() {
        return samples.into();
    }
    let mut filled = samples.to_vec();
    filled.resize(SHORTEST, 0.0);
    filled.into()
}

struct Asked<'a> {
    go_on: &'a mut dyn FnMut() -> bool,
    stopped: bool,
}

/// Native code stops when this answers true.
///
/// # Safety
/// `asked` points to an [`Asked`] that nobody else uses meanwhile.
// SAFETY: `hear` gives exactly such a pointer to native code, which is the only caller.
unsafe extern "C" fn must_stop(asked: *mut c_void) -> bool {
    // SAFETY: the caller keeps the promise above.
    let asked = unsafe { &mut *asked.cast::<Asked<'_>>() };
    asked.stopped |= !(asked.go_on)();
    asked.stopped
}
