//! Models on their way and those that did not come whole, in the dark and in the light look.

use std::fs::File;
use std::path::{Path, PathBuf};

use testkit::{Folder, Misbehaviour, RangeServer};
use thirtyfour::prelude::*;

use crate::looks::state;
use crate::window::{Setup, Window};

/// Longer than any of this takes.
const BUSY_SECONDS: u64 = 30;

#[tokio::test(flavor = "multi_thread")]
async fn models_on_their_way_kept_in_part_damaged_and_not_to_be_had_look_as_they_should() {
    let (home, folder) = (Folder::new(), Folder::new());
    for (name, size) in [("yamnet.tflite", 4_126_810), ("ggml-silero-v6.2.0.bin", 885_098)] {
        File::create(folder.file(name)).and_then(|file| file.set_len(size)).unwrap();
    }
    let server = RangeServer::new(folder.path());
    server.misbehave("yamnet.tflite", Misbehaviour::StallAfter(1_500_000));
    server.misbehave("ggml-silero-v6.2.0.bin", Misbehaviour::StallAfter(380_000));
    server.misbehave("ggml-base-q5_1.bin", Misbehaviour::Busy(BUSY_SECONDS));
    let models = home.path().join("data/models");
    std::fs::create_dir_all(&models).unwrap();
    std::fs::write(models.join("yunet_n_dynamic.onnx"), "half of a model").unwrap();

    let variables = vec![("STANDOUT_TEST_CATALOGUE".to_owned(), catalogue(&folder, &server).into())];
    let window = Window::open(&Setup { variables, ..Setup::new(home.path()) }).await;
    window.press(Key::Control + ",").await;
    window.until_state("model-yunet", "damaged").await;
    window.click("model-download-silero-vad").await;
    window.until_text("model-silero-vad", "42\u{a0}%").await;
    window.click("model-cancel-silero-vad").await;
    window.until_text("model-silero-vad", "42\u{a0}% arrived").await;
    window.click("model-download-whisper-small").await;
    window.until_state("model-whisper-small", "failed").await;
    window.click("model-download-whisper-base").await;
    window.until_text("model-whisper-base", "Trying again").await;
    window.click("model-download-yamnet").await;
    window.until_text("model-yamnet", "36\u{a0}%").await;
    // Over the title, where the pointer calls up no note.
    window.hover("settings-dialog", 0.5, 20).await;
    window.script("document.querySelector(\"[data-testid='model-yamnet']\").scrollIntoView()").await;
    state(&window, "models").await;
    window.script("document.querySelector(\"[data-testid='model-whisper-small']\").scrollIntoView()").await;
    state(&window, "models-of-speech").await;
    window.close().await;
}

/// The catalogue, in which only the addresses differ.
fn catalogue(folder: &Folder, server: &RangeServer) -> PathBuf {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/models.toml");
    let published = std::fs::read_to_string(published).expect("the catalogue can be read");
    let (mut name, mut moved) = ("", String::new());
    for line in published.lines() {
        name = line.strip_prefix("file = ").map_or(name, |file| file.trim_matches('"'));
        let address = format!("url = \"{}\"", server.address(name));
        moved += if line.starts_with("url = ") { &address } else { line };
        moved.push('\n');
    }
    let path = folder.file("models.toml");
    std::fs::write(&path, moved).expect("a temporary folder can be written to");
    path
}
