//! Decoding untrusted media happens in a child process of the same binary family, never in the caller's own.
//!
//! The parent writes a [`Task`] as a line of JSON to the child's standard input and keeps that pipe open; the child
//! answers with lines of [`Report`] on its standard output, and takes one more task where the parent has one on the same source. The child ends when its standard input does, so that it never
//! outlives its parent. Cancelling kills the child: whatever it was writing has a temporary name only.

mod encoder;
mod kept;
mod pause;
mod perceiver;
mod process;
mod protocol;
mod serve;
mod transcribe;

pub(crate) use perceiver::model_kinds;
pub(crate) use process::Worker;
pub use process::{WorkerCommand, WorkerLimits};
pub(crate) use protocol::{Answer, EmbeddingForm, Task, UnusableModel};
pub use serve::serve;
