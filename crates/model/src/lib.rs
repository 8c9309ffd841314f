//! The vocabulary of Standout: plain data that every other crate speaks, and its validation. No input or output happens
//! here, no clock is read.
//!
//! # Glossary
//! - **Source**: a media file as it was found, with what probing said of it ([`SourceInfo`]) and its [`Fingerprint`].
//! - **Material**: a source taken into a project or a job.
//! - **Signal**: one thing measured along a material's time, kept as a [`Series`] at a fixed hop.
//! - **Evidence**: everything perceived in a material; it does not depend on what the editor asks for.
//! - **Cue**: one timed text of a subtitle; **utterance**: a stretch of speech without a pause.
//! - **Description**: what a text says of a sound, in brackets.
//! - **Transcript**: the words a speech recogniser heard, each with its time.
//! - **Shot**: pictures without a cut; a **cut** is the time of the first picture of a shot.
//! - **Highlight**: a range worth keeping, with score, tags and reasons. **Clip**: a highlight written as a file.
//! - **Job**: the contract's request ([`job`]): materials, strategy, output.

mod description;
mod embeddings;
mod evidence;
mod frames;
mod highlight;
pub mod job;
mod location;
pub mod path_text;
mod progress;
mod project;
mod series;
mod sound_event;
mod source;
mod time;
mod transcript;

pub use description::{descriptions, without_descriptions};
pub use embeddings::PictureEmbeddings;
pub use evidence::{Cue, Evidence, Fade, Signal, Utterance};
pub use frames::{ColourPicture, Picture, Samples};
pub use highlight::{Highlight, Reason, Tag};
pub use location::{MediaLocation, ObjectStore};
pub use progress::{Progress, Stage};
pub use project::ProjectId;
pub use series::Series;
pub use sound_event::SoundEvent;
pub use source::{AudioStream, Fingerprint, FrameRate, Rotation, SourceInfo, TextStream, VideoStream};
pub use time::{MediaTime, TimeRange};
pub use transcript::{Transcript, Word, is_written_without_spaces, joined_words};
