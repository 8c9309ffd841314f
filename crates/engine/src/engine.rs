//! What every door stands on: the library, the workers, and the way from a file to its evidence.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{SystemTime, UNIX_EPOCH};

use delivery::{Keyring, SecretStore};
use library::{EvidenceKey, Library, MediaId, Timestamp};
use model::job::VideoCodec;
use model::{Evidence, Fingerprint, Progress, Transcript};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{OnceCell, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::control::Control;
use crate::models::{ModelFile, ModelStore, open_models};
use crate::pictures::Seen;
use crate::source::RemoteVersions;
use crate::stand_in::{self, Opened};
use crate::subject::{Subject, evidence_key, is_this_version};
use crate::worker::{Answer, Task, Worker};
use crate::{Code, Directories, Failure, Stopped, WorkerCommand, WorkerLimits, tidy};

/// Names the form of the waveform in the library; another form is made anew.
const PEAKS_FORM: &str = "min-max-i8-100";

/// How an engine is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where things are kept.
    pub directories: Directories,
    /// What becomes a worker process.
    pub worker: WorkerCommand,
    /// When a worker is ended.
    pub limits: WorkerLimits,
}

/// The engine of one process.
pub struct Engine {
    pub(crate) directories: Directories,
    pub(crate) library: Library,
    pub(crate) worker: Worker,
    pub(crate) remote: RemoteVersions,
    pub(crate) secrets: Box<dyn SecretStore>,
    pub(crate) models: Arc<ModelStore>,
    pub(crate) missing_codecs: OnceCell<Vec<VideoCodec>>,
    /// Why it stands on another library than the one that lay there.
    pub(crate) setback: Option<Failure>,
    /// Places for materials that are analysed at the same time: decoding uses several cores by itself.
    pub(crate) places: Semaphore,
}

/// What perception made of a material.
#[derive(Debug, Clone)]
pub struct Perceived {
    /// Everything perceived.
    pub evidence: Arc<Evidence>,
    /// What was said, where that was asked for; its sentences are part of the evidence unless a subtitle was read.
    pub transcript: Option<Arc<Transcript>>,
    /// The waveform: pairs of lowest and highest sample as signed bytes, [`media::PEAKS_PER_SECOND`] a second.
    pub peaks: Arc<Vec<u8>>,
    /// The pictures as an encoder sees them, where one is installed.
    pub(crate) seen: Option<Seen>,
}

impl Perceived {
    fn new(evidence: Evidence, peaks: Vec<u8>) -> Self {
        Self { evidence: Arc::new(evidence), transcript: None, peaks: Arc::new(peaks), seen: None }
    }

    /// The same with what an encoder saw.
    pub(crate) fn with_seen(self, seen: Option<Seen>) -> Self {
        Self { seen, ..self }
    }

    /// The same with what was said.
    pub(crate) fn with_transcript(self, transcript: Transcript) -> Self {
        let evidence = perception::with_transcript(Evidence::clone(&self.evidence), &transcript);
        Self { evidence: Arc::new(evidence), transcript: Some(Arc::new(transcript)), ..self }
    }
}

impl Engine {
    /// Opens the library, making its folders when they are not there.
    ///
    /// # Errors
    /// When a folder cannot be made or the library cannot be opened.
    pub fn open(options: Options) -> Result<Self, Failure> {
        Self::open_with(options, Box::new(Keyring))
    }

    /// As [`Engine::open`], with another place for the keys of buckets than the system's keyring.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_with(options: Options, secrets: Box<dyn SecretStore>) -> Result<Self, Failure> {
        options.directories.create()?;
        let directories = options.directories.clone();
        let library = Library::open(&directories.library_file());
        let library = library.map_err(|error| Failure::of_library(&error))?;
        Self::over(Opened { directories, library, setback: None }, options, secrets)
    }

    /// As [`Engine::open`], for an editor who wants to work whatever became of the library: one that cannot be opened is moved
    /// aside or left as it is, never changed, and another one stands in, as the desk's [`crate::Desk::setback`] says.
    ///
    /// # Errors
    /// When a folder cannot be made, or no library can be opened.
    pub fn open_or_stand_in(options: Options) -> Result<Self, Failure> {
        options.directories.create()?;
        let opened = stand_in::open_library(options.directories.clone())?;
        Self::over(opened, options, Box::new(Keyring))
    }

    fn over(opened: Opened, options: Options, secrets: Box<dyn SecretStore>) -> Result<Self, Failure> {
        let Opened { directories, library, setback } = opened;
        let Options { worker, limits, .. } = options;
        tidy::remove_abandoned(&directories.scratch());
        tidy::forget_mirrors(&directories.mirrors());
        let uploads = library.uploads().map_err(|error| Failure::of_library(&error))?;
        let known: Vec<PathBuf> = uploads.into_iter().map(|upload| upload.file).collect();
        tidy::remove_unknown(&directories.outbox(), &known);
        let cores = available_parallelism().map_or(1, usize::from);
        let places = Semaphore::new((cores / 2).clamp(1, 4));
        let worker = Worker::new(worker, limits);
        let remote = RemoteVersions::default();
        let models = Arc::new(open_models(&directories, &library)?);
        let missing_codecs = OnceCell::new();
        Ok(Self { directories, library, worker, remote, secrets, models, missing_codecs, setback, places })
    }

    /// Where things are kept.
    #[must_use]
    pub fn directories(&self) -> &Directories {
        &self.directories
    }

    /// The small picture of a material, as JPEG, when it has one.
    pub(crate) fn thumbnail(&self, fingerprint: &Fingerprint) -> Result<Option<Vec<u8>>, Failure> {
        self.library.thumbnail(&MediaId::of(fingerprint)).map_err(|error| Failure::of_library(&error))
    }

    /// The evidence of a material, with the transcript that was asked for last: from the library when it was analysed
    /// before, else by decoding it once in a worker.
    pub(crate) async fn perceive(
        &self,
        subject: &Subject,
        control: &Control,
        on_progress: impl FnMut(Progress),
    ) -> Result<Perceived, Stopped> {
        let perceived = self.perceive_alone(subject, control, on_progress).await?;
        Ok(self.with_latest_transcript(subject, perceived)?)
    }

    /// As [`Self::perceive`], without any transcript.
    pub(crate) async fn perceive_alone(
        &self,
        subject: &Subject,
        control: &Control,
        on_progress: impl FnMut(Progress),
    ) -> Result<Perceived, Stopped> {
        let (models, _) = self.models_of_analysis().await?;
        let encoder = self.encoder().await?;
        let key = evidence_key(subject, &models).await?;
        if let Some(known) = self.known(subject, &key, encoder.as_ref())? {
            return Ok(known);
        }
        let place = tokio::select! {
            () = control.cancelled() => return Err(Stopped::Cancelled),
            place = self.places.acquire() => place,
        };
        let _place = place.map_err(|_| closing())?;
        // While it waited, the same content may have been analysed for somebody else.
        if let Some(known) = self.known(subject, &key, encoder.as_ref())? {
            return Ok(known);
        }
        if let (Some(evidence), Some(encoder)) = (self.cached(&key)?, &encoder) {
            return self.see(subject, evidence, encoder, control, on_progress).await;
        }
        let (perceived, used) = self.decode(subject, models, encoder, control, on_progress).await?;
        let key = evidence_key(subject, &used).await?;
        self.library
            .set_evidence(&key, &perceived.evidence)
            .and_then(|()| self.library.set_peaks(&subject.fingerprint, PEAKS_FORM, &perceived.peaks))
            .map_err(|error| Failure::of_library(&error))?;
        Ok(perceived)
    }

    /// The evidence that is in the library already, with the transcript that was asked for last; nothing is decoded. Where
    /// models came or went since, it is what was perceived with the others: good enough to be shown until highlights are found
    /// again.
    pub(crate) async fn remembered(&self, subject: &Subject) -> Result<Option<Perceived>, Failure> {
        let (models, _) = self.models_of_analysis().await?;
        let key = evidence_key(subject, &models).await?;
        let remembered = match self.cached(&key)? {
            Some(known) => Some(known),
            None => self.perceived_with_other_models(key)?,
        };
        let Some(remembered) = remembered else { return Ok(None) };
        let seen = match self.encoder().await? {
            Some(encoder) => self.seen(subject, &encoder)?,
            None => None,
        };
        self.with_latest_transcript(subject, remembered.with_seen(seen)).map(Some)
    }

    /// All that is perceived with these models and this encoder, when all of it is in the library.
    fn known(
        &self,
        subject: &Subject,
        key: &EvidenceKey,
        encoder: Option<&ModelFile>,
    ) -> Result<Option<Perceived>, Failure> {
        let Some(encoder) = encoder else { return self.cached(key) };
        let Some(seen) = self.seen(subject, encoder)? else { return Ok(None) };
        Ok(self.cached(key)?.map(|perceived| perceived.with_seen(Some(seen))))
    }

    fn perceived_with_other_models(&self, key: EvidenceKey) -> Result<Option<Perceived>, Failure> {
        let kept = self.library.evidence_detectors(&key).map_err(|error| Failure::of_library(&error))?;
        let Some(detectors) = kept.into_iter().find(|kept| is_this_version(kept)) else { return Ok(None) };
        self.cached(&EvidenceKey { detectors, ..key })
    }

    fn cached(&self, key: &EvidenceKey) -> Result<Option<Perceived>, Failure> {
        let of_library = |error| Failure::of_library(&error);
        let Some(evidence) = self.library.evidence(key).map_err(of_library)? else { return Ok(None) };
        let peaks = self.library.peaks(&key.fingerprint, PEAKS_FORM).map_err(of_library)?;
        Ok(peaks.map(|peaks| Perceived::new(evidence, peaks)))
    }

    /// Decodes and measures a material. Answers which of the models were used as well.
    async fn decode(
        &self,
        subject: &Subject,
        models: Vec<ModelFile>,
        encoder: Option<ModelFile>,
        control: &Control,
        on_progress: impl FnMut(Progress),
    ) -> Result<(Perceived, Vec<ModelFile>), Stopped> {
        let scratch = self.scratch()?;
        let [evidence, peaks, embeddings] =
            ["evidence.json", "peaks", "embeddings"].map(|name| scratch.path().join(name));
        let source = self.source_of(subject, control).await?;
        let task = Task::Analyse {
            source,
            info: subject.info.clone(),
            sidecar: subject.sidecar.clone(),
            models: models.clone(),
            encoder: encoder.clone(),
            evidence: evidence.clone(),
            peaks: peaks.clone(),
            embeddings: embeddings.clone(),
        };
        let answer = self.worker.run(&task, control, on_progress).await;
        let Answer::Analysed { unusable, embedded } =
            answer.map_err(|stopped| stopped.at(&subject.shown()))?
        else {
            return Err(unexpected_answer().into());
        };
        let used = self.without(models, &unusable);
        let json = read(&evidence)?;
        let evidence = serde_json::from_slice(&json).map_err(|error| {
            Failure::new(Code::Internal, format!("The worker's evidence cannot be read ({error})."))
                .at(&subject.shown())
        })?;
        let seen = match (encoder, embedded) {
            (Some(encoder), Some(form)) => Some(self.keep_seen(subject, &encoder, form, &embeddings)?),
            _ => None,
        };
        Ok((Perceived::new(evidence, read(&peaks)?).with_seen(seen), used))
    }

    /// Has a worker write the files that `task` names, from `source`.
    pub(crate) async fn write(
        &self,
        task: &Task,
        source: &Path,
        control: impl Into<Control>,
        on_progress: impl FnMut(Progress),
    ) -> Result<(), Stopped> {
        match self.worker.run(task, control, on_progress).await.map_err(|stopped| stopped.at(source))? {
            Answer::Written => Ok(()),
            Answer::Probed { .. }
            | Answer::Analysed { .. }
            | Answer::Embedded(_)
            | Answer::Usable
            | Answer::CanPlay(_)
            | Answer::MissingCodecs(_) => Err(unexpected_answer().into()),
        }
    }

    /// Whether the player can show the file itself.
    pub(crate) async fn can_play(
        &self,
        subject: &Subject,
        cancel: &CancellationToken,
    ) -> Result<bool, Stopped> {
        let source = self.source_of(subject, cancel).await?;
        let task = Task::CanPlay { source, info: subject.info.clone() };
        match self.worker.run(&task, cancel, |_| {}).await.map_err(|stopped| stopped.at(&subject.shown()))? {
            Answer::CanPlay(directly) => Ok(directly),
            Answer::Probed { .. }
            | Answer::Analysed { .. }
            | Answer::Embedded(_)
            | Answer::Usable
            | Answer::Written
            | Answer::MissingCodecs(_) => Err(unexpected_answer().into()),
        }
    }

    /// A folder for one task's files, removed when it goes out of scope.
    pub(crate) fn scratch(&self) -> Result<tempfile::TempDir, Failure> {
        let folder = self.directories.scratch();
        tempfile::tempdir_in(&folder).map_err(|error| Failure::of_write(&error, &folder))
    }
}

impl Stopped {
    /// The same, about this file.
    pub(crate) fn at(self, path: &Path) -> Self {
        match self {
            Self::Failed(failure) => Self::Failed(failure.at(path)),
            Self::Cancelled => Self::Cancelled,
        }
    }
}

/// Does what may wait for a disk or for the user's answer, without holding up the other work of the runtime.
pub(crate) fn waiting<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

/// This moment by this machine's clock.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(since.as_millis() as i64)
}

/// 128 random bits in hexadecimal digits, for what must have a name that nothing else has.
pub(crate) fn fresh_id() -> Result<String, Failure> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|error| {
        Failure::new(Code::Internal, format!("The system gives no random numbers ({error})."))
    })?;
    Ok(bits.iter().map(|byte| format!("{byte:02x}")).collect())
}

pub(crate) fn closing() -> Failure {
    Failure::new(Code::Internal, "Standout is closing.")
}

pub(crate) fn unexpected_answer() -> Failure {
    Failure::new(Code::Internal, "A worker answered another question than was asked.")
}

pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| {
        Failure::new(Code::Internal, format!("What a worker wrote cannot be read ({error}).")).at(file)
    })
}
