//! The HTTP door: answers the cloud service's own protocol, so that its clients work against this machine unchanged.
//!
//! A request is read into [`Parameters`], its signature is checked ([`signature`]), and an action of the protocol becomes one
//! call of the engine. Everything that comes from the network ends in an answer or a closed connection, never in a panic.

// What only the server calls is not called where the fuzz target builds the rest alone.
#![cfg_attr(not(feature = "server"), allow(dead_code))]

#[cfg(feature = "server")]
mod actions;
#[cfg(feature = "server")]
mod authentication;
mod error;
#[cfg(feature = "server")]
mod metrics;
mod parameters;
mod request;
#[cfg(feature = "server")]
mod server;
pub mod signature;
#[cfg(feature = "server")]
mod time;

pub use error::ApiError;
pub use parameters::Parameters;
pub use request::Received;
#[cfg(feature = "server")]
pub use server::{Server, ServerOptions, StartError};

/// The version of the protocol that is answered.
pub const VERSION: &str = "2020-11-09";
