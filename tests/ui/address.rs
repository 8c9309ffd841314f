//! Videos that lie on a server.

use testkit::{Folder, Misbehaviour, RangeServer};

use crate::window::{Setup, Window, sample};

#[tokio::test(flavor = "multi_thread")]
async fn a_video_on_a_web_server_is_analysed_and_played() {
    let home = Folder::new();
    let sample = sample();
    let server = RangeServer::new(sample.parent().unwrap());
    let window = Window::open(&Setup::new(home.path())).await;
    window.click("open-address").await;
    window.write("open-address-field", &server.address("standout-sample.mp4")).await;
    window.click("open-address-open").await;
    let card = window.text("material-1").await;
    for fact in ["standout-sample.mp4", "127.0.0.1", "2:00"] {
        assert!(card.contains(fact), "{fact} is missing in the list: {card}");
    }

    window.click("find").await;
    window.until_state("material-1", "done").await;
    assert!(!window.numbered("highlight").await.is_empty(), "highlights are found in what was read");
    window.until_playable().await;
    window.click("play-pause").await;
    window.until("the player to play", "return document.querySelector('video').currentTime > 0.4").await;
    window.close().await;

    let size = sample.metadata().unwrap().len();
    let sent = server.bytes_sent("standout-sample.mp4");
    assert!(sent < size + 1_000, "the video is read once for everything: {sent} of {size} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_sends_nothing_is_shown_while_it_is_read_and_can_be_given_up() {
    let home = Folder::new();
    let sample = sample();
    let server = RangeServer::new(sample.parent().unwrap());
    server.misbehave("standout-sample.mp4", Misbehaviour::StallAfter(100));
    let window = Window::open(&Setup::new(home.path())).await;
    window.click("open-address").await;
    window.write("open-address-field", &server.address("standout-sample.mp4")).await;
    window.click("open-address-open").await;
    window.until_text("reading", "Reading standout-sample.mp4").await;
    window.until_text("reading", "127.0.0.1").await;
    window.click("cancel-import").await;
    window.until_gone("reading").await;
    window.until_able("open").await;
    assert_eq!(window.numbered("material").await, [""; 0], "nothing came in");

    server.behave("standout-sample.mp4");
    window.paste(&server.address("standout-sample.mp4")).await;
    window.until_playable().await;
    window.close().await;
}
