//! Clips: stretches of a source as files of their own.

use std::ops::ControlFlow;
use std::path::Path;

use model::job::{VideoCodec, VideoEncoding};
use model::{MediaTime, SourceInfo, TimeRange};

use crate::bit_rate::transcode_at;
use crate::copy::copy_clip;
use crate::encode::Pass;
use crate::encoders::{PictureRate, PictureSettings};
use crate::format::FileFormat;
use crate::picture_size::PictureSize;
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
    /// The file to write; it is replaced when it exists. Its extension decides the file format, see
    /// [`crate::check_container`]. The caller renames it when the export has succeeded.
    pub target: &'a Path,
    /// Pixels in a row; without one, it follows from the other and the shape of the picture. Not looked at by a copy.
    pub width: Option<u32>,
    /// Rows; as [`ClipRequest::width`].
    pub height: Option<u32>,
    /// How the picture is encoded.
    pub video: VideoEncoding,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClipReport {
    /// The length of the clip: the range, as far as it lies inside the material, or of a copy what it was cut to.
    pub duration: MediaTime,
    /// Pictures that are shown.
    pub frames: u64,
    /// Samples of each channel; of copied sound, about as many.
    pub samples: u64,
    /// Pixels of a picture as it is shown, `None` when the clip is sound alone.
    pub size: Option<(u32, u32)>,
    /// Codecs of sound streams that could not be decoded, when none could: the clip is silent though the source is not.
    pub unsupported_sound: Vec<String>,
    /// Where the clip begins.
    pub cut: Cut,
}

/// Where a clip begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// With the first frame of the range, and with nothing before it.
    Exact,
    /// A copy that shows the range from its first frame on, though the file holds what came before, back to a key frame:
    /// an edit list tells players to pass over it. The few that do not know edit lists show it.
    EditList {
        /// How much is passed over.
        lead: MediaTime,
    },
    /// A copy that begins at the key frame before the range, because its file format has no edit lists.
    KeyFrame {
        /// How long before the range's first frame that is.
        lead: MediaTime,
    },
}

/// Writes a stretch of a source as a file of its own, and waits until the disk has it.
///
/// **Encoded**, the clip shows what the source shows between the range's ends: the frame on screen at its start comes first,
/// then exactly those whose times lie inside; varying frame rates stay as they are. Sound is cut at the sample and
/// becomes AAC, in WebM Opus. Pictures are turned upright and get square pixels and even sides. Width and height together are
/// met to the pixel: the picture keeps its shape, with black around it. Matrix, primaries, transfer and range stay as they
/// are and are tagged; more than eight bits and high dynamic range are kept by H.265, VP9 and AV1, while H.264 gets eight bits of
/// BT.709 (see `finish.rs`).
///
/// **A constant rate factor** is the encoder's own: 0 to 51 of x264 and x265, and the same numbers of the scale to 63 for VP9
/// and AV1. **A bit rate** is met within a tenth over the clip, by encoding again where the first result is off; a
/// picture that needs fewer bits than it is offered at best quality stays below it.
///
/// **Copied** (see `copy.rs`), nothing is encoded again, and the clip is cut between frames; [`ClipReport::cut`] says how. Sound that the
/// file format does not hold as it is gets encoded.
///
/// When the export fails or is cancelled, the target is removed.
///
/// # Errors
/// [`MediaError::Container`] and [`MediaError::CannotCopy`] before anything is written; [`MediaError::EmptyRange`],
/// [`MediaError::Cancelled`], [`MediaError::DiskFull`], [`MediaError::Unwritable`], [`MediaError::EncoderMissing`], and what
/// reading can end in.
pub fn export_clip(
    request: &ClipRequest<'_>,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<ClipReport, MediaError> {
    let material = TimeRange::new(MediaTime::ZERO, request.info.duration);
    let Some(range) = request.range.intersection(material) else {
        return Err(MediaError::EmptyRange { range: request.range, path: request.source.name().to_owned() });
    };
    let format = FileFormat::for_clip(request.target, request.video.codec)?;
    if request.video.codec == VideoCodec::Copy {
        copied(request, range, format, progress)
    } else {
        encoded(request, range, format, progress)
    }
}

fn encoded(
    request: &ClipRequest<'_>,
    range: TimeRange,
    format: FileFormat,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<ClipReport, MediaError> {
    let ClipRequest { source, info, target, width, height, video, .. } = *request;
    let shown = info.video.as_ref().map(|video| (video.width, video.height));
    let size = shown.map(|shown| PictureSize::of(shown, width, height));
    let rate = PictureRate::from(video.rate);
    let settings = PictureSettings::of_clip(video.codec, rate);
    let plan = Plan { range, format, size, settings, pass: Pass::Only, sound: None, grows: false };
    let written = match rate {
        PictureRate::Bits(bits) if size.is_some() => {
            transcode_at(bits, source, info, &plan, target, progress)?
        }
        _ => transcode(source, info, &plan, target, progress)?,
    };
    Ok(ClipReport {
        duration: range.duration(),
        frames: written.frames,
        samples: written.samples,
        size: written.size,
        unsupported_sound: written.unsupported_sound,
        cut: Cut::Exact,
    })
}

fn copied(
    request: &ClipRequest<'_>,
    range: TimeRange,
    format: FileFormat,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<ClipReport, MediaError> {
    let copied = copy_clip(request.source, request.info, range, format, request.target, progress)?;
    let lead = copied.lead;
    let cut = match (lead == MediaTime::ZERO, format.has_edit_lists()) {
        (true, _) => Cut::Exact,
        (false, true) => Cut::EditList { lead },
        (false, false) => Cut::KeyFrame { lead },
    };
    Ok(ClipReport {
        duration: copied.range.duration(),
        frames: copied.frames,
        samples: copied.samples,
        size: copied.size,
        unsupported_sound: copied.unsupported_sound,
        cut,
    })
}
