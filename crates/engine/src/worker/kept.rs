//! A worker process that waits for one more task on the same source.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use media::Source;

use super::process::Running;

/// How long a process waits: the next task of a job follows at once, or never.
const PATIENCE: Duration = Duration::from_secs(2);

/// At most one process, which last succeeded at something.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept(Arc<Mutex<Place>>);

#[derive(Debug, Default)]
struct Place {
    waiting: Option<(Source, Running)>,
    /// How many were kept so far.
    count: u64,
}

impl Kept {
    /// Keeps a process for a while, in place of the one before, which is ended.
    pub(super) fn keep(&self, source: Source, process: Running) {
        let count = {
            let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            place.waiting = Some((source, process));
            place.count += 1;
            place.count
        };
        let kept = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            let mut place = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
            if place.count == count {
                place.waiting = None;
            }
        });
    }

    /// The process that was kept for a source, if it is still there.
    pub(super) fn take(&self, source: &Source) -> Option<Running> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, mut process) = place.waiting.take_if(|(known, _)| known == source)?;
        process.is_alive().then_some(process)
    }
}
