//! What pictures show: an encoder of a few thousand random weights comes in as a folder, looks once, and names what it is asked for.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use engine::model::job::Strategy;
use engine::project::EditCommand;
use engine::{
    Analysis, Code, Desk, Event, FetchProgress, GapReason, ModelKind, ModelPlace, Notice, Options, Snapshot,
    WorkerCommand,
};
use testkit::{Folder, RangeServer};

use crate::support::{CommandLine, Ran, find, names_in, open_desk, options, program, speechless, until};

/// The encoder that stands beside the reference's numbers.
fn encoder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/perception/tests/fixtures/picture_text")
}

/// An engine over `home` that notes every task it gives to a worker.
struct Noted {
    home: Folder,
}

impl Noted {
    fn new() -> Self {
        Self { home: Folder::new() }
    }

    /// While this file is there, workers end where captions are to become vectors.
    fn failing(&self) -> PathBuf {
        self.home.file("failing")
    }

    fn options(&self) -> Options {
        let script = self.home.file("worker.sh");
        let text = format!(
            "#!/bin/bash\nIFS= read -r task\nprintf '%s\\n' \"$task\" >> '{}'\n[[ -e '{}' && $task == *embed_captions* ]] && exit 1\n{{ printf '%s\\n' \"$task\"; cat; }} | '{}' worker\n",
            self.home.file("tasks").display(),
            self.failing().display(),
            program("standout").display()
        );
        std::fs::write(&script, text).expect("a script can be written");
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755))
            .expect("a file has permissions");
        Options {
            worker: WorkerCommand { program: script, arguments: Vec::new() },
            ..options(self.home.path())
        }
    }

    /// How often a worker was given a task of this name.
    fn count(&self, task: &str) -> usize {
        let noted = std::fs::read_to_string(self.home.file("tasks")).unwrap_or_default();
        noted.lines().filter(|line| line.starts_with(&format!("{{\"{task}\":"))).count()
    }

    /// Pictures that were looked at in passes of any kind.
    fn looks(&self) -> (usize, usize) {
        (self.count("analyse"), self.count("embed"))
    }
}

fn asks_for(desk: &Desk, actions: &[&str]) -> Snapshot {
    let strategy = Strategy {
        count: 1,
        allow_speechless: true,
        enable_action_recognition: true,
        custom_actions: actions.iter().map(|action| (*action).to_owned()).collect(),
        ..Strategy::default()
    };
    desk.edit(EditCommand::SetStrategy(strategy), None).expect("the strategy can be changed")
}

fn tags(snapshot: &Snapshot) -> Vec<String> {
    let ranges = snapshot.project.materials.iter().flat_map(|material| &material.ranges);
    let mut tags: Vec<String> = ranges.flat_map(|range| &range.tags).map(|tag| tag.name.clone()).collect();
    tags.sort();
    tags
}

/// Of words that nobody uses, one that the encoder's random weights find in a video, and one that they do not.
async fn seen_and_unseen(video: &Path) -> (String, String) {
    let signs = ["a", "e", "i", "o", "u", "ra", "ko"]
        .map(|end| ["zor", "bli", "wug", "tov", "fep"].map(|start| start.to_owned() + end));
    let words: Vec<String> = signs.into_iter().flatten().collect();
    let home = Folder::new();
    let desk = open_desk(options(home.path())).await;
    desk.import_model(&encoder()).await.expect("the encoder can be imported");
    desk.import(vec![video.to_owned()]).await.expect("a video can be imported");
    asks_for(&desk, &words.iter().map(String::as_str).collect::<Vec<_>>());
    let tags = tags(&find(&desk).await);
    desk.close().await;
    let (seen, unseen): (Vec<String>, Vec<String>) = words.into_iter().partition(|word| tags.contains(word));
    assert!(!seen.is_empty() && !unseen.is_empty(), "random weights tell words apart: {tags:?}");
    (seen[0].clone(), unseen[0].clone())
}

/// The only encoder that was imported.
async fn imported(desk: &Desk) -> Option<(String, ModelPlace)> {
    let models = desk.models().await.expect("models are listed").into_iter().map(|model| model.view);
    let mut own = models.filter(|view| view.entry.kind == ModelKind::PictureText && view.entry.url.is_none());
    own.next().map(|view| (view.entry.id, view.place))
}

/// The model that is told to be on its way, and how much of it is here.
fn copied_of(event: Event) -> Option<(String, FetchProgress)> {
    match event {
        Event::Transfer { model, progress } => Some((model, progress.fetched)),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_looked_at_once_and_a_new_tag_costs_its_captions() {
    let (noted, folder) = (Noted::new(), Folder::new());
    let video = speechless(&folder, "clip.mp4", 8);
    let (seen, unseen) = seen_and_unseen(&video).await;
    let desk = open_desk(noted.options()).await;
    let mut events = desk.events();
    desk.import_model(&encoder()).await.expect("the encoder can be imported");
    let (id, place) = imported(&desk).await.expect("it is listed");
    let last = std::iter::from_fn(|| events.try_recv().ok()).filter_map(copied_of).last();
    let (model, progress) = last.expect("whoever listens is told how far it is");
    assert_eq!((&model, progress.arrived), (&id, progress.size), "the last piece is told of");
    assert!(matches!(place, ModelPlace::Installed(_)), "{place:?}");
    desk.import(vec![video]).await.expect("a video can be imported");
    asks_for(&desk, &[&unseen]);
    let found = find(&desk).await;
    assert_eq!(found.materials[0].analysis, Analysis::Done);
    assert_eq!(noted.looks(), (1, 0), "the encoder looks along in the one pass");
    assert_eq!(noted.count("embed_captions"), 1, "all captions at once");
    assert!(!tags(&found).contains(&seen), "nobody asked for it: {found:?}");
    assert!(!unknown(&found), "what can be looked for is not told as unrecognisable: {found:?}");

    asks_for(&desk, &[&unseen, &seen]);
    until(&desk, "the new tag", |snapshot| tags(snapshot).contains(&seen)).await;
    assert_eq!(noted.looks(), (1, 0), "a new tag is no reason to look again");
    assert_eq!(noted.count("embed_captions"), 2, "it costs its captions");
    asks_for(&desk, &[&unseen]);
    let again = asks_for(&desk, &[&seen, &unseen]);
    assert!(tags(&again).contains(&seen), "what was looked for follows at once");
    desk.close().await;

    let desk = open_desk(noted.options()).await;
    let found = find(&desk).await;
    assert!(tags(&found).contains(&seen), "what was seen is kept");
    assert_eq!((noted.looks(), noted.count("embed_captions")), ((1, 0), 2), "as vectors in the library");

    desk.remove_model(&id).await.expect("it can be removed");
    assert_eq!(imported(&desk).await, None, "what was imported is gone with its files");
    assert!(names_in(&noted.home.path().join("data/models")).is_empty(), "no file is left");
    let found = find(&desk).await;
    assert!(unknown(&found), "nothing recognises the tags now: {found:?}");
    assert!(!tags(&found).contains(&seen), "{found:?}");
    assert_eq!(noted.looks(), (1, 0), "what was measured without it stays good");
    desk.close().await;
}

/// Why the pictures of the first video were not looked through.
fn not_searched(snapshot: &Snapshot) -> Option<Code> {
    snapshot.materials[0].notices.iter().find_map(|notice| match notice {
        Notice::PicturesNotSearched(failure) => Some(failure.code),
        _ => None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_of_pictures_that_fails_is_told_and_leaves_the_ranges() {
    let (noted, folder) = (Noted::new(), Folder::new());
    let desk = open_desk(noted.options()).await;
    desk.import_model(&encoder()).await.expect("the encoder can be imported");
    desk.import(vec![speechless(&folder, "clip.mp4", 8)]).await.expect("a video can be imported");
    asks_for(&desk, &["zorfa"]);
    let found = find(&desk).await;
    let ranges = |snapshot: &Snapshot| snapshot.project.materials[0].ranges.clone();
    assert!(!ranges(&found).is_empty() && not_searched(&found).is_none(), "{found:?}");

    std::fs::write(noted.failing(), "").expect("a file can be written");
    asks_for(&desk, &["zorfa", "quib"]);
    let told = until(&desk, "word of the failure", |snapshot| not_searched(snapshot).is_some()).await;
    assert_eq!(not_searched(&told), Some(Code::WorkerCrashed));
    assert_eq!(told.materials[0].analysis, Analysis::Done, "all else is as it was");
    assert_eq!(ranges(&told).len(), ranges(&found).len(), "the ranges stay");
    let without = asks_for(&desk, &["zorfa"]);
    assert_eq!(not_searched(&without), None, "what nobody asks for any more is not missed");

    asks_for(&desk, &["zorfa", "quib"]);
    let again = find(&desk).await;
    assert!(!ranges(&again).is_empty(), "finding goes by everything else");
    until(&desk, "word of the failure", |snapshot| not_searched(snapshot).is_some()).await;
    std::fs::remove_file(noted.failing()).expect("the file can be removed");
    find(&desk).await;
    until(&desk, "the tag looked for", |snapshot| not_searched(snapshot).is_none()).await;
    desk.close().await;
}

fn unknown(snapshot: &Snapshot) -> bool {
    snapshot.materials[0].notices.iter().any(|notice| matches!(notice, Notice::ActionsUnknown(_)))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_encoder_that_comes_later_looks_at_pictures_only() {
    let (noted, folder) = (Noted::new(), Folder::new());
    let video = speechless(&folder, "clip.mp4", 8);
    let (seen, _) = seen_and_unseen(&video).await;
    let desk = open_desk(noted.options()).await;
    desk.import(vec![video]).await.expect("a video can be imported");
    asks_for(&desk, &[&seen]);
    assert!(unknown(&find(&desk).await), "there is no encoder yet");
    desk.import_model(&encoder()).await.expect("the encoder can be imported");
    let found = find(&desk).await;
    assert_eq!(noted.looks(), (1, 1), "sound and motion are known");
    assert!(tags(&found).contains(&seen), "{found:?}");

    // One wrong bit, and it is not used: the job is done without it, and that is said.
    let (_, place) = imported(&desk).await.expect("it is listed");
    let file = place.file().expect("it is installed").to_owned();
    let mut bytes = std::fs::read(&file).expect("the file can be read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).expect("the file can be written");
    let (_, place) = imported(&desk).await.expect("it is listed");
    assert_eq!(place, ModelPlace::Damaged(file.clone()));
    let found = find(&desk).await;
    assert_eq!(found.materials[0].analysis, Analysis::Done, "a damaged encoder costs no job");
    let gaps = desk.engine().evidence_gaps().await.expect("the library can be written");
    let gap = gaps.iter().find(|gap| gap.kind == ModelKind::PictureText).expect("it is said");
    assert_eq!(gap.reason, GapReason::Damaged(file));
    desk.import_model(&encoder()).await.expect("importing it again repairs it");
    assert!(matches!(imported(&desk).await, Some((_, ModelPlace::Installed(_)))));
    desk.close().await;
}

#[test]
fn the_command_line_imports_lists_and_removes_an_encoder() {
    let (line, elsewhere) = (CommandLine::new(), Folder::new());
    let (own, stick) = (line.home.path().join("data/models"), elsewhere.path().to_str().unwrap().to_owned());
    let refused = line.run(&["models", "import", &stick]);
    assert!(refused.code == 1 && refused.errors.contains("holds no picture-text encoder"), "{refused:?}");
    for name in ["vision_model.onnx", "text_model.onnx", "vocab.json", "merges.txt"] {
        std::fs::copy(encoder().join(name), elsewhere.file(name)).expect("a file can be copied");
    }
    std::fs::copy(elsewhere.file("text_model.onnx"), elsewhere.file("vision_model.onnx")).unwrap();
    let refused = line.run(&["models", "import", &stick]);
    assert!(
        refused.errors.contains("this is not the picture part of a CLIP model"),
        "it is tried: {refused:?}"
    );
    assert!(names_in(&own).is_empty(), "nothing of it is kept");
    std::fs::copy(encoder().join("vision_model.onnx"), elsewhere.file("vision_model.onnx")).unwrap();
    let taken = line.run(&["models", "import", &stick]);
    assert_eq!(taken.code, 0, "{taken:?}");
    let list = line.run(&["models", "list", "--json"]).json();
    let first = &list[0];
    assert_eq!((&first["Kind"], &first["State"]), (&"picture-text".into(), &"installed".into()));
    assert_eq!((&first["Licence"], first.get("URL")), (&"NOASSERTION".into(), None), "nobody published it");
    assert_eq!(first["Also"].as_array().map(Vec::len), Some(3), "with the digests of all its files: {first}");
    let id = first["Id"].as_str().expect("it has an id").to_owned();
    assert!(taken.output.starts_with(&id), "{taken:?}");
    assert_eq!(line.run(&["models", "remove", &id]).code, 0);
    assert!(names_in(&own).is_empty(), "its folder is gone as well");
    assert_eq!(line.run(&["models", "remove", &id]).code, 2, "there is no such model any more");
}

#[test]
fn an_encoder_of_the_catalogue_is_fetched_or_imported_file_by_file() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let server = RangeServer::new(&encoder());
    let parts = ["vision_model.onnx", "text_model.onnx", "vocab.json", "merges.txt"];
    std::fs::write(folder.file("models.toml"), catalogue(&server, &parts)).expect("a file can be written");
    let run = |arguments: &[&str]| {
        let mut command = line.command(&["models"]);
        command.args(arguments).env("STANDOUT_TEST_CATALOGUE", folder.file("models.toml"));
        Ran::from(command.output().expect("the command line starts"))
    };
    let state = || run(&["list", "--json"]).json()[0]["State"].clone();
    let vision = encoder().join(parts[0]);
    let taken = run(&["import", vision.to_str().unwrap()]);
    assert_eq!(
        taken.output.trim(),
        "small  still to come: text_model.onnx, vocab.json, merges.txt",
        "{taken:?}"
    );
    assert_eq!(state(), "missing", "a part is no model");
    let fetched = run(&["download", "small"]);
    assert_eq!(fetched.code, 0, "{fetched:?}");
    assert_eq!(state(), "installed");
    assert!(server.answered(parts[0]).is_empty(), "what is there is not fetched again");
    assert_eq!(run(&["remove", "small"]).code, 0);
    assert_eq!(state(), "missing");
    let taken = run(&["import", encoder().to_str().unwrap()]);
    assert!(taken.output.starts_with("small  "), "a folder with a known model is that model: {taken:?}");
    assert_eq!(state(), "installed");
}

/// A catalogue of one encoder, whose files lie on the server.
fn catalogue(server: &RangeServer, parts: &[&str]) -> String {
    let part = |name: &&str| {
        let bytes = std::fs::read(encoder().join(name)).expect("the file can be read");
        let digest = engine::Sha256::of_bytes(&bytes);
        let (url, size) = (server.address(name), bytes.len());
        format!("file = '{name}'\nurl = '{url}'\nsize = {size}\nsha256 = '{digest}'\n")
    };
    let head = "[[model]]\nid = 'small'\nkind = 'picture-text'\nname = 'Small'\npurpose = 'Sees.'\nlicence = 'MIT'\nsource = 'https://a/'\n";
    head.to_owned() + &parts.iter().map(part).collect::<Vec<_>>().join("[[model.also]]\n")
}
