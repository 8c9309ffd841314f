//! A network in an ONNX file: the one place that names the runtime.
//!
//! It runs on one thread. Analysing has one core for decoding and one for all that looks and listens, and a result that
//! does not depend on how a sum was split among threads is the same on every machine.

use std::sync::Arc;

use rten::{Dimension, Model, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_gemm::GemmExecutor;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

/// Why a network could not be loaded or run.
#[derive(Debug, thiserror::Error)]
pub enum OnnxError {
    /// The bytes are no ONNX file, or one with operators that are not known here.
    #[error("this is no ONNX model that can be run here ({0})")]
    Unreadable(String),
    /// Weights of eight bits, on a processor that does not add their products up exactly.
    #[error("its weights of eight bits come out wrong on this processor, as it lacks the VNNI instructions")]
    Overflows,
    /// A network for something else.
    #[error("the model has no input or output that is called `{0}`")]
    Unnamed(String),
    /// It refused its input.
    #[error("the model could not be run ({0})")]
    Failed(String),
}

/// Operators of ONNX that multiply weights of eight bits.
const BYTE_OPERATORS: [&[u8]; 2] = [b"MatMulInteger", b"ConvInteger"];

/// True when this processor adds products of bytes up in sixteen bits, in which they do not fit: x86 without the VNNI instructions.
/// Networks with weights of eight bits are refused there. oneDNN's guide to computing with int8 tells why.
#[must_use]
pub fn byte_products_overflow() -> bool {
    GemmExecutor::<u8, i8, i32>::default().may_saturate()
}

/// True when a network multiplies weights of eight bits.
fn multiplies_bytes(bytes: &[u8]) -> bool {
    let names = |operator: &[u8]| bytes.windows(operator.len()).any(|window| window == operator);
    BYTE_OPERATORS.into_iter().any(names)
}

/// A loaded network.
pub(crate) struct Network {
    model: Model,
    threads: Arc<ThreadPool>,
}

impl Network {
    pub(crate) fn load(bytes: &[u8]) -> Result<Self, OnnxError> {
        if byte_products_overflow() && multiplies_bytes(bytes) {
            return Err(OnnxError::Overflows);
        }
        let model = Model::load(bytes.to_vec()).map_err(|error| OnnxError::Unreadable(error.to_string()))?;
        Ok(Self { model, threads: Arc::new(ThreadPool::with_num_threads(1)) })
    }

    /// True when it has an input or output of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.model.find_node(name).is_some()
    }

    /// The sizes of an input, `None` for those that are left open. Empty when nothing is known of it.
    pub(crate) fn shape(&self, name: &str) -> Vec<Option<usize>> {
        let shape = self.model.find_node(name).and_then(|id| self.model.node_info(id)?.shape());
        let size = |dimension| match dimension {
            Dimension::Fixed(size) => Some(size),
            Dimension::Symbolic(_) => None,
        };
        shape.into_iter().flatten().map(size).collect()
    }

    /// Runs it and gives the values of the outputs, flat.
    pub(crate) fn run(
        &self,
        inputs: Vec<(&str, Value)>,
        outputs: &[&str],
    ) -> Result<Vec<Vec<f32>>, OnnxError> {
        let mut given: Vec<(NodeId, ValueOrView<'_>)> = Vec::with_capacity(inputs.len());
        for (name, value) in inputs {
            given.push((self.node(name)?, value.into()));
        }
        let wanted = outputs.iter().map(|name| self.node(name)).collect::<Result<Vec<_>, _>>()?;
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.threads)));
        let failed = |error: &dyn std::fmt::Display| OnnxError::Failed(error.to_string());
        let values = self.model.run(given, &wanted, Some(options)).map_err(|error| failed(&error))?;
        let flat = |value: Value| {
            let tensor: rten_tensor::Tensor<f32> = value.try_into().map_err(|error| failed(&error))?;
            Ok(tensor.to_vec())
        };
        values.into_iter().map(flat).collect()
    }

    fn node(&self, name: &str) -> Result<NodeId, OnnxError> {
        self.model.find_node(name).ok_or_else(|| OnnxError::Unnamed(name.to_owned()))
    }
}

/// Pictures or other planes of numbers as a network takes them.
pub(crate) fn planes(shape: [usize; 4], values: Vec<f32>) -> Value {
    NdTensor::from_data(shape, values).into()
}

/// Rows of whole numbers as a network takes them.
pub(crate) fn rows(shape: [usize; 2], values: Vec<i32>) -> Value {
    NdTensor::from_data(shape, values).into()
}
