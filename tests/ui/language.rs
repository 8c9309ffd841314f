//! The language of the window.

use testkit::Folder;
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::states::each_state;
use crate::transcript::with_subtitle;
use crate::window::{Setup, Window, sample};

async fn until_language(window: &Window, language: &str) {
    let spoken = format!(
        "return document.documentElement.lang === '{language}' && !!document.querySelector(\"[data-testid='settings']\")"
    );
    window.until(&format!("the window to speak {language}"), &spoken).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_speaks_chinese_and_english_and_the_project_stays() {
    let home = Folder::new();
    let setup = Setup { opens: vec![sample()], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    until_language(&window, "en").await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press("n").await;
    window.until("a range", "return !!document.querySelector('[data-judgement]')").await;

    window.click("settings").await;
    window.choose("language", "zh").await;
    until_language(&window, "zh").await;
    window.until_text("find", "查找精彩片段").await;
    assert_eq!(window.numbered("highlight").await.len(), 1, "the project is as it was");
    window.until_playable().await;
    compare("chinese", &window.screenshot().await);
    window.press(Key::Enter + "").await;
    let kept = "return document.querySelector('[data-judgement]').dataset.judgement === 'kept'";
    window.until("keys to work as before", kept).await;
    window.close().await;

    let again = Window::open(&setup).await;
    until_language(&again, "zh").await;
    again.click("settings").await;
    again.choose("language", "system").await;
    until_language(&again, "en").await;
    again.until_text("find", "Find highlights").await;
    again.close().await;
}

/// Latin words that are the same in every language: names of products, formats and keys, and what stands in addresses.
const NAMES: &str = "Standout MP4 MOV MKV WebM VP9 AV1 HEVC HTTP FFmpeg SRT ID Ctrl Shift Enter Delete Home End Page Space \
    Tab Escape Alt kB MB GB TB YAMNet YuNet Whisper Silero CLIP ViT MIT Apache BSD English Amazon S3 OSS MinIO tiny base \
    small medium large turbo talk standout exports tmp untitled mp4 index media start tag title https server video s3 oss \
    bucket folder serve crf example interview org F2 \
    v3";

/// Every Latin word that is shown, told or waiting in a hint, with where it stands. The words that are spoken in the video
/// are the video's own.
const LATIN: &str = "const names = new Set(NAMES.split(/\\s+/));
    const found = [];
    // Addresses, files and the one model whose name is a sentence's worth of words.
    const given = /\\S+:\\/\\/\\S+|\\/\\S+|\\w+\\.onnx|Silero voice detector/g;
    const look = (whole, element) => {
        const text = whole.replace(given, '');
        if (element.closest('[data-word], kbd') || element.closest(\"[data-testid^='highlight-said']\")) return;
        for (const word of text.match(/[A-Za-z][A-Za-z0-9]+/g) ?? [])
            if (!names.has(word)) found.push(`${word} in “${text.trim().slice(0, 90)}”`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) look(texts.currentNode.data, texts.currentNode.parentElement);
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [aria-valuetext], [alt]'))
        for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'alt'])
            look(element.getAttribute(name) ?? '', element);
    return [...new Set(found)]";

#[tokio::test(flavor = "multi_thread")]
async fn no_english_is_left_in_the_chinese_window() {
    let (home, folder) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![with_subtitle(&folder)], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.click("settings").await;
    window.choose("language", "zh").await;
    until_language(&window, "zh").await;
    let script = LATIN.replace("NAMES", &serde_json::json!(NAMES).to_string());
    let mut found = Vec::new();
    each_state(&window, async |state| {
        let latin: Vec<String> = window.script(&script).await.convert().expect("a list of texts");
        found.extend(latin.into_iter().map(|word| format!("{state}: {word}")));
    })
    .await;
    assert!(found.is_empty(), "nothing is English in the Chinese window:\n{}", found.join("\n"));
    window.close().await;
}
