//! Writing down what is said, on the editor's request: every material without subtitles, one after another's place.

use std::sync::Arc;

use library::{JobId, JobState};
use model::Progress;
use project::{Cause, MaterialId};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::look::Afterwards;
use super::view::{Analysis, Event, ProgressItem, ProgressSubject, Snapshot};
use super::{Desk, Perceived, Subject, jobs};
use crate::remaining::Remaining;
use crate::transcribe::{PreparedTranscription, TranscriptionOptions};
use crate::{Code, Failure, Stopped};

/// One transcription of the materials of a project.
struct Run {
    number: u32,
    job: JobId,
    prepared: PreparedTranscription,
    materials: Vec<(MaterialId, CancellationToken)>,
}

impl Desk {
    /// Begins to write down what is said in all materials. What was written down before, with the same model and language,
    /// is answered from the library; materials with subtitles stay as they are.
    ///
    /// # Errors
    /// When it is under way already, there is no material, the model is not there, the language is not known, or there is
    /// too little memory.
    pub async fn transcribe(&self, options: &TranscriptionOptions) -> Result<Snapshot, Failure> {
        let prepared = self.shared.engine.prepare_transcription(options).await?;
        let mut run = None;
        let snapshot = self.change(|state| {
            if state.transcription.is_some() {
                let message = "Speech is being transcribed already. Wait for it, or cancel.";
                return Err(Failure::new(Code::Busy, message));
            }
            let project = Arc::clone(state.history.project());
            if project.materials.is_empty() {
                return Err(Failure::new(Code::InvalidRequest, "There is no video yet. Open one first."));
            }
            let job = jobs::begin_transcription(&self.shared.engine.library, &project.id, options)?;
            state.interrupted.transcription = None;
            let cancel = CancellationToken::new();
            let materials: Vec<_> =
                project.materials.iter().map(|material| (material.id, cancel.child_token())).collect();
            state.run = state.run.wrapping_add(1);
            state.transcription = Some(cancel);
            state.pause.set(false);
            for (id, cancel) in &materials {
                let known = state.known(*id);
                known.transcription = Analysis::Waiting;
                known.cancel_transcription = Some(cancel.clone());
            }
            run = Some(Run { number: state.run, job, prepared, materials });
            Ok(())
        })?;
        if let Some(run) = run {
            tokio::spawn(self.clone().write_down(run));
        }
        Ok(snapshot)
    }

    /// Gives up transcribing. What is finished stays.
    #[must_use]
    pub fn cancel_transcription(&self) -> Snapshot {
        if let Some(cancel) = &self.lock().transcription {
            cancel.cancel();
        }
        self.snapshot()
    }

    async fn write_down(self, run: Run) {
        let _working = self.shared.working.read().await;
        let run = Arc::new(run);
        let mut tasks = JoinSet::new();
        for (id, cancel) in run.materials.clone() {
            let (desk, run) = (self.clone(), Arc::clone(&run));
            tasks.spawn(async move { desk.write_down_one(id, &run, &cancel).await });
        }
        while let Some(ended) = tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "transcribing a material ended unexpectedly");
            }
        }
        self.change_quietly(|state| {
            let cancelled = state.transcription.take().is_some_and(|cancel| cancel.is_cancelled());
            state.go_on_when_idle();
            if !state.closing {
                let end = if cancelled { JobState::Cancelled } else { JobState::Finished };
                jobs::end(&self.shared.engine.library, &run.job, end);
            }
            for (id, _) in &run.materials {
                let known = state.known(*id);
                known.cancel_transcription = None;
                if known.transcription.is_under_way() {
                    let message = "Transcribing ended unexpectedly. Try again; the log tells more.";
                    known.transcription = Analysis::Failed(Failure::new(Code::Internal, message));
                }
            }
            Ok(())
        });
    }

    async fn write_down_one(&self, id: MaterialId, run: &Run, cancel: &CancellationToken) {
        let Some(subject) = self.lock().history.project().material(id).map(Subject::from) else { return };
        let control = self.control(cancel);
        let mut under_way = None;
        let on_progress = |progress: Progress| {
            let remaining = match under_way.take() {
                Some((stage, remaining)) if stage == progress.stage => remaining,
                _ => {
                    self.change_quietly(|state| {
                        state.known(id).transcription = Analysis::Running(progress.stage);
                        Ok(())
                    });
                    Remaining::heeding(&control.pause)
                }
            };
            let left = remaining.at(progress.fraction);
            under_way = Some((progress.stage, remaining));
            self.tell(Event::Progress(ProgressItem {
                subject: ProgressSubject::Transcript(id),
                progress,
                remaining: left,
            }));
        };
        let ended = match self.shared.engine.transcribe(&subject, &run.prepared, &control, on_progress).await
        {
            Ok(perceived) => self.take_words(id, run.number, perceived),
            Err(Stopped::Cancelled) => Analysis::Cancelled,
            Err(Stopped::Failed(failure)) => Analysis::Failed(failure),
        };
        self.change_quietly(|state| {
            state.known(id).transcription = ended;
            Ok(())
        });
    }

    /// Lets what was said count: where ranges follow the strategy, they are chosen anew.
    fn take_words(&self, id: MaterialId, run: u32, perceived: Perceived) -> Analysis {
        let taken = self.change(|state| {
            let known = state.known(id);
            known.perceived = Some(perceived);
            known.transcription = Analysis::Done;
            if known.analysis != Analysis::Done {
                return Ok(());
            }
            state.choose(id, Cause::Find { run }).map_err(|error| Failure::of_edit(&error))
        });
        self.look_for_new_tags(Afterwards::Choose);
        taken.map_or_else(Analysis::Failed, |_| Analysis::Done)
    }
}
