//! What every command shares: the engine, signals that end it, and how it ends.

use std::io::Write;

use engine::{Code, Directories, Engine, Failure, Options, Stopped, WorkerCommand, WorkerLimits};
use tokio_util::sync::CancellationToken;

/// How a command ends when it does not succeed.
#[derive(Debug)]
pub(crate) enum Ending {
    /// Something failed; each line tells one thing.
    Failed(Vec<String>),
    /// What was asked for is wrong; each line tells one fault.
    Refused(Vec<String>),
}

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        let lines = failure.to_string().lines().map(str::to_owned).collect();
        if failure.code == Code::InvalidRequest { Self::Refused(lines) } else { Self::Failed(lines) }
    }
}

impl From<Stopped> for Ending {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Cancelled => Self::Failed(vec!["Cancelled; finished clips stay.".to_owned()]),
            Stopped::Failed(failure) => failure.into(),
        }
    }
}

/// The engine of this user, with this program as its worker.
pub(crate) fn open_engine() -> Result<Engine, Ending> {
    Ok(Engine::open(Options {
        directories: Directories::of_user()?,
        worker: WorkerCommand::this_program()?,
        limits: WorkerLimits::default(),
    })?)
}

/// A token that is cancelled when somebody asks the program to end, so that nothing half-written is left.
pub(crate) fn cancelled_by_signal() -> CancellationToken {
    let cancel = CancellationToken::new();
    let cancelled = cancel.clone();
    tokio::spawn(async move {
        asked_to_end().await;
        cancelled.cancel();
        // Who asks twice does not want to wait for things to be put in order.
        asked_to_end().await;
        std::process::exit(130);
    });
    cancel
}

/// Waits until somebody asks the program to end; for ever where that cannot be heard.
async fn asked_to_end() {
    tokio::select! {
        Ok(()) = tokio::signal::ctrl_c() => {}
        Some(()) = terminated() => {}
        else => std::future::pending().await,
    }
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

/// Writes an answer to standard output.
pub(crate) fn print(text: &str) -> Result<(), Ending> {
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .map_err(|error| Ending::Failed(vec![format!("The result cannot be printed ({error}).")]))
}

/// Writes an answer to standard output as JSON for people and programs.
pub(crate) fn print_json(value: &impl serde::Serialize) -> Result<(), Ending> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Ending::Failed(vec![format!("The result cannot be written as JSON ({error}).")]))?;
    print(&(text + "\n"))
}
