//! The arithmetic of an 8-bit network: whole numbers multiplied and summed exactly, then brought back to 8 bits.
//!
//! Values are kept relative to their zero point in 16 bits, so that padding is zero and one instruction multiplies and
//! adds pairs. Sums wrap: a sound model never comes near 32 bits, and a damaged one must not end in a panic.
//! Everything is plain code that compilers turn into vector instructions; on x86 the two costly parts exist a second
//! time for AVX2, which is chosen at run time. Both give the same numbers.

#[cfg(target_arch = "x86_64")]
mod avx2;

/// How sums become values of the next layer: per channel a bias and a factor, then limits relative to the zero point.
pub(crate) struct Requantization {
    pub(crate) bias: Vec<i32>,
    pub(crate) factor: Vec<f32>,
    pub(crate) low: f32,
    pub(crate) high: f32,
}

impl Requantization {
    #[inline(always)]
    fn apply(&self, sums: &[i32], values: &mut [i16]) {
        // Adding 1.5 * 2^23 leaves no bits for a fraction: rounds to the nearest, ties to even, as the reference does.
        const ROUND: f32 = 12_582_912.0;
        let channels = self.bias.iter().zip(&self.factor);
        for ((value, sum), (bias, factor)) in values.iter_mut().zip(sums).zip(channels) {
            let scaled = (sum.wrapping_add(*bias) as f32 * factor).clamp(self.low, self.high);
            *value = ((scaled + ROUND) - ROUND) as i16;
        }
    }
}

impl Requantization {
    /// The mean of each channel over all pixels; the factor holds the division.
    pub(crate) fn average(&self, values: &[i16], means: &mut Vec<i16>) {
        let mut sums = vec![0_i32; self.bias.len()];
        for pixel in values.chunks_exact(sums.len()) {
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum = sum.wrapping_add(i32::from(*value));
            }
        }
        means.resize(sums.len(), 0);
        self.apply(&sums, means);
    }
}

/// Inputs of a [`Matrix`] are a multiple of this.
pub(crate) const LANES: usize = 16;
/// Outputs that are summed together.
const BLOCK: usize = 4;

/// A matrix that turns every row of inputs into a row of outputs: a 1x1 convolution, or a dense layer.
pub(crate) struct Matrix {
    /// One row of weights for each output, then rows of zeros up to a whole block.
    weights: Vec<[i16; LANES]>,
    inputs: usize,
    requantization: Requantization,
    sums: Vec<i32>,
}

impl Matrix {
    /// A matrix from its rows of weights, one for each output, each filled up with zeros to a multiple of [`LANES`].
    pub(crate) fn new(weights: &[i8], inputs: usize, requantization: Requantization) -> Self {
        let mut padded = Vec::new();
        for row in weights.chunks_exact(inputs) {
            for chunk in row.chunks(LANES) {
                let mut lanes = [0; LANES];
                for (lane, weight) in lanes.iter_mut().zip(chunk) {
                    *lane = i16::from(*weight);
                }
                padded.push(lanes);
            }
        }
        let lanes = inputs.div_ceil(LANES);
        let outputs = requantization.bias.len().next_multiple_of(BLOCK);
        padded.resize(outputs * lanes, [0; LANES]);
        Self { weights: padded, inputs: lanes * LANES, requantization, sums: vec![0; 2 * outputs] }
    }

    /// Values in one row, filled up with zeros.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Values in one row of outputs.
    pub(crate) fn outputs(&self) -> usize {
        self.requantization.bias.len()
    }

    /// Multiplies every row of `values` into `results`.
    pub(crate) fn multiply(&mut self, values: &[i16], results: &mut Vec<i16>) {
        let outputs = self.requantization.bias.len();
        results.resize(values.len() / self.inputs * outputs, 0);
        // Two rows at a time: every weight that is fetched is used twice.
        let pairs = values.chunks(2 * self.inputs).zip(results.chunks_mut(2 * outputs));
        for (pair, results) in pairs {
            let (first, second) = pair.split_at(self.inputs.min(pair.len()));
            let rows = [first.as_chunks().0, second.as_chunks().0];
            let half = self.sums.len() / 2;
            let (first, second) = self.sums.split_at_mut(half);
            products(rows, &self.weights, [&mut *first, &mut *second]);
            for (sums, results) in [first, second].into_iter().zip(results.chunks_mut(outputs)) {
                self.requantization.apply(sums, results);
            }
        }
    }
}

/// The sums of products of one or two rows (the second may be empty) with every row of weights.
#[allow(unsafe_code, reason = "wider instructions are called after asking the processor for them")]
fn products(rows: [&[[i16; LANES]]; 2], weights: &[[i16; LANES]], sums: [&mut [i32]; 2]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as just asked.
        return unsafe { avx2::products(rows, weights, sums) };
    }
    plain_products(rows, weights, sums);
}

fn plain_products(rows: [&[[i16; LANES]]; 2], weights: &[[i16; LANES]], sums: [&mut [i32]; 2]) {
    for (row, sums) in rows.into_iter().zip(sums).filter(|(row, _)| !row.is_empty()) {
        for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(row.len())) {
            *sum = dot(row.as_flattened(), weights.as_flattened());
        }
    }
}

fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).fold(0_i32, |sum, (a, b)| sum.wrapping_add(i32::from(*a).wrapping_mul(i32::from(*b))))
}

/// Where a window of `size` that moves by `stride` over a side of `length` lies, padded evenly (TensorFlow's "same").
#[derive(Clone, Copy)]
pub(crate) struct Side {
    length: usize,
    size: usize,
    stride: usize,
    before: usize,
    /// Positions of the window.
    pub(crate) count: usize,
}

impl Side {
    /// `None` when one of the figures is zero.
    pub(crate) fn new(length: usize, size: usize, stride: usize) -> Option<Self> {
        if length == 0 || size == 0 || stride == 0 {
            return None;
        }
        let count = length.div_ceil(stride);
        let covered = (count - 1).checked_mul(stride)?.checked_add(size)?;
        Some(Self { length, size, stride, before: covered.saturating_sub(length) / 2, count })
    }

    /// Places of the window at a position that lie inside: place in the window, place on the side.
    fn places(self, position: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..self.size).filter_map(move |place| {
            let at = (position * self.stride + place).checked_sub(self.before)?;
            (at < self.length).then_some((place, at))
        })
    }
}

/// A window that moves over rows and columns.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) rows: Side,
    pub(crate) columns: Side,
}

impl Window {
    /// Calls `each` with every place inside the window at a position: its number, and the pixel that it lies on.
    #[inline(always)]
    fn places(&self, row: usize, column: usize, mut each: impl FnMut(usize, usize)) {
        for (y, from_row) in self.rows.places(row) {
            for (x, from_column) in self.columns.places(column) {
                each(y * self.columns.size + x, from_row * self.columns.length + from_column);
            }
        }
    }

    /// Lays what the window sees at each position side by side, `width` values a position, the rest zero.
    pub(crate) fn unfold(&self, values: &[i16], channels: usize, width: usize, unfolded: &mut Vec<i16>) {
        unfolded.clear();
        unfolded.resize(self.rows.count * self.columns.count * width, 0);
        for (position, seen) in unfolded.chunks_exact_mut(width).enumerate() {
            let (row, column) = (position / self.columns.count, position % self.columns.count);
            self.places(row, column, |place, pixel| {
                let from = &values[pixel * channels..(pixel + 1) * channels];
                seen[place * channels..(place + 1) * channels].copy_from_slice(from);
            });
        }
    }
}

/// A convolution that leaves channels apart.
pub(crate) struct Depthwise {
    pub(crate) window: Window,
    /// For each place in the window one weight a channel.
    pub(crate) weights: Vec<i16>,
    pub(crate) requantization: Requantization,
}

impl Depthwise {
    /// Convolves `values` into `results`.
    #[allow(unsafe_code, reason = "wider instructions are called after asking the processor for them")]
    pub(crate) fn convolve(&self, values: &[i16], results: &mut Vec<i16>) {
        let channels = self.requantization.bias.len();
        results.resize(self.window.rows.count * self.window.columns.count * channels, 0);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, as just asked.
            return unsafe { self.convolve_avx2(values, results) };
        }
        self.convolve_with(values, results);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn convolve_avx2(&self, values: &[i16], results: &mut [i16]) {
        self.convolve_with(values, results);
    }

    #[inline(always)]
    fn convolve_with(&self, values: &[i16], results: &mut [i16]) {
        let channels = self.requantization.bias.len();
        let mut sums = vec![0_i32; channels];
        for (position, results) in results.chunks_exact_mut(channels).enumerate() {
            let (row, column) = (position / self.window.columns.count, position % self.window.columns.count);
            sums.fill(0);
            self.window.places(row, column, |place, pixel| {
                let seen = &values[pixel * channels..(pixel + 1) * channels];
                let weights = &self.weights[place * channels..(place + 1) * channels];
                for ((sum, value), weight) in sums.iter_mut().zip(seen).zip(weights) {
                    *sum = sum.wrapping_add(i32::from(*value).wrapping_mul(i32::from(*weight)));
                }
            });
            self.requantization.apply(&sums, results);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize, seed: i16) -> Vec<[i16; LANES]> {
        let value = |index: usize| ((index as i16).wrapping_mul(seed) % 256).abs();
        (0..count).map(|row| std::array::from_fn(|lane| value(row * LANES + lane))).collect()
    }

    #[test]
    fn wide_and_plain_instructions_give_the_same_sums() {
        let weights = rows(8 * 3, 77);
        for (first, second) in [(rows(3, 31), rows(3, 101)), (rows(3, 13), Vec::new())] {
            let (mut plain, mut chosen) = ([[0; 8]; 2], [[0; 8]; 2]);
            plain_products([&first, &second], &weights, plain.each_mut().map(|sums| &mut sums[..]));
            products([&first, &second], &weights, chosen.each_mut().map(|sums| &mut sums[..]));
            assert_eq!(plain, chosen, "the processor's own instructions give other sums");
        }
    }
}
