//! Clips: exact stretches of a source as MP4 files.

use std::ops::ControlFlow;
use std::path::Path;

use model::{MediaTime, SourceInfo, TimeRange};

use crate::encode::PictureSettings;
use crate::transcode::{Plan, transcode};
use crate::{MediaError, Source};

/// What to export, and how.
#[derive(Debug, Clone, Copy)]
pub struct ClipRequest<'a> {
    /// What to read.
    pub source: &'a Source,
    /// What probing said of it.
    pub info: &'a SourceInfo,
    /// The stretch to write, in the source's time.
    pub range: TimeRange,
    /// The file to write; it is replaced when it exists. The caller renames it when the export has succeeded.
    pub target: &'a Path,
    /// Constant rate factor, 0 (lossless) to 51 (worst); see [`ClipRequest::DEFAULT_CRF`].
    pub crf: f32,
    /// Bits a second of the picture instead of a constant rate factor.
    pub bit_rate: Option<u32>,
    /// Pixels; without one, it follows from the other and the shape of the picture.
    pub width: Option<u32>,
    /// Pixels; without one, it follows from the other and the shape of the picture.
    pub height: Option<u32>,
}

impl ClipRequest<'_> {
    /// What the contract gives for H.264.
    pub const DEFAULT_CRF: f32 = 23.0;
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClipReport {
    /// The length of the clip: the range, as far as it lies inside the material.
    pub duration: MediaTime,
    /// Pictures.
    pub frames: u64,
    /// Samples of each channel.
    pub samples: u64,
    /// Pixels of a picture, `None` when the clip is sound alone.
    pub size: Option<(u32, u32)>,
    /// Codecs of sound streams that could not be decoded, when none could: the clip is silent though the source is not.
    pub unsupported_sound: Vec<String>,
}

/// Writes a stretch of a source as an H.264/AAC MP4 whose index is at the front, and waits until the disk has it.
///
/// Pictures are turned upright and given square pixels and even sides; varying frame rates stay as they are. The clip
/// shows what the source shows between the range's ends: the frame on screen at its start comes first, then exactly
/// those whose times lie inside. Sound is cut at the sample. When the export fails or is cancelled, the target is removed.
///
/// # Errors
/// [`MediaError::EmptyRange`], [`MediaError::Cancelled`], [`MediaError::DiskFull`], [`MediaError::Unwritable`],
/// [`MediaError::EncoderMissing`], and what reading can end in.
pub fn export_clip(
    request: &ClipRequest<'_>,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<ClipReport, MediaError> {
    let material = TimeRange::new(MediaTime::ZERO, request.info.duration);
    let Some(range) = request.range.intersection(material) else {
        return Err(MediaError::EmptyRange { range: request.range, path: request.source.name().to_owned() });
    };
    let settings = PictureSettings {
        crf: request.crf.clamp(0.0, 51.0),
        bit_rate: request.bit_rate.map(|rate| rate as usize),
        preset: "fast",
        key_frame_interval: None,
        reordering: true,
    };
    let shown = request.info.video.as_ref().map(|video| (video.width, video.height));
    let size = shown.map(|shown| output_size(shown, request.width, request.height));
    let plan = Plan { range, size, settings };
    let written = transcode(request.source, request.info, &plan, request.target, progress)?;
    Ok(ClipReport {
        duration: range.duration(),
        frames: written.frames,
        samples: written.samples,
        size: written.size,
        unsupported_sound: written.unsupported_sound,
    })
}

/// Even sides; one that is not given follows the shape of the picture.
fn output_size(
    (width, height): (u32, u32),
    wanted_width: Option<u32>,
    wanted_height: Option<u32>,
) -> (u32, u32) {
    let follow = |given: u32, of: u32, other: u32| {
        (f64::from(given) * f64::from(other) / f64::from(of.max(1))).round() as u32
    };
    let (width, height) = match (wanted_width, wanted_height) {
        (None, None) => (width, height),
        (Some(wanted), None) => (wanted, follow(wanted, width, height)),
        (None, Some(wanted)) => (follow(wanted, height, width), wanted),
        (Some(width), Some(height)) => (width, height),
    };
    ((width & !1).max(2), (height & !1).max(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_side_follows_the_picture_and_sides_are_even() {
        let check = |width, height, expected| {
            assert_eq!(output_size((1919, 1080), width, height), expected, "for {width:?} by {height:?}");
        };
        check(None, None, (1918, 1080));
        check(Some(960), None, (960, 540));
        check(None, Some(540), (960, 540));
        check(Some(101), Some(3), (100, 2));
    }
}
