//! Takes jobs out of the queue and does them, a bounded number at once.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use library::QueuedJob;
use tokio::sync::{Notify, Semaphore};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use super::document::Document;
use super::figures::{Counters, StageClock};
use super::notify::{NotifyPolicy, tell};
use super::presence::{Presence, is_gone};
use super::{Figures, JobAnswer, KIND, check};
use crate::engine::{Engine, now};
use crate::{Code, Failure, Stopped};

/// How often the queue is looked at for jobs that another process handed in, and a running job for being deleted.
const LOOK_INTERVAL: Duration = Duration::from_millis(500);
/// How often jobs of dead runners are looked for.
const RESCUE_INTERVAL: Duration = Duration::from_secs(5);

/// Does the jobs of the queue until it is closed.
pub struct Runner {
    shared: Arc<Shared>,
    /// Until it is closed.
    task: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    engine: Arc<Engine>,
    presence: Presence,
    counters: Counters,
    notify: NotifyPolicy,
    wake: Notify,
    cancel: CancellationToken,
}

impl Runner {
    /// Begins to take jobs, at most `places` at once. What a dead runner left is done again, from the evidence it kept. Must
    /// be called within a tokio runtime.
    ///
    /// # Errors
    /// When the library or the folder of runners cannot be written.
    pub fn start(engine: Arc<Engine>, places: usize, notify: NotifyPolicy) -> Result<Self, Failure> {
        let presence = Presence::begin(&engine.directories.runners())?;
        let (counters, wake, cancel) = (Counters::default(), Notify::new(), CancellationToken::new());
        let shared = Arc::new(Shared { engine, presence, counters, notify, wake, cancel });
        shared.rescue()?;
        let task = tokio::spawn(Arc::clone(&shared).take_jobs(places.max(1)));
        Ok(Self { shared, task: Mutex::new(Some(task)) })
    }

    /// Tells that a job was handed in, so that it does not wait for the next look.
    pub fn wake(&self) {
        self.shared.wake.notify_one();
    }

    /// What it has done so far.
    #[must_use]
    pub fn figures(&self) -> Figures {
        self.shared.counters.figures()
    }

    /// Ends all work; what is not done waits in the queue for the next runner.
    pub async fn close(&self) {
        self.shared.cancel.cancel();
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task
            && let Err(error) = task.await
        {
            tracing::warn!(%error, "the runner of jobs ended unexpectedly");
        }
    }
}

impl Shared {
    fn rescue(&self) -> Result<usize, Failure> {
        let folder = self.engine.directories.runners();
        let gone = |name: &str| name != self.presence.name && is_gone(&folder, name);
        let requeued = self.engine.library.requeue_jobs(KIND, gone, now());
        requeued.map_err(|error| Failure::of_library(&error))
    }

    async fn take_jobs(self: Arc<Self>, places: usize) {
        let places = Arc::new(Semaphore::new(places));
        let mut running = JoinSet::new();
        let mut rescued = Instant::now();
        loop {
            let place = tokio::select! {
                () = self.cancel.cancelled() => break,
                place = Arc::clone(&places).acquire_owned() => place,
            };
            let Ok(place) = place else { break };
            while running.try_join_next().is_some() {}
            if rescued.elapsed() > RESCUE_INTERVAL {
                rescued = Instant::now();
                if let Err(failure) = self.rescue() {
                    tracing::warn!(%failure, "jobs of dead runners were not looked for");
                }
            }
            match self.engine.library.claim_job(KIND, &self.presence.name, now()) {
                Ok(Some(job)) => {
                    let shared = Arc::clone(&self);
                    running.spawn(async move {
                        shared.execute(job).await;
                        drop(place);
                    });
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "no job can be taken"),
            }
            drop(place);
            tokio::select! {
                () = self.cancel.cancelled() => break,
                () = self.wake.notified() => {}
                () = tokio::time::sleep(LOOK_INTERVAL) => {}
            }
        }
        while running.join_next().await.is_some() {}
        let own = |name: &str| name == self.presence.name;
        if let Err(error) = self.engine.library.requeue_jobs(KIND, own, now()) {
            // The next runner finds them by this one's lock being free.
            tracing::warn!(%error, "jobs that were cut off are not queued again");
        }
    }

    /// Does one job and notes its end, whatever happens.
    async fn execute(self: &Arc<Self>, queued: QueuedJob) {
        let cancel = self.cancel.child_token();
        let (shared, job, token) = (Arc::clone(self), queued.clone(), cancel.clone());
        // A task of its own, so that a fault of ours ends this job and not the runner.
        let mut doing = tokio::spawn(async move { shared.answer(&job, &token).await });
        let ended = loop {
            tokio::select! {
                ended = &mut doing => break ended,
                () = tokio::time::sleep(LOOK_INTERVAL) => {
                    if self.is_lost(&queued) {
                        cancel.cancel();
                    }
                }
            }
        };
        let answer = match ended {
            Ok(Ok(answer)) => answer,
            Ok(Err(Stopped::Failed(failure))) => JobAnswer::failed(failure),
            // Deleted, or the runner is closed and the job waits for the next one.
            Ok(Err(Stopped::Cancelled)) => return,
            Err(error) => {
                tracing::error!(%error, job = queued.job.id.0, "a job ended unexpectedly");
                let message = "The job ended unexpectedly. Submit it again; the log tells more.";
                JobAnswer::failed(Failure::new(Code::Internal, message))
            }
        };
        self.note(&queued, answer).await;
    }

    async fn answer(&self, queued: &QueuedJob, cancel: &CancellationToken) -> Result<JobAnswer, Stopped> {
        let request = Document::read(&queued.job)?.request();
        let (input, output) =
            check(&request).map_err(|faults| Failure::new(Code::InvalidRequest, faults.to_string()))?;
        let clock = StageClock::new(&self.counters);
        let extracted = self.engine.extract(&input, &output, None, cancel, &|item| clock.note(item)).await?;
        Ok(JobAnswer::of(&extracted, &output))
    }

    /// Whether somebody has deleted the job or given it to another runner.
    fn is_lost(&self, queued: &QueuedJob) -> bool {
        match self.engine.library.queued_job(&queued.job.id) {
            Ok(found) => found.and_then(|found| found.runner).as_ref() != Some(&self.presence.name),
            Err(error) => {
                tracing::debug!(%error, "a running job cannot be looked at");
                false
            }
        }
    }

    async fn note(self: &Arc<Self>, queued: &QueuedJob, answer: JobAnswer) {
        let id = &queued.job.id;
        let state = answer.state();
        let (failure, searched) = (answer.failure.clone(), answer.searched);
        let noted = Document::read(&queued.job).and_then(|document| {
            let json = Document { answer: Some(answer), ..document.clone() }.to_json()?;
            let library = &self.engine.library;
            let noted = library.end_job(id, &self.presence.name, state, &json, now());
            Ok((document, noted.map_err(|error| Failure::of_library(&error))?))
        });
        match noted {
            Ok((document, true)) => {
                self.counters.ended(state, searched);
                tracing::info!(job = id.0, runs = queued.runs, state = state.name(), "a job has ended");
                let (policy, cancel, id) = (self.notify, self.cancel.clone(), id.clone());
                tokio::spawn(async move {
                    tell(policy, &cancel, &id, state, failure.as_ref(), document.user_data.as_deref()).await;
                });
            }
            Ok((_, false)) => tracing::info!(job = id.0, "a job was deleted while it was done"),
            Err(failure) => tracing::error!(%failure, job = id.0, "a job's end is not noted"),
        }
    }
}
