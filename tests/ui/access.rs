//! The window for those who see little, hear a screen reader, or use no mouse.

use std::path::Path;

use testkit::Folder;

use crate::states::{each_state, until_at_rest};
use crate::transcript::with_subtitle;
use crate::window::{Setup, Window};

const THEMES: [&str; 2] = ["dark", "light"];

/// What axe-core finds wrong by WCAG 2.2 A and AA: a line for each element.
const VIOLATIONS: &str = "const done = arguments[0];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
    const options = { runOnly: tags, rules: { 'target-size': { enabled: true } }, preload: false,
        resultTypes: ['violations'] };
    axe.run(document, options).then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(
            ({ html, any, all, none }) =>
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
    each_state(&window, async |state| {
        for theme in THEMES {
            let put_on = format!("document.documentElement.dataset.theme = '{theme}'");
            window.script(&put_on).await;
            until_at_rest(&window).await;
            let wrong = violations(&window).await;
            found.extend(wrong.into_iter().map(|line| format!("{state}, {theme}: {line}")));
        }
    })
    .await;
    assert!(found.is_empty(), "axe-core finds nothing wrong in any state:\n{}", found.join("\n"));
    window.close().await;
}
