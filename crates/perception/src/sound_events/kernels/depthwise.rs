//! A convolution of every channel for itself.

use super::instructions::Instructions;
use super::{Requantization, Window};

/// Channels that are summed side by side; their number is a multiple of this.
pub(crate) const CHANNELS: usize = 16;

/// A convolution that leaves channels apart.
pub(crate) struct Depthwise {
    pub(crate) window: Window,
    /// For each place in the window one weight a channel.
    pub(crate) weights: Vec<i16>,
    pub(crate) requantization: Requantization,
}

impl Depthwise {
    /// Convolves `values` into `results`.
    pub(crate) fn convolve(&self, values: &[i16], results: &mut Vec<i16>) {
        let positions = self.window.rows.count * self.window.columns.count;
        results.resize(positions * self.requantization.bias.len(), 0);
        self.convolve_by(Instructions::best(), values, results);
    }

    #[allow(unsafe_code, reason = "wider instructions are called after asking the processor for them")]
    fn convolve_by(&self, instructions: Instructions, values: &[i16], results: &mut [i16]) {
        match instructions {
            Instructions::Plain => self.convolve_with(values, results),
            // SAFETY: only instructions that the processor has are handed in.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { self.convolve_avx2(values, results) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { self.convolve_avx512(values, results) },
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn convolve_avx2(&self, values: &[i16], results: &mut [i16]) {
        self.convolve_with(values, results);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn convolve_avx512(&self, values: &[i16], results: &mut [i16]) {
        self.convolve_with(values, results);
    }

    #[inline(always)]
    fn convolve_with(&self, values: &[i16], results: &mut [i16]) {
        let blocks = self.requantization.bias.len() / CHANNELS;
        let (weights, values) = (self.weights.as_chunks::<CHANNELS>().0, values.as_chunks::<CHANNELS>().0);
        // Where the weights and the values of each place inside begin.
        let mut inside = Vec::with_capacity(weights.len() / blocks.max(1));
        let results = results.as_chunks_mut::<CHANNELS>().0;
        for (position, results) in results.chunks_exact_mut(blocks).enumerate() {
            let (row, column) = (position / self.window.columns.count, position % self.window.columns.count);
            inside.clear();
            self.window.places(row, column, |place, pixel| inside.push((place * blocks, pixel * blocks)));
            for (block, results) in results.iter_mut().enumerate() {
                let mut sums = [0_i32; CHANNELS];
                for (place, pixel) in &inside {
                    let products = products(&weights[place + block], &values[pixel + block]);
                    for (sum, product) in sums.iter_mut().zip(products) {
                        *sum = sum.wrapping_add(product);
                    }
                }
                self.requantization.apply(block * CHANNELS, &sums, results);
            }
        }
    }
}

#[inline(always)]
fn products(weights: &[i16; CHANNELS], values: &[i16; CHANNELS]) -> [i32; CHANNELS] {
    std::array::from_fn(|channel| i32::from(weights[channel]).wrapping_mul(i32::from(values[channel])))
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::*;

    #[test]
    fn a_window_sums_what_lies_inside_with_all_instructions() {
        let channels = 2 * CHANNELS;
        let side = |length| Side::new(length, 3, 1).expect("a side has a length");
        let depthwise = Depthwise {
            window: super::super::Window { rows: side(2), columns: side(3) },
            weights: (0..9 * channels).map(|index| 1 + (index / channels) as i16).collect(),
            requantization: Requantization {
                bias: vec![0; channels],
                factor: vec![1.0; channels],
                low: -30_000.0,
                high: 30_000.0,
            },
        };
        // Pixels count from 1 to 6 in every channel, and places in the window from 1 to 9.
        let values: Vec<i16> = (0..6 * channels).map(|index| 1 + (index / channels) as i16).collect();
        let upper = |left: [i16; 2], middle: [i16; 2], right: [i16; 2]| {
            let column = |[above, below]: [i16; 2], weight: i16| above * weight + below * (weight + 3);
            column(left, 4) + column(middle, 5) + column(right, 6)
        };
        for instructions in Instructions::available() {
            let mut results = vec![0; 6 * channels];
            depthwise.convolve_by(instructions, &values, &mut results);
            let first_row =
                [upper([0, 0], [1, 4], [2, 5]), upper([1, 4], [2, 5], [3, 6]), upper([2, 5], [3, 6], [0, 0])];
            for (column, expected) in first_row.into_iter().enumerate() {
                let pixel = &results[column * channels..(column + 1) * channels];
                assert!(
                    pixel.iter().all(|value| *value == expected),
                    "column {column}: {pixel:?} with {instructions:?}"
                );
            }
        }
    }
}
