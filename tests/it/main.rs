//! The engine end to end: real media, real workers, a real library, and the real command line.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation should stop the test where it stands"
)]

mod command_line;
mod desk;
mod export;
mod programmes;
mod real_media;
mod support;
mod under_way;
mod workers;
