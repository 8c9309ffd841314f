//! A server of S3 buckets on this machine, which checks signatures and can be told to misbehave.

mod auth;
mod exchange;
mod fault;
mod server;

pub use exchange::S3Request;
pub use fault::S3Fault;
pub use server::S3Server;
