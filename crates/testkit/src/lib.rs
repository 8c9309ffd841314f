//! Synthetic media with known truth, a web server and a server of buckets (feature `s3`) that fail when told to, for
//! tests. Development only: nothing that ships may depend on it.
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
mod model_server;
mod range_server;
#[cfg(feature = "s3")]
mod s3;
mod shared;
mod sound;
mod tool;

pub use clip::{Clip, Container, Pictures, Timing};
pub use counter::{draw_counter, read_counter};
pub use folder::Folder;
pub use model_server::ModelServer;
pub use range_server::{Answered, Misbehaviour, RangeServer};
#[cfg(feature = "s3")]
pub use s3::{S3Fault, S3Request, S3Server};
pub use shared::{shared_media, shared_models};
pub use sound::{Sound, burst_starts, speech};
pub use tool::{ffmpeg, ffprobe, ffprobe_pictures, python_program};
