//! The few numbers that stand for a picture when shots are told apart.

use super::raster::{HEIGHT, Raster, WIDTH};

/// Columns and rows of the blocks of a signature.
const BLOCKS_X: usize = 16;
const BLOCKS_Y: usize = 9;
const BLOCK: usize = WIDTH / BLOCKS_X;
const BINS: usize = 32;
/// A picture whose brightness spreads less than this shows nothing.
const PLAIN: f32 = 3.0;
/// A plain picture up to this mean is black …
const BLACK: f32 = 20.0;
/// … and one from this mean on white.
const WHITE: f32 = 235.0;

/// Block means and a brightness histogram: what a shot keeps while things move in it, and a cut changes.
#[derive(Clone)]
pub(crate) struct Signature {
    blocks: [f32; BLOCKS_X * BLOCKS_Y],
    histogram: [f32; BINS],
    /// Mean brightness, 0 to 255.
    pub(crate) mean: f32,
    /// How far brightness spreads around the mean: its standard deviation, 0 to 128.
    pub(crate) contrast: f32,
}

impl Signature {
    pub(crate) fn new(raster: &Raster) -> Self {
        let (mut blocks, mut histogram) = ([0.0; BLOCKS_X * BLOCKS_Y], [0.0; BINS]);
        let (mut sum, mut squares) = (0.0_f32, 0.0_f32);
        for (i, value) in raster.luma.iter().enumerate() {
            let (x, y) = (i % WIDTH, i / WIDTH);
            blocks[y / BLOCK * BLOCKS_X + x / BLOCK] += value / (BLOCK * BLOCK) as f32;
            histogram[(*value as usize * BINS / 256).min(BINS - 1)] += 1.0 / (WIDTH * HEIGHT) as f32;
            sum += value;
            squares += value * value;
        }
        let mean = sum / raster.luma.len() as f32;
        let contrast = (squares / raster.luma.len() as f32 - mean * mean).max(0.0).sqrt();
        Self { blocks, histogram, mean, contrast }
    }

    /// Black or white all over, as between two fades.
    pub(crate) fn is_blank(&self) -> bool {
        self.contrast <= PLAIN && (self.mean <= BLACK || self.mean >= WHITE)
    }

    /// How different two pictures are, 0 to 1: half by what stands where, half by how bright things are.
    ///
    /// The histogram difference is that of cumulated histograms (earth mover's distance), so that a change of exposure
    /// by one bin is small.
    pub(crate) fn difference(&self, other: &Self) -> f32 {
        let (mut above, mut light) = (0.0_f32, 0.0);
        for (a, b) in self.histogram.iter().zip(&other.histogram) {
            above += a - b;
            light += above.abs();
        }
        let shape =
            self.histogram.iter().zip(&other.histogram).map(|(a, b)| (a - b).abs()).sum::<f32>() / 2.0;
        // Differences of real shots lie mostly below a third: the square root spreads them over the scale.
        (0.5 * self.apart(other).sqrt() + 0.25 * (light / BINS as f32).sqrt() + 0.25 * shape).min(1.0)
    }

    /// Mean difference of the blocks, 0 to 1.
    pub(crate) fn apart(&self, other: &Self) -> f32 {
        let sum = self.blocks.iter().zip(&other.blocks).map(|(a, b)| (a - b).abs()).sum::<f32>();
        sum / (self.blocks.len() as f32 * 255.0)
    }

    /// How alike the patterns of two pictures are whatever the light: the correlation of their blocks, -1 to 1; 0 where
    /// one of them has no pattern.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        let count = self.blocks.len() as f32;
        let mean = |blocks: &[f32]| blocks.iter().sum::<f32>() / count;
        let (here, there) = (mean(&self.blocks), mean(&other.blocks));
        let (mut both, mut own, mut others) = (0.0_f32, 0.0_f32, 0.0_f32);
        for (a, b) in self.blocks.iter().zip(&other.blocks) {
            both += (a - here) * (b - there);
            own += (a - here).powi(2);
            others += (b - there).powi(2);
        }
        // Less than a grey level of pattern is noise.
        if own < count || others < count { 0.0 } else { both / (own * others).sqrt() }
    }

    /// How far the ends are apart, 0 to 1, when `middle` looks like the mean of them, else 0.
    pub(crate) fn blend(&self, middle: &Self, end: &Self) -> f32 {
        let apart = self.apart(end);
        let sums = self.blocks.iter().zip(&middle.blocks).zip(&end.blocks);
        let off: f32 = sums.map(|((a, m), b)| (m - (a + b) / 2.0).abs()).sum();
        if off < 0.22 * apart * (self.blocks.len() as f32 * 255.0) { apart } else { 0.0 }
    }
}
