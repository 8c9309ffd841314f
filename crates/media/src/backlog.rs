//! How many bytes wait to be decoded: whoever reads waits for those who decode, so that memory stays small.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that may wait.
const MOST: usize = 48 << 20;

/// Bytes that were read and not decoded yet.
#[derive(Default)]
pub(crate) struct Backlog {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    bytes: usize,
    closed: bool,
    /// Somebody waits for room: waking nobody would be a call of the system for each packet.
    is_awaited: bool,
}

impl Backlog {
    /// Adds bytes, once there is room for them or nobody decodes any more.
    pub(crate) fn add(&self, bytes: usize) {
        let mut state = self.state();
        while !state.closed && state.bytes > 0 && state.bytes + bytes > MOST {
            state.is_awaited = true;
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.bytes += bytes;
    }

    /// Takes away bytes that were decoded.
    pub(crate) fn remove(&self, bytes: usize) {
        let mut state = self.state();
        state.bytes = state.bytes.saturating_sub(bytes);
        if std::mem::take(&mut state.is_awaited) {
            self.changed.notify_all();
        }
    }

    /// Says that the rest is of no interest.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }

    /// Whether the rest is of no interest.
    pub(crate) fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Closes it when what is returned is dropped in a panic: nobody then waits for ever.
    pub(crate) fn closes_in_a_panic(&self) -> impl Drop + '_ {
        ClosesInPanic(self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct ClosesInPanic<'a>(&'a Backlog);

impl Drop for ClosesInPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::time::Duration;

    use super::*;

    /// Adds to a full backlog, does `then`, and says whether the adding came back before and after it.
    fn waits_until(then: impl FnOnce(&Backlog)) -> (bool, bool) {
        let backlog = Backlog::default();
        backlog.add(MOST);
        let (added, told) = channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                backlog.add(1);
                let _ = added.send(());
            });
            let before = told.recv_timeout(Duration::from_millis(50)) != Err(RecvTimeoutError::Timeout);
            then(&backlog);
            let after = told.recv_timeout(Duration::from_secs(20)).is_ok();
            (before, after)
        })
    }

    #[test]
    fn a_reader_waits_for_room() {
        assert_eq!(waits_until(|backlog| backlog.remove(MOST)), (false, true));
    }

    #[test]
    fn nobody_waits_for_a_decoder_that_is_gone() {
        let panics = |backlog: &Backlog| {
            let decoder = || {
                let _open = backlog.closes_in_a_panic();
                std::panic::resume_unwind(Box::new("a decoder has ended"));
            };
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(decoder));
        };
        assert_eq!(waits_until(panics), (false, true));
    }

    #[test]
    fn a_packet_larger_than_all_room_passes_alone() {
        let backlog = Backlog::default();
        backlog.add(2 * MOST);
        backlog.remove(2 * MOST);
        backlog.add(1);
    }
}
