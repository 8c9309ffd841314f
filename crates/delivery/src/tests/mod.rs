//! Names and files as editors, clients and hostile videos make them; buckets on a real server that can misbehave.

mod buckets;
mod files;
mod keys;
mod names;
mod subtitles;
mod templates;
