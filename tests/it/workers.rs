//! Workers that crash, hang or grow too large become one failed material; the rest goes on.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use engine::model::job::{InputConfig, OutputConfig};
use engine::project::EditCommand;
use engine::{
    Analysis, Code, Desk, Engine, Event, Options, Playback, ProgressSubject, Snapshot, WorkerCommand,
};
use serde_json::{Value, json};
use testkit::Folder;
use tokio::sync::broadcast::Receiver;
use tokio_util::sync::CancellationToken;

use crate::support::{PATIENCE, find, open_desk, options, program, sample, speechless, until};

/// The failure of the material at `index`.
fn failure(snapshot: &Snapshot, index: usize) -> &engine::Failure {
    match &snapshot.materials[index].analysis {
        Analysis::Failed(failure) => failure,
        other => panic!("a failure is expected, not {other:?}"),
    }
}

/// A worker that probes as the real one does and runs `script` instead of analysing.
fn scripted(folder: &Folder, script: &str) -> WorkerCommand {
    let real = program("standout");
    let path = folder.file("worker.sh");
    let text = format!(
        "#!/bin/bash\nIFS= read -r task\ncase $task in\n*analyse*) {script} ;;\n\
         *) {{ printf '%s\\n' \"$task\"; cat; }} | {} worker ;;\nesac\n",
        real.display()
    );
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    WorkerCommand { program: path, arguments: Vec::new() }
}

/// A desk whose analyses run `script`, with the sample on it.
async fn desk_with(home: &Folder, script: &str, change: impl FnOnce(&mut Options)) -> Desk {
    let mut options = options(home.path());
    options.worker = scripted(home, script);
    change(&mut options);
    let desk = open_desk(options).await;
    let imported = desk.import(vec![sample()]).await.unwrap();
    assert!(imported.refused.is_empty(), "{:?}", imported.refused);
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_crashes_is_one_failed_material() {
    let home = Folder::new();
    let desk = desk_with(&home, "kill -SEGV $$", |_| {}).await;
    let snapshot = find(&desk).await;
    let failure = failure(&snapshot, 0);
    assert_eq!(failure.code, Code::WorkerCrashed);
    assert!(failure.message.contains("signal 11"), "how it ended is told: {failure}");
    assert_eq!(failure.path.as_deref(), Some(sample().as_path()));
}

/// Starting a process takes as long as looking into a file.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_looked_at_and_analysed_by_one_process() {
    let home = Folder::new();
    let (started, script) = (home.file("started"), home.file("worker.sh"));
    let text = format!(
        "#!/bin/bash\necho . >> {}\nexec {} worker\n",
        started.display(),
        program("standout").display()
    );
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut options = options(home.path());
    options.worker = WorkerCommand { program: script, arguments: Vec::new() };
    let engine = Engine::open(options).expect("an engine opens");
    let processes = |files: &[PathBuf]| {
        let media: Vec<Value> = files.iter().map(|file| json!({ "MediaURL": file })).collect();
        let input = InputConfig::parse(&json!({ "MediaArray": media }).to_string()).expect("a job").config;
        let (engine, started) = (&engine, &started);
        async move {
            let _ = std::fs::remove_file(started);
            let output = OutputConfig::parse("{}").expect("no export").config;
            let cancel = CancellationToken::new();
            let extracted = engine.extract(&input, &output, None, &cancel, &|_| {}).await.expect("it ends");
            assert!(extracted.failures.is_empty(), "{:?}", extracted.failures);
            std::fs::read_to_string(started).map_or(0, |lines| lines.lines().count())
        }
    };
    let other = home.file("other.mp4");
    std::fs::copy(sample(), &other).unwrap();
    assert_eq!(processes(&[sample()]).await, 1, "one looks and analyses");
    assert_eq!(processes(&[other]).await, 1, "another one looks into a copy, whose evidence is known");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_without_progress_is_given_up() {
    let home = Folder::new();
    let repeated = r#"while :; do echo '{"progress":{"stage":"analysing","fraction":0.5}}'; sleep 0.1; done"#;
    let desk = desk_with(&home, repeated, |options| options.limits.silence = Duration::from_secs(2)).await;
    let snapshot = find(&desk).await;
    assert_eq!(failure(&snapshot, 0).code, Code::WorkerHung, "saying the same again is no progress");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_says_too_much_is_still_heard() {
    let home = Folder::new();
    let flood = "head -c 20000000 /dev/zero >&2; head -c 20000000 /dev/zero; \
        echo; echo '{\"failed\":{\"code\":\"notMedia\",\"message\":\"At last.\",\"path\":null}}'";
    let desk = desk_with(&home, flood, |options| options.limits.silence = Duration::from_secs(20)).await;
    let snapshot = find(&desk).await;
    assert_eq!(failure(&snapshot, 0).message, "At last.", "neither stream fills up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_grows_too_large_is_ended() {
    let home = Folder::new();
    let grow = "exec python3 -c 'data = bytearray(300_000_000); input(); input()'";
    let desk = desk_with(&home, grow, |options| options.limits.memory = 200_000_000).await;
    let snapshot = find(&desk).await;
    assert_eq!(failure(&snapshot, 0).code, Code::WorkerOutOfMemory);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_no_worker_is_told() {
    let home = Folder::new();
    let mut options = options(home.path());
    options.worker.program = PathBuf::from("/nowhere/standout");
    let desk = open_desk(options).await;
    let imported = desk.import(vec![sample()]).await.unwrap();
    assert_eq!(imported.refused[0].failure.code, Code::WorkerCrashed);
}

/// The real worker is killed in the middle of its work, as the system does when memory runs out.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_worker_does_not_stop_the_other_materials() {
    let (home, folder) = (Folder::new(), Folder::new());
    let victim = long_copy(&folder);
    let desk = open_desk(options(home.path())).await;
    let other = speechless(&folder, "other", 8);
    let imported = desk.import(vec![victim.clone(), other, sample()]).await.unwrap();
    assert!(imported.refused.is_empty(), "{:?}", imported.refused);
    let id = imported.snapshot.project.materials[0].id;
    let mut events = desk.events();
    desk.find().unwrap();
    until_begun(&mut events, |subject| subject == ProgressSubject::Material(id)).await;
    kill_workers_on(&victim);
    let snapshot = until(&desk, "the end of finding", |snapshot| !snapshot.finding).await;
    assert_eq!(failure(&snapshot, 0).code, Code::WorkerCrashed);
    assert_eq!(failure(&snapshot, 1).code, Code::Speechless, "the second was analysed");
    assert_eq!(snapshot.materials[2].analysis, Analysis::Done);
    assert!(!snapshot.project.materials[2].ranges.is_empty(), "the third has its highlights");

    let again = find(&desk).await;
    assert_eq!(again.materials[0].analysis, Analysis::Done, "trying again works: {:?}", again.materials[0]);
}

/// A worker is stopped where it is for longer than it may be silent, and then does its work to the end.
#[tokio::test(flavor = "multi_thread")]
async fn paused_work_stands_still_and_goes_on_where_it_was() {
    let (home, folder) = (Folder::new(), Folder::new());
    let video = long_copy(&folder);
    let mut options = options(home.path());
    options.limits.silence = Duration::from_secs(3);
    let silence = options.limits.silence;
    let desk = open_desk(options).await;
    let refused = desk.pause().expect_err("nothing is under way");
    assert_eq!(refused.code, Code::InvalidRequest);
    desk.import(vec![video.clone()]).await.unwrap();
    desk.find().unwrap();
    until(&desk, "the analysis", |snapshot| matches!(snapshot.materials[0].analysis, Analysis::Running(_)))
        .await;
    assert!(desk.pause().unwrap().paused);
    until_idle(&video, silence + Duration::from_secs(1)).await;
    assert!(desk.snapshot().finding, "a paused worker is not taken for one that hangs");

    assert!(!desk.resume().paused);
    let found = until(&desk, "the end of finding", |snapshot| !snapshot.finding).await;
    assert_eq!(found.materials[0].analysis, Analysis::Done, "it was not begun anew, and ended well");
}

#[tokio::test(flavor = "multi_thread")]
async fn paused_work_can_be_cancelled_and_leaves_no_pause_behind() {
    let (home, folder) = (Folder::new(), Folder::new());
    let video = long_copy(&folder);
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![video.clone()]).await.unwrap();
    desk.find().unwrap();
    until(&desk, "the analysis", |snapshot| matches!(snapshot.materials[0].analysis, Analysis::Running(_)))
        .await;
    desk.pause().unwrap();
    until_idle(&video, Duration::from_millis(200)).await;
    let _ = desk.cancel_find();
    let cancelled = until(&desk, "the end of finding", |snapshot| !snapshot.finding).await;
    assert_eq!(cancelled.materials[0].analysis, Analysis::Cancelled);
    assert!(!cancelled.paused, "what comes next is not paused");
    assert_eq!(find(&desk).await.materials[0].analysis, Analysis::Done);
}

/// A copy for the player is held on like any other work.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_for_the_player_stands_still_while_it_is_paused_and_leaves_no_pause_behind() {
    let (home, folder) = (Folder::new(), Folder::new());
    let video = folder.file("archive.mkv");
    let source = ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25:d=40", "-c:v", "mpeg2video", "-q:v", "2"];
    testkit::ffmpeg(source.into_iter().chain([video.to_str().expect("temporary paths are UTF-8")]));
    let desk = open_desk(options(home.path())).await;
    let mut events = desk.events();
    desk.import(vec![video.clone()]).await.unwrap();
    until_begun(&mut events, |subject| matches!(subject, ProgressSubject::Preview(_))).await;
    assert!(desk.pause().unwrap().paused);
    until_idle(&video, Duration::from_secs(1)).await;
    assert_eq!(desk.snapshot().materials[0].playback, Playback::Preparing, "it waits");
    let mut events = desk.events();
    assert!(!desk.resume().paused);
    until_begun(&mut events, |subject| matches!(subject, ProgressSubject::Preview(_))).await;
    assert!(desk.pause().unwrap().paused);
    desk.edit(EditCommand::RemoveMaterial(desk.snapshot().project.materials[0].id), None).unwrap();
    assert!(!desk.snapshot().paused, "with its video the only work is gone");
    desk.import(vec![video]).await.unwrap();
    let ready = |snapshot: &Snapshot| matches!(snapshot.materials[0].playback, Playback::Ready(_));
    until(&desk, "the copy", ready).await;
}

/// Waits until work is heard of.
async fn until_begun(events: &mut Receiver<Event>, work: impl Fn(ProgressSubject) -> bool) {
    let begun = async {
        loop {
            if matches!(events.recv().await, Ok(Event::Progress(item)) if work(item.subject)) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, begun).await.expect("the work begins");
}

/// Waits until none of the workers on a file has used the processor for so long. A worker that only asks whether the file can be
/// played is never paused, and ends meanwhile.
async fn until_idle(file: &Path, least: Duration) {
    let deadline = Instant::now() + PATIENCE;
    let (mut before, mut since) = (work_on(file), Instant::now());
    while since.elapsed() < least {
        assert!(Instant::now() < deadline, "the work on {} stands still in time", file.display());
        tokio::time::sleep(Duration::from_millis(20)).await;
        let now = work_on(file);
        if now != before {
            (before, since) = (now, Instant::now());
        }
    }
    assert!(!before.is_empty(), "a worker reads {}", file.display());
}

/// The workers on a file, each with its processor time.
fn work_on(file: &Path) -> Vec<(u32, u64)> {
    workers_on(file).filter_map(|process| Some((process, ticks(process)?))).collect()
}

/// The processor time of a process in the system's ticks: the 14th and 15th field, counted from its id. `None` when it has ended.
fn ticks(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = status.rsplit_once(')').expect("its name is in parentheses");
    Some(fields.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().unwrap()).sum())
}

/// Twenty minutes of the sample: long enough to be caught in the middle.
fn long_copy(folder: &Folder) -> PathBuf {
    let path = folder.file("long.mp4");
    let (input, output) = (sample(), path.clone());
    testkit::ffmpeg([
        "-stream_loop".as_ref(),
        "9".as_ref(),
        "-i".as_ref(),
        input.as_os_str(),
        "-c".as_ref(),
        "copy".as_ref(),
        output.as_os_str(),
    ]);
    path
}

/// The processes that have `file` open.
fn workers_on(file: &Path) -> impl Iterator<Item = u32> {
    std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(move |process| *process != std::process::id() && has_open(*process, file))
}

/// Kills every worker on a file: that which analyses it is among them.
fn kill_workers_on(file: &Path) {
    let workers: Vec<_> = workers_on(file).map(|process| process.to_string()).collect();
    assert!(!workers.is_empty(), "a worker reads {}", file.display());
    // One that is ending by itself may be gone by now.
    Command::new("kill").arg("-KILL").args(&workers).status().unwrap();
}

fn has_open(process: u32, file: &Path) -> bool {
    let Ok(descriptors) = std::fs::read_dir(format!("/proc/{process}/fd")) else { return false };
    descriptors.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok()).any(|open| open == file)
}
