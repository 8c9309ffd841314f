//! A worker that is held on for a while. The parent writes an [`Order`]; the child, which goes on reading while it works, stops at
//! its next sign of progress. The process itself is never stopped by the system: it could not notice the end of its parent.

use std::convert::Infallible;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::process::ChildStdin;
use tokio::time::Instant;

use super::process::say;
use super::protocol::Order;
use crate::control::Pause;

/// Passes every change of the pause on to a worker, for as long as it is waited for.
pub(super) async fn pass_on(pause: &Pause, worker: &mut Option<ChildStdin>) -> Infallible {
    let Some(worker) = worker else { return std::future::pending().await };
    loop {
        for (paused, order) in [(true, Order::Pause), (false, Order::Resume)] {
            pause.becomes(paused).await;
            if let Err(failure) = say(worker, &order).await {
                tracing::warn!(%failure, "an order was not passed on");
            }
        }
    }
}

/// How long a worker may be silent; what it is held on for does not count.
pub(super) struct Patience<'a> {
    pub(super) deadline: Instant,
    silence: Duration,
    pause: &'a Pause,
    /// How long work had been held on when the worker last gave a sign.
    held_before: Duration,
}

impl<'a> Patience<'a> {
    pub(super) fn new(silence: Duration, pause: &'a Pause) -> Self {
        Self { deadline: Instant::now() + silence, silence, pause, held_before: pause.total() }
    }

    /// The worker gave a sign.
    pub(super) fn renew(&mut self) {
        *self = Self::new(self.silence, self.pause);
    }

    /// After the deadline: whether the worker was held on meanwhile. Waits until it goes on, and gives it the time back.
    pub(super) async fn was_paused(&mut self) -> bool {
        self.pause.becomes(false).await;
        let held = self.pause.total();
        let back = held.saturating_sub(self.held_before);
        (self.deadline, self.held_before) = (self.deadline + back, held);
        !back.is_zero()
    }
}

/// The child's side: where work waits while it is held on.
pub(super) struct Gate {
    is_closed: Mutex<bool>,
    changed: Condvar,
}

impl Gate {
    pub(super) const fn new() -> Self {
        Self { is_closed: Mutex::new(false), changed: Condvar::new() }
    }

    pub(super) fn heed(&self, order: Order) {
        *self.is_closed.lock().unwrap_or_else(PoisonError::into_inner) = order == Order::Pause;
        self.changed.notify_all();
    }

    /// Waits while the gate is closed.
    pub(super) fn pass(&self) {
        let is_closed = self.is_closed.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = self.changed.wait_while(is_closed, |is_closed| *is_closed);
        drop(passed.unwrap_or_else(PoisonError::into_inner));
    }
}
