//! Tells Tauri which commands exist, so that only the granted window may call them.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&[
        "bootstrap",
        "subscribe",
        "edit",
        "undo",
        "redo",
        "new_project",
        "import_paths",
        "import_text",
        "open_files",
        "try_sample",
        "find",
        "cancel_find",
        "speech_choices",
        "transcribe",
        "cancel_transcription",
        "evidence",
        "peaks",
        "thumbnail",
        "plan_export",
        "start_export",
        "cancel_export",
        "dismiss_export",
        "choose_folder",
        "reveal",
        "buckets",
        "save_bucket",
        "remove_bucket",
        "test_bucket",
        "resume_uploads",
        "discard_uploads",
        "media_assets",
        "media_thumbnail",
        "add_media",
        "add_media_text",
        "remove_media",
        "relink_media",
        "import_asset",
        "models",
        "download_model",
        "cancel_model_download",
        "import_model",
        "import_model_folder",
        "remove_model",
        "open_model_page",
    ]);
    println!("cargo::rerun-if-changed=../ui/dist");
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        println!("cargo::error={error:#}");
    }
}
