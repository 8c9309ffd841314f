//! `standout models`, from a server on loopback that holds the real file.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use testkit::{Folder, Misbehaviour, ModelServer};

use crate::support::{CommandLine, Ran, names_in, speechless};

const FILE: &str = ModelServer::FILE;
const SIZE: u64 = ModelServer::SIZE;

/// The command line, with a catalogue whose YAMNet lies on a server of the test.
struct Fixture {
    line: CommandLine,
    published: ModelServer,
}

impl Fixture {
    /// `None` where the shared models are absent.
    fn new() -> Option<Self> {
        Some(Self { line: CommandLine::new(), published: ModelServer::new()? })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.line.command(&["models"]);
        command.args(arguments).env("STANDOUT_TEST_CATALOGUE", self.published.catalogue());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().expect("the command line starts"))
    }

    /// What the list says of YAMNet.
    fn listed(&self) -> serde_json::Value {
        let list = self.run(&["list", "--json"]).json();
        let models = list.as_array().expect("a list of models");
        models.iter().find(|model| model["Id"] == "yamnet").expect("YAMNet is listed").clone()
    }

    fn own(&self) -> PathBuf {
        self.line.home.path().join("data/models")
    }
}

#[test]
fn models_are_listed_downloaded_and_removed() {
    let Some(fixture) = Fixture::new() else { return };
    let listed = fixture.listed();
    assert_eq!((&listed["State"], &listed["Kept"]), (&"missing".into(), &0.into()));
    assert_eq!((&listed["Licence"], &listed["Size"]), (&"Apache-2.0".into(), &SIZE.into()));

    fixture.published.server.plan(FILE, [Some(Misbehaviour::CutAfter(1_000_000))]);
    let ran = fixture.run(&["download", "yamnet"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let file = fixture.own().join(FILE);
    assert_eq!(ran.output.trim(), format!("yamnet  {}", file.display()), "it says where the file lies");
    assert!(ran.errors.contains("Downloading yamnet") && ran.errors.contains("trying again"), "{ran:?}");
    assert_eq!(fixture.published.server.bytes_sent(FILE), SIZE, "no byte was fetched twice");
    assert_eq!(fixture.listed()["State"], "installed");
    assert_eq!(names_in(&fixture.own()), [FILE], "nothing else is left");
    let again = fixture.run(&["download", "yamnet"]);
    assert_eq!(
        (again.code, fixture.published.server.bytes_sent(FILE)),
        (0, SIZE),
        "what is there is not fetched again"
    );

    let ran = fixture.run(&["list"]);
    assert!(ran.output.contains("Hears laughter") && ran.output.contains("not installed"), "{ran:?}");

    assert_eq!(fixture.run(&["remove", "yamnet"]).code, 0);
    assert_eq!(fixture.listed()["State"], "missing");
    let again = fixture.run(&["remove", "yamnet"]);
    assert!(again.code == 2 && again.errors.contains("YAMNet is not installed"), "{again:?}");
}

/// Ended by the system in the middle of a download.
#[test]
fn a_download_that_was_ended_goes_on_the_next_time() {
    let Some(fixture) = Fixture::new() else { return };
    fixture.published.server.plan(FILE, [Some(Misbehaviour::StallAfter(2_000_000))]);
    let mut running = fixture
        .command(&["download", "yamnet"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command line starts");
    let mut said = BufReader::new(running.stderr.take().expect("standard error is read")).lines();
    let arrived = said.by_ref().map_while(Result::ok).find(|line| line.ends_with(" 40 %"));
    assert!(arrived.is_some(), "it says how far it is");
    let ended = Command::new("kill").arg(running.id().to_string()).status().expect("kill runs");
    assert!(ended.success(), "the program was running");
    let said: Vec<String> = said.map_while(Result::ok).collect();
    assert_eq!(running.wait().expect("it ends").code(), Some(1));
    assert!(said.concat().contains("What has arrived is kept"), "{said:?}");
    let listed = fixture.listed();
    let kept = listed["Kept"].as_u64().expect("a number");
    assert!(kept > 1_600_000, "what has arrived is told: {listed}");

    let ran = fixture.run(&["download", "all-of-it"]);
    assert!(ran.code == 2 && ran.errors.contains("There are: yamnet, "), "the ids are told: {ran:?}");
    let ran = fixture.run(&["download", "yamnet"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let last = fixture.published.server.answered(FILE).pop().expect("it was asked");
    assert_eq!(last.asked.expect("a part is asked for").start, kept, "it goes on where it was ended");
}

#[test]
fn files_are_imported_by_their_content() {
    let Some(fixture) = Fixture::new() else { return };
    let stick = Folder::new();
    let (renamed, wrong) = (stick.file("sounds.bin"), stick.file(FILE));
    std::fs::copy(fixture.published.model(), &renamed).expect("a file can be copied");
    std::fs::write(&wrong, "something else").expect("a temporary file can be written");
    let ran = fixture.run(&["import", renamed.to_str().unwrap(), wrong.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "one of two is refused: {ran:?}");
    assert!(ran.errors.contains("14 bytes instead of 4126810"), "what was expected is told: {ran:?}");
    assert!(ran.output.starts_with("yamnet  "), "the other is taken: {ran:?}");
    let listed = fixture.listed();
    assert_eq!(listed["Path"], fixture.own().join(FILE).to_str().unwrap(), "under its own name: {listed}");
    assert!(fixture.published.server.answered(FILE).is_empty(), "no network is needed");

    let damaged = std::fs::read(&renamed).map(|mut bytes| {
        bytes[SIZE as usize / 2] ^= 1;
        bytes
    });
    std::fs::write(fixture.own().join(FILE), damaged.unwrap()).expect("a file can be written");
    assert_eq!(fixture.listed()["State"], "damaged", "one wrong bit is noticed");
    assert_eq!(fixture.run(&["import", renamed.to_str().unwrap()]).code, 0);
    assert_eq!(fixture.listed()["State"], "installed", "an import repairs it");
}

#[test]
fn nothing_is_fetched_unasked() {
    let Some(fixture) = Fixture::new() else { return };
    let video = speechless(&fixture.line.home, "tone.mp4", 4);
    let mut command = fixture.line.command(&["extract", video.to_str().unwrap(), "--allow-speechless"]);
    command.env("STANDOUT_TEST_CATALOGUE", fixture.published.catalogue());
    let ran = Ran::from(command.output().expect("the command line starts"));
    assert!(ran.errors.contains("standout models download yamnet"), "it is offered: {ran:?}");
    assert_eq!(fixture.run(&["list"]).code, 0);
    assert!(fixture.published.server.answered(FILE).is_empty(), "and not done");
}
