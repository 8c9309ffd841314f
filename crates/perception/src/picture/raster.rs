//! A picture brought to one small size, and the few numbers that stand for it.

use model::Picture;

/// Columns and rows of the small picture: coarse enough that grain and subpixel jitter vanish.
pub(crate) const WIDTH: usize = 64;
pub(crate) const HEIGHT: usize = 36;
/// Columns and rows of the blocks of a signature.
const BLOCKS_X: usize = 16;
const BLOCKS_Y: usize = 9;
const BLOCK: usize = WIDTH / BLOCKS_X;
const BINS: usize = 32;

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
        for y in 0..HEIGHT {
            let (top, bottom) = span(y, HEIGHT, height);
            for x in 0..WIDTH {
                let (left, right) = span(x, WIDTH, width);
                let rows = (top..bottom).map(|row| &picture.luma[row * width + left..row * width + right]);
                let sum: u32 = rows.flatten().map(|value| u32::from(*value)).sum();
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

/// Block means and a brightness histogram: what a shot keeps while things move in it, and a cut changes.
#[derive(Clone)]
pub(crate) struct Signature {
    blocks: [f32; BLOCKS_X * BLOCKS_Y],
    histogram: [f32; BINS],
}

impl Signature {
    pub(crate) fn new(raster: &Raster) -> Self {
        let (mut blocks, mut histogram) = ([0.0; BLOCKS_X * BLOCKS_Y], [0.0; BINS]);
        for (i, value) in raster.luma.iter().enumerate() {
            let (x, y) = (i % WIDTH, i / WIDTH);
            blocks[y / BLOCK * BLOCKS_X + x / BLOCK] += value / (BLOCK * BLOCK) as f32;
            histogram[(*value as usize * BINS / 256).min(BINS - 1)] += 1.0 / (WIDTH * HEIGHT) as f32;
        }
        Self { blocks, histogram }
    }

    /// How different two pictures are, 0 to 1: half by what stands where, half by how bright things are.
    ///
    /// The histogram difference is that of cumulated histograms (earth mover's distance), so that a change of exposure
    /// by one bin is small.
    pub(crate) fn difference(&self, other: &Self) -> f32 {
        let place = self.blocks.iter().zip(&other.blocks).map(|(a, b)| (a - b).abs()).sum::<f32>();
        let (mut above, mut light) = (0.0_f32, 0.0);
        for (a, b) in self.histogram.iter().zip(&other.histogram) {
            above += a - b;
            light += above.abs();
        }
        let place = place / (self.blocks.len() as f32 * 255.0);
        let shape =
            self.histogram.iter().zip(&other.histogram).map(|(a, b)| (a - b).abs()).sum::<f32>() / 2.0;
        // Differences of real shots lie mostly below a third: the square root spreads them over the scale.
        (0.5 * place.sqrt() + 0.25 * (light / BINS as f32).sqrt() + 0.25 * shape).min(1.0)
    }

    /// How far the ends are apart when `middle` looks like the mean of them, else 0.
    pub(crate) fn blend(&self, middle: &Self, end: &Self) -> f32 {
        let (mut apart, mut off) = (0.0_f32, 0.0_f32);
        for ((a, m), b) in self.blocks.iter().zip(&middle.blocks).zip(&end.blocks) {
            apart += (a - b).abs();
            off += (m - (a + b) / 2.0).abs();
        }
        if off < 0.22 * apart { apart / (self.blocks.len() as f32 * 255.0) } else { 0.0 }
    }
}
