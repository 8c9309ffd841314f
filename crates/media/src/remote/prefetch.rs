//! Fetching ahead of a reader that goes straight on, so that the line is busy while pictures are decoded.
//!
//! It is nothing but a second session on the same mirror, on a thread of its own: whatever it fails at, the reader finds
//! out by itself when it gets there.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::RemoteSource;
use super::limits::Limits;
use super::mirror::BLOCK;
use super::session::Session;

/// How far ahead of the reader, in blocks: 8 MiB.
const DISTANCE: u64 = 32;

/// A thread that fetches ahead; it ends some moments after this is dropped.
pub(crate) struct Prefetch {
    reached: Sender<u64>,
    last: Option<u64>,
}

impl Prefetch {
    /// Starts to fetch ahead in a source, whose version is fixed. `None` where the system gives no thread.
    pub(crate) fn start(source: RemoteSource, limits: Limits) -> Option<Self> {
        let (reached, blocks) = channel();
        let fetch = move || fetch_ahead(&source, limits, &blocks);
        thread::Builder::new().name("prefetch".to_owned()).spawn(fetch).ok()?;
        Some(Self { reached, last: None })
    }

    /// Tells that the reader goes straight on and has come to this block.
    pub(crate) fn reached(&mut self, block: u64) {
        if self.last.replace(block) != Some(block) {
            // A thread that has given up is not missed.
            let _ = self.reached.send(block);
        }
    }
}

fn fetch_ahead(source: &RemoteSource, limits: Limits, reached: &Receiver<u64>) {
    let Ok(mut session) = Session::open(source, limits) else { return };
    while let Ok(mut at) = reached.recv() {
        let mut next = at + 1;
        while next <= at + DISTANCE {
            if session.ensure(next * BLOCK..(next + 1) * BLOCK).is_err() {
                return;
            }
            next += 1;
            // What is there already is passed over in no time.
            match latest(reached) {
                Latest::Block(block) => (at, next) = (block, block + 1),
                Latest::Same => {}
                Latest::Ended => return,
            }
        }
    }
}

enum Latest {
    Block(u64),
    Same,
    Ended,
}

/// What was told last, without waiting.
fn latest(reached: &Receiver<u64>) -> Latest {
    use std::sync::mpsc::TryRecvError;
    let mut latest = Latest::Same;
    loop {
        match reached.try_recv() {
            Ok(block) => latest = Latest::Block(block),
            Err(TryRecvError::Empty) => return latest,
            Err(TryRecvError::Disconnected) => return Latest::Ended,
        }
    }
}
