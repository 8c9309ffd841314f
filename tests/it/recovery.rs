//! A program that is killed while an editor works loses nothing that it had taken.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use engine::model::{MediaTime, TimeRange};
use engine::project::{EditCommand, MaterialId, RangeId};
use engine::{Desk, Directories, Options, WorkerCommand, WorkerLimits};
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
