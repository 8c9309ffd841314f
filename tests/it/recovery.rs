//! A program that is killed while an editor works loses nothing that it had taken.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::model::{MediaTime, TimeRange};
use engine::project::{EditCommand, MaterialId, RangeId};
use engine::{Code, Desk, Directories, Engine, Options, WorkerCommand, WorkerLimits};
use testkit::Folder;

use crate::support::{PATIENCE, find, open_desk, options, program, sample, speechless};

/// Says to the process that is to be killed where its library lies.
const HOME: &str = "STANDOUT_TEST_EDITOR";

/// The range of the one project, its title as a number, and how many corrections there are.
fn state(desk: &Desk) -> (MaterialId, RangeId, u32, usize) {
    let project = desk.snapshot().project;
    let material = &project.materials[0];
    let range = &material.ranges[0];
    (material.id, range.id, range.title.parse().unwrap_or(0), material.corrections.len())
}

/// The desk of the process that is to be killed; `None` when this process is none.
async fn desk_to_be_killed() -> Option<Desk> {
    let home = std::env::var_os(HOME)?;
    let options = Options {
        directories: Directories::below(Path::new(&home)),
        worker: WorkerCommand::of(&program("standout")),
        limits: WorkerLimits::default(),
    };
    Some(open_desk(options).await)
}

/// The process that is killed: it edits without end and says which edits were taken. Alone it does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_editor_who_never_stops() {
    let Some(desk) = desk_to_be_killed().await else { return };
    let (material, id, last, _) = state(&desk);
    for number in last + 1.. {
        let at = MediaTime::from_millis(i64::from(number % 400) * 10);
        let range = TimeRange::new(at, at + MediaTime::from_millis(5));
        desk.edit(EditCommand::CorrectWords { material, range, text: number.to_string() }, None).unwrap();
        desk.edit(EditCommand::SetTitle { material, id, title: number.to_string() }, None).unwrap();
        writeln!(std::io::stdout(), "taken {number}").unwrap();
    }
}

/// The process that is killed while it finds highlights. Alone it does nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_editor_who_waits_for_highlights() {
    let Some(desk) = desk_to_be_killed().await else { return };
    desk.find().unwrap();
    writeln!(std::io::stdout(), "taken 1").unwrap();
    std::future::pending::<()>().await;
}

/// Lets the editor work until `edits` were taken and a little longer, and kills it. Answers the last edit it said was taken.
fn work_and_kill(editor: &str, home: &Path, edits: usize, longer: Duration) -> u32 {
    let mut editor = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("recovery::{editor}"), "--nocapture"])
        .env(HOME, home)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(editor.stdout.take().unwrap()).lines();
    let taken = |line: String| -> Option<u32> { line.split_once("taken ")?.1.parse().ok() };
    let begun = Instant::now();
    let mut said: Vec<u32> = Vec::new();
    while said.len() < edits {
        assert!(begun.elapsed() < PATIENCE, "the editor works");
        said.extend(taken(lines.next().expect("the editor goes on").unwrap()));
    }
    // The moment of the kill falls into whatever the editor is doing then.
    let until = Instant::now() + longer;
    while Instant::now() < until {
        std::hint::spin_loop();
    }
    // On Unix this is SIGKILL: nothing is told, nothing is put in order.
    editor.kill().unwrap();
    editor.wait().unwrap();
    said.extend(lines.map_while(Result::ok).filter_map(taken));
    said.into_iter().max().expect("edits were taken")
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_taken_is_lost_whenever_the_program_is_killed() {
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![speechless(&folder, "counter", 5)]).await.unwrap();
    let material = desk.snapshot().project.materials[0].id;
    let range = TimeRange::new(MediaTime::ZERO, MediaTime::from_whole_seconds(2));
    desk.edit(EditCommand::AddRange { material, range }, None).unwrap();
    desk.close().await;
    drop(desk);

    for (edits, longer) in
        [(1, 0), (1, 300), (2, 700), (3, 1_100), (5, 1_900), (8, 2_300), (13, 3_100), (40, 4_700)]
    {
        let taken =
            work_and_kill("an_editor_who_never_stops", home.path(), edits, Duration::from_micros(longer));
        let desk = open_desk(options(home.path())).await;
        let (_, _, found, corrections) = state(&desk);
        assert!(
            found == taken || found == taken + 1,
            "edit {taken} was taken and {found} is there after a kill {longer} µs after edit {edits}"
        );
        let whole = usize::try_from(found).unwrap().min(400);
        assert!(
            corrections == whole || corrections == whole + 1,
            "{corrections} corrections of {found} edits"
        );
        desk.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_was_cut_off_is_known_after_a_restart() {
    let home = Folder::new();
    let desk = open_desk(options(home.path())).await;
    desk.import(vec![sample()]).await.unwrap();
    desk.close().await;
    drop(desk);
    work_and_kill("an_editor_who_waits_for_highlights", home.path(), 1, Duration::ZERO);
    let desk = open_desk(options(home.path())).await;
    assert!(desk.snapshot().interrupted, "the run that was cut off is known");
    assert!(!find(&desk).await.interrupted, "finding again answers it");
    desk.close().await;
    drop(desk);
    assert!(!open_desk(options(home.path())).await.snapshot().interrupted, "and it is not asked twice");
}

/// A desk as the window opens it, whatever became of the library.
async fn open_window(home: &Path) -> Desk {
    let engine = Engine::open_or_stand_in(options(home)).expect("an editor can work");
    Desk::open(Arc::new(engine)).await.expect("a desk opens")
}

/// A project of that name with a video, put away.
async fn saved_project(home: &Path, video: &Path, name: &str) {
    let desk = open_window(home).await;
    desk.new_project().unwrap();
    desk.import(vec![video.to_owned()]).await.unwrap();
    desk.edit(EditCommand::Rename(name.to_owned()), None).unwrap();
    desk.close().await;
    drop(desk);
    // With its last connection the library takes in its log: until then the file is not the whole of it.
    let log = options(home).directories.library_file().with_extension("sqlite-wal");
    let begun = Instant::now();
    while log.exists() {
        assert!(begun.elapsed() < PATIENCE, "the library is closed");
        tokio::task::yield_now().await;
    }
}

/// Writes over the beginning of a project's document in the library's file, where it follows the project's name.
fn spoil(home: &Path, name: &str, beginning: &[u8]) {
    let file = options(home).directories.library_file();
    let mut bytes = std::fs::read(&file).unwrap();
    let record = format!("{name}{{\"version\":").into_bytes();
    let records: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&record)).collect();
    assert!(!records.is_empty(), "the project is in the file");
    for at in records {
        bytes[at + name.len()..][..beginning.len()].copy_from_slice(beginning);
    }
    std::fs::write(&file, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_project_that_cannot_be_read_stays_as_it_is_and_an_empty_one_is_open() {
    for (how, beginning, reason) in [
        ("of a newer version", b"{\"version\":9".as_slice(), "newer Standout (format 9"),
        ("damaged", b"{{version\":5", "damaged"),
        ("no text", b"{\"\xFF\xFF\xFFsion\":5", "damaged"),
    ] {
        let (home, folder) = (Folder::new(), Folder::new());
        let video = speechless(&folder, "counter", 5);
        saved_project(home.path(), &video, "Whole").await;
        saved_project(home.path(), &video, "Spoilt").await;
        spoil(home.path(), "Spoilt", beginning);

        let desk = open_window(home.path()).await;
        assert!(desk.snapshot().project.materials.is_empty(), "{how}: an empty project is open");
        let setback = desk.setback().unwrap_or_else(|| panic!("{how}: it is told")).clone();
        assert_eq!(setback.code, Code::LastProjectUnreadable, "{how}");
        assert_eq!(setback.path.as_deref(), Some(Path::new("Spoilt")), "{how}: it says which");
        assert!(setback.message.contains(reason), "{how}: it says why: {}", setback.message);

        let listed = desk.projects().unwrap();
        let names: Vec<&str> = listed.iter().map(|project| project.name.as_str()).collect();
        assert_eq!(names, ["Spoilt", "Whole"], "{how}: it is listed and hides no other");
        let refused = desk.open_project(&listed[0].id).await.unwrap_err();
        assert_eq!(refused.code, Code::ProjectUnreadable, "{how}: {refused}");
        desk.import(vec![video]).await.unwrap();
        desk.edit(EditCommand::Rename("New".to_owned()), None).unwrap();
        desk.close().await;
        drop(desk);

        let desk = open_window(home.path()).await;
        assert_eq!(desk.snapshot().project.name, "New", "{how}: the next start opens what was made since");
        assert_eq!(desk.setback(), None, "{how}: and has nothing to tell");
        assert_eq!(desk.projects().unwrap().len(), 3, "{how}: nothing was written over");
        let whole = desk.open_project(&listed[1].id).await.unwrap();
        assert_eq!(whole.project.materials.len(), 1, "{how}: the others are opened");
        desk.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_cut_off_in_the_middle_is_set_aside_and_told() {
    let (home, folder) = (Folder::new(), Folder::new());
    saved_project(home.path(), &speechless(&folder, "counter", 5), "Coast").await;
    let file = options(home.path()).directories.library_file();
    let whole = std::fs::metadata(&file).unwrap().len();
    std::fs::File::options().write(true).open(&file).unwrap().set_len(whole / 2).unwrap();
    assert_eq!(Engine::open(options(home.path())).err().map(|it| it.code), Some(Code::LibraryFailed));

    let desk = open_window(home.path()).await;
    assert!(desk.snapshot().project.materials.is_empty(), "an empty project is open");
    let setback = desk.setback().expect("it is told").clone();
    assert_eq!(setback.code, Code::LibraryDamaged);
    let kept = setback.path.expect("it says where");
    assert_eq!(std::fs::metadata(&kept).unwrap().len(), whole / 2, "what is left of it is kept");
    desk.close().await;
    drop(desk);
    assert_eq!(open_window(home.path()).await.setback(), None, "the next start has nothing to tell");
}
