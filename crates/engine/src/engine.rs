//! What every door stands on: the library, the workers, and the way from a file to its evidence.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{SystemTime, UNIX_EPOCH};

use delivery::{Keyring, SecretStore};
use library::{EvidenceKey, Library, MediaId, Timestamp};
use model::job::VideoCodec;
use model::{Evidence, Fingerprint, Progress};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{OnceCell, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::models::{ModelFile, ModelStore, open_models};
use crate::source::RemoteVersions;
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
    /// Places for materials that are analysed at the same time: decoding uses several cores by itself.
    places: Semaphore,
}

/// What perception made of a material.
#[derive(Debug, Clone)]
pub struct Perceived {
    /// Everything perceived.
    pub evidence: Arc<Evidence>,
    /// The waveform: pairs of lowest and highest sample as signed bytes, [`media::PEAKS_PER_SECOND`] a second.
    pub peaks: Arc<Vec<u8>>,
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
        let Options { directories, worker, limits } = options;
        directories.create()?;
        let file = directories.library_file();
        tidy::remove_abandoned(&directories.scratch());
        tidy::forget_mirrors(&directories.mirrors());
        let library = Library::open(&file).map_err(|error| Failure::of_library(&error))?;
        let uploads = library.uploads().map_err(|error| Failure::of_library(&error))?;
        let known: Vec<PathBuf> = uploads.into_iter().map(|upload| upload.file).collect();
        tidy::remove_unknown(&directories.outbox(), &known);
        let cores = available_parallelism().map_or(1, usize::from);
        let places = Semaphore::new((cores / 2).clamp(1, 4));
        let worker = Worker { command: worker, limits };
        let remote = RemoteVersions::default();
        let models = Arc::new(open_models(&directories, &library)?);
        let missing_codecs = OnceCell::new();
        Ok(Self { directories, library, worker, remote, secrets, models, missing_codecs, places })
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

    /// The evidence of a material: from the library when it was analysed before, else by decoding it once in a worker.
    pub(crate) async fn perceive(
        &self,
        subject: &Subject,
        cancel: &CancellationToken,
        on_progress: impl FnMut(Progress),
    ) -> Result<Perceived, Stopped> {
        let (models, _) = self.models_of_analysis().await?;
        let key = evidence_key(subject, &models).await?;
        if let Some(known) = self.cached(&key)? {
            return Ok(known);
        }
        let place = tokio::select! {
            () = cancel.cancelled() => return Err(Stopped::Cancelled),
            place = self.places.acquire() => place,
        };
        let _place = place.map_err(|_| closing())?;
        // While it waited, the same content may have been analysed for somebody else.
        if let Some(known) = self.cached(&key)? {
            return Ok(known);
        }
        let (perceived, used) = self.decode(subject, models, cancel, on_progress).await?;
        let key = evidence_key(subject, &used).await?;
        self.library
            .set_evidence(&key, &perceived.evidence)
            .and_then(|()| self.library.set_peaks(&subject.fingerprint, PEAKS_FORM, &perceived.peaks))
            .map_err(|error| Failure::of_library(&error))?;
        Ok(perceived)
    }

    /// The evidence that is in the library already; nothing is decoded. Where models came or went since, it is what was
    /// perceived with the others: good enough to be shown until highlights are found again.
    pub(crate) async fn remembered(&self, subject: &Subject) -> Result<Option<Perceived>, Failure> {
        let (models, _) = self.models_of_analysis().await?;
        let key = evidence_key(subject, &models).await?;
        if let Some(known) = self.cached(&key)? {
            return Ok(Some(known));
        }
        let kept = self.library.evidence_detectors(&key).map_err(|error| Failure::of_library(&error))?;
        let Some(detectors) = kept.into_iter().find(|kept| is_this_version(kept)) else { return Ok(None) };
        self.cached(&EvidenceKey { detectors, ..key })
    }

    fn cached(&self, key: &EvidenceKey) -> Result<Option<Perceived>, Failure> {
        let of_library = |error| Failure::of_library(&error);
        let Some(evidence) = self.library.evidence(key).map_err(of_library)? else { return Ok(None) };
        let peaks = self.library.peaks(&key.fingerprint, PEAKS_FORM).map_err(of_library)?;
        Ok(peaks.map(|peaks| Perceived { evidence: Arc::new(evidence), peaks: Arc::new(peaks) }))
    }

    /// Decodes and measures a material. Answers which of the models were used as well.
    async fn decode(
        &self,
        subject: &Subject,
        models: Vec<ModelFile>,
        cancel: &CancellationToken,
        on_progress: impl FnMut(Progress),
    ) -> Result<(Perceived, Vec<ModelFile>), Stopped> {
        let scratch = self.scratch()?;
        let (evidence, peaks) = (scratch.path().join("evidence.json"), scratch.path().join("peaks"));
        let source = self.source_of(subject, cancel).await?;
        let task = Task::Analyse {
            source,
            info: subject.info.clone(),
            sidecar: subject.sidecar.clone(),
            models: models.clone(),
            evidence: evidence.clone(),
            peaks: peaks.clone(),
        };
        let answer = self.worker.run(&task, cancel, on_progress).await;
        let Answer::Analysed { unusable } = answer.map_err(|stopped| stopped.at(&subject.shown()))? else {
            return Err(unexpected_answer().into());
        };
        let used = self.without(models, &unusable);
        let json = read(&evidence)?;
        let evidence = serde_json::from_slice(&json).map_err(|error| {
            Failure::new(Code::Internal, format!("The worker's evidence cannot be read ({error})."))
                .at(&subject.shown())
        })?;
        Ok((Perceived { evidence: Arc::new(evidence), peaks: Arc::new(read(&peaks)?) }, used))
    }

    /// Has a worker write the files that `task` names, from `source`.
    pub(crate) async fn write(
        &self,
        task: &Task,
        source: &Path,
        cancel: &CancellationToken,
        on_progress: impl FnMut(Progress),
    ) -> Result<(), Stopped> {
        match self.worker.run(task, cancel, on_progress).await.map_err(|stopped| stopped.at(source))? {
            Answer::Written => Ok(()),
            Answer::Probed { .. }
            | Answer::Analysed { .. }
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
            Answer::Probed { .. } | Answer::Analysed { .. } | Answer::Written | Answer::MissingCodecs(_) => {
                Err(unexpected_answer().into())
            }
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
