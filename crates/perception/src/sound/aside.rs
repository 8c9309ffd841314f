//! Hearing beside watching: the networks that listen take as long as decoding the picture, and two processors can share that.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use model::{MediaTime, Samples};

use super::{Heard, Hearing};

/// Samples that are gathered before they are handed over: to wake the other thread for each frame of a decoder, forty and more a
/// second, costs both of them time.
const PIECE: usize = Samples::RATE as usize / 2;
/// Pieces that may wait to be heard. Whoever is faster waits for the other, so that memory stays small.
const WAITING: usize = 8;

/// A [`Hearing`] that works on a thread of its own from the first samples on.
pub(crate) enum Aside {
    /// Nothing was heard yet; the detectors can still be chosen.
    Waiting(Box<Hearing>),
    /// At work.
    Running { gathered: Piece, pieces: SyncSender<Piece>, hearing: JoinHandle<Option<Heard>> },
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

impl Piece {
    const EMPTY: Self = Self { time: MediaTime::ZERO, values: Vec::new() };

    /// Whether samples begin exactly where these end.
    fn is_followed_by(&self, samples: &Samples<'_>) -> bool {
        let lasts = MediaTime::from_ticks(self.values.len() as i64, 1, Samples::RATE as i32);
        // Either time was rounded to whole microseconds.
        samples.time.distance(self.time + lasts) <= MediaTime::from_micros(1)
    }
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
            Self::Running { gathered, pieces, .. } => {
                let goes_on = gathered.values.len() < PIECE && gathered.is_followed_by(&samples);
                if !goes_on && !gathered.values.is_empty() {
                    hand_over(std::mem::replace(gathered, Piece::EMPTY), pieces);
                }
                if gathered.values.is_empty() {
                    *gathered = Piece { time: samples.time, values: Vec::with_capacity(2 * PIECE) };
                }
                gathered.values.extend_from_slice(samples.values);
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
                Ok(()) => Self::Running { gathered: Piece::EMPTY, pieces, hearing: thread },
                Err(refused) => Self::InPlace(refused.0),
            },
            Err(_) => Self::InPlace(hearing),
        };
    }

    /// As [`Hearing::finish`].
    pub(crate) fn finish(self) -> Option<Heard> {
        match self {
            Self::Waiting(hearing) | Self::InPlace(hearing) => hearing.finish(),
            Self::Running { gathered, pieces, hearing } => {
                hand_over(gathered, &pieces);
                drop(pieces);
                hearing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            }
            Self::Starting => None,
        }
    }
}

fn hand_over(piece: Piece, pieces: &SyncSender<Piece>) {
    // A thread that is gone has panicked; its end is told when it is joined.
    let _ = pieces.send(piece);
}

fn hear(mut hearing: Box<Hearing>, pieces: &Receiver<Piece>) -> Option<Heard> {
    while let Ok(Piece { time, values }) = pieces.recv() {
        hearing.samples(Samples { time, values: &values });
    }
    hearing.finish()
}
