//! Names and files as editors, clients and hostile videos make them.

mod files;
mod names;
mod templates;
