//! Finding highlights: every material is analysed, each on its own, and chosen from as soon as its evidence is there.

use std::sync::Arc;

use highlight::Sights;
use library::{JobId, JobState};
use model::Progress;
use project::{Cause, MaterialId};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::look::Afterwards;
use super::view::{Analysis, Event, ProgressItem, ProgressSubject, Snapshot};
use super::{Desk, Perceived, Subject, jobs};
use crate::remaining::Remaining;
use crate::{Code, Failure, Stopped};

/// One run over the materials of a project.
struct Run {
    number: u32,
    job: JobId,
    materials: Vec<(MaterialId, CancellationToken)>,
}

impl Desk {
    /// Begins to find highlights in all materials. What was analysed before is answered from the library.
    ///
    /// # Errors
    /// When it is under way already, there is no material, or the library cannot be written.
    pub fn find(&self) -> Result<Snapshot, Failure> {
        let mut run = None;
        let snapshot = self.change(|state| {
            if state.find.is_some() {
                return Err(Failure::new(
                    Code::Busy,
                    "Highlights are being found already. Wait for them, or cancel.",
                ));
            }
            let project = Arc::clone(state.history.project());
            if project.materials.is_empty() {
                return Err(Failure::new(Code::InvalidRequest, "There is no video yet. Open one first."));
            }
            let job = jobs::begin_find(&self.shared.engine.library, &project.id)?;
            let cancel = CancellationToken::new();
            let materials =
                project.materials.iter().map(|material| (material.id, cancel.child_token())).collect();
            state.run = state.run.wrapping_add(1);
            state.interrupted.finding = false;
            state.find = Some(cancel);
            state.pause.set(false);
            let run = run.insert(Run { number: state.run, job, materials });
            for (id, cancel) in &run.materials {
                let known = state.known(*id);
                known.analysis = Analysis::Waiting;
                known.cancel = Some(cancel.clone());
            }
            Ok(())
        })?;
        if let Some(run) = run {
            tokio::spawn(self.clone().perform(run));
        }
        Ok(snapshot)
    }

    /// As [`Desk::find`], after a run that is under way has ended: for videos that come in meanwhile from outside.
    ///
    /// # Errors
    /// As [`Desk::find`], but never that it is under way.
    pub async fn find_next(&self) -> Result<Snapshot, Failure> {
        let mut events = self.events();
        loop {
            match self.find() {
                Err(failure) if failure.code == Code::Busy => {
                    // Whatever was missed, the next look at the state tells.
                    let _ = events.recv().await;
                }
                answer => return answer,
            }
        }
    }

    /// Chooses anew with what was dropped left out, in one material or in all, as one step of undo. What the editor made,
    /// touched or kept stays as it is.
    ///
    /// # Errors
    /// When nothing was analysed yet, or the project cannot be saved.
    pub fn find_others(&self, only: Option<MaterialId>) -> Result<Snapshot, Failure> {
        self.change(|state| {
            let mut analysed = state.analysed();
            analysed.retain(|id| only.is_none_or(|only| only == *id));
            if analysed.is_empty() {
                let message = "Nothing is analysed yet to choose others from. Find highlights first.";
                return Err(Failure::new(Code::InvalidRequest, message));
            }
            state.run = state.run.wrapping_add(1);
            let cause = Cause::Others { run: state.run };
            for id in analysed {
                state.choose(id, cause).map_err(|error| Failure::of_edit(&error))?;
            }
            Ok(())
        })
    }

    /// Gives up finding. Materials that are finished keep their ranges.
    #[must_use]
    pub fn cancel_find(&self) -> Snapshot {
        if let Some(cancel) = &self.lock().find {
            cancel.cancel();
        }
        self.snapshot()
    }

    async fn perform(self, run: Run) {
        let _working = self.shared.working.read().await;
        let mut tasks = JoinSet::new();
        for (id, cancel) in run.materials.clone() {
            let desk = self.clone();
            tasks.spawn(async move { desk.analyse(id, run.number, &cancel).await });
        }
        while let Some(ended) = tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "analysing a material ended unexpectedly");
            }
        }
        self.finish(&run);
    }

    /// Analyses one material and chooses from it.
    async fn analyse(&self, id: MaterialId, run: u32, cancel: &CancellationToken) {
        let Some(subject) = self.lock().history.project().material(id).map(Subject::from) else { return };
        let control = self.control(cancel);
        let mut remaining = None;
        let on_progress = |progress: Progress| {
            let remaining = remaining.get_or_insert_with(|| {
                self.change_quietly(|state| {
                    state.known(id).analysis = Analysis::Running(progress.stage);
                    Ok(())
                });
                Remaining::heeding(&control.pause)
            });
            self.tell(Event::Progress(ProgressItem {
                subject: ProgressSubject::Material(id),
                progress,
                remaining: remaining.at(progress.fraction),
            }));
        };
        let ended = match self.shared.engine.perceive(&subject, &control, on_progress).await {
            Ok(perceived) => self.look_and_take_up(id, run, perceived, cancel).await,
            Err(Stopped::Cancelled) => Analysis::Cancelled,
            Err(Stopped::Failed(failure)) => Analysis::Failed(failure),
        };
        self.change_quietly(|state| {
            state.known(id).analysis = ended;
            Ok(())
        });
        // A file that was away may be back, or the other way round.
        self.prepare_previews();
    }

    /// Looks for what the strategy asks for in the pictures, and chooses.
    async fn look_and_take_up(
        &self,
        id: MaterialId,
        run: u32,
        perceived: Perceived,
        cancel: &CancellationToken,
    ) -> Analysis {
        let strategy = self.lock().history.project().strategy.clone();
        match self.shared.engine.sights(&perceived, &strategy, cancel).await {
            Ok(sights) => {
                let ended = self.take_up(id, run, perceived, sights);
                // The strategy may have been changed meanwhile.
                self.look_for_new_tags(Afterwards::Choose);
                ended
            }
            Err(Stopped::Cancelled) => Analysis::Cancelled,
            Err(Stopped::Failed(failure)) => Analysis::Failed(failure),
        }
    }

    /// Chooses from what was perceived of a material. Ranges that cannot be saved are a failure of that material.
    fn take_up(&self, id: MaterialId, run: u32, perceived: Perceived, sights: Sights) -> Analysis {
        let taken = self.change(|state| {
            let known = state.known(id);
            (known.perceived, known.sights) = (Some(perceived), sights);
            known.analysis = Analysis::Done;
            state.choose(id, Cause::Find { run }).map_err(|error| Failure::of_edit(&error))
        });
        taken.map_or_else(Analysis::Failed, |_| Analysis::Done)
    }

    /// Ends a run, whatever became of its materials.
    fn finish(&self, run: &Run) {
        self.change_quietly(|state| {
            let cancelled = state.find.take().is_some_and(|cancel| cancel.is_cancelled());
            let mut failed = false;
            for (id, _) in &run.materials {
                let known = state.known(*id);
                known.cancel = None;
                if known.analysis.is_under_way() {
                    known.analysis = Analysis::Failed(Failure::new(
                        Code::Internal,
                        "Analysing ended unexpectedly. Try again; the log tells more.",
                    ));
                }
                failed |= matches!(known.analysis, Analysis::Failed(_));
            }
            let end = match (cancelled, failed) {
                (true, _) => JobState::Cancelled,
                (false, true) => JobState::Failed,
                (false, false) => JobState::Finished,
            };
            state.go_on_when_idle();
            if !state.closing {
                jobs::end(&self.shared.engine.library, &run.job, end);
            }
            Ok(())
        });
    }
}
