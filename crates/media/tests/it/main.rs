//! The crate against media of which everything is known, and against real files.

extern crate standout_media as media;

mod analysis;
mod clips;
mod common;
mod previews;
mod real_files;
mod text;
