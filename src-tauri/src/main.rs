//! The window's binary. Called with `worker` it is a worker process instead; other arguments are videos to open.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    if arguments.first().is_some_and(|first| first == engine::WorkerCommand::ARGUMENT) {
        return engine::serve_worker();
    }
    standout_app::run(arguments.into_iter().map(Into::into).collect())
}
