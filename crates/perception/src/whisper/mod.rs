//! What everything that runs on whisper.cpp shares: the processor it needs, where its log goes, and a look at a weight
//! file before native code reads it.

mod file;

use std::sync::Once;

pub(crate) use file::{FileFault, Reader};

/// Makes ready for native code: its log goes to `tracing`, never to the user's terminal.
///
/// It is compiled for AVX2 and its companions on x86-64 (about a fifth as fast without), and chooses nothing at run
/// time: on a processor that lacks them it would end the process, so it is not called there.
pub(crate) fn prepare() -> Result<(), ProcessorTooOld> {
    static LOG: Once = Once::new();
    if !processor_suffices() {
        return Err(ProcessorTooOld);
    }
    LOG.call_once(whisper_rs::install_logging_hooks);
    Ok(())
}

/// The processor cannot run the compiled code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this processor has no AVX2, FMA, F16C or BMI2 instructions, which speech models need")]
pub struct ProcessorTooOld;

#[cfg(target_arch = "x86_64")]
fn processor_suffices() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("fma")
        && std::arch::is_x86_feature_detected!("f16c")
        && std::arch::is_x86_feature_detected!("bmi2")
}

/// Elsewhere the compiled code needs no more than every processor of its kind has.
#[cfg(not(target_arch = "x86_64"))]
fn processor_suffices() -> bool {
    true
}

/// How many threads native code uses: more than eight gain nothing on these small networks.
pub(crate) fn threads() -> i32 {
    std::thread::available_parallelism().map_or(1, usize::from).min(8) as i32
}
