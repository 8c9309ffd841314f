//! What is done to a decoded picture before it is encoded, and what its colours mean.
//!
//! # Colours
//! A picture keeps its matrix, primaries, transfer and range, and is tagged with them; scaling changes none of them. Where
//! a source names no matrix, players guess by the size: when the written size would make them guess otherwise, the
//! matrix is named. Pictures of more than eight bits keep ten where the codec's players show them; those of high dynamic
//! range keep that, too. Where only eight bits are written, high dynamic range is mapped to BT.709, provided that this FFmpeg has
//! the filters `zscale` and `tonemap`; otherwise its tags are kept. RGB becomes BT.709 of limited range.
#![allow(unsafe_code, reason = "the depth of a pixel format is not offered by ffmpeg-next")]

use ffmpeg_next::format::Pixel;
use ffmpeg_next::{color, ffi, frame};

use crate::hdr::{is_hdr, tone_mapping};
use crate::orientation::Orientation;
use crate::picture_size::PictureSize;

/// One whole picture for each interlaced frame, of as many lines; progressive frames pass as they are.
const DEINTERLACE: &str = "bwdif=mode=send_frame:parity=auto:deint=interlaced";

/// The fewest columns and lines that can be deinterlaced.
const LEAST_SIDE: u32 = 4;

/// What pictures are to become.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finish {
    pub(crate) orientation: Orientation,
    pub(crate) size: PictureSize,
    /// Pictures of more than eight bits keep ten.
    pub(crate) keeps_ten_bits: bool,
    /// High dynamic range is mapped away where it cannot be kept.
    pub(crate) maps_tones: bool,
}

impl Finish {
    /// The filters that make a frame upright, square-pixelled, of the wanted size and format, without combs when
    /// `interlaced` frames are among them.
    pub(crate) fn filters(&self, frame: &frame::Video, interlaced: bool) -> String {
        let (width, height) = self.size.picture;
        let stored = if self.orientation.swaps_sides() { (height, width) } else { (width, height) };
        let aspect = frame.aspect_ratio();
        let square = aspect.0 <= 0 || aspect.0 == aspect.1;
        let only_odd = (frame.width() & !1, frame.height() & !1) == stored;
        let range = if is_full_range(frame) { "pc" } else { "tv" };
        let matrix = if is_rgb(frame) {
            "out_color_matrix=bt709:out_range=tv".to_owned()
        } else {
            format!("in_range={range}:out_range={range}")
        };
        let mut filters = Vec::new();
        if interlaced && frame.width().min(frame.height()) >= LEAST_SIDE {
            filters.push(DEINTERLACE.to_owned());
        }
        filters.push(if square && only_odd {
            format!("crop={}:{}:0:0", stored.0, stored.1)
        } else {
            format!("scale={}:{}:flags=bicubic:{matrix}", stored.0, stored.1)
        });
        filters.extend(self.orientation.filters().into_iter().map(str::to_owned));
        let format = self.format(frame);
        match self.tone_mapping(frame) {
            Some(mapping) => filters.push(mapping),
            // Left to itself, FFmpeg would turn full range into limited range on the way to another format.
            None if square && only_odd && frame.format() != format => {
                filters.push(format!("scale=flags=bicubic:{matrix}"));
            }
            None => {}
        }
        let name = format.descriptor().map_or("yuv420p", |descriptor| descriptor.name());
        filters.push(format!("format={name}"));
        if self.size.canvas != self.size.picture {
            let (width, height) = self.size.canvas;
            filters.push(format!("pad={width}:{height}:(ow-iw)/2:(oh-ih)/2:color=black"));
        }
        filters.push("setsar=1".to_owned());
        filters.join(",")
    }

    fn format(&self, frame: &frame::Video) -> Pixel {
        if self.keeps_ten_bits && depth(frame.format()) > 8 {
            Pixel::YUV420P10LE
        } else if is_full_range(frame) && self.tone_mapping(frame).is_none() {
            Pixel::YUVJ420P
        } else {
            Pixel::YUV420P
        }
    }

    fn tone_mapping(&self, frame: &frame::Video) -> Option<String> {
        if self.maps_tones && !self.keeps_ten_bits && is_hdr(frame) { tone_mapping(frame) } else { None }
    }

    /// What the colours of a frame mean once it went through [`Finish::filters`].
    pub(crate) fn colours(&self, source: &frame::Video) -> Colours {
        if is_rgb(source) || self.tone_mapping(source).is_some() {
            return Colours::BT709;
        }
        let guessed = guessed_space((source.width(), source.height()));
        let named = source.color_space();
        let space = match named {
            color::Space::Unspecified if guessed_space(self.size.canvas) != guessed => guessed,
            _ => named,
        };
        Colours {
            space,
            range: if is_full_range(source) { color::Range::JPEG } else { source.color_range() },
            primaries: source.color_primaries(),
            transfer: source.color_transfer_characteristic(),
        }
    }
}

/// The matrix players take a picture for that names none.
fn guessed_space((width, height): (u32, u32)) -> color::Space {
    if width >= 1_280 || height > 576 { color::Space::BT709 } else { color::Space::SMPTE170M }
}

fn is_rgb(frame: &frame::Video) -> bool {
    let name = frame.format().descriptor().map_or("", |descriptor| descriptor.name());
    ["rgb", "bgr", "gbr", "pal8", "argb", "abgr", "0rgb", "0bgr"].iter().any(|start| name.starts_with(start))
}

fn is_full_range(frame: &frame::Video) -> bool {
    let name = frame.format().descriptor().map_or("", |descriptor| descriptor.name());
    !is_rgb(frame) && (frame.color_range() == color::Range::JPEG || name.starts_with("yuvj"))
}

/// Bits of a component.
fn depth(format: Pixel) -> i32 {
    // SAFETY: the descriptor is static data of libavutil, or null for a format it does not know.
    unsafe {
        let descriptor = ffi::av_pix_fmt_desc_get(format.into());
        if descriptor.is_null() { 8 } else { (*descriptor).comp[0].depth }
    }
}

/// What the numbers of a picture mean as colours.
pub(crate) struct Colours {
    space: color::Space,
    range: color::Range,
    primaries: color::Primaries,
    transfer: color::TransferCharacteristic,
}

impl Colours {
    const BT709: Self = Self {
        space: color::Space::BT709,
        range: color::Range::MPEG,
        primaries: color::Primaries::BT709,
        transfer: color::TransferCharacteristic::BT709,
    };

    /// Writes the meaning on a frame.
    pub(crate) fn tag(&self, shown: &mut frame::Video) {
        // The same pixels under the name that every encoder knows: the range is told by its tag.
        if shown.format() == Pixel::YUVJ420P {
            shown.set_format(Pixel::YUV420P);
        }
        shown.set_color_space(self.space);
        shown.set_color_range(self.range);
        shown.set_color_primaries(self.primaries);
        shown.set_color_transfer_characteristic(self.transfer);
    }
}
