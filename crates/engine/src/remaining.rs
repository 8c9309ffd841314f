//! Tells how long work will still take.

use std::time::{Duration, Instant};

use crate::control::Pause;

/// The share that must be done before an estimate is worth showing.
const FIRST_ESTIMATE: f32 = 0.03;

/// Estimates by the pace since it was made, pauses left out.
#[derive(Debug)]
pub(crate) struct Remaining {
    started: Instant,
    pause: Pause,
    /// How long work had been held on when it was made.
    held_before: Duration,
}

impl Remaining {
    /// Of work that is never paused.
    pub(crate) fn start() -> Self {
        Self::heeding(&Pause::default())
    }

    pub(crate) fn heeding(pause: &Pause) -> Self {
        Self { started: Instant::now(), pause: pause.clone(), held_before: pause.total() }
    }

    /// The time left when `fraction` is done.
    pub(crate) fn at(&self, fraction: f32) -> Option<Duration> {
        let held = self.pause.total().saturating_sub(self.held_before);
        estimate(self.started.elapsed().saturating_sub(held), fraction)
    }
}

fn estimate(elapsed: Duration, fraction: f32) -> Option<Duration> {
    (fraction >= FIRST_ESTIMATE).then(|| elapsed.mul_f32(((1.0 - fraction) / fraction).max(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_so_far_is_taken_to_go_on() {
        let elapsed = Duration::from_secs(10);
        assert_eq!(estimate(elapsed, 0.25), Some(Duration::from_secs(30)));
        assert_eq!(estimate(elapsed, 1.0), Some(Duration::ZERO));
        assert_eq!(estimate(elapsed, 0.01), None, "too early to tell");
    }
}
