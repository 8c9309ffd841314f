//! The real window, driven as an editor drives it: real web view, real engine, real files.

mod journey;
mod screenshots;
mod window;
