//! A transcription as it goes: samples in, words out, with thirty seconds of sound kept at a time.

use std::collections::VecDeque;

use model::{MediaTime, TimeRange, Transcript, Word};
use whisper_rs::get_lang_str;

use super::pieces::{Packer, Piece};
use super::recogniser::{Recogniser, Settings, SpeechModel, language};
use super::{TranscriptionError, placing, repetition, words};

/// The language is looked for in so many pieces before the first is transcribed: one may be a greeting or a song.
const LISTENED_TO: usize = 3;

/// What of a material is transcribed, and how.
#[derive(Debug, Clone, Copy)]
pub struct TranscriptionRequest<'a> {
    /// Where speech was heard; nothing else is listened to.
    pub voiced: &'a [TimeRange],
    /// How long the material lasts; no word lies after it.
    pub duration: MediaTime,
    /// The code of the language that is spoken, one of [`super::speech_languages`]; `None` finds it out.
    pub language: Option<&'a str>,
}

/// Transcribes one material.
pub struct Transcriber<'a> {
    model: &'a SpeechModel,
    recogniser: Recogniser,
    packer: Packer,
    /// Heard but not transcribed, since the language is not known yet.
    waiting: VecDeque<Piece>,
    language: Option<(&'static str, Settings)>,
    words: Vec<Word>,
    /// Samples of speech that were transcribed, of all there will be.
    done: usize,
    total: usize,
}

impl<'a> Transcriber<'a> {
    /// Nothing heard yet.
    ///
    /// # Errors
    /// When the language is unknown to the model, or there is no memory to run it.
    pub fn new(
        model: &'a SpeechModel,
        request: TranscriptionRequest<'_>,
    ) -> Result<Self, TranscriptionError> {
        let unknown = |code: &str| TranscriptionError::UnknownLanguage(code.to_owned());
        let asked = request.language.map(|code| language(code).ok_or_else(|| unknown(code))).transpose()?;
        let language = match asked {
            _ if model.is_multilingual() => asked,
            None | Some("en") => Some("en"),
            Some(_) => return Err(TranscriptionError::EnglishOnly),
        };
        let packer = Packer::new(request.voiced, request.duration);
        Ok(Self {
            model,
            recogniser: model.recogniser()?,
            total: packer.total(),
            packer,
            waiting: VecDeque::new(),
            language: language.map(|code| (code, Settings::new(code))),
            words: Vec::new(),
            done: 0,
        })
    }

    /// Takes the next samples, one channel, [`model::Samples::RATE`] a second, the first at time zero, without gaps.
    /// Most calls only gather; one that completes a piece takes as long as the network does. `go_on` is told meanwhile
    /// which share of the speech is transcribed, 0 to 1; false cancels.
    ///
    /// # Errors
    /// When it was cancelled, or the network could not be run.
    pub fn samples(
        &mut self,
        values: &[f32],
        mut go_on: impl FnMut(f32) -> bool,
    ) -> Result<(), TranscriptionError> {
        for piece in self.packer.take(values) {
            self.waiting.push_back(piece);
            if self.language.is_some() || LISTENED_TO <= self.waiting.len() {
                self.transcribe(&mut go_on)?;
            }
        }
        Ok(())
    }

    /// The share of the speech that was transcribed, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        (self.done as f32 / self.total.max(1) as f32).min(1.0)
    }

    /// Transcribes the rest and answers everything that was said.
    ///
    /// # Errors
    /// As [`Self::samples`].
    pub fn finish(mut self, mut go_on: impl FnMut(f32) -> bool) -> Result<Transcript, TranscriptionError> {
        let packer = std::mem::replace(&mut self.packer, Packer::new(&[], MediaTime::ZERO));
        self.waiting.extend(packer.finish());
        self.transcribe(&mut go_on)?;
        Ok(Transcript {
            language: self.language.map_or_else(String::new, |(code, _)| code.to_owned()),
            model: self.model.id().to_owned(),
            words: repetition::without_loops(self.words),
        })
    }

    fn transcribe(&mut self, go_on: &mut dyn FnMut(f32) -> bool) -> Result<(), TranscriptionError> {
        if self.language.is_none() && !self.waiting.is_empty() {
            let code = self.find_language(go_on)?;
            tracing::info!(language = code, "the language was found");
            self.language = Some((code, Settings::new(code)));
        }
        let Some((_, settings)) = &self.language else { return Ok(()) };
        while let Some(piece) = self.waiting.pop_front() {
            let share = self.done as f32 / self.total.max(1) as f32;
            let tokens = self.recogniser.hear(&piece.samples, settings, &mut || go_on(share))?;
            self.done += piece.voiced();
            self.words.extend(placing::place(&piece, words::words(&tokens)));
        }
        Ok(())
    }

    /// The language that is most probable over what waits.
    fn find_language(
        &mut self,
        go_on: &mut dyn FnMut(f32) -> bool,
    ) -> Result<&'static str, TranscriptionError> {
        let mut total: Vec<f32> = Vec::new();
        for piece in &self.waiting {
            if !go_on(0.0) {
                return Err(TranscriptionError::Cancelled);
            }
            let probabilities = self.recogniser.languages(&piece.samples)?;
            total.resize(probabilities.len(), 0.0);
            total.iter_mut().zip(probabilities).for_each(|(sum, probability)| *sum += probability);
        }
        let best = (0..total.len()).max_by(|one, other| total[*one].total_cmp(&total[*other]));
        Ok(best.and_then(|id| get_lang_str(i32::try_from(id).ok()?)).unwrap_or("en"))
    }
}
