//! Everything that touches a media file: probing, decoding for analysis, thumbnails, previews and clips.
//!
//! # Invariants
//! - The only crate that names FFmpeg; nothing of FFmpeg's types appears in what other crates build on.
//! - Times are [`model::MediaTime`], measured from the container's first instant, and come from the streams'
//!   timestamps, never from counting frames.
//! - No file, however damaged, makes it panic; whatever goes wrong is a [`MediaError`] with words for the user.
//! - Sources are opened for reading only. FFmpeg itself opens nothing but a named file, and for remote media not even
//!   that: their bytes come through `remote`, from the one address that was given. A playlist cannot lead elsewhere.
//! - It knows nothing of what is looked for: detectors, highlights, projects and the library are other crates' concern.
//! - Each FFmpeg context lives and dies on the thread that made it.

mod charset;
mod clip;
mod codec;
mod container;
mod cues;
mod cuts;
mod decode;
mod duration;
mod encode;
mod error;
mod faststart;
mod filter;
mod finish;
mod input;
mod luma;
mod mux;
mod orientation;
mod output;
mod peaks;
mod picture_lane;
mod preview;
mod probe;
mod remote;
mod sampling;
mod seek;
mod sound;
mod sound_lane;
mod source;
mod still;
mod subtitles;
mod thumbnail;
mod transcode;

pub use clip::{ClipReport, ClipRequest, export_clip};
pub use cuts::refine_cuts;
pub use decode::{DecodeSink, Decoded, decode};
pub use error::MediaError;
pub use peaks::PEAKS_PER_SECOND;
pub use preview::{plays_directly, prepare_preview};
pub use probe::probe;
pub use remote::{RemoteSource, RemoteVersion, arrived_bytes, mirror_ends};
pub use source::Source;
pub use subtitles::read_subtitles;
pub use thumbnail::thumbnail;
