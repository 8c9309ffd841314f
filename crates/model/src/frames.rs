//! What decoding hands to perception: plain slices, so that neither side knows the other.

use crate::MediaTime;

/// Mono sound at [`Samples::RATE`], one piece of a stream of them.
#[derive(Debug, Clone, Copy)]
pub struct Samples<'a> {
    /// The time of the first sample.
    pub time: MediaTime,
    /// Sample values, nominally from -1 to 1.
    pub values: &'a [f32],
}

impl Samples<'_> {
    /// Samples a second.
    pub const RATE: u32 = 16_000;
}

/// One small picture: its brightness only, rows top to bottom without padding.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// When the picture is first shown.
    pub time: MediaTime,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width * height` values, 0 black to 255 white.
    pub luma: &'a [u8],
}

/// One small picture in colour, rows top to bottom without padding.
#[derive(Debug, Clone, Copy)]
pub struct ColourPicture<'a> {
    /// When the picture is first shown.
    pub time: MediaTime,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width * height * 3` values, red, green and blue of each pixel, 0 to 255.
    pub rgb: &'a [u8],
}
