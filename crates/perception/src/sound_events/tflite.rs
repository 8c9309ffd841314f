//! What of a TensorFlow Lite file is needed here, by the field numbers of its public schema
//! (`tensorflow/lite/schema/schema.fbs`): tensors, their constants and quantisation, operators in order.

use super::SoundModelError;
use super::flatbuffer::{Table, Vector};

/// The identifier in bytes 4 to 8.
const IDENTIFIER: &[u8] = b"TFL3";
const FLOAT32: u8 = 0;
const INT32: u8 = 2;
const INT8: u8 = 9;

type Read<T> = Result<T, SoundModelError>;

/// The operators that occur in YAMNet, by their number in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Conv2d = 3,
    DepthwiseConv2d = 4,
    Dequantize = 6,
    FullyConnected = 9,
    Logistic = 14,
    Mul = 18,
    Reshape = 22,
    Pad = 34,
    Gather = 36,
    Mean = 40,
    StridedSlice = 45,
    Split = 49,
    Log = 73,
    Quantize = 114,
    Rfft2d = 131,
    ComplexAbs = 135,
}

impl Operation {
    const ALL: [Self; 16] = [
        Self::Conv2d,
        Self::DepthwiseConv2d,
        Self::Dequantize,
        Self::FullyConnected,
        Self::Logistic,
        Self::Mul,
        Self::Reshape,
        Self::Pad,
        Self::Gather,
        Self::Mean,
        Self::StridedSlice,
        Self::Split,
        Self::Log,
        Self::Quantize,
        Self::Rfft2d,
        Self::ComplexAbs,
    ];
}

/// One step of the network.
pub(crate) struct Operator<'a> {
    pub(crate) operation: Operation,
    pub(crate) inputs: Vec<i32>,
    pub(crate) outputs: Vec<i32>,
    /// What else the schema says of the step, by operation.
    pub(crate) options: Option<Table<'a>>,
}

/// A model file with its only graph.
pub(crate) struct Model<'a> {
    tensors: Vector<'a>,
    buffers: Vector<'a>,
    /// The steps in order.
    pub(crate) operators: Vec<Operator<'a>>,
}

/// One array of numbers: a constant of the file, or a place that a step fills.
pub(crate) struct Tensor<'a> {
    pub(crate) shape: Vec<usize>,
    kind: u8,
    data: Vector<'a>,
    quantization: Option<Table<'a>>,
}

impl<'a> Model<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Read<Self> {
        if bytes.get(4..8) != Some(IDENTIFIER) {
            return Err(SoundModelError::NotYamnet("it is not a TensorFlow Lite file"));
        }
        let model = Table::root(bytes)?;
        let graph = model.vector(2)?.table(0)?;
        let codes = operations(model.vector(1)?)?;
        let listed = graph.vector(3)?;
        // A count is believed only as far as the file reaches.
        let operators = (0..listed.len()).map(|i| operator(listed.table(i)?, &codes)).collect::<Read<_>>()?;
        Ok(Self { tensors: graph.vector(0)?, buffers: model.vector(4)?, operators })
    }

    /// The tensor that an operator names.
    pub(crate) fn tensor(&self, number: Option<&i32>) -> Read<Tensor<'a>> {
        const MISSING: SoundModelError = SoundModelError::Damaged("a step names no tensor");
        let number = number.and_then(|number| usize::try_from(*number).ok()).ok_or(MISSING)?;
        let table = self.tensors.table(number)?;
        let dimension = |value: &[u8; 4]| {
            let value = u32::try_from(i32::from_le_bytes(*value)).unwrap_or(u32::MAX);
            value as usize
        };
        Ok(Tensor {
            shape: table.vector(0)?.values()?.iter().map(dimension).collect(),
            kind: table.byte(1)?,
            data: self.buffers.table(usize::try_from(table.int(2)?).unwrap_or(usize::MAX))?.vector(0)?,
            quantization: table.table(4)?,
        })
    }
}

fn operations(codes: Vector<'_>) -> Read<Vec<Operation>> {
    let operation = |code: Table<'_>| {
        // Numbers up to 127 stand in the old field of one byte, where newer files repeat them.
        let number = code.int(3)?.max(i32::from(code.byte(0)?));
        let known = Operation::ALL.into_iter().find(|operation| *operation as i32 == number);
        known.ok_or(SoundModelError::NotYamnet("it holds a step that YAMNet does not have"))
    };
    (0..codes.len()).map(|index| operation(codes.table(index)?)).collect()
}

fn operator<'a>(table: Table<'a>, codes: &[Operation]) -> Read<Operator<'a>> {
    let code = usize::try_from(table.int(0)?).unwrap_or(usize::MAX);
    let numbers = |field| -> Read<Vec<i32>> {
        Ok(table.vector(field)?.values()?.iter().map(|value| i32::from_le_bytes(*value)).collect())
    };
    Ok(Operator {
        operation: *codes.get(code).ok_or(SoundModelError::Damaged("a step is of no kind"))?,
        inputs: numbers(1)?,
        outputs: numbers(2)?,
        options: table.table(4)?,
    })
}

impl Tensor<'_> {
    fn constant<const N: usize, T>(&self, kind: u8, value: impl Fn([u8; N]) -> T) -> Read<Vec<T>> {
        let size = self.shape.iter().try_fold(N, |size, dimension| size.checked_mul(*dimension));
        if self.kind != kind || size != Some(self.data.len()) {
            return Err(SoundModelError::Damaged("a constant has another size or kind than it says"));
        }
        let bytes = self.data.values::<1>()?.as_flattened();
        Ok(bytes.as_chunks().0.iter().map(|bytes| value(*bytes)).collect())
    }

    pub(crate) fn floats(&self) -> Read<Vec<f32>> {
        self.constant(FLOAT32, f32::from_le_bytes)
    }

    pub(crate) fn ints(&self) -> Read<Vec<i32>> {
        self.constant(INT32, i32::from_le_bytes)
    }

    pub(crate) fn bytes(&self) -> Read<Vec<i8>> {
        self.constant(INT8, i8::from_le_bytes)
    }

    /// The size of one quantisation step, one for all or one for each channel; positive and finite.
    pub(crate) fn scales(&self) -> Read<Vec<f32>> {
        let table = self.quantization.ok_or(SoundModelError::NotYamnet("its numbers are not quantised"))?;
        let scales: Vec<f32> = table.vector(2)?.values()?.iter().map(|v| f32::from_le_bytes(*v)).collect();
        if scales.is_empty() || scales.iter().any(|scale| !scale.is_normal() || *scale < 0.0) {
            return Err(SoundModelError::Damaged("a quantisation step is not a positive number"));
        }
        Ok(scales)
    }

    /// The one quantisation step and the quantised value that stands for zero.
    pub(crate) fn quantization(&self) -> Read<(f32, i32)> {
        let scale = self.scales()?;
        let zero = match self.quantization {
            Some(table) => table.vector(3)?.values()?.first().map_or(0, |v| i64::from_le_bytes(*v)),
            None => 0,
        };
        match (scale.as_slice(), i8::try_from(zero)) {
            ([scale], Ok(zero)) => Ok((*scale, i32::from(zero))),
            _ => Err(SoundModelError::Damaged("an intermediate result is not quantised to eight bits")),
        }
    }
}
