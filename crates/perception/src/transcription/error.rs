//! Why speech cannot be recognised.

use crate::whisper::ProcessorTooOld;

/// Why a model of speech could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SpeechModelError {
    /// It is a file of another kind, or another network's weights.
    #[error("this is not a Whisper model: {0}. Choose a ggml file such as ggml-base.bin")]
    NotWhisper(&'static str),
    /// It began like a model and is broken.
    #[error("the speech model is damaged: {0}. Download or import it again")]
    Damaged(&'static str),
    /// The processor cannot run it.
    #[error("{0}. Use subtitles made elsewhere on this machine")]
    Processor(#[from] ProcessorTooOld),
}

/// Why what is said was not recognised to the end.
#[derive(Debug, thiserror::Error)]
pub enum TranscriptionError {
    /// It was asked to stop.
    #[error("the transcription was cancelled")]
    Cancelled,
    /// No such language.
    #[error("the speech model knows no language “{0}”. Choose another one, or let it find out")]
    UnknownLanguage(String),
    /// The model knows English only.
    #[error("this speech model understands English only. Choose a model for many languages")]
    EnglishOnly,
    /// No room to run the model.
    #[error(
        "there is too little memory to run this speech model. Close other programs, or choose a smaller model"
    )]
    TooLittleMemory,
    /// Native code gave up.
    #[error("the speech model could not be run ({0}). Import it again, or choose another one")]
    Failed(#[source] whisper_rs::WhisperError),
}
