//! A whole review by the keys alone: five videos imported, judged, nudged, snapped and described, undone to the very start and
//! done again.

use std::path::PathBuf;

use testkit::{Clip, Container, Folder, Sound};
use thirtyfour::prelude::*;

use crate::window::{Setup, Window, sample};
use engine::model::MediaTime;

/// What the window shows of the video at hand, as a text that can be compared.
const SHOWN: &str = "
    const all = (selector) => [...document.querySelectorAll(selector)];
    const text = (element) => element?.textContent.replace(/\\s+/g, ' ').trim();
    return [
        text(document.querySelector(\"[data-testid='project']\")),
        ...all(\"[data-testid^='material-'][data-state]\").map(text),
        ...all('[data-judgement]').map((card) => [card.dataset.judgement, text(card),
            ...[...card.querySelectorAll('input, textarea')].map((field) => field.value)].join(' / ')),
        ...all(\"[data-testid^='marker-']\").map(text),
    ].join('\\n');";

/// Everything of the project that the window shows, going through the videos by keys.
async fn shown(window: &Window, videos: &[PathBuf]) -> String {
    let mut found = String::new();
    first_video(window, videos).await;
    for video in videos {
        window.until_text("timeline", name(video)).await;
        for _ in window.numbered("highlight").await {
            window.press(Key::Up + "").await;
        }
        let first = "return document.querySelector('[data-judgement] [aria-current]').ariaCurrent === 'true'";
        window.until("the first one to be selected", first).await;
        found += &window.script(SHOWN).await.convert::<String>().expect("a text");
        found += "\n\n";
        window.press(Key::PageDown + "").await;
    }
    first_video(window, videos).await;
    found
}

/// The lines that can be read on the page.
async fn page(window: &Window) -> Vec<String> {
    let text: String = window.script("return document.body.innerText").await.convert().expect("a text");
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

async fn first_video(window: &Window, videos: &[PathBuf]) {
    for _ in videos {
        window.press(Key::PageUp + "").await;
    }
    window.until_text("timeline", name(&videos[0])).await;
}

fn name(video: &std::path::Path) -> &str {
    video.file_name().and_then(|name| name.to_str()).expect("names of tests are UTF-8")
}

async fn until_count(window: &Window, selector: &str, count: usize) {
    let condition = format!("return document.querySelectorAll(\"{selector}\").length === {count}");
    window.until(&format!("{count} of {selector}"), &condition).await;
}

/// The programme that comes with the project, and four short clips in other containers, with what is said beside them.
fn five_videos(folder: &Folder) -> Vec<PathBuf> {
    let containers = [Container::Mkv, Container::Ts, Container::Webm, Container::Avi];
    let clips = containers.into_iter().zip(["two", "three", "four", "five"]).map(|(container, name)| {
        let sound = Sound::bursts([3, 9, 14].map(MediaTime::from_whole_seconds));
        let clip = Clip { container, frames: 500, sound: Some(sound), ..Clip::default() };
        let clip = clip.write(folder, name);
        let said = "1\n00:00:02,000 --> 00:00:06,000\nThe whale was seen at noon.\n\n2\n00:00:08,000 --> 00:00:12,000\nNobody believed it.\n";
        std::fs::write(clip.with_extension("srt"), said).expect("the folder can be written to");
        clip
    });
    std::iter::once(sample()).chain(clips).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn five_videos_are_judged_by_keys_and_all_of_it_is_undone_and_done_again() {
    let (home, folder) = (Folder::new(), Folder::new());
    let videos = five_videos(&folder);
    let window = Window::open(&Setup { opens: videos.clone(), ..Setup::new(home.path()) }).await;
    window.element("drop-zone").await;
    let empty = page(&window).await;
    window.press(Key::Control + "o").await;
    until_count(&window, "[data-testid^='material-'][data-state]", 5).await;
    window.press(Key::Control + Key::Enter).await;
    until_count(&window, "[data-testid^='material-'][data-state='done']", 5).await;
    window.element("find").await;

    first_video(&window, &videos).await;
    nudge_snap_and_describe(&window).await;
    for (place, video) in videos.iter().enumerate() {
        window.until_text("timeline", name(video)).await;
        window.press("n").await;
        window.until("a range", "return !!document.querySelector('[data-judgement]')").await;
        window.press(Key::Up + "").await;
        window.press(Key::Down + "").await;
        let (key, judgement) = if place % 2 == 0 { (Key::Enter, "kept") } else { (Key::Delete, "dropped") };
        window.press(key + "").await;
        let judged = format!("return !!document.querySelector(\"[data-judgement='{judgement}']\")");
        window.until(&format!("a {judgement} one"), &judged).await;
        window.press(Key::PageDown + "").await;
    }
    let done = shown(&window, &videos).await;

    window.press(Key::Control + "h").await;
    window.element("history-step-0").await;
    let steps = window.numbered("history-step").await.len() - 1;
    window.press(Key::Escape + "").await;
    window.until_gone("history").await;
    assert!(steps > 14, "every change is a step of the history: {steps}");
    for _ in 0..steps {
        window.press(Key::Control + "z").await;
    }
    window.element("drop-zone").await;
    assert_eq!(page(&window).await, empty, "the window is as it was at the very start");
    for _ in 0..steps {
        window.press(Key::Control + Key::Shift + "z").await;
    }
    until_count(&window, "[data-testid^='material-'][data-state='done']", 5).await;
    let redone = shown(&window, &videos).await;
    assert_eq!(redone, done, "the project is as it was when all was done");
    window.close().await;
}

/// Moves the first range by a frame and by ten, brings it to a cut or a pause, and writes about it.
async fn nudge_snap_and_describe(window: &Window) {
    let card = window.numbered("highlight").await.remove(0);
    let start = format!("{card}-in");
    let found = window.value(&start).await;
    window.press(Key::Control + Key::Right).await;
    window.until("a frame more", &differs(&start, &found)).await;
    let nudged = window.value(&start).await;
    window.press(Key::Control + Key::Shift + Key::Right).await;
    window.until("ten frames more", &differs(&start, &nudged)).await;
    window.press("x").await;
    window.element("snapping-told").await;
    window.press("t").await;
    window.until("the title to be written", "return document.activeElement?.tagName === 'INPUT'").await;
    window.type_here("The pier").await;
    window.type_here(Key::Enter + "").await;
    window.press(Key::Shift + "t").await;
    window.until("the note to be written", "return document.activeElement?.tagName === 'TEXTAREA'").await;
    window.type_here("Fog.").await;
    window.type_here(Key::Enter + "").await;
    window.until("the note", "return document.querySelector('textarea')?.value === 'Fog.'").await;
    window.press("m").await;
    window.until("a marker", "return !!document.querySelector(\"[data-testid^='marker-']\")").await;
}

fn differs(field: &str, before: &str) -> String {
    format!("return document.querySelector(\"[data-testid='{field}']\").value !== '{before}'")
}

#[tokio::test(flavor = "multi_thread")]
async fn ranges_are_snapped_compared_and_more_like_them_and_others_found_by_key() {
    let home = Folder::new();
    let window = Window::open(&Setup { opens: vec![sample()], ..Setup::new(home.path()) }).await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    // Short ones, few of them: others stay to be found.
    window.fill("count", "2").await;
    window.fill("clip-duration", "6").await;
    window.press(Key::Control + Key::Enter).await;
    window.until_state("material-1", "done").await;
    window.element("find").await;
    let card = window.numbered("highlight").await.remove(0);
    let times = format!(
        "['in', 'out'].map((edge) => document.querySelector(`[data-testid='{card}-${{edge}}']`).value).join(' ')"
    );
    let read = async || -> String { window.script(&format!("return {times}")).await.convert().unwrap() };
    let found = read().await;
    window.press(Key::Control + Key::Shift + Key::Right).await;
    window.until("the range to be moved", &format!("return {times} !== '{found}'")).await;
    let moved = read().await;
    window.press("x").await;
    window.element("snapping-told").await;
    window.until("an end at a cut or a pause", &format!("return {times} !== '{moved}'")).await;
    let snapped = read().await;
    window.press(Key::Shift + "x").await;
    window.until("the range as it was before", &format!("return {times} === '{moved}'")).await;
    window.until("it to be played", "return !document.querySelector('video').paused").await;
    window.press(Key::Shift + "x").await;
    window.until("the range as it is snapped", &format!("return {times} === '{snapped}'")).await;
    window.press("k").await;

    find_alike(&window).await;
    window.press(Key::Down + "").await;
    let start = "return document.querySelector('[data-judgement]:has([aria-current=true]) input').value";
    let dropped: String = window.script(start).await.convert().unwrap();
    window.press(Key::Delete + "").await;
    until_count(&window, "[data-judgement='dropped']", 1).await;
    window.press(Key::Control + Key::Shift + Key::Enter).await;
    window.element("find").await;
    window.press(Key::Control + "h").await;
    window.until_text("history", "Find others").await;
    window.press(Key::Escape + "").await;
    window.until_gone("history").await;
    let starts = "return [...document.querySelectorAll(\"[data-judgement='undecided']\")]
        .map((card) => card.querySelector('input').value)";
    let starts: Vec<String> = window.script(starts).await.convert().unwrap();
    assert!(!starts.contains(&dropped), "what was dropped at {dropped} is not proposed again: {starts:?}");
    until_count(&window, "[data-judgement='dropped']", 1).await;
    window.close().await;
}

/// Asks for more like one highlight after the other until one has its like: not every one does, and then the window says so.
async fn find_alike(window: &Window) {
    let like = "return !!document.querySelector(\"[data-testid$='-likeness']\")";
    let said = "[...document.querySelectorAll('[role=alert]')].filter((told) => !told.dataset.read)";
    for _ in window.numbered("highlight").await {
        window.script(&format!("{said}.forEach((told) => (told.dataset.read = 'yes'))")).await;
        window.press("g").await;
        window.until("an answer", &format!("{like} || {said}.length > 0")).await;
        if window.script(like).await.convert::<bool>().unwrap() {
            return;
        }
        window.press(Key::Down + "").await;
    }
    panic!("none of the highlights has its like");
}
