//! The shell around the engine: one window, its commands, and the server its player reads from.
//!
//! A command's body is: take the page's words apart, one call of the engine, put the answer into the page's words. No
//! decision about media, projects or exports is made here, and no other crate knows that there is a window.

mod commands;
mod events;
mod log;
mod media_server;
#[cfg(target_os = "linux")]
mod painting;
mod picker;
mod sample;
mod shell;
mod start;
mod wire;

pub use start::run;
