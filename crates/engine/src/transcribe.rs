//! Writing down what is said, on request: with which weights, once for each, and into the evidence.

use std::path::{Path, PathBuf};
use std::time::Duration;

use library::TranscriptKey;
use model::{Progress, TimeRange, Transcript};
use perception::{SpeechModel, speech_languages};
use serde::{Deserialize, Serialize};
use sysinfo::System;

use crate::control::Control;
use crate::engine::{Engine, Perceived, closing, now, read, unexpected_answer};
use crate::models::{ModelFile, ModelKind, Sha256};
use crate::subject::{Subject, check_file};
use crate::worker::{Answer, Task};
use crate::{Code, Failure, ModelEntry, Stopped, WorkerLimits};

/// A large model on a slow machine may compute this long on thirty seconds of sound without a word.
const LONGEST_PIECE: Duration = Duration::from_secs(600);
/// What a worker uses beside the model, in bytes.
const BESIDE_MODEL: u64 = 400 << 20;

/// How speech is written down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptionOptions {
    /// With which model.
    pub model: SpeechModelChoice,
    /// The code of the language that is spoken, one of [`speech_languages`]; `None` finds it out.
    pub language: Option<String>,
}

/// Which model of speech is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpeechModelChoice {
    /// The first of the catalogue that is installed.
    #[default]
    Preferred,
    /// The one of this id.
    Id(String),
    /// This file, whatever it is: a ggml file of Whisper.
    File(PathBuf),
}

impl SpeechModelChoice {
    /// What somebody typed: an id of the catalogue, else a file.
    #[must_use]
    pub fn typed(text: &str, known: &[ModelEntry]) -> Self {
        match known.iter().any(|entry| entry.id == text) {
            true => Self::Id(text.to_owned()),
            false => Self::File(PathBuf::from(text)),
        }
    }
}

/// Which languages can be asked for, as their codes.
#[must_use]
pub fn transcription_languages() -> Vec<&'static str> {
    speech_languages()
}

impl Engine {
    /// The models of speech that are installed, the preferred first.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub async fn speech_models(&self) -> Result<Vec<ModelEntry>, Failure> {
        let models = self.models().await?.into_iter();
        let installed =
            models.filter(|view| view.entry.kind == ModelKind::Speech && view.place.file().is_some());
        Ok(installed.map(|view| view.entry).collect())
    }

    /// Finds the weights and checks the language, before any work.
    pub(crate) async fn prepare_transcription(
        &self,
        options: &TranscriptionOptions,
    ) -> Result<PreparedTranscription, Failure> {
        if let Some(code) = &options.language
            && !speech_languages().contains(&code.as_str())
        {
            let message =
                format!("No speech model knows a language “{code}”. Use a code such as en, zh, es or ja.");
            return Err(Failure::new(Code::InvalidRequest, message));
        }
        let model = match &options.model {
            SpeechModelChoice::Preferred => self.preferred_speech_model().await?,
            SpeechModelChoice::Id(id) => self.speech_model(id).await?,
            SpeechModelChoice::File(path) => self.speech_file(path).await?,
        };
        check_memory(&model.path)?;
        Ok(PreparedTranscription { model, language: options.language.clone() })
    }

    async fn preferred_speech_model(&self) -> Result<ModelFile, Failure> {
        let (files, _) = self.in_store(|store| store.files(&[ModelKind::Speech])).await?;
        files.into_iter().next().ok_or_else(|| {
            let message = "No model that writes down speech is installed. Install one (Settings › Models, or: standout models \
                           download whisper-base), then try again.";
            Failure::new(Code::ModelMissing, message)
        })
    }

    async fn speech_model(&self, id: &str) -> Result<ModelFile, Failure> {
        let view = self.model(id).await?;
        if view.entry.kind != ModelKind::Speech {
            let message = format!(
                "The model {id} does not write down speech. Choose one that does, such as whisper-base."
            );
            return Err(Failure::new(Code::InvalidRequest, message));
        }
        let Some(path) = view.place.file() else {
            let message =
                format!("The model {id} is not installed. Get it with: standout models download {id}");
            return Err(Failure::new(Code::ModelMissing, message));
        };
        let path = path.to_owned();
        Ok(ModelFile {
            id: id.to_owned(),
            kind: ModelKind::Speech,
            path,
            sha256: view.entry.sha256,
            also: Vec::new(),
        })
    }

    async fn speech_file(&self, path: &Path) -> Result<ModelFile, Failure> {
        check_file(path)?;
        let path = std::path::absolute(path).map_err(|error| Failure::of_write(&error, path))?;
        let file = path.clone();
        let digest = tokio::task::spawn_blocking(move || Sha256::of_file(&file)).await;
        let cannot = |error: &dyn std::fmt::Display| {
            Failure::new(Code::FileUnreadable, format!("The speech model cannot be read ({error})."))
        };
        let sha256 = match digest {
            Ok(Ok(digest)) => digest,
            Ok(Err(error)) => return Err(cannot(&error).at(&path)),
            Err(error) => return Err(cannot(&error).at(&path)),
        };
        let id = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(ModelFile { id, kind: ModelKind::Speech, path, sha256, also: Vec::new() })
    }

    /// What is known of a material, with what is said in it: from the library when it was written down before, else by a
    /// worker. A material with subtitles is left as it is.
    pub(crate) async fn transcribe(
        &self,
        subject: &Subject,
        prepared: &PreparedTranscription,
        control: &Control,
        mut on_progress: impl FnMut(Progress),
    ) -> Result<Perceived, Stopped> {
        let alone = self.perceive_alone(subject, control, &mut on_progress).await?;
        if !alone.evidence.cues.is_empty() {
            return Ok(alone);
        }
        let key = TranscriptKey {
            fingerprint: subject.fingerprint.clone(),
            model: prepared.model.sha256.to_string(),
            language: prepared.language.clone(),
        };
        let of_library = |error| Failure::of_library(&error);
        if let Some(known) = self.library.transcript(&key, now()).map_err(of_library)? {
            return Ok(alone.with_transcript(known));
        }
        let voiced: Vec<TimeRange> = alone.evidence.utterances.iter().map(|it| it.range).collect();
        if voiced.is_empty() {
            let message = "No voice was heard in it, so there is nothing to write down.";
            return Err(Failure::new(Code::Speechless, message).at(&subject.shown()).into());
        }
        let place = tokio::select! {
            () = control.cancelled() => return Err(Stopped::Cancelled),
            place = self.places.acquire() => place,
        };
        let _place = place.map_err(|_| closing())?;
        let transcript = self.write_down(subject, prepared, voiced, control, on_progress).await?;
        self.library.set_transcript(&key, &transcript, now()).map_err(of_library)?;
        Ok(alone.with_transcript(transcript))
    }

    async fn write_down(
        &self,
        subject: &Subject,
        prepared: &PreparedTranscription,
        voiced: Vec<TimeRange>,
        control: &Control,
        on_progress: impl FnMut(Progress),
    ) -> Result<Transcript, Stopped> {
        let scratch = self.scratch()?;
        let file = scratch.path().join("transcript.json");
        let task = Task::Transcribe {
            source: self.source_of(subject, control).await?,
            info: subject.info.clone(),
            model: prepared.model.clone(),
            language: prepared.language.clone(),
            voiced,
            transcript: file.clone(),
        };
        let WorkerLimits { silence, memory } = self.worker.limits;
        let limits = WorkerLimits {
            silence: silence.max(LONGEST_PIECE),
            memory: memory.max(needed_memory(&prepared.model.path) + BESIDE_MODEL),
        };
        let worker = self.worker.with_limits(limits);
        let Answer::Written =
            worker.run(&task, control, on_progress).await.map_err(|it| it.at(&subject.shown()))?
        else {
            return Err(unexpected_answer().into());
        };
        let transcript = serde_json::from_slice(&read(&file)?).map_err(|error| {
            Failure::new(Code::Internal, format!("The worker's transcript cannot be read ({error})."))
                .at(&subject.shown())
        })?;
        Ok(transcript)
    }

    /// What was perceived of a material, with the transcript that was asked for last.
    pub(crate) fn with_latest_transcript(
        &self,
        subject: &Subject,
        perceived: Perceived,
    ) -> Result<Perceived, Failure> {
        let latest = self.library.latest_transcript(&subject.fingerprint);
        Ok(match latest.map_err(|error| Failure::of_library(&error))? {
            Some(transcript) => perceived.with_transcript(transcript),
            None => perceived,
        })
    }
}

/// A transcription that can begin.
#[derive(Debug, Clone)]
pub(crate) struct PreparedTranscription {
    model: ModelFile,
    language: Option<String>,
}

fn needed_memory(model: &Path) -> u64 {
    SpeechModel::memory(std::fs::metadata(model).map_or(0, |metadata| metadata.len()))
}

/// Tells too little memory before a worker has brought the machine to a crawl.
fn check_memory(model: &Path) -> Result<(), Failure> {
    let Ok(mut system) = System::new() else { return Ok(()) };
    system.refresh_memory();
    let (needed, free) = (needed_memory(model), system.available_memory());
    if free == 0 || needed <= free {
        return Ok(());
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    let message = format!(
        "This speech model needs {} MB of memory and {} MB are free. Close other programs, or choose a smaller model.",
        megabytes(needed),
        megabytes(free)
    );
    Err(Failure::new(Code::WorkerOutOfMemory, message).at(model))
}
