//! What the player and the timeline show when one looks closer: what is said on the picture, a range again and again and
//! quicker, the frame under the pointer, the overview.

use std::path::PathBuf;

use testkit::{Clip, Folder};
use thirtyfour::prelude::*;

use crate::window::{Setup, Window};

/// Forty seconds of counted frames with a line that is said from the second second to the sixth.
fn with_subtitle(folder: &Folder) -> PathBuf {
    let clip = Clip { frames: 1_000, ..Clip::default() }.write(folder, "counter");
    let said = "1\n00:00:01,000 --> 00:00:06,000\nThe whale was seen at noon.\n";
    std::fs::write(clip.with_extension("srt"), said).expect("the folder can be written to");
    clip
}

/// A window whose one video can be played.
async fn open_on(home: &Folder, video: PathBuf) -> Window {
    let window = Window::open(&Setup { opens: vec![video], ..Setup::new(home.path()) }).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_the_frame_under_the_pointer_and_the_overview_are_seen() {
    let (home, folder) = (Folder::new(), Folder::new());
    let window = open_on(&home, with_subtitle(&folder)).await;
    window.press(Key::Control + Key::Enter).await;
    window.until_state("material-1", "done").await;

    window.press(Key::Home + "").await;
    window.press("c").await;
    for _ in 0..5 {
        window.press(Key::Shift + Key::Right).await;
    }
    window.until_text("subtitle", "The whale was seen at noon.").await;
    for _ in 0..11 {
        window.press(Key::Shift + Key::Right).await;
    }
    window.until_gone("subtitle").await;

    // Over the ruler, three quarters across and a little: more than thirty seconds in.
    window.hover("track", 0.77, 10).await;
    window.element("hover-picture").await;
    window.until_text("hover-picture", "0:3").await;
    let drawn = "const canvas = document.querySelector(\"[data-testid='hover-picture'] canvas\");
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, place) => place % 4 === 0 && value > 200)";
    window.until("the frame under the pointer", drawn).await;

    window.press(Key::Home + "").await;
    for _ in 0..4 {
        window.press("+").await;
    }
    let place = "document.querySelector(\"[data-testid='minimap'] .window\")?.getBoundingClientRect().x";
    window.until("the overview to show which part is seen", &format!("return {place} !== undefined")).await;
    let before: f64 = window.script(&format!("return {place}")).await.convert().unwrap();
    window.click("minimap").await;
    window.until("the part in the middle to be seen", &format!("return {place} > {before} + 100")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_is_played_again_and_again_at_another_speed_in_its_own_pitch() {
    let (home, folder) = (Folder::new(), Folder::new());
    let window = open_on(&home, with_subtitle(&folder)).await;
    window.press("n").await;
    window.until("a range", "return !!document.querySelector('[data-judgement]')").await;
    let card = window.numbered("highlight").await.remove(0);
    window.fill(&format!("{card}-out"), "1").await;
    let short = format!("return document.querySelector(\"[data-testid='{card}-out']\").value === '0:01.00'");
    window.until("a range of a second", &short).await;

    window.press(">").await;
    window.press("r").await;
    let count = "const video = document.querySelector('video');
        Object.assign(window, { loops: 0, latest: 0, farthest: 0 });
        const look = () => {
            if (video.currentTime < window.latest - 0.3) window.loops += 1;
            window.latest = video.currentTime;
            window.farthest = Math.max(window.farthest, video.currentTime);
            requestAnimationFrame(look);
        };
        look();";
    window.script(count).await;
    window.press("/").await;
    window.until("the range to begin again twice", "return window.loops >= 2").await;
    let [speed, pitch, farthest]: [f64; 3] = window
        .script(
            "const video = document.querySelector('video');
             return [video.playbackRate, video.preservesPitch ? 1 : 0, window.farthest]",
        )
        .await
        .convert()
        .unwrap();
    assert!(speed > 1.0, "it plays quicker than usual: {speed}");
    assert_eq!(pitch, 1.0, "its pitch is kept");
    assert!(farthest < 1.5, "nothing beyond the range is played: {farthest} s");
    window.press("k").await;
    window.until("a rest", "return document.querySelector('video').paused").await;
    window.close().await;
}
