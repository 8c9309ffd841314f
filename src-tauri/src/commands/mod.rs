//! What the page may call, one file a topic.

mod bucket;
mod export;
mod find;
mod import;
mod job;
mod library;
mod material;
mod model;
mod project;
mod projects;
mod spoken;
mod transcribe;

#[cfg(test)]
use std::path::Path;
use std::sync::LazyLock;

use tauri::Wry;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

/// All commands, and with them all types of the wire.
fn builder() -> Builder<Wry> {
    Builder::new().disable_serde_phases().error_handling(ErrorHandlingMode::Throw).commands(
        collect_commands![
            project::language,
            project::save_language,
            project::bootstrap,
            project::subscribe,
            project::edit,
            project::undo,
            project::redo,
            project::steps,
            project::go_to_step,
            project::save_keys,
            projects::projects,
            projects::new_project,
            projects::open_project,
            projects::save_project_as,
            projects::duplicate_project,
            projects::remove_project,
            projects::export_project,
            projects::import_project,
            projects::relink_material,
            import::import_paths,
            import::import_text,
            import::open_files,
            import::try_sample,
            import::cancel_import,
            find::find,
            find::find_others,
            find::find_alike,
            find::snap_range,
            find::cancel_find,
            find::pause,
            find::resume,
            transcribe::speech_choices,
            transcribe::transcribe,
            transcribe::cancel_transcription,
            spoken::spoken,
            spoken::export_subtitles,
            material::evidence,
            material::peaks,
            material::thumbnail,
            material::strip,
            material::picture,
            material::frame_times,
            material::choose_sound,
            material::play_early,
            material::cancel_copy,
            material::make_copy,
            material::refuse_playback,
            export::plan_export,
            export::start_export,
            export::cancel_export,
            export::dismiss_export,
            export::choose_folder,
            export::reveal,
            bucket::buckets,
            bucket::save_bucket,
            bucket::remove_bucket,
            bucket::test_bucket,
            bucket::resume_uploads,
            bucket::discard_uploads,
            job::jobs,
            library::media_assets,
            library::media_thumbnail,
            library::add_media,
            library::add_media_text,
            library::remove_media,
            library::relink_media,
            library::import_asset,
            model::models,
            model::download_model,
            model::cancel_model_download,
            model::import_model,
            model::import_model_folder,
            model::remove_model,
            model::open_model_page,
        ],
    )
}

/// Answers the page's calls.
pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke<Wry>) -> bool + Send + Sync + 'static {
    // The handler borrows its builder, and both live as long as the program.
    static BUILDER: LazyLock<Builder<Wry>> = LazyLock::new(builder);
    BUILDER.invoke_handler()
}

/// Writes the page's half of the border: the wire's types and a function for every command, in TypeScript.
///
/// # Errors
/// When a type cannot be expressed there, or the file cannot be written.
#[cfg(test)]
fn write_bindings(file: &Path) -> Result<(), String> {
    let header = "// Made from the Rust side by `make bindings`; changes belong there.\n";
    let exporter = specta_typescript::Typescript::default().header(header);
    builder().export(exporter, file).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set to write the file instead of comparing it.
    const WRITE: &str = "STANDOUT_WRITE_BINDINGS";

    #[test]
    fn bindings_of_the_page_are_up_to_date() {
        let committed = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/ipc/bindings.ts"));
        if std::env::var_os(WRITE).is_some() {
            write_bindings(committed).unwrap();
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        write_bindings(&fresh).unwrap();
        let read = |file: &Path| std::fs::read_to_string(file).unwrap();
        assert!(read(&fresh) == read(committed), "run `make bindings` and commit what it writes");
    }
}
