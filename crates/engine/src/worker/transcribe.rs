//! Writing down what is said: the sound alone is decoded, and handed to the recogniser as it comes.

use std::ops::ControlFlow;
use std::path::Path;

use media::Source;
use model::{Picture, Samples, SourceInfo, TimeRange, Transcript};
use perception::{SpeechModel, SpeechModelError, Transcriber, TranscriptionError, TranscriptionRequest};

use super::perceiver::verified;
use super::serve::Reporter;
use crate::models::ModelFile;
use crate::{Code, Failure};

/// What is to be transcribed, and with what.
pub(super) struct TranscriptionOrder {
    pub(super) source: Source,
    pub(super) info: SourceInfo,
    pub(super) model: ModelFile,
    pub(super) language: Option<String>,
    pub(super) voiced: Vec<TimeRange>,
}

pub(super) fn transcribe(order: TranscriptionOrder, reporter: Reporter) -> Result<Transcript, Failure> {
    let TranscriptionOrder { source, info, model: file, language, voiced } = order;
    let model = load(&file)?;
    let request =
        TranscriptionRequest { voiced: &voiced, duration: info.duration, language: language.as_deref() };
    let of_transcription = |error: &TranscriptionError| failure(error, &file.path);
    let transcriber = Transcriber::new(&model, request).map_err(|error| of_transcription(&error))?;
    let mut sink = TranscriptionSink { transcriber, reporter, failed: None };
    // Pictures and subtitles say nothing here.
    let sound = SourceInfo { video: None, text: Vec::new(), ..info };
    let decoded = media::decode(&source, &sound, &mut sink);
    if let Some(error) = &sink.failed {
        return Err(of_transcription(error));
    }
    decoded.map_err(|error| Failure::of_reading(&error, source.name()))?;
    let TranscriptionSink { transcriber, mut reporter, .. } = sink;
    transcriber.finish(|share| reporter.report(share).is_continue()).map_err(|error| of_transcription(&error))
}

fn load(file: &ModelFile) -> Result<SpeechModel, Failure> {
    let bytes = verified(file).map_err(|reason| {
        let message = format!("The speech model is not used: {reason}. Download or import it again.");
        Failure::new(Code::ModelDamaged, message).at(&file.path)
    })?;
    SpeechModel::from_bytes(&file.sha256.to_string(), &bytes).map_err(|error| {
        let code = match error {
            SpeechModelError::NotWhisper(_) => Code::ModelUnknown,
            SpeechModelError::Damaged(_) => Code::ModelDamaged,
            SpeechModelError::Processor(_) => Code::TranscriptionFailed,
        };
        Failure::new(code, sentence(&error)).at(&file.path)
    })
}

fn failure(error: &TranscriptionError, model: &Path) -> Failure {
    let code = match error {
        TranscriptionError::UnknownLanguage(_) | TranscriptionError::EnglishOnly => Code::InvalidRequest,
        TranscriptionError::TooLittleMemory => Code::WorkerOutOfMemory,
        TranscriptionError::Failed(_) => Code::TranscriptionFailed,
        // Nobody listens any more: the parent cancels by ending the process.
        TranscriptionError::Cancelled => Code::Internal,
    };
    Failure::new(code, sentence(error)).at(model)
}

/// An error's words with a capital and a full stop.
fn sentence(error: &dyn std::error::Error) -> String {
    let words = error.to_string();
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(std::iter::once('.')).collect()
}

/// Feeds what is decoded to the recogniser.
struct TranscriptionSink<'a> {
    transcriber: Transcriber<'a>,
    reporter: Reporter,
    /// What ended it; nothing is fed after that.
    failed: Option<TranscriptionError>,
}

impl media::DecodeSink for TranscriptionSink<'_> {
    fn samples(&mut self, samples: Samples<'_>) {
        if self.failed.is_none() {
            let reporter = &mut self.reporter;
            let go_on = |share| reporter.report(share).is_continue();
            self.failed = self.transcriber.samples(samples.values, go_on).err();
        }
    }

    fn picture(&mut self, _picture: Picture<'_>) {}

    fn progress(&mut self, _decoded: f32) -> ControlFlow<()> {
        if self.failed.is_some() {
            ControlFlow::Break(())
        } else {
            self.reporter.report(self.transcriber.progress())
        }
    }
}
