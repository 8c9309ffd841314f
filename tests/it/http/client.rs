//! The cloud service's own client, started once for each test.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use testkit::python_program;

use super::serving::{KEY, SECRET, Serving};

/// The client; it talks to one server.
pub(super) struct Client {
    child: Child,
    calls: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Client {
    /// `None`, with a note, where the client is not installed.
    pub(super) fn of(server: &Serving) -> Option<Self> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("it/http/client.py");
        let mut child = Command::new(python_program("python")?)
            .arg(program)
            .arg(server.address.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the client starts");
        let (calls, answers) = (child.stdin.take(), child.stdout.take());
        let answers = BufReader::new(answers.expect("a pipe"));
        Some(Self { child, calls: calls.expect("a pipe"), answers })
    }

    pub(super) fn call_as(&mut self, key: &str, secret: &str, action: &str, parameters: &Value) -> Value {
        let call = json!({ "action": action, "parameters": parameters, "key": key, "secret": secret });
        writeln!(self.calls, "{call}").expect("the client reads");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the client answers");
        serde_json::from_str(&answer).expect("the client answers in JSON")
    }

    /// The answer's body.
    pub(super) fn call(&mut self, action: &str, parameters: &Value) -> Value {
        let mut answer = self.call_as(KEY, SECRET, action, parameters);
        assert!(answer["body"].is_object(), "{action} must be answered: {answer}");
        answer["body"].take()
    }

    /// Code and status of the error that is answered.
    pub(super) fn refused(&mut self, action: &str, parameters: &Value) -> (String, u64) {
        error_of(&self.call_as(KEY, SECRET, action, parameters))
    }
}

/// Code and status of an error.
pub(super) fn error_of(answer: &Value) -> (String, u64) {
    let error = &answer["error"];
    let code = error["code"].as_str().unwrap_or_else(|| panic!("an error is expected: {answer}"));
    (code.to_owned(), error["status"].as_u64().unwrap_or_default())
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
