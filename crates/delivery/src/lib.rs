//! Where clips go: safe file names from a template, and files that carry their final name only when they are whole.
//!
//! It does not know what is in a clip, how it is written or how much room the disk has.
//!
//! # Invariants
//! - A name never leads out of the folder it is made for, whatever the template, the video's name or its tags say.
//! - No two clips of a batch get the same name, also where the file system does not tell upper from lower case.
//! - A final name is given in one step to a whole, synced file; an existing file is replaced only when asked to.

mod error;
mod name;
mod pending;
mod safe;
mod template;

#[cfg(test)]
mod tests;

pub use error::{DeliveryError, TemplateError};
pub use name::ClipFacts;
pub use pending::{Existing, PendingFile};
pub use template::{Destination, NameTemplate};
