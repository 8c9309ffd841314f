//! What the player shows besides the frame: a copy that is under way.

use std::path::{Path, PathBuf};

use testkit::{Clip, Container, Folder};
use thirtyfour::prelude::*;

use crate::window::{Setup, Window};

async fn open(home: &Path, video: PathBuf) -> Window {
    let window = Window::open(&Setup { opens: vec![video], ..Setup::new(home) }).await;
    window.press(Key::Control + "o").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_shows_how_far_it_is_and_then_plays() {
    let (home, folder) = (Folder::new(), Folder::new());
    let options = ["-c:v", "ffv1", "-pix_fmt", "yuv422p10le"].map(str::to_owned).to_vec();
    let archive =
        Clip { container: Container::Mkv, options, frames: 1_500, size: (640, 360), ..Clip::default() };
    let window = open(home.path(), archive.write(&folder, "archive")).await;
    let bar = "document.querySelector('.player [role=progressbar]')";
    window.until("the copy's progress", &format!("return {bar}?.getAttribute('aria-valuenow') > 0")).await;
    window.until_playable().await;
    window.press(" ").await;
    window.until("the copy to play", "return document.querySelector('video').currentTime > 0.4").await;
    window.close().await;
}
