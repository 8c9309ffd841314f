//! The engine end to end: real media, real workers, a real library, and the real command line.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation should stop the test where it stands"
)]

mod buckets;
mod command_line;
mod contract;

mod desk;
mod export;
mod http;
mod judging;
mod media_library;
mod model_commands;
mod models;
mod mutations;
mod pictures;
mod player_copies;
mod programmes;
mod projects;
mod queue;
mod real_media;
mod recovery;
mod remote;
mod support;
mod transcription;
mod under_way;
mod uploads;
mod workers;
