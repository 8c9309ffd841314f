//! Jobs of other processes in the window.

use std::process::{Child, Command, Stdio};

use engine::{Directories, Engine, JobRequest, Options, WorkerCommand, WorkerLimits};
use serde_json::json;
use testkit::Folder;
use thirtyfour::prelude::*;

use crate::window::{Setup, Window, program, sample};

/// A program that is ended with the test.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_others_hand_in_and_do_is_shown_as_it_goes() {
    let home = Folder::new();
    let window = Window::open(&Setup::new(home.path())).await;
    window.press(Key::Control + "j").await;
    window.until_text("jobs", "Jobs").await;

    let row = hand_in(&home, &sample().display().to_string());
    window.until_text(&row, "standout-sample.mp4").await;
    window.until_text(&row, "Waiting").await;

    let _server = serve(&home);
    window.until_text(&row, "Finished").await;
    window.close().await;
}

/// Hands in a job for a video, as another process does: the id of its row.
pub(crate) fn hand_in(home: &Folder, video: &str) -> String {
    let asking = Engine::open(Options {
        directories: Directories::below(home.path()),
        worker: WorkerCommand::of(&program("standout")),
        limits: WorkerLimits::default(),
    })
    .expect("an engine opens on the window's library");
    let input = json!({
        "MediaArray": [{ "MediaURL": video }],
        "Strategy": { "Count": 1, "ClipDuration": 10 },
    });
    let request = JobRequest { input: input.to_string(), ..JobRequest::default() };
    let id = asking.queue_job(&request).expect("a job is queued");
    format!("job-row-{}", id.0)
}

/// A process that does the jobs of the window's library.
pub(crate) fn serve(home: &Folder) -> Running {
    let server = Command::new(program("standout"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env("STANDOUT_HOME", home.path())
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts");
    Running(server)
}
