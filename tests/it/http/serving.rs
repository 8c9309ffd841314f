//! A server of a test's own.

use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::support::{CommandLine, PATIENCE};

/// The key of a test's server; it knows no other unless one was made.
pub(super) const KEY: &str = "testid";
pub(super) const SECRET: &str = "testsecret";

/// `standout serve` on a free port; ended when it is dropped.
pub(super) struct Serving {
    child: Child,
    pub(super) address: SocketAddr,
}

/// The command with the test's key and without a keyring, as on a server.
pub(super) fn command(line: &CommandLine, arguments: &[&str]) -> Command {
    let mut command = line.command(arguments);
    command
        .env("STANDOUT_ACCESS_KEY_ID", KEY)
        .env("STANDOUT_ACCESS_KEY_SECRET", SECRET)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    command
}

impl Serving {
    pub(super) fn start(line: &CommandLine) -> Self {
        let mut child = command(line, &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut first = String::new();
        let output = child.stdout.as_mut().expect("a pipe");
        BufReader::new(output).read_line(&mut first).expect("the server says where it listens");
        let address = first.trim().strip_prefix("Listening at http://").and_then(|text| text.parse().ok());
        let address = address.unwrap_or_else(|| panic!("the server says where it listens: {first:?}"));
        Self { child, address }
    }

    /// As the system does when a machine is switched off.
    pub(super) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("it ends");
    }

    /// As an operator does. Answers how it ended and what it said on standard error.
    pub(super) fn end(mut self) -> (ExitStatus, String) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().expect("kill starts");
        assert!(sent.success(), "the signal is sent");
        let status = self.child.wait().expect("it ends");
        let mut said = String::new();
        self.child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("readable");
        (status, said)
    }

    pub(super) fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("known").is_none()
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server takes connections");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        stream.set_write_timeout(Some(PATIENCE)).expect("a time-out");
        stream
    }

    /// One of Prometheus' figures, as in `standout_jobs{state="created"}`.
    pub(super) fn figure(&self, name: &str) -> f64 {
        let (status, text) = super::signed::get(self, "/metrics");
        assert_eq!(status, 200, "{text}");
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no figure {name}: {text}"))
    }

    /// Bytes of memory that the server itself has, without its workers.
    pub(super) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a figure");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something holds.
pub(super) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE * 2, "waited for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
