//! Copies for the player that are given up while they are made.

use std::path::PathBuf;

use engine::{Code, Playback, Snapshot};
use testkit::{Clip, Container, Folder};

use crate::support::{names_in, open_desk, options, sample, until};

/// A video that the web view does not show, and whose copy is the work of some seconds.
fn archive(folder: &Folder) -> PathBuf {
    let options = ["-c:v", "ffv1", "-pix_fmt", "yuv422p10le"].map(str::to_owned).to_vec();
    Clip { container: Container::Mkv, options, frames: 750, size: (640, 360), ..Clip::default() }
        .write(folder, "archive")
}

fn is_ready(snapshot: &Snapshot) -> bool {
    matches!(snapshot.materials[0].playback, Playback::Ready(_))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_given_up_leaves_nothing_and_is_made_when_that_is_asked_for() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = open_desk(options(home.path())).await;
    let imported = desk.import(vec![archive(&folder)]).await.unwrap().snapshot;
    let material = imported.project.materials[0].id;
    assert_eq!(desk.make_copy(material).unwrap_err().code, Code::InvalidRequest, "nothing was given up yet");
    until(&desk, "the copy to be under way", |snapshot| snapshot.working).await;
    assert!(desk.pause().unwrap().paused);

    let given_up = desk.cancel_copy(material).unwrap();
    assert_eq!(given_up.materials[0].playback, Playback::Cancelled);
    assert!(!given_up.working && !given_up.paused, "nothing is held on where nothing is under way");
    assert_eq!(desk.cancel_copy(material).unwrap_err().code, Code::InvalidRequest, "it is given up already");
    desk.close().await;
    assert_eq!(names_in(&home.file("cache/scratch")), Vec::<String>::new(), "nothing half-written is left");

    let desk = open_desk(options(home.path())).await;
    until(&desk, "the copy to be under way", |snapshot| snapshot.working).await;
    desk.cancel_copy(material).unwrap();
    desk.import(vec![sample()]).await.unwrap();
    assert_eq!(
        desk.snapshot().materials[0].playback,
        Playback::Cancelled,
        "it stays given up, whatever else comes"
    );
    desk.make_copy(material).unwrap();
    until(&desk, "the copy", is_ready).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_up_the_copy_of_another_sound_brings_back_what_was_heard_before() {
    let (home, folder) = (Folder::new(), Folder::new());
    let (sample, two) = (sample(), folder.file("two.mp4"));
    let [from, to] = [&sample, &two].map(|path| path.to_str().unwrap());
    let tracks = ["-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy"];
    testkit::ffmpeg(["-i", from].into_iter().chain(tracks).chain([to]));
    let desk = open_desk(options(home.path())).await;
    // One copy is made at a time: while that of the second is held on, another one waits.
    let imported = desk.import(vec![two.clone(), archive(&folder)]).await.unwrap().snapshot;
    let material = &imported.project.materials[0];
    let other = material.info.audio[1].index;
    until(&desk, "the copy of the second to be under way", |snapshot| snapshot.working).await;
    desk.pause().unwrap();
    until(&desk, "the file itself", is_ready).await;
    let chosen = desk.choose_sound(material.id, Some(other)).unwrap();
    assert_eq!(chosen.materials[0].sound, Some(other));
    desk.cancel_copy(material.id).unwrap();
    let before = until(&desk, "the file itself again", is_ready).await;
    assert_eq!(before.materials[0].playback, Playback::Ready(two));
    assert_eq!(before.materials[0].sound, None);
    assert!(before.paused, "the other copy is still held on");
}
