//! The arithmetic of an 8-bit network: whole numbers multiplied and summed exactly, then brought back to 8 bits.
//!
//! Values are kept relative to their zero point in 16 bits, so that padding is zero and one instruction multiplies and
//! adds pairs. Sums wrap: a sound model never comes near 32 bits, and a damaged one must not end in a panic.
//! All of it is plain code that compilers turn into vector instructions; on x86 it exists again for wider ones, which are
//! chosen at run time. All give the same numbers.

mod depthwise;
mod instructions;
mod matrix;
mod window;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use depthwise::{CHANNELS, Depthwise};
pub(crate) use matrix::Matrix;
pub(crate) use window::{Side, Window};

/// How sums become values of the next layer: per channel a bias and a factor, then limits relative to the zero point.
pub(crate) struct Requantization {
    pub(crate) bias: Vec<i32>,
    pub(crate) factor: Vec<f32>,
    pub(crate) low: f32,
    pub(crate) high: f32,
}

impl Requantization {
    /// Brings back the sums of the channels from the number `first` on.
    #[inline(always)]
    fn apply(&self, first: usize, sums: &[i32], values: &mut [i16]) {
        // Adding 1.5 * 2^23 leaves no bits for a fraction: rounds to the nearest, ties to even, as the reference does. The
        // lowest 16 bits are then the whole number, and taking them is one instruction where a conversion that checks is many.
        const ROUND: f32 = 12_582_912.0;
        let channels = self.bias[first..].iter().zip(&self.factor[first..]);
        for ((value, sum), (bias, factor)) in values.iter_mut().zip(sums).zip(channels) {
            let scaled = (sum.wrapping_add(*bias) as f32 * factor).clamp(self.low, self.high);
            *value = (scaled + ROUND).to_bits() as i16;
        }
    }

    /// The mean of each channel over all pixels; the factor holds the division.
    pub(crate) fn average(&self, values: &[i16], means: &mut Vec<i16>) {
        let mut sums = vec![0_i32; self.bias.len()];
        for pixel in values.chunks_exact(sums.len()) {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum = sum.wrapping_add(i32::from(*value));
            }
        }
        means.resize(sums.len(), 0);
        self.apply(0, &sums, means);
    }
}
