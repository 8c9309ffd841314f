//! What the tests stand on: programs to run, an engine of their own, and media with known truth.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::Duration;

use engine::model::MediaTime;
use engine::{Desk, Directories, Engine, Event, Options, Snapshot, WorkerCommand, WorkerLimits};
use testkit::{Clip, Folder, Pictures, Sound};

/// Far more than anything here takes; a test that waits so long hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// The built program of that name, beside the tests' own.
pub(crate) fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a test knows its own file");
    let folder = tests.parent().and_then(Path::parent).expect("tests lie in target/PROFILE/deps");
    let program = folder.join(name);
    assert!(program.is_file(), "build it first with `cargo build --workspace`: {}", program.display());
    program
}

/// The command line with a library of its own.
pub(crate) struct CommandLine {
    pub(crate) home: Folder,
}

impl CommandLine {
    pub(crate) fn new() -> Self {
        Self { home: Folder::new() }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("standout"));
        command.args(arguments).env("STANDOUT_HOME", self.home.path());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().expect("the command line starts");
        Ran::from(output)
    }
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            output: String::from_utf8_lossy(&output.stdout).into_owned(),
            errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ran {
    /// The answer on standard output.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.output).unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }
}

/// How an engine of a test is set up.
pub(crate) fn options(home: &Path) -> Options {
    Options {
        directories: Directories::below(home),
        worker: WorkerCommand::of(&program("standout")),
        limits: WorkerLimits::default(),
    }
}

/// A desk over the library below `home`.
pub(crate) async fn open_desk(options: Options) -> Desk {
    let engine = Engine::open(options).expect("an engine opens in a folder of its own");
    Desk::open(Arc::new(engine)).await.expect("a desk opens")
}

/// Waits until the desk is as wanted.
pub(crate) async fn until(desk: &Desk, what: &str, wanted: impl Fn(&Snapshot) -> bool) -> Snapshot {
    let mut events = desk.events();
    let wait = async {
        loop {
            let snapshot = desk.snapshot();
            if wanted(&snapshot) {
                return snapshot;
            }
            while !matches!(events.recv().await, Ok(Event::Changed) | Err(_)) {}
        }
    };
    tokio::time::timeout(PATIENCE, wait)
        .await
        .unwrap_or_else(|_| panic!("waited for {what}: {:?}", desk.snapshot()))
}

/// Finds highlights and waits for them.
pub(crate) async fn find(desk: &Desk) -> Snapshot {
    desk.find().expect("finding begins");
    until(desk, "the end of finding", |snapshot| !snapshot.finding).await
}

/// The sample programme: two minutes with voices, cuts and laughter.
pub(crate) fn sample() -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/sample/standout-sample.mp4");
    assert!(path.is_file(), "make it first with `make sample`");
    path.canonicalize().expect("the sample has a path")
}

/// A clip of `seconds` in which nobody speaks: counted frames, a tone every second.
pub(crate) fn speechless(folder: &Folder, name: &str, seconds: u32) -> PathBuf {
    let starts = (0..i64::from(seconds)).map(MediaTime::from_whole_seconds);
    Clip {
        frames: seconds * 25,
        pictures: Pictures::Counter,
        sound: Some(Sound::bursts(starts)),
        ..Clip::default()
    }
    .write(folder, name)
}

/// Everything that lies in a folder, by name.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The video frame of a rate of 25 a second.
pub(crate) const FRAME: f64 = 0.04;

/// Asserts that a clip shows `seconds` of picture and sound, to within one frame.
pub(crate) fn assert_clip(path: &Path, seconds: f64) {
    let found = testkit::ffprobe(path, "stream=codec_name,duration");
    let [video, video_length, audio, audio_length] = found.as_slice() else {
        panic!("picture and sound are expected in {}: {found:?}", path.display())
    };
    assert_eq!((video.as_str(), audio.as_str()), ("h264", "aac"), "{}", path.display());
    for length in [video_length, audio_length] {
        let length: f64 = length.parse().expect("a length in seconds");
        assert!((length - seconds).abs() <= FRAME, "{} lasts {length} s, not {seconds} s", path.display());
    }
}
