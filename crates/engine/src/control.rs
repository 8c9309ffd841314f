//! How work under way is stopped: for good, or for a while.

use std::ops::Deref;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Whether work is held on for a while. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pause(watch::Sender<Held>);

#[derive(Debug, Clone, Copy, Default)]
struct Held {
    since: Option<Instant>,
    /// How long work was held on before, in all.
    before: Duration,
}

impl Pause {
    /// Holds work on, or lets it go on.
    pub(crate) fn set(&self, paused: bool) {
        self.0.send_if_modified(|held| {
            let changes = held.since.is_some() != paused;
            if changes {
                held.before = held.total();
                held.since = paused.then(Instant::now);
            }
            changes
        });
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.borrow().since.is_some()
    }

    /// Waits until work is held on, or until it is not.
    pub(crate) async fn becomes(&self, paused: bool) {
        // The sender is this value's own: it cannot be gone.
        let _ = self.0.subscribe().wait_for(|held| held.since.is_some() == paused).await;
    }

    /// How long work was held on until now, in all.
    pub(crate) fn total(&self) -> Duration {
        self.0.borrow().total()
    }
}

impl Held {
    fn total(self) -> Duration {
        self.before + self.since.map_or(Duration::ZERO, |since| since.elapsed())
    }
}

/// What work under way heeds. Where only cancelling matters it is the token of that.
#[derive(Debug, Clone)]
pub(crate) struct Control {
    pub(crate) cancel: CancellationToken,
    pub(crate) pause: Pause,
}

impl Control {
    /// Waits for the end of a pause, or of the work.
    pub(crate) async fn may_go_on(&self) {
        tokio::select! {
            () = self.cancel.cancelled() => {}
            () = self.pause.becomes(false) => {}
        }
    }
}

impl Deref for Control {
    type Target = CancellationToken;

    fn deref(&self) -> &CancellationToken {
        &self.cancel
    }
}

/// Never paused.
impl From<&CancellationToken> for Control {
    fn from(cancel: &CancellationToken) -> Self {
        Self { cancel: cancel.clone(), pause: Pause::default() }
    }
}

impl From<&Control> for Control {
    fn from(control: &Control) -> Self {
        control.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_time_for_which_work_was_held_on_is_told() {
        let pause = Pause::default();
        assert_eq!((pause.is_set(), pause.total()), (false, Duration::ZERO), "work goes on at first");
        pause.set(true);
        pause.becomes(true).await;
        let held = pause.total();
        pause.set(true);
        assert!(pause.total() >= held, "pausing again changes nothing");
        pause.set(false);
        pause.becomes(false).await;
        let after = pause.total();
        assert!(after >= held && !pause.is_set(), "what was held on goes on");
        assert_eq!(pause.total(), after, "and is held on no longer");
    }
}
