//! Decoded pictures made small and grey, as detectors want them.
#![allow(unsafe_code, reason = "where a format keeps its luma is known to FFmpeg's descriptors only")]

use ffmpeg_next::format::Pixel;
use ffmpeg_next::software::scaling;
use ffmpeg_next::{color, ffi, frame};

use crate::orientation::Orientation;
use model::Rotation;

/// The longest side of a small picture.
const LONGEST_SIDE: u32 = 128;

/// Rows of a block that are summed: more would cost time (a frame is more than the caches hold) and change a mean hardly
/// at all.
const ROWS_PER_BLOCK: usize = 2;

/// Makes small grey pictures, upright and with square pixels, all of one size.
pub(crate) struct LumaScaler {
    /// Size as shown.
    pub(crate) width: usize,
    pub(crate) height: usize,
    orientation: Orientation,
    stored: Vec<u8>,
    shown: Vec<u8>,
    fallback: Option<scaling::Context>,
}

/// Where the luma of a pixel format lies, when it can be read in place.
struct Layout {
    offset: usize,
    step: usize,
    /// Bits to drop from a little-endian 16-bit value; `None` for 8-bit formats.
    shift: Option<u32>,
}

impl LumaScaler {
    /// For pictures whose shown size is given; `orientation` is applied to every picture.
    pub(crate) fn new(shown_width: u32, shown_height: u32, orientation: Orientation) -> Self {
        let longest = f64::from(shown_width.max(shown_height).max(1));
        let factor = (f64::from(LONGEST_SIDE) / longest).min(1.0);
        let scaled = |side: u32| ((f64::from(side) * factor).round() as usize).max(2);
        let (width, height) = (scaled(shown_width), scaled(shown_height));
        Self { width, height, orientation, stored: Vec::new(), shown: Vec::new(), fallback: None }
    }

    /// The small picture of a frame: `width * height` values from 0 (black) to 255 (white).
    pub(crate) fn scale(&mut self, frame: &frame::Video) -> Result<&[u8], ffmpeg_next::Error> {
        let (width, height) = if self.orientation.swaps_sides() {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        };
        self.stored.resize(width * height, 0);
        let in_place = layout_of(frame.format())
            .is_some_and(|layout| average_blocks(frame, &layout, width, height, &mut self.stored).is_some());
        if !in_place {
            self.convert(frame, width, height)?;
        }
        if in_place && frame.color_range() != color::Range::JPEG && !is_full_range(frame.format()) {
            self.stored.iter_mut().for_each(|value| *value = from_limited_range(*value));
        }
        if self.orientation == Orientation::default() {
            return Ok(&self.stored);
        }
        turn(&self.stored, width, height, self.orientation, &mut self.shown);
        Ok(&self.shown)
    }

    /// Lets FFmpeg convert formats that have no luma of their own, such as RGB and palettes.
    fn convert(
        &mut self,
        frame: &frame::Video,
        width: usize,
        height: usize,
    ) -> Result<(), ffmpeg_next::Error> {
        let fits = self.fallback.as_ref().is_some_and(|context| {
            let input = context.input();
            (input.format, input.width, input.height) == (frame.format(), frame.width(), frame.height())
        });
        if !fits {
            self.fallback = Some(scaling::Context::get(
                frame.format(),
                frame.width(),
                frame.height(),
                Pixel::GRAY8,
                width as u32,
                height as u32,
                scaling::Flags::AREA,
            )?);
        }
        let mut grey = frame::Video::empty();
        if let Some(context) = &mut self.fallback {
            context.run(frame, &mut grey)?;
        }
        let stride = grey.stride(0);
        for (row, line) in self.stored.chunks_exact_mut(width).enumerate() {
            line.copy_from_slice(&grey.data(0)[row * stride..row * stride + width]);
        }
        Ok(())
    }
}

fn is_full_range(format: Pixel) -> bool {
    matches!(format, Pixel::YUVJ420P | Pixel::YUVJ422P | Pixel::YUVJ444P | Pixel::YUVJ440P | Pixel::YUVJ411P)
}

/// Broadcast luma runs from 16 to 235.
fn from_limited_range(value: u8) -> u8 {
    (((i32::from(value) - 16) * 255 + 109) / 219).clamp(0, 255) as u8
}

/// `None` for formats whose first component is not luma in the first plane, or is stored in an unusual way.
fn layout_of(format: Pixel) -> Option<Layout> {
    let excluded = [
        ffi::AV_PIX_FMT_FLAG_RGB as u64,
        ffi::AV_PIX_FMT_FLAG_PAL as u64,
        ffi::AV_PIX_FMT_FLAG_HWACCEL as u64,
        ffi::AV_PIX_FMT_FLAG_BITSTREAM as u64,
        ffi::AV_PIX_FMT_FLAG_BE as u64,
        ffi::AV_PIX_FMT_FLAG_FLOAT as u64,
    ];
    // SAFETY: descriptors are static data of libavutil; null for unknown formats.
    let descriptor = unsafe { ffi::av_pix_fmt_desc_get(format.into()).as_ref()? };
    let luma = descriptor.comp[0];
    if excluded.iter().any(|flag| descriptor.flags & flag != 0) || luma.plane != 0 {
        return None;
    }
    let (offset, step) = (usize::try_from(luma.offset).ok()?, usize::try_from(luma.step).ok()?);
    match luma.depth {
        8 => Some(Layout { offset, step, shift: None }),
        9..=16 if step >= 2 => {
            Some(Layout { offset, step, shift: Some((luma.shift + luma.depth - 8).unsigned_abs()) })
        }
        _ => None,
    }
}

/// Means of blocks of luma; `None` when the frame is smaller than its own description, or than the result.
fn average_blocks(
    frame: &frame::Video,
    layout: &Layout,
    width: usize,
    height: usize,
    result: &mut [u8],
) -> Option<()> {
    let (source_width, source_height) = (frame.width() as usize, frame.height() as usize);
    if source_width < width || source_height < height || frame.planes() == 0 {
        return None;
    }
    // SAFETY: a plain field is read. Frames stored upside down have a negative stride, which a slice cannot express.
    let stride = usize::try_from(unsafe { (*frame.as_ptr()).linesize[0] }).ok()?;
    let data = frame.data(0);
    let row_bytes =
        layout.offset + source_width.checked_sub(1)? * layout.step + layout.shift.map_or(1, |_| 2);
    if row_bytes > stride || data.len() < stride * (source_height - 1) + row_bytes {
        return None;
    }
    // Rows are added up first, which the compiler turns into vector instructions; only then are columns.
    let edges: Vec<usize> = (0..=width).map(|column| column * source_width / width).collect();
    let mut columns = vec![0_u16; source_width];
    for (row, line) in result.chunks_exact_mut(width).enumerate() {
        let (top, bottom) = (row * source_height / height, (row + 1) * source_height / height);
        let rows = (bottom - top).clamp(1, ROWS_PER_BLOCK);
        columns.fill(0);
        for step in 0..rows {
            let y = top + step * (bottom - top) / rows;
            add_row(&data[y * stride + layout.offset..][..row_bytes - layout.offset], layout, &mut columns);
        }
        for (value, edge) in line.iter_mut().zip(edges.windows(2)) {
            let block = &columns[edge[0]..edge[1]];
            let sum: u32 = block.iter().map(|&column| u32::from(column)).sum();
            *value = (sum / (block.len() * rows) as u32).min(255) as u8;
        }
    }
    Some(())
}

/// Adds a row's luma, as eight bits, to the columns' sums.
fn add_row(source: &[u8], layout: &Layout, columns: &mut [u16]) {
    match layout.shift {
        None if layout.step == 1 => {
            columns.iter_mut().zip(source).for_each(|(sum, value)| *sum += u16::from(*value));
        }
        None => {
            let values = source.iter().step_by(layout.step);
            columns.iter_mut().zip(values).for_each(|(sum, value)| *sum += u16::from(*value));
        }
        Some(shift) => {
            let values = source.chunks(layout.step).map(|pixel| u16::from_le_bytes([pixel[0], pixel[1]]));
            // Bits beyond the format's depth are zero in a sound file; in a damaged one they must not overflow.
            columns.iter_mut().zip(values).for_each(|(sum, value)| *sum += (value >> shift).min(255));
        }
    }
}

/// Turns a small picture as `orientation` says.
fn turn(stored: &[u8], width: usize, height: usize, orientation: Orientation, shown: &mut Vec<u8>) {
    let (shown_width, shown_height) =
        if orientation.swaps_sides() { (height, width) } else { (width, height) };
    shown.clear();
    for y in 0..shown_height {
        for x in 0..shown_width {
            let (column, row) = match orientation.rotation {
                Rotation::None => (x, y),
                Rotation::Right => (y, height - 1 - x),
                Rotation::Half => (width - 1 - x, height - 1 - y),
                Rotation::Left => (width - 1 - y, x),
            };
            let column = if orientation.mirrored { width - 1 - column } else { column };
            shown.push(stored[row * width + column]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_picture_has_its_corners_where_a_viewer_expects_them() {
        let stored = [1, 2, 3, 4, 5, 6];
        let check = |mirrored, rotation, expected: [u8; 6]| {
            let mut shown = Vec::new();
            turn(&stored, 3, 2, Orientation { mirrored, rotation }, &mut shown);
            assert_eq!(shown, expected, "turning by {rotation:?} went wrong");
        };
        check(false, Rotation::Right, [4, 1, 5, 2, 6, 3]);
        check(false, Rotation::Left, [3, 6, 2, 5, 1, 4]);
        check(false, Rotation::Half, [6, 5, 4, 3, 2, 1]);
        check(true, Rotation::None, [3, 2, 1, 6, 5, 4]);
    }
}
