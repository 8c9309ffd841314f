//! What is said: Whisper on the voiced parts of a material, through whisper.cpp, on the processor alone.
//!
//! [`SpeechModel`] is loaded from bytes, [`Transcriber`] takes the material's samples as they are decoded and keeps one
//! piece of thirty seconds at a time. [`sentences`] and [`with_transcript`] turn its words into what subtitles give.

mod error;
mod evidence;
mod pieces;
mod placing;
mod recogniser;
mod repetition;
mod sentences;
mod transcriber;
mod weights;
mod words;

pub use error::{SpeechModelError, TranscriptionError};
pub use evidence::with_transcript;
pub use recogniser::{SpeechModel, speech_languages};
pub use sentences::sentences;
pub use transcriber::{Transcriber, TranscriptionRequest};
