//! Models: which there are, which files of this machine are which, and what they add to analysing.
//!
//! A file counts as a model by its size and SHA-256 alone, never by its name. What is not in the catalogue is never
//! loaded, unless a user names a file for one task, or imported a folder whose files were tried and recognised by their digests since. A model that is missing or damaged costs its evidence, and never a job.

mod analysis;
mod catalogue;
mod copying;
mod digest;
mod fetch;
mod fetch_error;
mod file_digests;
mod folder;
mod gap;
mod import;
mod imported;
mod install;
mod partial;
mod place;
#[cfg(debug_assertions)]
mod scripted;
mod search;
mod store;

pub(crate) use analysis::open_models;
pub use catalogue::{Catalogue, ModelEntry, ModelKind, ModelPart};
pub use digest::Sha256;
pub use fetch::FetchProgress;
pub use gap::{EvidenceGap, GapReason};
pub use install::ModelView;
pub use place::ModelPlace;
pub(crate) use store::{ModelFile, ModelStore, PartFile};
