//! The parent's side: start a worker, listen to it, and end it when it crashes, hangs or grows too large.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use model::Progress;
use serde::Serialize;
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::{timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use super::kept::Kept;
use super::pause::{Patience, pass_on};
use super::protocol::{Answer, Report, Task};
use crate::control::{Control, Pause};
use crate::{Code, Failure, Stopped};

/// How often a worker's memory is looked at.
const MEMORY_INTERVAL: Duration = Duration::from_millis(250);
/// How many of the last bytes that a worker wrote to standard error are kept for the log.
const STDERR_KEPT: usize = 4 * 1024;
/// The most bytes of a report that are read at once: a worker that untrusted media took over must not fill the parent's
/// memory with a line that never ends.
const LONGEST_REPORT: u64 = 1 << 20;
/// How long a worker that closed its output may take to end.
const LAST_MOMENTS: Duration = Duration::from_secs(2);

/// The program that becomes a worker when called with these arguments.
#[derive(Debug, Clone)]
pub struct WorkerCommand {
    /// The program's file.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

impl WorkerCommand {
    /// The argument that makes a binary of this family a worker.
    pub const ARGUMENT: &'static str = "worker";

    /// `program worker`.
    #[must_use]
    pub fn of(program: &Path) -> Self {
        Self { program: program.to_owned(), arguments: vec![Self::ARGUMENT.to_owned()] }
    }

    /// The running program itself, as a worker.
    ///
    /// # Errors
    /// When the system does not tell the running program's file.
    pub fn this_program() -> Result<Self, Failure> {
        std::env::current_exe().map(|program| Self::of(&program)).map_err(|error| {
            Failure::new(
                Code::Internal,
                format!("The running program's file is not known ({error}). Start it by its whole path."),
            )
        })
    }
}

/// When a worker is ended.
#[derive(Debug, Clone, Copy)]
pub struct WorkerLimits {
    /// No progress for so long.
    pub silence: Duration,
    /// More resident memory than this, in bytes.
    pub memory: u64,
}

impl Default for WorkerLimits {
    /// A minute of silence; half of the machine's memory, at least 1 GiB and at most 4 GiB.
    fn default() -> Self {
        const GIB: u64 = 1 << 30;
        let total = System::new().map_or(0, |mut system| {
            system.refresh_memory();
            system.total_memory()
        });
        Self { silence: Duration::from_secs(60), memory: (total / 2).clamp(GIB, 4 * GIB) }
    }
}

/// Starts workers.
#[derive(Debug, Clone)]
pub(crate) struct Worker {
    pub(crate) command: WorkerCommand,
    pub(crate) limits: WorkerLimits,
    kept: Kept,
}

impl Worker {
    pub(crate) fn new(command: WorkerCommand, limits: WorkerLimits) -> Self {
        Self { command, limits, kept: Kept::default() }
    }

    /// The same with other limits.
    pub(crate) fn with_limits(&self, limits: WorkerLimits) -> Self {
        Self { limits, ..self.clone() }
    }

    /// Runs one task in a process of its own, or in the one that was kept for its source. `on_progress` is called as the
    /// worker reports; cancelling ends the process, pausing holds it on where it is.
    pub(crate) async fn run(
        &self,
        task: &Task,
        control: impl Into<Control>,
        on_progress: impl FnMut(Progress),
    ) -> Result<Answer, Stopped> {
        let (running, outcome) = self.perform(task, &control.into(), on_progress).await?;
        running.end().await;
        outcome
    }

    /// As [`Self::run`], and keeps a process that succeeded a little while for the next task on the same source: starting one takes
    /// as long as reading what a file holds. No process ever reads two sources.
    pub(crate) async fn run_first(&self, task: &Task, cancel: &CancellationToken) -> Result<Answer, Stopped> {
        let (running, outcome) = self.perform(task, &cancel.into(), |_| {}).await?;
        match (&outcome, task.source()) {
            (Ok(_), Some(source)) => self.kept.keep(source.clone(), running),
            _ => running.end().await,
        }
        outcome
    }

    async fn perform(
        &self,
        task: &Task,
        control: &Control,
        mut on_progress: impl FnMut(Progress),
    ) -> Result<(Running, Result<Answer, Stopped>), Failure> {
        let mut running = match task.source().and_then(|source| self.kept.take(source)) {
            Some(running) => running,
            None => self.start()?,
        };
        running.give(task).await?;
        let outcome = tokio::select! {
            biased;
            () = control.cancelled() => Err(Stopped::Cancelled),
            failure = watch_memory(running.child.id(), self.limits.memory) => Err(failure.into()),
            never = pass_on(&control.pause, &mut running.child.stdin) => match never {},
            answer = listen(&mut running.output, self.limits.silence, &control.pause, &mut on_progress) => match answer {
                Ok(Some(answer)) => Ok(answer),
                Ok(None) => Err(running.crashed().await.into()),
                Err(failure) => Err(failure.into()),
            },
        };
        Ok((running, outcome))
    }

    fn start(&self) -> Result<Running, Failure> {
        let cannot_start = |error: std::io::Error| {
            Failure::new(
                Code::WorkerCrashed,
                format!("A worker process cannot be started ({error}). Install Standout again."),
            )
            .at(&self.command.program)
        };
        let mut command = Command::new(&self.command.program);
        // A worker reads untrusted media; it has no use for the keys of buckets.
        let keys = std::env::vars_os().map(|(name, _)| name).filter(|name| is_key(name));
        keys.for_each(|name| {
            command.env_remove(name);
        });
        let mut child = command
            .args(&self.command.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(cannot_start)?;
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(Failure::new(Code::Internal, "A worker was started without an output."));
        };
        Ok(Running { child, output: BufReader::new(stdout), said: tokio::spawn(last_said(stderr)) })
    }
}

/// An environment variable that may hold the keys of a bucket or of the HTTP endpoint.
fn is_key(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    ["AWS_", "OSS_", "STANDOUT_BUCKET_", "STANDOUT_ACCESS_KEY_"].iter().any(|prefix| name.starts_with(prefix))
}

/// A worker process.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
    /// The end of what it wrote to standard error.
    said: JoinHandle<Vec<u8>>,
}

impl Running {
    /// Gives it a task.
    async fn give(&mut self, task: &Task) -> Result<(), Failure> {
        match self.child.stdin.as_mut() {
            Some(stdin) => say(stdin, task).await,
            None => Ok(()),
        }
    }

    /// Says how a worker that gave no answer ended.
    async fn crashed(&mut self) -> Failure {
        let how = match timeout(LAST_MOMENTS, self.child.wait()).await {
            Ok(Ok(status)) => describe(status),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it closed its output".to_owned(),
        };
        let said = timeout(LAST_MOMENTS, &mut self.said).await.ok().and_then(Result::ok).unwrap_or_default();
        tracing::warn!(how, stderr = %String::from_utf8_lossy(&said), "worker ended without an answer");
        Failure::new(
            Code::WorkerCrashed,
            format!(
                "The process that read this file ended unexpectedly ({how}). The file may be damaged: try again, or convert it \
             with another tool first."
            ),
        )
    }

    /// Whether it can still be given a task.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends the process if it still runs and waits until it is gone, so that its files can be removed.
    async fn end(mut self) {
        if let Err(error) = self.child.kill().await {
            tracing::debug!(%error, "worker had ended already");
        }
    }
}

/// Writes a line to a worker. One that has ended is told by its missing answer, with its exit status.
pub(super) async fn say(worker: &mut ChildStdin, said: &impl Serialize) -> Result<(), Failure> {
    let mut line = serde_json::to_string(said).map_err(|error| {
        Failure::new(Code::Internal, format!("What a worker is told cannot be written as JSON ({error})."))
    })?;
    line.push('\n');
    if let Err(error) = worker.write_all(line.as_bytes()).await {
        tracing::debug!(%error, "worker did not take what it was told");
    }
    Ok(())
}

/// How a process ended, in words.
fn describe(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("signal {signal}");
    }
    status.code().map_or_else(|| status.to_string(), |code| format!("exit code {code}"))
}

/// Reads standard error to its end, so that a worker with much to say never waits for a reader, and keeps the last of it.
async fn last_said(mut stderr: ChildStderr) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut chunk = [0; STDERR_KEPT];
    while let Ok(read @ 1..) = stderr.read(&mut chunk).await {
        kept.extend_from_slice(&chunk[..read]);
        kept.drain(..kept.len().saturating_sub(STDERR_KEPT));
    }
    kept
}

/// Reads reports until the answer; `None` when the output ends without one.
async fn listen(
    output: &mut BufReader<ChildStdout>,
    silence: Duration,
    pause: &Pause,
    on_progress: &mut impl FnMut(Progress),
) -> Result<Option<Answer>, Failure> {
    let mut last_fraction = -1.0;
    let mut patience = Patience::new(silence, pause);
    let mut line = Vec::new();
    loop {
        let mut bounded = output.take(LONGEST_REPORT);
        match timeout_at(patience.deadline, bounded.read_until(b'\n', &mut line)).await {
            Ok(Ok(1..)) => {}
            Ok(Ok(0) | Err(_)) => return Ok(None),
            Err(_) if patience.was_paused().await => continue,
            Err(_) => {
                let waited = silence.as_secs();
                return Err(Failure::new(
                    Code::WorkerHung,
                    format!(
                        "There was no progress for {waited} s, so it was given up. Copy the file to a local drive and try again."
                    ),
                ));
            }
        }
        match serde_json::from_slice(&line) {
            Ok(Report::Progress(progress)) => {
                // Saying the same again is no progress.
                if progress.fraction > last_fraction {
                    last_fraction = progress.fraction;
                    patience.renew();
                }
                on_progress(progress);
            }
            Ok(Report::Receiving) => patience.renew(),
            Ok(Report::Done(answer)) => return Ok(Some(answer)),
            Ok(Report::Failed(failure)) => return Err(failure),
            Err(error) => tracing::warn!(%error, bytes = line.len(), "worker wrote what is no report"),
        }
        line.clear();
    }
}

/// Answers once the process uses more memory than it may; otherwise never.
async fn watch_memory(process: Option<u32>, limit: u64) -> Failure {
    let (Some(process), Ok(mut system)) = (process.map(Pid::from_u32), System::new()) else {
        tracing::warn!("the memory of a worker cannot be watched here");
        return std::future::pending().await;
    };
    let mut interval = tokio::time::interval(MEMORY_INTERVAL);
    loop {
        interval.tick().await;
        system.refresh_processes_specifics(
            ProcessesToUpdate::Some(&[process]),
            false,
            ProcessRefreshKind::nothing().with_memory(),
        );
        let used = system.process(process).map_or(0, sysinfo::Process::memory);
        if used > limit {
            return Failure::new(
                Code::WorkerOutOfMemory,
                format!(
                    "It needs more than the {} MB of memory that a worker may use. Close other programs, or convert the \
                     file to a smaller picture size first.",
                    limit / 1_000_000
                ),
            );
        }
    }
}
