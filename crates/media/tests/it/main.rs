//! The crate against media of which everything is known, and against real files.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where its expectation fails")]
#![allow(unreachable_pub, reason = "modules of one test binary")]

extern crate standout_media as media;

mod analysis;
mod clips;
mod colours;
mod common;
mod copies;
mod damaged;
mod encodings;
mod interlaced;
mod previews;
mod real_files;
mod remote;
mod remote_clips;
mod remote_failures;
mod remote_processes;
mod sizes;
mod strips;
mod text;
