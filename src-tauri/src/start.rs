//! From the program's start to its open window.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use engine::{Desk, Directories, Engine, Failure, Options, WorkerCommand, WorkerLimits};
use tauri::{AppHandle, Manager, WindowEvent};

use crate::commands;
use crate::events::{self, Listeners};
use crate::log;
use crate::media_server::MediaServer;
use crate::picker::FilePicker;
use crate::shell::Shell;
use crate::wire::{Event, Refusal};

/// Where the page comes from: the only origin that may read from the media server.
const PAGE_ORIGIN: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

/// Opens the window, with `videos` imported and being analysed when there are any, and runs until it is closed.
#[must_use]
pub fn run(videos: Vec<PathBuf>) -> ExitCode {
    let started = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            let folder = PathBuf::from(folder);
            take_in(app, arguments.into_iter().skip(1).map(|path| folder.join(path)).collect());
            show(app);
        }))
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            suit_machine(app.handle());
            let shell = tauri::async_runtime::block_on(open()).inspect_err(tell_at_start)?;
            let desk = shell.desk.clone();
            app.manage(shell);
            app.manage(Listeners::default());
            tauri::async_runtime::spawn(events::pass_on(app.handle().clone(), desk));
            tauri::async_runtime::spawn(events::watch_jobs(app.handle().clone()));
            take_in(app.handle(), videos);
            Ok(())
        })
        .on_window_event(|window, event| {
            if matches!(event, WindowEvent::Destroyed) {
                // Nothing half-written stays beside the editor's clips.
                tauri::async_runtime::block_on(window.state::<Shell>().desk.close());
            }
        })
        .run(tauri::generate_context!());
    match started {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}

async fn open() -> Result<Shell, Failure> {
    let directories = Directories::of_user()?;
    log::start(&directories.logs());
    let options =
        Options { directories, worker: WorkerCommand::this_program()?, limits: WorkerLimits::default() };
    let desk = Desk::open(Arc::new(Engine::open_or_stand_in(options)?)).await?;
    let server = MediaServer::start(PAGE_ORIGIN).await.map_err(|error| {
        Failure::new(engine::Code::Internal, format!("The player's server cannot start ({error})."))
    })?;
    Ok(Shell { desk, server, picker: FilePicker::new() })
}

/// There is no window yet to show a failure in, so the system shows it.
fn tell_at_start(failure: &Failure) {
    tracing::error!(%failure, "Standout cannot start");
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Standout cannot start")
        .set_description(failure.to_string())
        .show();
}

/// Imports videos named on a command line and begins to analyse them.
fn take_in(app: &AppHandle, videos: Vec<PathBuf>) {
    if videos.is_empty() {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let desk = app.state::<Shell>().desk.clone();
        let refused = match desk.import(videos.clone()).await {
            Ok(imported) => imported.refused,
            Err(failure) => {
                let refused = |path| engine::Refusal { path, failure: failure.clone() };
                videos.into_iter().map(refused).collect()
            }
        };
        if !refused.is_empty() {
            let refused = refused.into_iter().map(Refusal::from).collect();
            app.state::<Listeners>().tell(Event::Refused { refused });
        }
        if desk.snapshot().project.materials.is_empty() {
            return;
        }
        if let Err(failure) = desk.find_next().await {
            tracing::warn!(%failure, "videos from the command line are not analysed");
        }
    });
}

/// Has the window painted in the way that suits the machine. It is only slower where that cannot be chosen.
fn suit_machine(app: &AppHandle) {
    #[cfg(target_os = "linux")]
    if let Some(window) = app.get_webview_window("main")
        && let Err(error) = crate::painting::suit_machine(&window)
    {
        tracing::warn!(%error, "how the window is painted cannot be chosen");
    }
}

fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main")
        && let Err(error) = window.unminimize().and_then(|()| window.set_focus())
    {
        tracing::warn!(%error, "the window cannot be brought to the front");
    }
}
