//! Hearing beside watching: the networks that listen take as long as decoding the picture, and two processors can share that.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use model::{MediaTime, Samples};

use super::{Heard, Hearing};

/// Pieces that may wait to be heard. Whoever is faster waits for the other, so that memory stays small.
const WAITING: usize = 64;

/// A [`Hearing`] that works on a thread of its own from the first samples on.
pub(crate) enum Aside {
    /// Nothing was heard yet; the detectors can still be chosen.
    Waiting(Box<Hearing>),
    /// At work.
    Running { pieces: SyncSender<Piece>, hearing: JoinHandle<Option<Heard>> },
    /// The system has no thread to give.
    InPlace(Box<Hearing>),
    /// Its detectors are being handed to the thread.
    Starting,
}

/// Samples on their way to the thread.
pub(crate) struct Piece {
    time: MediaTime,
    values: Vec<f32>,
}

impl Aside {
    pub(crate) fn new() -> Self {
        Self::Waiting(Box::new(Hearing::new()))
    }

    /// Changes the detectors; asked before the first sample.
    pub(crate) fn equip(&mut self, change: impl FnOnce(&mut Hearing)) {
        if let Self::Waiting(hearing) = self {
            change(hearing);
        }
    }

    /// As [`Hearing::samples`].
    pub(crate) fn samples(&mut self, samples: Samples<'_>) {
        if matches!(self, Self::Waiting(_)) {
            self.start();
        }
        match self {
            Self::Waiting(hearing) | Self::InPlace(hearing) => hearing.samples(samples),
            Self::Running { pieces, .. } => {
                // A thread that is gone has panicked; its end is told when it is joined.
                let _ = pieces.send(Piece { time: samples.time, values: samples.values.to_vec() });
            }
            Self::Starting => {}
        }
    }

    fn start(&mut self) {
        let Self::Waiting(hearing) = std::mem::replace(self, Self::Starting) else { return };
        let (pieces, arriving) = sync_channel(WAITING);
        let (hand_over, taken) = sync_channel::<Box<Hearing>>(1);
        let thread = std::thread::Builder::new()
            .name("hearing".to_owned())
            .spawn(move || taken.recv().ok().and_then(|hearing| hear(hearing, &arriving)));
        *self = match thread {
            Ok(thread) => match hand_over.send(hearing) {
                Ok(()) => Self::Running { pieces, hearing: thread },
                Err(refused) => Self::InPlace(refused.0),
            },
            Err(_) => Self::InPlace(hearing),
        };
    }

    /// As [`Hearing::finish`].
    pub(crate) fn finish(self) -> Option<Heard> {
        match self {
            Self::Waiting(hearing) | Self::InPlace(hearing) => hearing.finish(),
            Self::Running { pieces, hearing } => {
                drop(pieces);
                hearing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            }
            Self::Starting => None,
        }
    }
}

fn hear(mut hearing: Box<Hearing>, pieces: &Receiver<Piece>) -> Option<Heard> {
    while let Ok(Piece { time, values }) = pieces.recv() {
        hearing.samples(Samples { time, values: &values });
    }
    hearing.finish()
}
