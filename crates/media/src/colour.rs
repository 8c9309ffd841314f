//! Decoded pictures made small in colour, for what looks at few of them closely.
#![allow(
    unsafe_code,
    reason = "the colours that a conversion starts from can be set through FFmpeg's own interface only"
)]

use ffmpeg_next::format::Pixel;
use ffmpeg_next::software::scaling;
use ffmpeg_next::{color, ffi, frame};
use model::Rotation;

use crate::orientation::Orientation;

/// The shorter side of a picture, when the source has as much.
const SHORTER_SIDE: u32 = 224;
/// The longer side at most: a strip of pixels must not become a huge picture.
const LONGEST_SIDE: u32 = 1_024;
/// From this height on video whose colours are not named has those of HDTV (as players take it).
const HIGH_DEFINITION: u32 = 720;

/// Makes small pictures in red, green and blue, upright and with square pixels, all of one size.
pub(crate) struct ColourScaler {
    /// Size as shown.
    pub(crate) width: usize,
    pub(crate) height: usize,
    orientation: Orientation,
    context: Option<scaling::Context>,
    shown: Vec<u8>,
}

impl ColourScaler {
    /// For pictures whose shown size is given; `orientation` is applied to every picture.
    pub(crate) fn new(shown_width: u32, shown_height: u32, orientation: Orientation) -> Self {
        let (shorter, longer) = (shown_width.min(shown_height).max(1), shown_width.max(shown_height).max(1));
        let factor = (f64::from(SHORTER_SIDE) / f64::from(shorter))
            .min(f64::from(LONGEST_SIDE) / f64::from(longer))
            .min(1.0);
        let scaled = |side: u32| ((f64::from(side) * factor).round() as usize).max(2);
        let (width, height) = (scaled(shown_width), scaled(shown_height));
        Self { width, height, orientation, context: None, shown: Vec::new() }
    }

    /// The small picture of a frame: `width * height * 3` values.
    pub(crate) fn scale(&mut self, frame: &frame::Video) -> Result<&[u8], ffmpeg_next::Error> {
        let (width, height) = if self.orientation.swaps_sides() {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        };
        let fits = self.context.as_ref().is_some_and(|context| {
            let input = context.input();
            (input.format, input.width, input.height) == (frame.format(), frame.width(), frame.height())
        });
        if !fits {
            self.context = Some(conversion(frame, width as u32, height as u32)?);
        }
        let mut coloured = frame::Video::empty();
        if let Some(context) = &mut self.context {
            context.run(frame, &mut coloured)?;
        }
        let (stride, data) = (coloured.stride(0), coloured.data(0));
        let pixel = |x: usize, y: usize| &data[y * stride + 3 * x..y * stride + 3 * x + 3];
        self.shown.clear();
        for y in 0..self.height {
            for x in 0..self.width {
                let (column, row) = stored_at(self.orientation, (width, height), (x, y));
                self.shown.extend_from_slice(pixel(column, row));
            }
        }
        Ok(&self.shown)
    }
}

/// Where a pixel of the upright picture lies in the stored one.
fn stored_at(
    orientation: Orientation,
    (width, height): (usize, usize),
    (x, y): (usize, usize),
) -> (usize, usize) {
    let (column, row) = match orientation.rotation {
        Rotation::None => (x, y),
        Rotation::Right => (y, height - 1 - x),
        Rotation::Half => (width - 1 - x, height - 1 - y),
        Rotation::Left => (width - 1 - y, x),
    };
    (if orientation.mirrored { width - 1 - column } else { column }, row)
}

fn conversion(frame: &frame::Video, width: u32, height: u32) -> Result<scaling::Context, ffmpeg_next::Error> {
    let mut context = scaling::Context::get(
        frame.format(),
        frame.width(),
        frame.height(),
        Pixel::RGB24,
        width,
        height,
        scaling::Flags::AREA,
    )?;
    let is_high_definition = match frame.color_space() {
        color::Space::BT709 => true,
        color::Space::Unspecified => frame.height() >= HIGH_DEFINITION,
        _ => false,
    };
    let space = if is_high_definition { ffi::SWS_CS_ITU709 } else { ffi::SWS_CS_ITU601 };
    let is_full = i32::from(frame.color_range() == color::Range::JPEG);
    const UNCHANGED: i32 = 1 << 16;
    // SAFETY: the context is alive and ours alone; the tables are static data of libswscale. Formats that have no such
    // tables refuse with a negative number, and need none.
    unsafe {
        let table = ffi::sws_getCoefficients(space as i32);
        ffi::sws_setColorspaceDetails(
            context.as_mut_ptr(),
            table,
            is_full,
            ffi::sws_getCoefficients(ffi::SWS_CS_DEFAULT as i32),
            1,
            0,
            UNCHANGED,
            UNCHANGED,
        );
    }
    Ok(context)
}
