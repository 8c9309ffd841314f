//! Synthetic media with known truth, and a web server that misbehaves on demand, for tests. Development only: nothing that
//! ships may depend on it.
//!
//! # Invariants
//! - What a clip holds is decided here, number by number; the `ffmpeg` command line only encodes and packs it, so that
//!   the code under test is never its own witness.
//! - It knows the vocabulary of `model` and none of the crates it helps to test.
//! - A failure to make a clip stops the test with words: a test without its material proves nothing.
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "only tests call this, and they must stop where material is missing"
)]

mod clip;
mod counter;
mod folder;
mod range_server;
mod shared;
mod sound;
mod tool;

pub use clip::{Clip, Container, Pictures, Timing};
pub use counter::{draw_counter, read_counter};
pub use folder::Folder;
pub use range_server::{Answered, Misbehaviour, RangeServer};
pub use shared::shared_media;
pub use sound::{Sound, burst_starts, speech};
pub use tool::{ffmpeg, ffprobe};
