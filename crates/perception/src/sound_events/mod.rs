//! Sound events: what makes a sound, by a network whose weights are a file of their own. Nothing else here needs it.

mod classifier;
mod error;
mod events;
mod flatbuffer;
mod high_pass;
mod kernels;
mod log_mel;
mod network;
mod tflite;
mod vocabulary;

#[cfg(test)]
#[path = "../../tests/shared/mod.rs"]
mod shared;

pub use classifier::{PatchScores, SoundClassifier};
pub use error::SoundModelError;
pub use events::SoundEvents;
