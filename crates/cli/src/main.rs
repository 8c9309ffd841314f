//! The command `standout`: the engine for terminals and scripts.
//!
//! Answers go to standard output, progress and messages to standard error. It ends with 0; with 1 when something failed,
//! saying what; with 2 when the arguments or a configuration are wrong.

mod arguments;
mod extract;
mod progress;
mod table;

use std::io::Write;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;

/// How a command ends when it does not succeed.
#[derive(Debug)]
enum Ending {
    /// Something failed; each line tells one thing.
    Failed(Vec<String>),
    /// What was asked for is wrong; each line tells one fault.
    Refused(Vec<String>),
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    if matches!(command, Command::Worker) {
        return engine::serve_worker();
    }
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("STANDOUT_LOG").unwrap_or_else(|_| "error".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Ending::Failed(messages)) => end(&messages, 1),
        Err(Ending::Refused(messages)) => end(&messages, 2),
    }
}

fn run(command: Command) -> Result<(), Ending> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Ending::Failed(vec![format!("No threads can be started ({error}).")]))?;
    match command {
        Command::Extract(arguments) => runtime.block_on(extract::run(arguments)),
        Command::Worker => Ok(()),
    }
}

fn end(messages: &[String], code: u8) -> ExitCode {
    let mut output = std::io::stderr().lock();
    for message in messages {
        // Nowhere is left to say that standard error is closed.
        let _ = writeln!(output, "standout: {message}");
    }
    ExitCode::from(code)
}
