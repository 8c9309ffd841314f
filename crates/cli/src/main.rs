//! The command `standout`: the engine for terminals and scripts.
//!
//! Answers go to standard output, progress and messages to standard error. It ends with 0; with 1 when something failed,
//! saying what; with 2 when the arguments or a configuration are wrong.

mod address;
mod arguments;
mod bucket;
mod command_line;
mod extract;
mod media;
mod models;
mod progress;
mod serve;
mod table;

use std::io::Write;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;
use command_line::Ending;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    if matches!(command, Command::Worker) {
        return engine::serve_worker();
    }
    let words = std::env::var("STANDOUT_LOG").ok();
    let log = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    tracing_subscriber::registry()
        .with(log.with_filter(engine::log_filter(words.as_deref(), "error")))
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
        Command::Extract(arguments) => runtime.block_on(extract::run(*arguments)),
        Command::Media(command) => runtime.block_on(media::run(command)),
        Command::Models(command) => runtime.block_on(models::run(command)),
        Command::Bucket(command) => runtime.block_on(bucket::run(command)),
        Command::Uploads(command) => runtime.block_on(bucket::uploads(command)),
        Command::Serve(arguments) => runtime.block_on(serve::run(arguments)),
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
