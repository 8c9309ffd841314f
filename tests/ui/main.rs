//! The real window, driven as an editor drives it: real web view, real engine, real files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation should stop the test where it stands"
)]

mod access;
mod address;
mod buckets;
mod empty;
mod failures;
mod frames;
mod guide;
mod held;
mod interrupted;
mod jobs;
mod journey;
mod judging;
mod keyboard;
mod language;
mod library;
mod looking;
mod looks;
mod models;
mod player;
mod recovery;
mod review;
mod screenshots;
mod settings;
mod sheets;
mod speechless;
mod states;
mod stepping;
mod timeline;
mod transcript;
mod under_way;
mod uploads;
mod window;
