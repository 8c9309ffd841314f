//! What the network looks at: the logarithm of a mel spectrum every 10 ms, quantised. Window, filters and quantisation
//! come from the model file; they are those of S. Hershey et al., "CNN architectures for large-scale audio
//! classification" (ICASSP 2017).

use std::ops::Range;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

use super::SoundModelError;
use super::tflite::{Model, Operation, Operator};

/// Samples from one spectrum to the next, 10 ms.
pub(crate) const STEP: usize = 160;
/// Samples in one spectrum, 25 ms.
pub(crate) const WINDOW: usize = 400;
/// Samples in one patch.
pub(crate) const PATCH_SAMPLES: usize = 15_600;
/// Spectra in one patch.
pub(crate) const ROWS: usize = (PATCH_SAMPLES - WINDOW) / STEP + 1;
/// Values in one spectrum.
pub(crate) const BANDS: usize = 64;
const TRANSFORM: usize = 512;
const BINS: usize = TRANSFORM / 2 + 1;

/// The steps that turn samples into a quantised patch of spectra, in order.
const OPERATIONS: [Operation; 16] = [
    Operation::StridedSlice,
    Operation::Reshape,
    Operation::Gather,
    Operation::Reshape,
    Operation::Mul,
    Operation::Pad,
    Operation::Reshape,
    Operation::Rfft2d,
    Operation::Reshape,
    Operation::ComplexAbs,
    Operation::FullyConnected,
    Operation::Log,
    Operation::Reshape,
    Operation::Quantize,
    Operation::Reshape,
    Operation::Split,
];

/// One band: the bins it takes from and their weights.
struct Band {
    bins: Range<usize>,
    weights: Vec<f32>,
    floor: f32,
}

pub(crate) struct LogMel {
    window: Vec<f32>,
    bands: Vec<Band>,
    /// One step of quantisation, and the quantised value of zero.
    scale: f32,
    zero: i32,
    transform: Arc<dyn RealToComplex<f32>>,
    input: Vec<f32>,
    output: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
}

impl LogMel {
    /// Reads the first steps of a model; what is left are the network's.
    pub(crate) fn read<'m, 'a>(model: &'m Model<'a>) -> Result<(Self, &'m [Operator<'a>]), SoundModelError> {
        const OTHER: SoundModelError = SoundModelError::NotYamnet("it does not begin with YAMNet's spectra");
        let (steps, rest) = model.operators.split_at_checked(OPERATIONS.len()).ok_or(OTHER)?;
        if steps.iter().map(|step| step.operation).ne(OPERATIONS) {
            return Err(OTHER);
        }
        let [slice, _, _, _, multiply, _, frames, _, _, _, filter, .., quantize, patch, _] = steps else {
            return Err(OTHER);
        };
        let input = |step: &Operator<'_>, number| model.tensor(step.inputs.get(number));
        let output = |step: &Operator<'_>| model.tensor(step.outputs.first());
        let sizes = input(slice, 0)?.shape == [PATCH_SAMPLES]
            && output(multiply)?.shape == [ROWS, WINDOW]
            && output(frames)?.shape == [ROWS, 1, TRANSFORM]
            && output(filter)?.shape == [ROWS, BANDS]
            && output(patch)?.shape == [1, ROWS, BANDS, 1];
        let window = input(multiply, 1)?.floats()?;
        let filters = input(filter, 1)?.floats()?;
        let floors = input(filter, 2)?.floats()?;
        if !sizes || (window.len(), filters.len(), floors.len()) != (WINDOW, BANDS * BINS, BANDS) {
            return Err(OTHER);
        }
        let (scale, zero) = output(quantize)?.quantization()?;
        let bands = filters.chunks_exact(BINS).zip(floors).map(|(weights, floor)| Band::new(weights, floor));
        let transform = RealFftPlanner::new().plan_fft_forward(TRANSFORM);
        let (input, output) = (transform.make_input_vec(), transform.make_output_vec());
        let scratch = transform.make_scratch_vec();
        let bands = bands.collect();
        Ok((Self { window, bands, scale, zero, transform, input, output, scratch }, rest))
    }

    /// The spectrum of [`WINDOW`] samples: natural logarithms of [`BANDS`] bands.
    pub(crate) fn spectrum(&mut self, samples: &[f32], spectrum: &mut [f32; BANDS]) {
        self.input.fill(0.0);
        for ((value, sample), weight) in self.input.iter_mut().zip(samples).zip(&self.window) {
            *value = sample * weight;
        }
        // The buffers have the transform's own sizes, the only thing it could refuse.
        let _sizes_fit =
            self.transform.process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch);
        for (value, bin) in self.input.iter_mut().zip(&self.output) {
            *value = (bin.re * bin.re + bin.im * bin.im).sqrt();
        }
        for (value, band) in spectrum.iter_mut().zip(&self.bands) {
            let magnitudes = &self.input[band.bins.clone()];
            let sum: f32 = magnitudes.iter().zip(&band.weights).map(|(value, weight)| value * weight).sum();
            *value = (sum + band.floor).ln();
        }
    }

    /// A spectrum in the model's steps, relative to its zero point.
    pub(crate) fn quantize(&self, spectrum: &[f32; BANDS]) -> [i16; BANDS] {
        let (lowest, highest) = (i32::from(i8::MIN) - self.zero, i32::from(i8::MAX) - self.zero);
        spectrum.map(|value| {
            let steps = (value / self.scale).round_ties_even();
            steps.clamp(lowest as f32, highest as f32) as i16
        })
    }
}

impl Band {
    fn new(weights: &[f32], floor: f32) -> Self {
        let first = weights.iter().position(|weight| *weight != 0.0).unwrap_or(0);
        let end = weights.iter().rposition(|weight| *weight != 0.0).map_or(first, |last| last + 1);
        Self { bins: first..end, weights: weights[first..end].to_vec(), floor }
    }
}
