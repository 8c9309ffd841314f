//! The window for those who see little, hear a screen reader, or use no mouse.

use std::path::Path;

use testkit::{Clip, Folder};
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::states::{each_state, until_at_rest};
use crate::transcript::with_subtitle;
use crate::window::{Setup, Window, sample};

const THEMES: [&str; 2] = ["dark", "light"];

/// What axe-core finds wrong by WCAG 2.2 A and AA: a line for each element.
const VIOLATIONS: &str = "const done = arguments[0];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
    // A target on the timeline is as wide as the time it means; the list's fields and the player's buttons do the same.
    const TRACK = '[data-testid=track]';
    const options = { runOnly: tags, rules: { 'target-size': { enabled: true } }, preload: false,
        resultTypes: ['violations'] };
    axe.run(document, options).then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes
            .filter(({ target }) => id !== 'target-size' || !document.querySelector(target[0]).closest(TRACK))
            .map(({ html, any, all, none }) =>
                `${id}: ${[...any, ...all, ...none].map(({ message }) => message).join('; ')} ${html.slice(0, 200)}`))),
        (error) => done([`axe stopped: ${error}`]))";

/// Loads axe-core into the page.
async fn with_axe(window: &Window) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    let source = std::fs::read_to_string(file).expect("axe-core is installed: run npm --prefix ui ci");
    window.script(&source).await;
}

async fn violations(window: &Window) -> Vec<String> {
    window.script_later(VIOLATIONS).await.convert().expect("a list of texts")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_has_names_roles_and_contrast_in_both_themes() {
    let (home, folder) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![with_subtitle(&folder)], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    with_axe(&window).await;
    let mut found = Vec::new();
    each_state(&window, async |state| found.extend(wrong_in(&window, state).await)).await;
    assert!(found.is_empty(), "axe-core finds nothing wrong in any state:\n{}", found.join("\n"));
    window.close().await;
}

/// What axe-core finds wrong in a state, in both themes.
async fn wrong_in(window: &Window, state: &str) -> Vec<String> {
    let mut found = Vec::new();
    for theme in THEMES {
        window.script(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
        until_at_rest(window).await;
        let wrong = violations(window).await;
        found.extend(wrong.into_iter().map(|line| format!("{state}, {theme}: {line}")));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn work_and_its_faults_have_names_roles_and_contrast_in_both_themes() {
    let (home, folder, clips) = (Folder::new(), Folder::new(), Folder::new());
    let silent = Clip { frames: 1_000, ..Clip::default() }.write(&folder, "silent");
    let notes = folder.file("notes.txt");
    std::fs::write(&notes, "not a video").unwrap();
    let variables = vec![("STANDOUT_TEST_FOLDER".to_owned(), clips.path().into())];
    let setup = Setup { opens: vec![sample(), silent, notes], variables, ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    with_axe(&window).await;
    window.press(Key::Control + "o").await;
    window.element("refusals").await;
    window.until_playable().await;
    let mut found = wrong_in(&window, "refused").await;
    window.script("document.querySelector(\"[data-testid='refusals'] button\").click()").await;

    window.press(Key::Control + Key::Enter).await;
    window.until_state("material-1", "running").await;
    window.click("pause").await;
    window.until_text("pause", "Resume").await;
    found.extend(wrong_in(&window, "running").await);
    window.click("pause").await;
    window.until_state("material-2", "failed").await;
    window.until_state("material-1", "done").await;
    window.element("find").await;
    window.press(Key::PageDown + "").await;
    window.until_text("timeline", "silent.mp4").await;
    found.extend(wrong_in(&window, "failed").await);

    window.press(Key::PageUp + "").await;
    window.until("highlights", "return !!document.querySelector('[data-judgement]')").await;
    window.press(Key::Enter + "").await;
    window.until("one kept", "return !!document.querySelector('[data-judgement=kept]')").await;
    window.press(Key::Control + "e").await;
    window.click_named("Choose…").await;
    window.until_able("export-start").await;
    window.click("export-start").await;
    window.until_state("export-clip-0", "written").await;
    found.extend(wrong_in(&window, "exported").await);
    window.kill();

    let again = Window::open(&setup).await;
    with_axe(&again).await;
    again.element("recovered").await;
    found.extend(wrong_in(&again, "recovered").await);
    assert!(found.is_empty(), "axe-core finds nothing wrong in any state:\n{}", found.join("\n"));
    again.close().await;
}

/// Goes to the next stop of Tab: `again` where it was before, `nowhere` between the last and the first, else what is wrong
/// with it, which should be nothing.
const STOP: &str = "const element = document.activeElement;
    // A sheet that has the focus itself is all that can be used; no outline has to tell it from others.
    if (!element || element === document.body || element.role === 'dialog') return 'nowhere';
    // A focus on the timeline selects a range, whose card is then made anew.
    const stop = element.dataset.testid ?? element;
    if (window.stops.has(stop)) return 'again';
    window.stops.add(stop);
    const isOutlined = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const around = [element, element.parentElement, element.closest('label'), element.querySelector('[aria-selected=true]')]
        .filter((one) => one !== null);
    const seen = around.some((one) => isOutlined(getComputedStyle(one)) || isOutlined(getComputedStyle(one, '::after')));
    const { x, y, width, height } = (element.closest('label') ?? element).getBoundingClientRect();
    const inWindow = x + width > 0 && y + height > 0 && x < innerWidth && y < innerHeight;
    const name = element.outerHTML.slice(0, 160);
    return seen ? (inWindow ? '' : `it is out of sight: ${name}`) : `no focus is seen on ${name}`";

/// What takes the focus and was not reached.
const MISSED: &str = "const scope = document.querySelector('[role=dialog]') ?? document;
    const all = [...scope.querySelectorAll('a[href], button, input, textarea, [tabindex]')].filter(
        (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true })
            && (element.type !== 'radio' || element.checked) && !element.hasAttribute('data-focus-scope-end'));
    return all.filter((element) => !window.stops.has(element.dataset.testid ?? element)).map((element) => element.outerHTML.slice(0, 160))";

/// More stops than any state has.
const MOST_STOPS: usize = 250;

/// Walks through everything with Tab and says what is wrong on the way.
async fn walk(window: &Window) -> Vec<String> {
    window.script("window.stops = new Set(); document.activeElement?.blur()").await;
    let mut faults = Vec::new();
    for _ in 0..MOST_STOPS {
        window.key(Key::Tab).await;
        let stop: String = window.script(STOP).await.convert().expect("a text");
        match stop.as_str() {
            "again" => break,
            "" | "nowhere" => {}
            _ => faults.push(stop),
        }
    }
    let missed: Vec<String> = window.script(MISSED).await.convert().expect("a list of texts");
    faults.extend(missed.into_iter().map(|name| format!("Tab does not reach {name}")));
    window.script("document.activeElement?.blur()").await;
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_reached_with_tab_and_the_focus_is_seen() {
    let (home, folder) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![with_subtitle(&folder)], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    let mut found = Vec::new();
    each_state(&window, async |state| {
        // Tab leaves a menu, in which the arrows move.
        if !state.ends_with("menu") {
            found.extend(walk(&window).await.into_iter().map(|fault| format!("{state}: {fault}")));
        }
    })
    .await;
    assert!(found.is_empty(), "every control is reached, and seen to be:\n{}", found.join("\n"));

    for focused in ["[data-testid='settings']", "[data-testid='transcript-words']", "[data-testid='find']"] {
        let focus = format!("document.querySelector(\"{focused}\").focus()");
        window.script(&focus).await;
        for (key, sheet) in [("k", "palette"), (",", "settings-dialog"), ("j", "jobs")] {
            open_sheet_by_key(&window, key, sheet).await;
            window.key(Key::Escape).await;
            window.until_gone(sheet).await;
            let back = format!("return document.activeElement === document.querySelector(\"{focused}\")");
            window.until(&format!("the focus to return from {sheet} to {focused}"), &back).await;
        }
    }
    window.close().await;
}

async fn open_sheet_by_key(window: &Window, key: &str, sheet: &str) {
    window.chord(Key::Control, key).await;
    window.element(sheet).await;
}

/// What is cut off, or can only be reached by scrolling sideways.
const CUT_OFF: &str = "const faults = [];
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) faults.push(`the page is ${page.scrollWidth} wide`);
    const scope = document.querySelector('[role=dialog]') ?? document;
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 2;
    const controls = [...scope.querySelectorAll('button, input, textarea, label')].filter(isShown)
        .filter((element) => !element.closest('[data-testid=track]'));
    for (const element of controls) {
        const box = element.getBoundingClientRect();
        let scrolls = false;
        let cut = box.left < -1 || box.right > innerWidth + 1;
        for (let above = element.parentElement; above; above = above.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(above);
            const frame = above.getBoundingClientRect();
            if (overflowX !== 'visible' && (box.left < frame.left - 2 || box.right > frame.right + 2)) cut = true;
            if (overflowY === 'auto' || overflowY === 'scroll') scrolls = true;
            if (overflowY === 'hidden' && !scrolls && (box.top < frame.top - 2 || box.bottom > frame.bottom + 2)) cut = true;
        }
        if (!scrolls && (box.top < -1 || box.bottom > innerHeight + 1)) cut = true;
        if (cut) faults.push(`${JSON.stringify(box)} ${element.outerHTML.slice(0, 120)}`);
    }
    return faults";

#[tokio::test(flavor = "multi_thread")]
async fn at_twice_the_size_nothing_is_cut_off_and_nothing_scrolls_sideways() {
    let (home, folder) = (Folder::new(), Folder::new());
    let setup = Setup { opens: vec![with_subtitle(&folder)], ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    let mut width = 1280;
    for larger in [1164, 1024, 853, 731, 640] {
        window.press(Key::Control + "=").await;
        let enlarged = format!("return Math.abs(innerWidth - {larger}) < 2");
        window.until(&format!("{width} to become {larger} wide"), &enlarged).await;
        width = larger;
    }
    let mut found = Vec::new();
    each_state(&window, async |state| {
        let cut: Vec<String> = window.script(CUT_OFF).await.convert().expect("a list of texts");
        found.extend(cut.into_iter().map(|fault| format!("{state}: {fault}")));
        if let Some((_, name)) = ENLARGED.iter().find(|(pictured, _)| *pictured == state) {
            compare(name, &window.screenshot().await);
        }
    })
    .await;
    assert!(found.is_empty(), "all is there at twice the size:\n{}", found.join("\n"));
    window.press(Key::Control + "0").await;
    window.until("the usual size", "return innerWidth === 1280").await;
    window.close().await;
}

/// States that are compared with a picture at twice the size.
const ENLARGED: [(&str, &str); 2] = [("start", "enlarged-start"), ("results", "enlarged")];

/// All that would move.
const MOVING: &str = "return [...document.querySelectorAll('*')].filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== 'none' || transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
    }).map((element) => element.outerHTML.slice(0, 120))";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_for_those_who_do_not_want_it() {
    let (home, folder, config) = (Folder::new(), Folder::new(), Folder::new());
    std::fs::create_dir(config.file("gtk-3.0")).unwrap();
    std::fs::write(config.file("gtk-3.0/settings.ini"), "[Settings]\ngtk-enable-animations=0\n").unwrap();
    let variables = vec![("XDG_CONFIG_HOME".to_owned(), config.path().into())];
    let setup = Setup { opens: vec![with_subtitle(&folder)], variables, ..Setup::new(home.path()) };
    let window = Window::open(&setup).await;
    window.until("the system's wish", "return matchMedia('(prefers-reduced-motion: reduce)').matches").await;
    window.press(Key::Control + "o").await;
    window.until_playable().await;
    window.press(Key::Control + Key::Enter).await;
    window.until("work under way", "return !!document.querySelector('[role=progressbar]')").await;
    let moving: Vec<String> = window.script(MOVING).await.convert().expect("a list of texts");
    assert!(moving.is_empty(), "nothing moves while a video is analysed:\n{}", moving.join("\n"));
    window.press(Key::Control + ",").await;
    window.element("settings-dialog").await;
    let moving: Vec<String> = window.script(MOVING).await.convert().expect("a list of texts");
    assert!(moving.is_empty(), "nothing moves in a sheet:\n{}", moving.join("\n"));
    window.close().await;
}
