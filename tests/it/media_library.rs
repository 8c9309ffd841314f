//! `standout media`: ids that stay, files that move.

use std::path::Path;

use engine::Playback;
use engine::model::MediaLocation;
use engine::project::Subtitles;
use serde_json::Value;
use testkit::{Folder, RangeServer};

use crate::support::{CommandLine, Ran, open_desk, options, speechless, until};

fn added(line: &CommandLine, place: &str) -> Value {
    let ran = line.run(&["media", "add", place]);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.json()[0].clone()
}

fn id_of(asset: &Value) -> String {
    let id = asset["MediaId"].as_str().expect("an id");
    assert!(id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit()), "32 hexadecimal digits: {id}");
    id.to_owned()
}

/// Runs a job on one id.
fn extract(line: &CommandLine, folder: &Folder, id: &str) -> Ran {
    let config = serde_json::json!({
        "MediaArray": [{ "MediaId": id.to_uppercase() }],
        "Strategy": { "Count": 1, "ClipDuration": 3, "AllowSpeechless": true },
    });
    let file = folder.file("job.json");
    std::fs::write(&file, config.to_string()).unwrap();
    line.run(&["extract", "--input-config", file.to_str().unwrap()])
}

#[test]
fn an_id_stays_with_the_content_wherever_the_file_goes() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = speechless(&folder, "talk", 8);
    let id = id_of(&added(&line, video.to_str().unwrap()));
    let renamed = folder.file("renamed.mp4");
    std::fs::rename(&video, &renamed).unwrap();
    let ran = extract(&line, &folder, &id);
    assert_eq!(ran.code, 0, "a file that was renamed is found again by its content: {ran:?}");
    assert_eq!(ran.json()["HighlightResults"][0]["Media"], id.as_str());
    let shown = line.run(&["media", "show", &id]).json();
    assert_eq!(shown["MediaURL"], renamed.to_str().unwrap());

    let elsewhere = Folder::new();
    std::fs::create_dir_all(elsewhere.file("deep/er")).unwrap();
    let moved = elsewhere.file("deep/er/talk.mp4");
    std::fs::copy(&renamed, &moved).unwrap();
    std::fs::remove_file(&renamed).unwrap();
    let lost = extract(&line, &folder, &id);
    assert_eq!(lost.code, 1, "{lost:?}");
    assert_eq!(lost.json()["HighlightResults"][0]["Error"]["Code"], "MaterialMissing");
    assert!(line.run(&["media", "list"]).output.contains("(missing)"));

    let relinked = line.run(&["media", "relink", &id, elsewhere.path().to_str().unwrap()]);
    assert_eq!(relinked.json()["MediaURL"], moved.to_str().unwrap(), "a folder is searched for it");
    assert_eq!(extract(&line, &folder, &id).code, 0);
    assert_eq!(id_of(&added(&line, moved.to_str().unwrap())), id, "the same content, the same id");
}

#[test]
fn another_file_is_no_new_place() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = speechless(&folder, "talk", 4);
    let other = speechless(&folder, "other", 5);
    let id = id_of(&added(&line, video.to_str().unwrap()));
    let ran = line.run(&["media", "relink", &id, other.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.errors.contains("another video"), "{}", ran.errors);
    let shown = line.run(&["media", "show", &id]).json();
    assert_eq!(shown["MediaURL"], video.to_str().unwrap(), "it is where it was");
}

#[test]
fn removing_never_touches_the_file() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = speechless(&folder, "talk", 4);
    let before = std::fs::read(&video).unwrap();
    let id = id_of(&added(&line, video.to_str().unwrap()));
    assert_eq!(line.run(&["media", "remove", &id]).code, 0);
    assert_eq!(std::fs::read(&video).unwrap(), before);
    let gone = line.run(&["media", "show", &id]);
    assert_eq!(gone.code, 1, "{gone:?}");
    assert!(gone.errors.contains(&id), "{}", gone.errors);
    let job = extract(&line, &folder, &id);
    assert_eq!(job.json()["HighlightResults"][0]["Error"]["Code"], "AssetUnknown");
}

#[test]
fn the_list_is_searched_by_words() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    for (name, seconds) in [("interview one", 2), ("interview two", 3), ("holiday", 4)] {
        added(&line, speechless(&folder, name, seconds).to_str().unwrap());
    }
    let names = |words: &[&str]| -> Vec<String> {
        let arguments = [&["media", "list", "--json"], words].concat();
        let list = line.run(&arguments).json();
        list.as_array().unwrap().iter().map(|asset| asset["Name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&[]), ["holiday.mp4", "interview two.mp4", "interview one.mp4"], "the last added first");
    assert_eq!(names(&["INTER", "one"]), ["interview one.mp4"]);
    assert_eq!(names(&["nothing"]), [""; 0]);
}

#[test]
fn a_video_elsewhere_has_the_id_of_its_content() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = speechless(&folder, "talk", 4);
    let server = RangeServer::new(folder.path());
    let remote = added(&line, &server.address("talk.mp4"));
    assert_eq!(remote["MediaURL"], server.address("talk.mp4").as_str());
    let local = added(&line, video.to_str().unwrap());
    assert_eq!(id_of(&remote), id_of(&local));
    assert_eq!(Path::new(local["MediaURL"].as_str().unwrap()), video);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_follows_a_video_that_was_moved_and_relinked() {
    let (home, before, after) = (Folder::new(), Folder::new(), Folder::new());
    let video = speechless(&before, "talk", 4);
    let words = "1\n00:00:01,000 --> 00:00:02,000\nHello!\n";
    std::fs::write(before.file("talk.srt"), words).unwrap();
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![video.clone()]).await.unwrap();
    let id = desk.engine().assets("").unwrap()[0].id.0.clone();
    desk.close().await;
    for name in ["talk.mp4", "talk.srt"] {
        std::fs::copy(before.file(name), after.file(name)).unwrap();
        std::fs::remove_file(before.file(name)).unwrap();
    }

    let desk = open_desk(options(home.path())).await;
    assert!(desk.snapshot().materials[0].missing, "it is told that the video is gone");
    let view = desk.engine().relink_asset(&id, after.path()).await.unwrap();
    desk.follow(&view).unwrap();
    let moved = after.file("talk.mp4");
    let plays =
        |snapshot: &engine::Snapshot| snapshot.materials[0].playback == Playback::Ready(moved.clone());
    let snapshot = until(&desk, "the player to have the file where it is now", plays).await;
    let material = &snapshot.project.materials[0];
    assert_eq!(material.location, MediaLocation::LocalFile(moved));
    assert_eq!(material.subtitles, Subtitles::Sidecar(after.file("talk.srt")), "its subtitle went with it");
    assert!(!snapshot.materials[0].missing);
    assert_eq!(snapshot.undo, None, "moving a file is nothing to undo");
}
