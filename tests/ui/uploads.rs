//! Clips that do not reach their bucket, in the dark and in the light look.

use testkit::{Folder, S3Fault, S3Request, S3Server};

use crate::buckets::{BUCKET, add_range, set_up_bucket, with_keys};
use crate::looks::{close_sheet, state};
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_bucket_and_clips_that_are_cut_refused_and_waiting_look_as_they_should() {
    let (home, server) = (Folder::new(), S3Server::start(&[BUCKET]));
    let setup = with_keys(home.path(), &server);
    let window = Window::open(&setup).await;
    add_range(&window).await;
    window.until_pictures().await;
    window.click("export").await;
    window.click("export-target-bucket").await;
    set_up_bucket(&window, &server).await;
    let refuse = S3Fault::Refuse { status: 403, code: "AccessDenied", message: "Access Denied" };
    server.fail(usize::MAX, |request| request.method == "PUT", refuse.clone());
    window.click("bucket-edit").await;
    window.click("bucket-test").await;
    window.until_state("bucket-trial", "failed").await;
    state(&window, "bucket-refused").await;
    window.click("bucket-cancel").await;
    server.recover();

    window.choose("export-preset", "unchanged").await;
    window.until_able("export-start").await;
    server.fail(usize::MAX, brings_clip, S3Fault::Stall);
    window.click("export-start").await;
    window.until_state("export-clip-0", "uploading").await;
    state(&window, "uploading").await;
    window.click("export-cancel").await;
    window.until_state("export-clip-0", "cancelled").await;
    window.element("export-resume").await;
    state(&window, "upload-cancelled").await;

    server.recover();
    server.fail(usize::MAX, brings_clip, refuse);
    window.click("export-resume").await;
    window.until_state("export-clip-0", "failed").await;
    window.element("export-resume").await;
    state(&window, "upload-refused").await;
    window.kill();

    let again = Window::open(&setup).await;
    again.element("uploads").await;
    again.until_playable().await;
    again.until_pictures().await;
    state(&again, "uploads-waiting").await;
    again.click("uploads-discard").await;
    again.element("uploads-discard-confirm").await;
    state(&again, "uploads-discard").await;
    close_sheet(&again, "uploads-discard-confirm").await;
    again.close().await;
}

fn brings_clip(request: &S3Request) -> bool {
    request.method == "PUT" && request.path.ends_with(".mp4")
}
