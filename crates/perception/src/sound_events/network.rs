//! The network proper: a patch of spectra goes through convolutions (MobileNet v1, A. Howard et al., 2017) and a dense
//! layer and becomes a score for each class. All weights and shapes come from the model file.

use super::SoundModelError;
use super::flatbuffer::Table;
use super::kernels::{CHANNELS, Depthwise, Matrix, Requantization, Side, Window};
use super::tflite::{Model, Operation, Operator, Tensor};

type Read<T> = Result<T, SoundModelError>;

const MISMATCH: SoundModelError = SoundModelError::Damaged("the sizes of its layers do not fit together");

enum Layer {
    /// What a window sees goes through a matrix; no window means one pixel.
    Convolution(Option<Unfold>, Matrix),
    Depthwise(Depthwise),
}

struct Unfold {
    window: Window,
    channels: usize,
}

/// Quantised numbers on their way: rows, columns, channels, and what they stand for.
#[derive(Clone, Copy)]
struct Shape {
    rows: usize,
    columns: usize,
    channels: usize,
    scale: f32,
    zero: i32,
}

/// The convolutions, the mean over all places, and the dense layer.
pub(crate) struct Network {
    layers: Vec<Layer>,
    mean: Requantization,
    dense: Matrix,
    /// The score of every output value of the dense layer, from the lowest.
    scores: Vec<f32>,
    lowest: i16,
    /// Numbers before and after the layer at work.
    scratch: [Vec<i16>; 2],
    unfolded: Vec<i16>,
}

impl Network {
    /// Reads all layers after the spectra. `rows` and `columns` are a patch's, quantised as `input` says.
    pub(crate) fn read(model: &Model<'_>, operators: &[Operator<'_>], input: &Tensor<'_>) -> Read<Self> {
        const OTHER: SoundModelError = SoundModelError::NotYamnet("its layers are others");
        let [convolutions @ .., mean, dense, logistic, dequantize] = operators else { return Err(OTHER) };
        let tail = [mean.operation, dense.operation, logistic.operation, dequantize.operation];
        if tail != [Operation::Mean, Operation::FullyConnected, Operation::Logistic, Operation::Dequantize] {
            return Err(OTHER);
        }
        let (scale, zero) = input.quantization()?;
        let [1, rows, columns, channels] = input.shape[..] else { return Err(MISMATCH) };
        let mut shape = Shape { rows, columns, channels, scale, zero };
        let mut layers = Vec::new();
        for operator in convolutions {
            let layer = match operator.operation {
                Operation::Conv2d => convolution(model, operator, &mut shape)?,
                Operation::DepthwiseConv2d => depthwise(model, operator, &mut shape)?,
                _ => return Err(OTHER),
            };
            layers.push(layer);
        }
        let mean = average(model, mean, &mut shape)?;
        let dense = fully_connected(model, dense, &mut shape)?;
        let (scores, lowest) = logistic_table(shape);
        Ok(Self { layers, mean, dense, scores, lowest, scratch: Default::default(), unfolded: Vec::new() })
    }

    /// How many classes are scored.
    pub(crate) fn classes(&self) -> usize {
        self.dense.outputs()
    }

    /// The score of every class, 0 to 1, for one patch: rows of spectra relative to their zero point.
    pub(crate) fn run(&mut self, patch: &[i16], scores: &mut [f32]) {
        let [values, results] = &mut self.scratch;
        values.clear();
        values.extend_from_slice(patch);
        for layer in &self.layers {
            match layer {
                Layer::Convolution(None, matrix) => matrix.multiply(values, results),
                Layer::Convolution(Some(unfold), matrix) => {
                    unfold.window.unfold(values, unfold.channels, matrix.inputs(), &mut self.unfolded);
                    matrix.multiply(&self.unfolded, results);
                }
                Layer::Depthwise(depthwise) => depthwise.convolve(values, results),
            }
            std::mem::swap(values, results);
        }
        self.mean.average(values, results);
        self.dense.multiply(results, values);
        for (score, value) in scores.iter_mut().zip(values) {
            let index = usize::try_from(*value - self.lowest).unwrap_or(0);
            *score = self.scores.get(index).copied().unwrap_or(0.0);
        }
    }
}

fn convolution(model: &Model<'_>, operator: &Operator<'_>, shape: &mut Shape) -> Read<Layer> {
    let weights = model.tensor(operator.inputs.get(1))?;
    let [outputs, height, width, channels] = weights.shape[..] else { return Err(MISMATCH) };
    let options = operator.options.ok_or(MISMATCH)?;
    let window = window(options, (height, width), *shape)?;
    if channels != shape.channels || outputs == 0 {
        return Err(MISMATCH);
    }
    let (bytes, row) = (weights.bytes()?, height * width * channels);
    let requantization = requantization(model, operator, &weights, outputs, options.byte(3)?, shape)?;
    let matrix = Matrix::new(&bytes, row, requantization);
    let direct = matrix.inputs() == channels
        && window.rows.count == shape.rows
        && window.columns.count == shape.columns;
    let unfold = (!direct).then_some(Unfold { window, channels });
    (shape.rows, shape.columns) = (window.rows.count, window.columns.count);
    Ok(Layer::Convolution(unfold, matrix))
}

fn depthwise(model: &Model<'_>, operator: &Operator<'_>, shape: &mut Shape) -> Read<Layer> {
    let weights = model.tensor(operator.inputs.get(1))?;
    let [1, height, width, channels] = weights.shape[..] else { return Err(MISMATCH) };
    let options = operator.options.ok_or(MISMATCH)?;
    let window = window(options, (height, width), *shape)?;
    if channels != shape.channels || channels % CHANNELS != 0 {
        return Err(MISMATCH);
    }
    let wide = weights.bytes()?.into_iter().map(i16::from).collect();
    let requantization = requantization(model, operator, &weights, channels, options.byte(4)?, shape)?;
    (shape.rows, shape.columns) = (window.rows.count, window.columns.count);
    Ok(Layer::Depthwise(Depthwise { window, weights: wide, requantization }))
}

/// The first three options of both kinds of convolution are padding and strides.
fn window(options: Table<'_>, size: (usize, usize), shape: Shape) -> Read<Window> {
    const SAME: u8 = 0;
    if options.byte(0)? != SAME {
        return Err(SoundModelError::NotYamnet("it pads pictures in another way"));
    }
    let stride = |field| options.int(field).map(|stride| usize::try_from(stride).unwrap_or(0));
    let rows = Side::new(shape.rows, size.0, stride(2)?).ok_or(MISMATCH)?;
    let columns = Side::new(shape.columns, size.1, stride(1)?).ok_or(MISMATCH)?;
    Ok(Window { rows, columns })
}

fn average(model: &Model<'_>, operator: &Operator<'_>, shape: &mut Shape) -> Read<Requantization> {
    let (scale, zero) = model.tensor(operator.outputs.first())?.quantization()?;
    let factor = shape.scale / (scale * (shape.rows * shape.columns) as f32);
    let (low, high) = limits(0, scale, zero)?;
    let requantization =
        Requantization { bias: vec![0; shape.channels], factor: vec![factor; shape.channels], low, high };
    *shape = Shape { rows: 1, columns: 1, channels: shape.channels, scale, zero };
    Ok(requantization)
}

fn fully_connected(model: &Model<'_>, operator: &Operator<'_>, shape: &mut Shape) -> Read<Matrix> {
    let weights = model.tensor(operator.inputs.get(1))?;
    let [outputs, inputs] = weights.shape[..] else { return Err(MISMATCH) };
    if inputs != shape.channels || inputs % 2 != 0 || outputs == 0 {
        return Err(MISMATCH);
    }
    let activation = operator.options.map_or(Ok(0), |options| options.byte(0))?;
    let requantization = requantization(model, operator, &weights, outputs, activation, shape)?;
    Ok(Matrix::new(&weights.bytes()?, inputs, requantization))
}

/// What becomes of a layer's sums; `shape` takes the layer's channels and quantisation.
fn requantization(
    model: &Model<'_>,
    operator: &Operator<'_>,
    weights: &Tensor<'_>,
    outputs: usize,
    activation: u8,
    shape: &mut Shape,
) -> Read<Requantization> {
    let (scale, zero) = model.tensor(operator.outputs.first())?.quantization()?;
    let bias = model.tensor(operator.inputs.get(2))?.ints()?;
    let steps = weights.scales()?;
    let step = |index| if steps.len() == 1 { steps.first() } else { steps.get(index) };
    let factor: Vec<f32> =
        (0..outputs).map_while(step).map(|step: &f32| shape.scale * step / scale).collect();
    if bias.len() != outputs || factor.len() != outputs {
        return Err(MISMATCH);
    }
    let (low, high) = limits(activation, scale, zero)?;
    (shape.channels, shape.scale, shape.zero) = (outputs, scale, zero);
    Ok(Requantization { bias, factor, low, high })
}

/// The lowest and the highest value relative to the zero point, by the number of an activation function in the schema.
fn limits(activation: u8, scale: f32, zero: i32) -> Read<(f32, f32)> {
    const NONE: u8 = 0;
    const RELU: u8 = 1;
    const RELU6: u8 = 3;
    let (lowest, highest) = ((i32::from(i8::MIN) - zero) as f32, (i32::from(i8::MAX) - zero) as f32);
    match activation {
        NONE => Ok((lowest, highest)),
        RELU => Ok((lowest.max(0.0), highest)),
        RELU6 => Ok((lowest.max(0.0), highest.min((6.0 / scale).round()))),
        _ => Err(SoundModelError::NotYamnet("its layers end in another function")),
    }
}

/// The logistic function of every value that the dense layer can give, in the model's steps of 1/256, and the lowest value.
fn logistic_table(shape: Shape) -> (Vec<f32>, i16) {
    const STEPS: f32 = 256.0;
    let lowest = i32::from(i8::MIN) - shape.zero;
    let score = |value: i32| {
        let probability = 1.0 / (1.0 + (-shape.scale * value as f32).exp());
        (probability * STEPS).round().min(STEPS - 1.0) / STEPS
    };
    ((0..=i32::from(u8::MAX)).map(|step| score(lowest + step)).collect(), lowest as i16)
}
