//! The contract's job: what is asked for and what is answered, checked before any work begins.

mod strategy;

pub use strategy::Strategy;
