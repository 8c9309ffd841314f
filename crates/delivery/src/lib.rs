//! Where clips go: safe names from a template, files that carry their final name only when they are whole, objects in
//! S3-compatible buckets, and what is said as subtitles.
//!
//! It does not know what is in a clip, how it is written or how much room the disk has. It keeps nothing itself but the keys
//! of buckets, in the operating system's keyring: profiles and the state of uploads are handed in and out as plain data.
//!
//! # Invariants
//! - A name never leads out of the folder or the bucket's prefix it is made for, whatever the template, the video's name or
//!   its tags say.
//! - No two clips of a batch get the same name, also where the file system does not tell upper from lower case.
//! - A final name is given in one step to a whole, synced file; an existing file is replaced only when asked to.
//! - An upload has succeeded when the server, asked afterwards, has as many bytes as the file. The file is only ever read.
//! - No key, no signed address and none of a server's own words but its error code is in an error, a log, a `Debug` or
//!   anything that can be serialised.

mod bucket;
mod error;
mod name;
mod pending;
mod safe;
mod subtitles;
mod template;

#[cfg(test)]
mod tests;

pub use bucket::{
    Bucket, BucketError, BucketProfile, ConnectionTest, Credentials, Delivered, EnvironmentVariables,
    Keyring, ObjectLocation, RetryPolicy, SecretError, SecretStore, SentPart, Upload, UploadObserver,
    UploadRequest, UploadStopped,
};
pub use error::{DeliveryError, TemplateError};
pub use name::ClipFacts;
pub use pending::{Existing, PendingFile};
pub use subtitles::subrip;
pub use template::{Destination, NameTemplate};
