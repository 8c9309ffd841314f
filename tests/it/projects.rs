//! Several projects: named, copied, put into files and opened elsewhere.

use engine::project::EditCommand;
use engine::{Code, Desk, KeyBinding, KeyPress, Playback};
use testkit::{Clip, Folder};

use crate::support::{open_desk, options, until};

/// A desk with one clip on it, in a project of that name.
async fn named_desk(home: &Folder, folder: &Folder, name: &str) -> Desk {
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![Clip::default().write(folder, "talk")]).await.unwrap();
    desk.edit(EditCommand::Rename(name.to_owned()), None).unwrap();
    desk
}

fn names(desk: &Desk) -> Vec<String> {
    desk.projects().unwrap().into_iter().map(|project| project.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn projects_are_put_away_and_taken_out_again_with_their_undo() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = named_desk(&home, &folder, "Coast").await;
    let coast = desk.snapshot().project.id.clone();
    desk.new_project().unwrap();
    let listed = desk.projects().unwrap();
    assert_eq!(names(&desk), ["", "Coast"]);
    assert_eq!(listed.iter().map(|project| project.open).collect::<Vec<_>>(), [true, false]);
    assert!(listed[1].picture.is_some() && listed[1].materials == 1, "{:?}", listed[1]);

    let snapshot = desk.open_project(&coast).await.unwrap();
    assert_eq!((snapshot.project.name.as_str(), snapshot.project.materials.len()), ("Coast", 1));
    assert_eq!(names(&desk), ["Coast"], "the empty one that was left is not kept");
    desk.undo().unwrap();
    assert_eq!(desk.snapshot().project.name, "", "its steps were kept while it was away");
    drop(desk);
    assert_eq!(open_desk(options(home.path())).await.snapshot().project.id, coast, "the next start opens it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_goes_its_own_way() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = named_desk(&home, &folder, "Coast").await;
    let original = desk.snapshot().project.id.clone();
    let listed = desk.duplicate_project(&original, "Coast copy").unwrap();
    assert_eq!(desk.snapshot().project.id, original, "the desk stays as it is");
    let copy = listed.iter().find(|project| project.name == "Coast copy").unwrap();

    desk.save_as("Coast, short").await.unwrap();
    let short = desk.snapshot().project.clone();
    assert_ne!(short.id, original);
    desk.edit(EditCommand::RemoveMaterial(short.materials[0].id), None).unwrap();
    let before = desk.open_project(&original).await.unwrap();
    assert_eq!((before.project.name.as_str(), before.project.materials.len()), ("Coast", 1));

    assert_eq!(desk.remove_project(&original).unwrap_err().code, Code::Busy, "it is open");
    desk.remove_project(&copy.id).unwrap();
    assert!(!names(&desk).contains(&"Coast copy".to_owned()));
    assert_eq!(desk.open_project(&copy.id).await.unwrap_err().code, Code::ProjectUnknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_is_opened_on_another_machine_and_finds_its_videos_beside_its_file() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = named_desk(&home, &folder, "Coast").await;
    let file = folder.file("coast.standout");
    desk.export_project(&file).unwrap();

    // The folder goes to another machine, where nothing lies where it was.
    let (elsewhere, other) = (Folder::new(), Folder::new());
    std::fs::create_dir(elsewhere.file("media")).unwrap();
    let moved = elsewhere.file("media/renamed.mp4");
    std::fs::rename(folder.file("talk.mp4"), &moved).unwrap();
    let carried = elsewhere.file("coast.standout");
    std::fs::rename(&file, &carried).unwrap();

    let there = open_desk(options(other.path())).await;
    let snapshot = there.import_project(&carried).await.unwrap();
    assert_eq!(snapshot.project.name, "Coast");
    assert_ne!(snapshot.project.id, desk.snapshot().project.id, "nothing of that id is replaced");
    assert_eq!(snapshot.project.materials[0].location.local_path(), Some(moved.as_path()));
    let ready = |snapshot: &engine::Snapshot| matches!(snapshot.materials[0].playback, Playback::Ready(_));
    until(&there, "the video to be playable", ready).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_is_relinked_by_hand_and_brings_its_neighbours() {
    let (home, folder, elsewhere) = (Folder::new(), Folder::new(), Folder::new());
    let desk = open_desk(options(home.path())).await;
    let clip = |name: &str, frames| Clip { frames, ..Clip::default() }.write(&folder, name);
    let videos = [clip("one", 100), clip("two", 101), clip("three", 102)];
    desk.import(videos.to_vec()).await.unwrap();
    drop(desk);
    for name in ["one.mp4", "two.mp4"] {
        std::fs::rename(folder.file(name), elsewhere.file(name)).unwrap();
    }
    let desk = open_desk(options(home.path())).await;
    let missing = |desk: &Desk| -> Vec<bool> {
        desk.snapshot().materials.iter().map(|material| material.missing).collect()
    };
    assert_eq!(missing(&desk), [true, true, false]);
    let first = desk.snapshot().project.materials[0].id;
    let wrong = desk.relink(first, &elsewhere.file("two.mp4")).await.unwrap_err();
    assert_eq!(wrong.code, Code::MaterialChanged, "another video is refused: {wrong}");
    desk.relink(first, &elsewhere.file("one.mp4")).await.unwrap();
    assert_eq!(missing(&desk), [false, false, false], "the second lay beside the first");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_project_is_refused_and_the_open_one_stays() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = named_desk(&home, &folder, "Coast").await;
    let before = desk.snapshot().project;
    for (name, content) in
        [("notes.standout", "not a project"), ("newer.standout", r#"{"version":99}"#), ("empty.standout", "")]
    {
        let file = folder.file(name);
        std::fs::write(&file, content).unwrap();
        let failure = desk.import_project(&file).await.unwrap_err();
        assert_eq!((failure.code, failure.path.as_deref()), (Code::ProjectUnreadable, Some(file.as_path())));
    }
    assert_eq!(
        desk.import_project(&folder.file("gone.standout")).await.unwrap_err().code,
        Code::ProjectUnreadable
    );
    assert_eq!(desk.snapshot().project, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_kept_and_one_key_never_runs_two_commands() {
    let home = Folder::new();
    let desk = open_desk(options(home.path())).await;
    let key = |key: &str| KeyPress { key: key.to_owned(), ctrl: false, shift: false };
    let binding =
        |command: &str, letter: &str| KeyBinding { command: command.to_owned(), keys: vec![key(letter)] };
    let engine = desk.engine();
    assert_eq!(engine.key_bindings().unwrap(), []);
    let mine = vec![binding("addRange", "m"), binding("loop", "n")];
    engine.save_key_bindings(&mine).unwrap();
    let failure = engine.save_key_bindings(&[binding("addRange", "m"), binding("loop", "m")]).unwrap_err();
    assert_eq!(failure.message, "The key m would run both addRange and loop. Choose another key.");
    drop(desk);
    assert_eq!(
        open_desk(options(home.path())).await.engine().key_bindings().unwrap(),
        mine,
        "the refused ones changed nothing"
    );
}
