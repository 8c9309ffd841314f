//! `standout serve`: the cloud service's own client, hostile requests, many jobs at once.

mod client;
mod load;
mod malformed;
mod notified;
mod protocol;
mod readme;
mod serving;
mod signed;
