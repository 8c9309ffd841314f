//! Settings: a model is fetched, given up, fetched to its end and removed, in the real window.

use testkit::{Folder, Misbehaviour, ModelServer};
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::window::{Setup, Window, sample};

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_downloaded_cancelled_resumed_and_removed() {
    let Some(published) = ModelServer::new() else { return };
    let home = Folder::new();
    let setup = Setup {
        opens: vec![sample()],
        variables: vec![("STANDOUT_TEST_CATALOGUE".to_owned(), published.catalogue().into())],
        ..Setup::new(home.path())
    };
    let window = Window::open(&setup).await;
    window.click("open").await;
    window.until_text("model-missing", "Sound events are off: install YAMNet").await;

    window.press(Key::Control + ",").await;
    window.until_state("model-yamnet", "missing").await;
    published.server.plan(ModelServer::FILE, [Some(Misbehaviour::StallAfter(1_500_000))]);
    window.click("model-download-yamnet").await;
    window.until_text("model-yamnet", "36\u{a0}%").await;
    compare("settings", &window.screenshot().await);
    window.click("model-cancel-yamnet").await;
    window.until_text("model-yamnet", "36\u{a0}% arrived").await;

    window.click("model-download-yamnet").await;
    window.until_state("model-yamnet", "installed").await;
    assert_eq!(
        published.server.bytes_sent(ModelServer::FILE),
        ModelServer::SIZE,
        "no byte was fetched twice"
    );
    window.press(Key::Escape).await;
    window.until_gone("settings-dialog").await;
    window.until_gone("model-missing").await;

    window.press(Key::Control + ",").await;
    window.click("model-remove-yamnet").await;
    window.click("model-remove-confirm-yamnet").await;
    window.until_state("model-yamnet", "missing").await;
    assert!(!home.path().join("data/models").join(ModelServer::FILE).exists(), "its file is gone");
    window.close().await;
}
