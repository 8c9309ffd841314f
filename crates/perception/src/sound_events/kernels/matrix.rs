//! A matrix over rows of values.

use std::sync::OnceLock;

use super::Requantization;
use super::instructions::Instructions;
#[cfg(target_arch = "x86_64")]
use super::x86;

/// Outputs that are summed side by side.
pub(super) const OUTPUTS: usize = 32;
/// Two values of a row that follow one another.
pub(super) type Pair = [i16; 2];
/// Four of them, where none is negative or needs more than 8 bits.
#[cfg(target_arch = "x86_64")]
pub(super) type Quad = [u8; 4];
/// Rows of values, in pairs or quads, that are summed at once.
pub(super) type Rows<'a, Unit, const COUNT: usize> = [&'a [Unit]; COUNT];
/// What a block of outputs makes of a pair of values. In 8 bits: all weights of a network are more than the nearest cache holds.
pub(super) type Weights = [[i8; 2]; OUTPUTS];
/// The same of a quad of values.
pub(super) type QuadWeights = [[i8; 4]; OUTPUTS];
/// A block of outputs in the making.
pub(super) type Sums = [i32; OUTPUTS];

/// A matrix that turns every row of inputs into a row of outputs: a 1x1 convolution, or a dense layer.
pub(crate) struct Matrix {
    /// For each block of outputs the weights of all pairs of inputs; zeros up to a whole pair and a whole block. Where there are quads
    /// it is made of them when values come that cannot be multiplied by quads, which in most layers none are.
    weights: OnceLock<Vec<Weights>>,
    /// The same for quads, where there are instructions for them and the inputs make whole quads; else empty.
    #[cfg_attr(
        not(target_arch = "x86_64"),
        allow(dead_code, reason = "only x86 has such instructions here")
    )]
    quads: Vec<QuadWeights>,
    inputs: usize,
    requantization: Requantization,
}

impl Matrix {
    /// A matrix from its rows of weights, one of so many `inputs` for each output.
    pub(crate) fn new(weights: &[i8], inputs: usize, requantization: Requantization) -> Self {
        let takes_quads = inputs.is_multiple_of(4) && Instructions::best().multiply_quads();
        let (mut quads, pairs) = (Vec::new(), OnceLock::new());
        if takes_quads {
            quads = blocked(weights, inputs, &requantization);
        } else {
            pairs.get_or_init(|| blocked(weights, inputs, &requantization));
        }
        Self { weights: pairs, quads, inputs: inputs.next_multiple_of(2), requantization }
    }

    fn weights(&self) -> &[Weights] {
        self.weights.get_or_init(|| self.quads.iter().flat_map(halves).collect())
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
    pub(crate) fn multiply(&self, values: &[i16], results: &mut Vec<i16>) {
        results.resize(values.len() / self.inputs * self.outputs(), 0);
        self.multiply_by(Instructions::best(), values, results);
    }

    #[allow(unsafe_code, reason = "wider instructions are called after asking the processor for them")]
    fn multiply_by(&self, instructions: Instructions, values: &[i16], results: &mut [i16]) {
        match instructions {
            Instructions::Plain => self.multiply_with(values, results, sums::<2>, sums::<1>),
            // SAFETY: only instructions that the processor has are handed in.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { self.multiply_avx2(values, results) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { self.multiply_avx512(values, results) },
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn multiply_avx2(&self, values: &[i16], results: &mut [i16]) {
        let several = |rows: Rows<'_, Pair, 2>, weights: &[Weights]| x86::sums_avx2(rows, weights);
        let single = |rows: Rows<'_, Pair, 1>, weights: &[Weights]| x86::sums_avx2(rows, weights);
        self.multiply_with(values, results, several, single);
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn multiply_avx512(&self, values: &[i16], results: &mut [i16]) {
        if let Some(bytes) = self.bytes(values) {
            let several = |rows: Rows<'_, Quad, 6>, weights: &[QuadWeights]| x86::quad_sums(rows, weights);
            let single = |rows: Rows<'_, Quad, 1>, weights: &[QuadWeights]| x86::quad_sums(rows, weights);
            return self.multiply_units(bytes.as_chunks().0, &self.quads, results, several, single);
        }
        let several = |rows: Rows<'_, Pair, 6>, weights: &[Weights]| x86::sums_avx512(rows, weights);
        let single = |rows: Rows<'_, Pair, 1>, weights: &[Weights]| x86::sums_avx512(rows, weights);
        self.multiply_with(values, results, several, single);
    }

    /// Values as bytes, where all of them are and quads can be multiplied: behind a rectifier, which most layers end in.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn bytes(&self, values: &[i16]) -> Option<Vec<u8>> {
        let beyond = values.iter().fold(0, |beyond, value| beyond | (value & !0xff));
        (beyond == 0 && !self.quads.is_empty()).then(|| values.iter().map(|value| *value as u8).collect())
    }

    /// As [`Self::multiply_units`], in pairs.
    #[inline(always)]
    fn multiply_with<const ROWS: usize>(
        &self,
        values: &[i16],
        results: &mut [i16],
        several: impl Fn(Rows<'_, Pair, ROWS>, &[Weights]) -> [Sums; ROWS],
        single: impl Fn(Rows<'_, Pair, 1>, &[Weights]) -> [Sums; 1],
    ) {
        self.multiply_units(values.as_chunks().0, self.weights(), results, several, single);
    }

    /// With instructions that sum `ROWS` rows at once, so that every weight that is fetched is used as often, and single rows. All rows
    /// go through a block of outputs before the next begins: its weights are then in the nearest cache, which those of a layer are not.
    #[inline(always)]
    fn multiply_units<Unit, Block, const ROWS: usize>(
        &self,
        units: &[Unit],
        weights: &[Block],
        results: &mut [i16],
        several: impl Fn(Rows<'_, Unit, ROWS>, &[Block]) -> [Sums; ROWS],
        single: impl Fn(Rows<'_, Unit, 1>, &[Block]) -> [Sums; 1],
    ) {
        let outputs = self.outputs();
        let row = weights.len() / outputs.div_ceil(OUTPUTS).max(1);
        let whole = results.len() / outputs / ROWS * ROWS;
        let (grouped, single_rows) = units.split_at(whole * row);
        let (grouped_results, single_results) = results.split_at_mut(whole * outputs);
        for (block, weights) in weights.chunks_exact(row).enumerate() {
            let first = block * OUTPUTS;
            self.multiply_block(first, grouped, weights, grouped_results, &several);
            self.multiply_block(first, single_rows, weights, single_results, &single);
        }
    }

    /// The outputs of one block, the first of which is `first`, of whole groups of rows.
    #[inline(always)]
    fn multiply_block<Unit, Block, const ROWS: usize>(
        &self,
        first: usize,
        units: &[Unit],
        weights: &[Block],
        results: &mut [i16],
        sums: &impl Fn(Rows<'_, Unit, ROWS>, &[Block]) -> [Sums; ROWS],
    ) {
        let (outputs, length) = (self.outputs(), weights.len());
        let end = outputs.min(first + OUTPUTS);
        let groups = units.chunks_exact(ROWS * length);
        for (units, results) in groups.zip(results.chunks_exact_mut(ROWS * outputs)) {
            let rows = std::array::from_fn(|row| &units[row * length..][..length]);
            for (sums, results) in sums(rows, weights).iter().zip(results.chunks_exact_mut(outputs)) {
                self.requantization.apply(first, sums, &mut results[first..end]);
            }
        }
    }
}

/// For each block of outputs the weights of all groups of so many inputs; zeros up to a whole group and a whole block.
fn blocked<const GROUP: usize>(
    weights: &[i8],
    inputs: usize,
    requantization: &Requantization,
) -> Vec<[[i8; GROUP]; OUTPUTS]> {
    let (outputs, groups) = (requantization.bias.len(), inputs.div_ceil(GROUP));
    let mut blocked = vec![[[0; GROUP]; OUTPUTS]; outputs.div_ceil(OUTPUTS) * groups];
    for (output, row) in weights.chunks_exact(inputs).take(outputs).enumerate() {
        let (whole, rest) = row.as_chunks::<GROUP>();
        let blocks = &mut blocked[output / OUTPUTS * groups..][..groups];
        for (block, group) in blocks.iter_mut().zip(whole) {
            block[output % OUTPUTS] = *group;
        }
        if let Some(block) = blocks.get_mut(whole.len()) {
            block[output % OUTPUTS][..rest.len()].copy_from_slice(rest);
        }
    }
    blocked
}

/// The weights of the two pairs that a quad of inputs is.
fn halves(quads: &QuadWeights) -> [Weights; 2] {
    [quads.map(|[a, b, _, _]| [a, b]), quads.map(|[_, _, c, d]| [c, d])]
}

/// The sums of products of each row with the weights of a block.
fn sums<const ROWS: usize>(rows: Rows<'_, Pair, ROWS>, weights: &[Weights]) -> [Sums; ROWS] {
    rows.map(|row| {
        let mut sums = [0_i32; OUTPUTS];
        for (values, weights) in row.iter().zip(weights) {
            let [a, b] = values.map(i32::from);
            for (sum, weights) in sums.iter_mut().zip(weights) {
                let [x, y] = weights.map(i32::from);
                *sum = sum.wrapping_add(a.wrapping_mul(x)).wrapping_add(b.wrapping_mul(y));
            }
        }
        sums
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures over the whole range of 8 bits, in no order.
    fn figure(index: usize, seed: usize) -> i8 {
        ((index * seed + index / 7) % 256) as u8 as i8
    }

    fn matrix(inputs: usize, outputs: usize) -> Matrix {
        let weights: Vec<i8> = (0..inputs * outputs).map(|index| figure(index, 77)).collect();
        let requantization = Requantization {
            bias: (0..outputs).map(|output| output as i32 * 31 - 400).collect(),
            factor: (0..outputs).map(|output| 0.001 + output as f32 * 0.000_1).collect(),
            low: -128.0,
            high: 127.0,
        };
        Matrix::new(&weights, inputs, requantization)
    }

    #[test]
    fn outputs_are_sums_of_products_brought_to_8_bits() {
        let (inputs, outputs) = (9, 35);
        let matrix = matrix(inputs, outputs);
        let row: Vec<i16> = (0..inputs).map(|index| i16::from(figure(index, 101))).chain([0]).collect();
        let mut results = Vec::new();
        matrix.multiply(&row, &mut results);
        assert_eq!(results.len(), outputs);
        for (output, result) in results.into_iter().enumerate() {
            let products = (0..inputs)
                .map(|input| i32::from(figure(output * inputs + input, 77)) * i32::from(row[input]));
            let sum = products.sum::<i32>() + output as i32 * 31 - 400;
            let expected = (sum as f32 * (0.001 + output as f32 * 0.000_1)).clamp(-128.0, 127.0);
            assert_eq!(result, expected.round_ties_even() as i16, "output {output}");
        }
    }

    #[test]
    fn all_instructions_give_the_same_outputs() {
        for (inputs, outputs, rows) in [(9, 32, 13), (64, 70, 6), (32, 521, 1), (128, 64, 11)] {
            let matrix = matrix(inputs, outputs);
            let count = rows * matrix.inputs();
            let signed = |index| 2 * i16::from(figure(index, 57));
            let bytes = |index| i16::from(figure(index, 57) as u8);
            for values in [(0..count).map(signed).collect::<Vec<i16>>(), (0..count).map(bytes).collect()] {
                let results = |instructions| {
                    let mut results = vec![0; rows * outputs];
                    matrix.multiply_by(instructions, &values, &mut results);
                    results
                };
                let plain = results(Instructions::Plain);
                for instructions in Instructions::available() {
                    assert_eq!(results(instructions), plain, "{rows} rows of {inputs} with {instructions:?}");
                }
            }
        }
    }
}
