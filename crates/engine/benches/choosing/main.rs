//! Chooses in programmes whose highlights are known, once with all evidence and once without each part of it, and writes
//! every answer as JSON for `score.py`. What each part of the evidence is good for is seen from the answers without it.
//!
//! `STANDOUT_PROGRAMMES` names the folder of the programmes, each a folder with a `truth.json`; without it nothing is
//! done. Evidence is kept beside the programme until the detectors' version changes. The answers are written into
//! `answers` in that folder, a folder for each ablation, a file for each programme and variant.

mod ablation;
mod likeness;
mod programme;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use model::Evidence;
use model::job::{AiResult, HighlightResult, ResultRange, Strategy};
use serde::Serialize;

use ablation::Ablation;
use likeness::Likeness;
use programme::{Models, Programme};

#[allow(clippy::print_stdout, reason = "a benchmark's output is its figures")]
fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::var_os("STANDOUT_PROGRAMMES").map(PathBuf::from) else {
        println!("left out: STANDOUT_PROGRAMMES names no folder of programmes with known highlights");
        return Ok(());
    };
    let model = |variable| std::env::var_os(variable).map(std::fs::read).transpose();
    let models =
        Models { sound_events: model("STANDOUT_SOUND_MODEL")?, faces: model("STANDOUT_FACE_MODEL")? };
    let (mut slowest, mut likeness) = (Duration::ZERO, Likeness::default());
    for programme in Programme::all(&folder)? {
        for variant in programme.variants() {
            let evidence = programme.evidence(&variant, &models)?;
            likeness.ask(&evidence, &programme.strategy(), programme.planted());
            for ablation in Ablation::all() {
                let Some(seen) = ablation.applied(&evidence) else { continue };
                let start = Instant::now();
                let answer = answer(&seen, &programme.strategy());
                slowest = slowest.max(start.elapsed());
                let file = format!("{}-{variant}.json", programme.name);
                write(&folder.join("answers").join(ablation.name()).join(file), &answer)?;
            }
        }
    }
    write(&folder.join("likeness.json"), &likeness)?;
    println!("choosing took at most {slowest:?} in one programme");
    Ok(())
}

fn answer(evidence: &Evidence, strategy: &Strategy) -> AiResult {
    let choice = highlight::choose(evidence, strategy);
    let ranges = choice.highlights.iter().map(ResultRange::from).collect();
    AiResult { highlight_results: vec![HighlightResult::found("programme", ranges, None)] }
}

fn write(file: &Path, answer: &impl Serialize) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(file, serde_json::to_vec_pretty(answer)?)?)
}
