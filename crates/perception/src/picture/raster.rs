//! A picture brought to one small size.

use model::Picture;

/// Columns and rows of the small picture: coarse enough that grain and subpixel jitter vanish.
pub(crate) const WIDTH: usize = 64;
pub(crate) const HEIGHT: usize = 36;

/// A picture of [`WIDTH`] x [`HEIGHT`], 0 to 255, whatever its own size and shape were.
pub(crate) struct Raster {
    pub(crate) luma: Vec<f32>,
}

impl Raster {
    /// `None` when the picture is empty or its data is shorter than its size says.
    pub(crate) fn new(picture: &Picture<'_>) -> Option<Self> {
        let (width, height) = (picture.width, picture.height);
        if width == 0 || height == 0 || picture.luma.len() < width.checked_mul(height)? {
            return None;
        }
        let mut luma = Vec::with_capacity(WIDTH * HEIGHT);
        let mut columns = vec![0_u32; width];
        for y in 0..HEIGHT {
            let (top, bottom) = span(y, HEIGHT, height);
            columns.fill(0);
            for row in picture.luma[top * width..bottom * width].chunks_exact(width) {
                columns.iter_mut().zip(row).for_each(|(sum, value)| *sum += u32::from(*value));
            }
            for x in 0..WIDTH {
                let (left, right) = span(x, WIDTH, width);
                let sum: u32 = columns[left..right].iter().sum();
                luma.push(sum as f32 / ((bottom - top) * (right - left)) as f32);
            }
        }
        Some(Self { luma })
    }
}

/// The source pixels `[from, to)` that pixel `index` of `count` covers, at least one.
fn span(index: usize, count: usize, size: usize) -> (usize, usize) {
    let from = index * size / count;
    (from, ((index + 1) * size / count).max(from + 1))
}
