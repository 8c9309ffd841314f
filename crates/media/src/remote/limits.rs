//! How long to wait for a server, and how often to ask again.

use std::time::Duration;

/// Whoever waits for the reader takes a minute of silence for a hang: after [`Limits::patience`] one more try of
/// usual length still fits in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Until a connection stands, encryption included.
    pub(crate) connect: Duration,
    /// Without a single byte of an answer.
    pub(crate) silence: Duration,
    /// Tries in a row that bring nothing.
    pub(crate) tries: u32,
    /// Before the second try; doubled before each further one.
    pub(crate) first_pause: Duration,
    /// The longest wait that a server may ask for.
    pub(crate) longest_pause: Duration,
    /// No further try begins when nothing has come for so long; and a block that takes longer, on a line of less than
    /// 8 KiB a second, counts as not coming.
    pub(crate) patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(15),
            tries: 4,
            first_pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(10),
            patience: Duration::from_secs(35),
        }
    }
}
