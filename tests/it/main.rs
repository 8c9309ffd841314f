//! The engine end to end: real media, real workers, a real library, and the real command line.

mod command_line;
mod desk;
mod export;
mod real_media;
mod support;
mod under_way;
mod workers;
