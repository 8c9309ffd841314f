//! Work under way, held and failed, in the dark and in the light look. What it says stands still because the work does: its workers
//! are stopped, it is paused, or a server sends nothing more.

use std::path::{Path, PathBuf};

use engine::model::MediaTime;
use testkit::{Clip, Container, Folder, RangeServer, Sound, shared_media, shared_models};
use thirtyfour::prelude::*;

use crate::held::Held;
use crate::jobs::{hand_in, serve};
use crate::looks::state;
use crate::window::{Setup, Window, sample};

/// A copy of the sample under a plain name.
pub(crate) fn talk(folder: &Folder) -> PathBuf {
    let path = folder.file("talk.mp4");
    std::fs::copy(sample(), &path).expect("a temporary folder can be written to");
    path
}

async fn open(setup: &Setup<'_>) -> Window {
    let window = Window::open(setup).await;
    window.press(Key::Control + "o").await;
    window
}

/// Waits until a card says how far its work is, and how long it will take.
async fn until_time_left(window: &Window, card: &str) {
    let said = format!(
        "const said = document.querySelector(\"[data-testid='{card}']\")?.textContent;
         return /%.*left/.test(said)"
    );
    window.until("per cent and time left", &said).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn analysing_and_exporting_look_as_they_should_running_and_paused() {
    let (home, folder, clips) = (Folder::new(), Folder::new(), Folder::new());
    let variables = vec![("STANDOUT_TEST_FOLDER".to_owned(), clips.path().into())];
    let window = open(&Setup { opens: vec![talk(&folder)], variables, ..Setup::new(home.path()) }).await;
    window.until_playable().await;
    window.until_pictures().await;
    window.press(Key::Control + Key::Enter).await;
    until_time_left(&window, "material-1").await;
    let held = Held::workers(window.process_group());
    state(&window, "analysing").await;
    drop(held);
    window.press(Key::Control + ".").await;
    window.until_text("material-1", "paused").await;
    state(&window, "analysing-paused").await;
    window.click("cancel-find").await;
    window.until_state("material-1", "cancelled").await;

    window.press("n").await;
    window.until("a range", "return !!document.querySelector(\"[data-testid^='highlight-']\")").await;
    window.press(Key::Control + "e").await;
    window.click_named("Choose…").await;
    window.choose("export-preset", "open").await;
    window.until_able("export-start").await;
    window.click("export-start").await;
    until_time_left(&window, "export-clip-0").await;
    let held = Held::workers(window.process_group());
    state(&window, "exporting").await;
    drop(held);
    window.click("pause").await;
    window.until_text("export-clip-0", "paused").await;
    state(&window, "exporting-paused").await;
    window.click("export-cancel").await;
    window.until_state("export-clip-0", "cancelled").await;
    state(&window, "export-cancelled").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_under_way_and_a_file_of_which_nothing_can_be_decoded_look_as_they_should() {
    let (home, folder) = (Folder::new(), Folder::new());
    let options = ["-c:v", "ffv1", "-pix_fmt", "yuv422p10le"].map(str::to_owned).to_vec();
    let archive =
        Clip { container: Container::Mkv, options, frames: 1_500, size: (640, 360), ..Clip::default() };
    let videos = vec![archive.write(&folder, "archive"), blank(&folder)];
    let window = open(&Setup { opens: videos, ..Setup::new(home.path()) }).await;
    window.element("player-making").await;
    let bar = "document.querySelector('.player [role=progressbar]')";
    window.until("the copy's progress", &format!("return {bar}?.getAttribute('aria-valuenow') > 0")).await;
    let held = Held::workers(window.process_group());
    state(&window, "playing-early").await;
    drop(held);
    window.click("cancel-copy").await;
    window.element("make-copy").await;
    state(&window, "copy-cancelled").await;
    window.press(" ").await;
    window.element("player-making").await;
    window.press(Key::PageDown + "").await;
    window.until_text("player-note", "decoded").await;
    window.press(Key::Control + Key::Enter).await;
    window.until_state("material-2", "failed").await;
    window.until_state("material-1", "failed").await;
    window.element("find").await;
    state(&window, "undecodable").await;
    window.close().await;
}

/// A video that says what it holds, and holds nothing of it.
fn blank(folder: &Folder) -> PathBuf {
    let path = Clip { frames: 250, ..Clip::default() }.write(folder, "blank");
    let mut bytes = std::fs::read(&path).expect("the clip is there");
    let data = bytes.windows(4).position(|name| name == b"mdat").expect("an MP4 has media data");
    let size = bytes[data - 4..data].try_into().map(u32::from_be_bytes).expect("four bytes") as usize;
    bytes[data + 4..data - 4 + size].fill(0);
    std::fs::write(&path, bytes).expect("a temporary folder can be written to");
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_ended_well_and_badly_look_as_they_should() {
    let (home, folder) = (Folder::new(), Folder::new());
    talk(&folder);
    let server = RangeServer::new(folder.path());
    let window = Window::open(&Setup::new(home.path())).await;
    let rows =
        [server.address("talk.mp4"), server.address("gone.mp4")].map(|address| hand_in(&home, &address));
    let running = serve(&home);
    window.press(Key::Control + "j").await;
    window.until_text(&rows[0], "Finished").await;
    window.until_text(&rows[1], "Nothing at this address").await;
    drop(running);
    state(&window, "jobs").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn transcribing_looks_as_it_should_running_and_failed() {
    let (Some(media), Some(models)) = (shared_media(), shared_models()) else { return };
    let (home, folder) = (Folder::new(), Folder::new());
    let tones = Clip { frames: 100, sound: Some(Sound::bursts([MediaTime::ZERO])), ..Clip::default() }
        .write(&folder, "tones");
    let speech = folder.file("speech.mp3");
    std::fs::copy(media.join("speech/multilingual.mp3"), &speech).expect("a folder can be written to");
    let variables = vec![
        ("STANDOUT_TEST_CATALOGUE".to_owned(), catalogue(&folder).into()),
        ("STANDOUT_MODELS".to_owned(), models.join("whisper").into()),
    ];
    let window = open(&Setup { opens: vec![tones, speech], variables, ..Setup::new(home.path()) }).await;
    window.until_playable().await;
    window.press(Key::Control + "t").await;
    window.until_able("transcribe-start").await;
    window.click("transcribe-start").await;
    window.until_text("transcription-1", "Not transcribed").await;
    window.until_text("transcription-2", "%").await;
    let held = Held::workers(window.process_group());
    state(&window, "transcribing").await;
    drop(held);
    window.close().await;
}

/// A catalogue with the small weights for tests and nothing else.
pub(crate) fn catalogue(folder: &Folder) -> PathBuf {
    let text = r#"
        [[model]]
        id = "whisper-base"
        kind = "speech"
        name = "Whisper base"
        purpose = "Writes down what is said."
        languages = "99 languages"
        speed = "quick"
        file = "for-tests-ggml-base.bin"
        licence = "MIT"
        source = "https://models.example.org/whisper"
        url = "https://models.example.org/whisper/base.bin"
        size = 575451
        sha256 = "ddf6ff3e5f9e0da794fee41652559af1efaa6118f3cc699f250991c515b6af2a"
    "#;
    let path = folder.file("models.toml");
    write(&path, text);
    path
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("a temporary folder can be written to");
}
