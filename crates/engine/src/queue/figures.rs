//! What a runner has done since it began, in numbers.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use library::JobState;
use model::Stage;

use crate::{ExtractProgress, ExtractSubject};

/// What a runner has done since it began.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// Jobs that were finished.
    pub finished: u64,
    /// Jobs that failed.
    pub failed: u64,
    /// Seconds of media that were searched.
    pub searched: f64,
    /// The time that went into each stage; materials at the same time count each.
    pub stages: BTreeMap<&'static str, Duration>,
}

/// The numbers while they are counted.
#[derive(Debug, Default)]
pub(super) struct Counters(Mutex<Figures>);

impl Counters {
    fn lock(&self) -> MutexGuard<'_, Figures> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn figures(&self) -> Figures {
        self.lock().clone()
    }

    pub(super) fn ended(&self, state: JobState, searched: f64) {
        let mut figures = self.lock();
        match state {
            JobState::Finished => figures.finished += 1,
            _ => figures.failed += 1,
        }
        figures.searched += searched;
    }

    fn spent(&self, stage: Stage, time: Duration) {
        *self.lock().stages.entry(name(stage)).or_default() += time;
    }
}

/// Measures the stages of one job by its reports of progress.
pub(super) struct StageClock<'a> {
    counters: &'a Counters,
    last: Mutex<HashMap<ExtractSubject, (Stage, Instant)>>,
}

impl<'a> StageClock<'a> {
    pub(super) fn new(counters: &'a Counters) -> Self {
        Self { counters, last: Mutex::default() }
    }

    pub(super) fn note(&self, item: ExtractProgress) {
        let moment = Instant::now();
        let stage = item.progress.stage;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let before = last.insert(item.subject, (stage, moment));
        drop(last);
        if let Some((_, since)) = before.filter(|(known, _)| *known == stage) {
            self.counters.spent(stage, moment - since);
        }
    }
}

const fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Probing => "probing",
        Stage::Analysing => "analysing",
        Stage::Choosing => "choosing",
        Stage::Transcribing => "transcribing",
        Stage::Exporting => "exporting",
        Stage::Uploading => "uploading",
        Stage::Preparing => "preparing",
    }
}
