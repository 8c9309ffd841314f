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
//! - What a clip is written as (codec, size, container) is the caller's wish, checked before any work; an encoder that is
//!   missing, or a container that cannot hold the codec, is an error with the next step, never another codec in silence.
//! - Each FFmpeg context lives and dies on the thread that made it.

mod backlog;
mod bit_rate;
mod charset;
mod clip;
mod codec;
mod colour;
mod container;
mod copy;
mod copy_lane;
mod copy_start;
mod cues;
mod cuts;
mod decode;
mod duration;
mod early;
mod encode;
mod encoders;
mod error;
mod estimate;
mod faststart;
mod filter;
mod finish;
mod format;
mod frame_times;
mod groups;
mod hdr;
mod input;
mod luma;
mod mux;
mod orientation;
mod output;
mod peaks;
mod picture_lane;
mod picture_size;
mod preview;
mod probe;
mod remote;
mod sampling;
mod seek;
mod sound;
mod sound_encoder;
mod sound_lane;
mod source;
mod still;
mod strip;
mod subtitles;
mod suspects;
mod thumbnail;
mod track_header;
mod transcode;
mod vp9;

pub use clip::{ClipReport, ClipRequest, Cut, export_clip};
pub use cuts::refine_cuts;
pub use decode::{DecodeSink, Decoded, decode};
pub use encode::can_encode;
pub use error::{Damage, MediaError};
pub use estimate::estimated_bytes;
pub use format::{ContainerRefusal, check_container};
pub use frame_times::frame_times;
pub use peaks::PEAKS_PER_SECOND;
pub use preview::{can_be_copied, may_play_directly, plays_directly, prepare_preview, stream_preview};
pub use probe::probe;
pub use remote::{RemoteSource, RemoteVersion, arrived_bytes, mirror_ends};
pub use source::Source;
pub use strip::{StripPictures, strip};
pub use subtitles::read_subtitles;
pub use suspects::MayHoldCut;
pub use thumbnail::thumbnail;
