//! What the page may call, one file a topic.

mod export;
mod find;
mod import;
mod material;
mod project;

use engine::{Desk, Failure};
use tauri::Wry;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

use crate::media_server::MediaServer;
use crate::picker::FilePicker;
use crate::wire::{Snapshot, WireError};

/// What every command works with.
pub(crate) struct Shell {
    pub(crate) desk: Desk,
    pub(crate) server: MediaServer,
    pub(crate) picker: FilePicker,
}

impl Shell {
    fn snapshot(&self, snapshot: Result<engine::Snapshot, Failure>) -> Result<Snapshot, WireError> {
        Ok(Snapshot::of(snapshot?, &self.server))
    }
}

/// All commands, and with them all types of the wire.
fn builder() -> Builder<Wry> {
    Builder::new().error_handling(ErrorHandlingMode::Throw).commands(collect_commands![
        project::bootstrap,
        project::subscribe,
        project::edit,
        project::undo,
        project::redo,
        project::new_project,
        import::import_paths,
        import::import_text,
        import::open_files,
        import::try_sample,
        find::find,
        find::cancel_find,
        material::evidence,
        material::peaks,
        material::thumbnail,
        export::plan_export,
        export::start_export,
        export::cancel_export,
        export::dismiss_export,
        export::choose_folder,
        export::reveal,
    ])
}

/// Answers the page's calls.
pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke<Wry>) -> bool + Send + Sync + 'static {
    builder().invoke_handler()
}

/// The page's half of the border: the wire's types and a function for every command, in TypeScript.
///
/// # Errors
/// When a type cannot be expressed there.
pub fn bindings() -> Result<String, String> {
    let header = "// Made from the Rust side by `make bindings`; changes belong there.\n";
    let exporter = specta_typescript::Typescript::default().header(header);
    builder().export_str(exporter).map_err(|error| error.to_string())
}
