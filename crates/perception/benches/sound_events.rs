//! How fast sound events are found: `cargo bench -p standout-perception --bench sound_events`. The model lies in the
//! folder that `STANDOUT_SHARED` names (by default `shared` beside the workspace).

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use model::Samples;
use standout_perception::SoundClassifier;

const SECONDS: usize = 30;
const PASSES: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("STANDOUT_SHARED").map_or_else(default, PathBuf::from);
    let file = shared.join("models/yamnet/yamnet.tflite");
    if !file.is_file() {
        println!("left out: the model is not at {}", file.display());
        return Ok(());
    }
    let mut classifier = SoundClassifier::from_bytes(&std::fs::read(&file)?)?;
    let samples = noise(SECONDS * Samples::RATE as usize);
    let mut fastest = f64::INFINITY;
    for _ in 0..PASSES {
        let started = Instant::now();
        classifier.samples(&samples, |_patch| {});
        classifier.finish(|_patch| {});
        fastest = fastest.min(started.elapsed().as_secs_f64());
    }
    println!(
        "sound events: {SECONDS} s of sound in {fastest:.3} s on one core, {:.0} times faster than real time",
        SECONDS as f64 / fastest
    );
    Ok(())
}

/// Noise that swells and fades, the same every time: no layer is spared work by zeros.
fn noise(count: usize) -> Vec<f32> {
    let mut state = 1_u32;
    (0..count)
        .map(|index| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let swell = (index as f32 / 8_000.0).sin();
            (state as f32 / u32::MAX as f32 - 0.5) * swell
        })
        .collect()
}
