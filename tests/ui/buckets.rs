//! Clips on their way into a bucket, set up and chosen with the mouse.

use std::path::Path;

use testkit::{Folder, S3Fault, S3Request, S3Server};
use thirtyfour::prelude::*;

use crate::screenshots::compare;
use crate::window::{Setup, Window, sample};

pub(crate) const BUCKET: &str = "clips";

/// The program knows the server's keys by the variables of a bucket that is called Studio.
pub(crate) fn with_keys<'a>(home: &'a Path, server: &S3Server) -> Setup<'a> {
    let keys = [("ACCESS_KEY_ID", server.access_key_id()), ("SECRET_ACCESS_KEY", server.secret_access_key())];
    let variables = keys.map(|(name, value)| (format!("STANDOUT_BUCKET_STUDIO_{name}"), value.into()));
    Setup { opens: vec![sample()], variables: variables.into(), ..Setup::new(home) }
}

#[tokio::test(flavor = "multi_thread")]
async fn clips_are_uploaded_to_a_bucket_that_was_set_up_here() {
    let (home, server) = (Folder::new(), S3Server::start(&[BUCKET]));
    let window = Window::open(&with_keys(home.path(), &server)).await;
    add_range(&window).await;
    window.click("export").await;
    window.click("export-target-bucket").await;
    set_up_bucket(&window, &server).await;

    window.choose("export-codec", "h265").await;
    window.choose("export-size", "custom").await;
    window.fill("export-height", "180").await;
    window.click("export-register").await;
    window.write("export-template", "{name}/clip {index} at {start}").await;
    window.until_text("export-name-0", "standout-sample/clip 0 at 0").await;
    window.until_able("export-start").await;
    compare("export-bucket", &window.screenshot().await);
    let key = window.script("return document.querySelector(\"[data-testid='export-name-0']\").title").await;
    let key: String = key.convert().expect("the example has the whole name");
    window.click("export-start").await;
    window.until_state("export-clip-0", "written").await;
    assert!(window.text("export-clip-0").await.contains("In library"), "the clip was registered");
    window.click("export-close").await;

    assert_eq!(server.keys(BUCKET), [key.as_str()], "the object has the name of the example");
    let object = testkit::ffprobe(&server.object(BUCKET, &key), "stream=codec_name,width,height");
    assert_eq!(object, ["hevc", "320", "180", "aac"], "codec and size are those that were asked for");

    window.press(Key::Control + "l").await;
    window.until_text("library-list", &format!("s3://{BUCKET}/{key}")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_failed_goes_on_after_a_restart() {
    let (home, server) = (Folder::new(), S3Server::start(&[BUCKET]));
    let setup = with_keys(home.path(), &server);
    let window = Window::open(&setup).await;
    add_range(&window).await;
    window.click("export").await;
    window.click("export-target-bucket").await;
    set_up_bucket(&window, &server).await;
    window.choose("export-preset", "unchanged").await;
    window.click("export-register").await;
    window.until_able("export-start").await;
    let brings_clip = |request: &S3Request| request.method == "PUT" && request.path.ends_with(".mp4");
    let refuse = S3Fault::Refuse { status: 403, code: "AccessDenied", message: "Access Denied" };
    server.fail(usize::MAX, brings_clip, refuse);
    window.click("export-start").await;
    window.until_state("export-clip-0", "failed").await;
    let said = window.text("export-clip-0").await;
    assert!(said.contains("kept on this machine"), "the window says where the clip is: {said}");
    assert_eq!(server.keys(BUCKET), [""; 0], "and nothing is in the bucket");
    window.close().await;

    let again = Window::open(&setup).await;
    again.element("uploads").await;
    server.recover();
    again.click("uploads-resume").await;
    again.until_state("export-clip-0", "written").await;
    assert!(
        again.text("export-clip-0").await.contains("In library"),
        "the clip is registered as was asked for"
    );
    again.click("export-close").await;
    again.until_gone("export-dialog").await;
    again.until_gone("uploads").await;
    assert_eq!(server.keys(BUCKET), ["standout-sample-0.mp4"], "the clip is in the bucket now");
    again.close().await;
}

/// The sample with one range from its beginning.
pub(crate) async fn add_range(window: &Window) {
    window.click("open").await;
    window.until_playable().await;
    window.press("n").await;
    window.until("a range", "return !!document.querySelector(\"[data-testid^='highlight-']\")").await;
}

/// Sets the server's bucket up in the form, by a name it does not know at first.
pub(crate) async fn set_up_bucket(window: &Window, server: &S3Server) {
    window.click("bucket-new").await;
    window.write("bucket-name", "Studio").await;
    window.write("bucket-endpoint", &server.endpoint()).await;
    window.write("bucket-region", "us-east-1").await;
    window.write("bucket-bucket", "cilps").await;
    window.click("bucket-path-style").await;
    window.click("bucket-test").await;
    window.until_state("bucket-trial", "failed").await;
    let fault = window.text("bucket-trial").await;
    assert!(fault.contains("no such bucket"), "the failure says what is wrong: {fault}");

    window.write("bucket-bucket", BUCKET).await;
    window.until_state("bucket-trial", "idle").await;
    window.click("bucket-test").await;
    window.until_state("bucket-trial", "ok").await;
    window.click("bucket-save").await;
    window.until_text("export-bucket", "Studio").await;
}
