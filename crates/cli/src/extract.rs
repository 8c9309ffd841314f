//! `standout extract`.

use std::io::Write;
use std::path::Path;

use engine::model::MediaTime;
use engine::model::job::{
    ActionList, Fault, Faults, InputConfig, MediaReference, OutputConfig, Parsed, Strategy,
};
use engine::{Catalogue, EvidenceGap, Failure, GapReason, SpeechModelChoice, TranscriptionOptions};
use serde_json::{Value, json};

use crate::address::address;
use crate::arguments::Extract;
use crate::command_line::{Ending, cancelled_by_signal, open_engine, print, print_json};
use crate::progress::ProgressLines;
use crate::table;

pub(crate) async fn run(arguments: Extract) -> Result<(), Ending> {
    let (input, output) = configs(&arguments)?;
    let engine = open_engine()?;
    let cancel = cancelled_by_signal();
    let progress = ProgressLines::new(&input);
    let transcription = transcription(&arguments)?;
    let extracted =
        engine.extract(&input, &output, transcription.as_ref(), &cancel, &|item| progress.show(item)).await;
    progress.clear();
    let extracted = extracted?;
    missing(&extracted.gaps).iter().for_each(|line| note(line));
    if arguments.table {
        print(&table::table(&extracted.result))?;
    } else {
        print_json(&extracted.result)?;
    }
    if extracted.failures.is_empty() {
        return Ok(());
    }
    let mut lines: Vec<String> = extracted.failures.iter().map(Failure::to_string).collect();
    let waiting = engine.waiting_clips()?.len();
    if waiting > 0 {
        lines.push(format!("{waiting} clips wait on this machine. Send them with: standout uploads resume"));
    }
    Err(Ending::Failed(lines))
}

/// How speech is written down, where that was asked for.
fn transcription(arguments: &Extract) -> Result<Option<TranscriptionOptions>, Failure> {
    let Some(model) = &arguments.transcribe else { return Ok(None) };
    let model = match model.as_str() {
        "" => SpeechModelChoice::Preferred,
        typed => SpeechModelChoice::typed(typed, Catalogue::built_in()?.entries()),
    };
    Ok(Some(TranscriptionOptions { model, language: arguments.language.clone() }))
}

/// The job that the arguments ask for. The faults of both configurations are told together.
fn configs(arguments: &Extract) -> Result<(InputConfig, OutputConfig), Ending> {
    let input = match &arguments.input_config {
        Some(file) => InputConfig::parse(&read(file)?),
        None => input_of(arguments).map(without_warnings),
    };
    let output = match (&arguments.output_config, &arguments.export) {
        (Some(file), _) => OutputConfig::parse(&read(file)?),
        (None, Some(template)) => OutputConfig::parse(&output_of(arguments, template).to_string()),
        (None, None) => Ok(without_warnings(OutputConfig::default())),
    };
    let output = output.and_then(|output| match engine::check_export(&output.config) {
        Ok(()) => Ok(output),
        Err(faults) => Err(faults),
    });
    match (input, output) {
        (Ok(input), Ok(output)) => {
            for warning in input.warnings.iter().chain(&output.warnings) {
                note(&format!("warning: {warning}"));
            }
            Ok((input.config, output.config))
        }
        (input, output) => {
            let faults = input.err().into_iter().chain(output.err()).flat_map(|faults| faults.0);
            Err(refused(Faults(faults.collect())))
        }
    }
}

/// What the job went without and the next step: a line for all models that are not installed, and one for each that is
/// damaged.
fn missing(gaps: &[EvidenceGap]) -> Vec<String> {
    let (absent, damaged): (Vec<_>, Vec<_>) = gaps.iter().partition(|gap| gap.reason == GapReason::Missing);
    let mut lines = Vec::new();
    if !absent.is_empty() {
        let evidence: Vec<String> =
            absent.iter().map(|gap| format!("{} ({})", gap.kind.evidence(), gap.name)).collect();
        let ids: Vec<&str> = absent.iter().map(|gap| gap.model.as_str()).collect();
        let (evidence, ids) = (evidence.join(", "), ids.join(" "));
        lines.push(format!(
            "left out for want of a model: {evidence}. To have it: standout models download {ids}"
        ));
    }
    for EvidenceGap { kind, model, name, reason } in damaged {
        let GapReason::Damaged(path) = reason else { continue };
        lines.push(format!(
            "left out: {}, because the model {name} is damaged. Repair it with: standout models download {model}: {}",
            kind.evidence(),
            path.display()
        ));
    }
    lines
}

/// Says something beside the answer.
fn note(words: &str) {
    // Nowhere is left to say that standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "standout: {words}");
}

fn without_warnings<T>(config: T) -> Parsed<T> {
    Parsed { config, warnings: Vec::new() }
}

/// The contract's output as the flags say it, so that they are held to its rules.
fn output_of(arguments: &Extract, template: &str) -> Value {
    json!({
        "NeedExport": true,
        "OutputMediaTarget": "local-file",
        "ObjectKey": template,
        "Width": arguments.width,
        "Height": arguments.height,
        "ExportAsNewMedia": arguments.register,
        "Video": { "Codec": arguments.codec, "Crf": arguments.crf, "Bitrate": arguments.bitrate },
    })
}

/// The contract's input as the flags say it; everything wrong with them is told at once.
fn input_of(arguments: &Extract) -> Result<InputConfig, Faults> {
    let mut faults = Vec::new();
    let mut strategy = Strategy { allow_speechless: arguments.allow_speechless, ..Strategy::default() };
    if let Some(count) = arguments.count {
        // A number that no u32 holds is outside the limits as well as zero is.
        strategy.count = u32::try_from(count).unwrap_or(0);
    }
    if let Some(seconds) = arguments.clip_duration {
        strategy.clip_duration = MediaTime::from_seconds(seconds).unwrap_or(MediaTime::ZERO);
    }
    if let Some(actions) = &arguments.actions {
        let list = ActionList::parse(actions, &[]);
        faults.extend(
            list.refused.iter().map(|refused| {
                Fault::new("--actions", &refused.action.as_str().into(), refused.rule.clone())
            }),
        );
        strategy.enable_action_recognition = true;
        strategy.custom_actions = list.accepted;
    }
    let mut media = Vec::new();
    for (index, video) in arguments.videos.iter().enumerate() {
        match address(&format!("MediaArray[{index}]"), video) {
            Ok(address) => media.push(MediaReference::from(address)),
            Err(fault) => {
                faults.push(fault);
                // A place holder, so that the number of videos is judged as it was given.
                media.push(MediaReference { id: Some(String::new()), url: None });
            }
        }
    }
    match InputConfig::new(media, strategy) {
        Ok(input) if faults.is_empty() => Ok(input),
        Ok(_) => Err(Faults(faults)),
        Err(Faults(more)) => {
            faults.extend(more);
            Err(Faults(faults))
        }
    }
}

fn read(file: &Path) -> Result<String, Ending> {
    std::fs::read_to_string(file).map_err(|error| {
        Ending::Refused(vec![format!("The configuration cannot be read ({error}): {}", file.display())])
    })
}

fn refused(faults: Faults) -> Ending {
    Ending::Refused(faults.0.iter().map(Fault::to_string).collect())
}
