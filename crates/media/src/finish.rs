//! What is done to a decoded picture before it is encoded, and what its colours mean.

use ffmpeg_next::{color, frame};

use crate::encode::encoded_format;
use crate::orientation::Orientation;

/// One whole picture for each interlaced frame, of as many lines; progressive frames pass as they are.
const DEINTERLACE: &str = "bwdif=mode=send_frame:parity=auto:deint=interlaced";

/// The fewest columns and lines that can be deinterlaced.
const LEAST_SIDE: u32 = 4;

/// The filters that make a frame upright, square-pixelled, of the wanted size and of a format every player shows, without
/// combs when `interlaced` frames are among them.
pub(crate) fn filters(
    frame: &frame::Video,
    interlaced: bool,
    orientation: Orientation,
    (width, height): (u32, u32),
) -> String {
    let (stored_width, stored_height) =
        if orientation.swaps_sides() { (height, width) } else { (width, height) };
    let aspect = frame.aspect_ratio();
    let square = aspect.0 <= 0 || aspect.0 == aspect.1;
    let only_odd = frame.width() & !1 == stored_width && frame.height() & !1 == stored_height;
    let mut filters = Vec::new();
    if interlaced && frame.width().min(frame.height()) >= LEAST_SIDE {
        filters.push(DEINTERLACE.to_owned());
    }
    filters.push(if square && only_odd {
        format!("crop={stored_width}:{stored_height}:0:0")
    } else {
        format!("scale={stored_width}:{stored_height}:flags=bicubic{}", rgb_matrix(frame))
    });
    filters.extend(orientation.filters().into_iter().map(str::to_owned));
    if square && only_odd && is_rgb(frame) {
        filters.push(format!("scale=flags=bicubic{}", rgb_matrix(frame)));
    }
    let format =
        encoded_format(is_full_range(frame)).descriptor().map_or("yuv420p", |descriptor| descriptor.name());
    filters.push(format!("format={format}"));
    filters.push("setsar=1".to_owned());
    filters.join(",")
}

fn is_rgb(frame: &frame::Video) -> bool {
    let name = frame.format().descriptor().map_or("", |descriptor| descriptor.name());
    ["rgb", "bgr", "gbr", "pal8", "argb", "abgr", "0rgb", "0bgr"].iter().any(|start| name.starts_with(start))
}

fn is_full_range(frame: &frame::Video) -> bool {
    let name = frame.format().descriptor().map_or("", |descriptor| descriptor.name());
    !is_rgb(frame) && (frame.color_range() == color::Range::JPEG || name.starts_with("yuvj"))
}

fn rgb_matrix(frame: &frame::Video) -> &'static str {
    if is_rgb(frame) { ":out_color_matrix=bt709:out_range=tv" } else { "" }
}

/// What the numbers of a picture mean as colours.
pub(crate) struct Colours {
    space: color::Space,
    range: color::Range,
    primaries: color::Primaries,
    transfer: color::TransferCharacteristic,
}

impl Colours {
    /// Colours keep their meaning: the source's tags go along, and pixels that were RGB get those they are converted to.
    pub(crate) fn of(source: &frame::Video) -> Self {
        if is_rgb(source) {
            return Self {
                space: color::Space::BT709,
                range: color::Range::MPEG,
                primaries: color::Primaries::BT709,
                transfer: color::TransferCharacteristic::BT709,
            };
        }
        Self {
            space: source.color_space(),
            range: if is_full_range(source) { color::Range::JPEG } else { source.color_range() },
            primaries: source.color_primaries(),
            transfer: source.color_transfer_characteristic(),
        }
    }

    /// Writes the meaning on a frame.
    pub(crate) fn tag(&self, shown: &mut frame::Video) {
        shown.set_color_space(self.space);
        shown.set_color_range(self.range);
        shown.set_color_primaries(self.primaries);
        shown.set_color_transfer_characteristic(self.transfer);
    }
}
