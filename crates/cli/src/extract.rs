//! `standout extract`.

use std::io::Write;
use std::path::Path;

use engine::model::MediaTime;
use engine::model::job::{
    ActionList, AiResult, Fault, Faults, InputConfig, MediaAddress, MediaReference, OutputConfig, Parsed,
    Strategy,
};
use engine::{Directories, Engine, Failure, Options, Stopped, WorkerCommand, WorkerLimits};
use tokio_util::sync::CancellationToken;

use crate::Ending;
use crate::arguments::Extract;
use crate::progress::ProgressLines;
use crate::table;

pub(crate) async fn run(arguments: Extract) -> Result<(), Ending> {
    let (input, output) = configs(&arguments)?;
    engine::check_supported(&input, &output).map_err(refused)?;
    let engine = Engine::open(Options {
        directories: Directories::of_user().map_err(failed)?,
        worker: WorkerCommand::this_program().map_err(failed)?,
        limits: WorkerLimits::default(),
    })
    .map_err(failed)?;
    let cancel = cancelled_by_signal();
    let progress = ProgressLines::new(&input);
    let extracted = engine.extract(&input, &output, &cancel, &|item| progress.show(item)).await;
    progress.clear();
    let extracted = extracted.map_err(|stopped| match stopped {
        Stopped::Cancelled => Ending::Failed(vec!["Cancelled; finished clips stay.".to_owned()]),
        Stopped::Failed(failure) => failed(failure),
    })?;
    print(&extracted.result, arguments.table)?;
    if extracted.failures.is_empty() {
        return Ok(());
    }
    Err(Ending::Failed(extracted.failures.iter().map(Failure::to_string).collect()))
}

/// The job that the arguments ask for. The faults of both configurations are told together.
fn configs(arguments: &Extract) -> Result<(InputConfig, OutputConfig), Ending> {
    let input = match &arguments.input_config {
        Some(file) => InputConfig::parse(&read(file)?),
        None => input_of(arguments).map(without_warnings),
    };
    let output = match (&arguments.output_config, &arguments.export) {
        (Some(file), _) => OutputConfig::parse(&read(file)?),
        (None, Some(template)) => OutputConfig::local_file(template).map(without_warnings),
        (None, None) => Ok(without_warnings(OutputConfig::default())),
    };
    match (input, output) {
        (Ok(input), Ok(output)) => {
            let mut messages = std::io::stderr().lock();
            for warning in input.warnings.iter().chain(&output.warnings) {
                // Nowhere is left to say that standard error is closed.
                let _ = writeln!(messages, "standout: warning: {warning}");
            }
            Ok((input.config, output.config))
        }
        (input, output) => {
            let faults = input.err().into_iter().chain(output.err()).flat_map(|faults| faults.0);
            Err(refused(Faults(faults.collect())))
        }
    }
}

fn without_warnings<T>(config: T) -> Parsed<T> {
    Parsed { config, warnings: Vec::new() }
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
    let media = arguments.videos.iter().map(|video| MediaReference::from(address(video))).collect();
    match InputConfig::new(media, strategy) {
        Ok(input) if faults.is_empty() => Ok(input),
        Ok(_) => Err(Faults(faults)),
        Err(Faults(more)) => {
            faults.extend(more);
            Err(Faults(faults))
        }
    }
}

/// An argument is an address when it looks like one, else a path, whatever bytes it has.
fn address(video: &Path) -> MediaAddress {
    video
        .to_str()
        .filter(|text| text.contains("://"))
        .and_then(|text| MediaAddress::parse(text).ok())
        .unwrap_or_else(|| MediaAddress::local_file(video.to_owned()))
}

fn read(file: &Path) -> Result<String, Ending> {
    std::fs::read_to_string(file).map_err(|error| {
        Ending::Refused(vec![format!("The configuration cannot be read ({error}): {}", file.display())])
    })
}

/// A token that is cancelled when somebody asks the program to end, so that nothing half-written is left.
fn cancelled_by_signal() -> CancellationToken {
    let cancel = CancellationToken::new();
    let cancelled = cancel.clone();
    tokio::spawn(async move {
        tokio::select! {
            Ok(()) = tokio::signal::ctrl_c() => cancelled.cancel(),
            Some(()) = terminated() => cancelled.cancel(),
            else => {}
        }
    });
    cancel
}

/// Waits for the signal that `kill` and a system shutting down send; `None` where it cannot be heard.
#[cfg(unix)]
async fn terminated() -> Option<()> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::terminate()).ok()?.recv().await
}

#[cfg(not(unix))]
async fn terminated() -> Option<()> {
    None
}

fn print(result: &AiResult, as_table: bool) -> Result<(), Ending> {
    let text = if as_table {
        table::table(result)
    } else {
        serde_json::to_string_pretty(result).map(|json| json + "\n").map_err(|error| {
            Ending::Failed(vec![format!("The result cannot be written as JSON ({error}).")])
        })?
    };
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .map_err(|error| Ending::Failed(vec![format!("The result cannot be printed ({error}).")]))
}

fn failed(failure: Failure) -> Ending {
    Ending::Failed(failure.to_string().lines().map(str::to_owned).collect())
}

fn refused(faults: Faults) -> Ending {
    Ending::Refused(faults.0.iter().map(Fault::to_string).collect())
}
