//! A video in which nobody speaks is refused with a way on.

use engine::model::MediaTime;
use testkit::{Clip, Folder, Pictures, Sound};

use crate::screenshots::compare;
use crate::window::{Setup, Window};

#[tokio::test(flavor = "multi_thread")]
async fn a_video_without_speech_can_be_analysed_anyway() {
    let (home, folder) = (Folder::new(), Folder::new());
    let bursts = (0..60).map(MediaTime::from_whole_seconds);
    let video = Clip {
        frames: 1_500,
        pictures: Pictures::Shots((1..30).map(|shot| shot * 50).collect()),
        ..Clip::default()
    };
    let video = Clip { sound: Some(Sound::bursts(bursts)), ..video }.write(&folder, "waves");
    let window = Window::open(&Setup::new(home.path())).await;
    window.paste(&format!("'{}'\n", video.display())).await;
    window.click("find").await;
    let card = "document.querySelector(\"[data-testid^='material-']\")";
    window.until("the refusal", &format!("return {card}?.dataset.state === 'failed'")).await;
    let material = window.numbered("material").await.remove(0);
    let anyway = material.replace("material-", "analyse-anyway-");
    window.element(&anyway).await;
    compare("speechless", &window.screenshot().await);
    window.click(&anyway).await;
    window.until("the answer", &format!("return {card}?.dataset.state === 'done'")).await;
    window.close().await;
}
