//! The contract's job: what is asked for and what is answered, checked before any work begins.
//!
//! A wrong request is answered with every fault at once, each naming its field, the value and the rule. The doors (JSON
//! document, command line, window) all run through the same rules: [`Strategy::check`], [`InputConfig::new`].

mod actions;
mod address;
mod fault;
mod input;
mod output;
mod reader;
mod result;
mod strategy;
mod words;

#[cfg(test)]
mod tests;

pub use actions::{ActionList, RefusedAction};
pub use address::MediaAddress;
pub use fault::{Fault, Faults, Parsed, Warning};
pub use input::{InputConfig, MediaReference};
pub use output::{OutputConfig, RateControl, Target, VideoCodec, VideoEncoding};
pub use result::{AiResult, HighlightResult, MaterialError, ResultRange};
pub use strategy::Strategy;
pub use words::{reason_in_words, signal_in_words, sound_event_in_words};
