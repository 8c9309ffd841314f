//! The operating system's keyring, tried on a real Secret Service. Each test runs itself again in a process of its own: which
//! keyring answers is decided once a process, by its environment.

use std::process::{Command, Output};

use testkit::Folder;

use crate::{Credentials, Keyring, SecretError, SecretStore};

/// Set in the inner process.
const INSIDE: &str = "STANDOUT_INSIDE_KEYRING";
const TOKEN: &str = "t0ken/ThatLastsAnHour==";

/// A command with the test `name` of this file as its last arguments.
fn running(name: &str, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    let test = std::env::current_exe().expect("a running test has a path");
    command.args(arguments).arg(test);
    command.args(["--exact", &format!("tests::buckets::keyring::{name}"), "--nocapture"]).env(INSIDE, "1");
    command
}

fn expect_passed(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "the inner test failed: {said}{complained}"
    );
}

#[allow(clippy::print_stderr, reason = "a test that is left out must say so")]
fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        assert!(std::env::var_os("CI").is_none(), "CI needs {program}; scripts/setup-system installs it");
        eprintln!("left out: {program} is not installed; run scripts/setup-system");
    }
    found
}

#[test]
fn a_keyring_keeps_recalls_and_forgets() {
    if std::env::var_os(INSIDE).is_none() {
        if !is_installed("gnome-keyring-daemon") || !is_installed("dbus-run-session") {
            return;
        }
        // An unlocked keyring on a session bus of its own, in a home that disappears.
        let home = Folder::new();
        let unlock =
            "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";
        let arguments = ["--", "sh", "-c", unlock, "sh"];
        let mut command = running("a_keyring_keeps_recalls_and_forgets", "dbus-run-session", &arguments);
        for variable in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"] {
            command.env(variable, home.path());
        }
        return expect_passed(&command.output().expect("an installed program starts"));
    }
    let keyring = Keyring;
    let first = Credentials::new("AKIDFIRST", "s3cr3t/first", None).expect("these look like keys");
    let second = Credentials::new("AKIDSECOND", "s3cr3t/second", Some(TOKEN)).expect("these look like keys");
    let recalled = |profile: &str| keyring.recall(profile).expect("the keyring answers");
    assert!(recalled("Archive").is_none(), "nothing was kept yet");
    keyring.keep("Archive", &first).expect("the keyring takes it");
    keyring.keep("进球 #2", &second).expect("the keyring takes it");
    assert!(recalled("Archive") == Some(first), "what was kept comes back");
    assert!(recalled("进球 #2") == Some(second.clone()), "each profile has its own keys, tokens included");
    keyring.keep("Archive", &second).expect("the keyring takes it");
    assert!(recalled("Archive") == Some(second), "new keys take the place of the old");
    keyring.forget("Archive").expect("the keyring removes it");
    keyring.forget("Archive").expect("there is nothing to remove");
    assert!(recalled("Archive").is_none(), "what was forgotten is gone");
    assert!(recalled("进球 #2").is_some(), "and the other profile's keys stay");
    within_a_runtime(&keyring);
}

/// Calls that wait may be made from asynchronous code by mistake; they must not bring it down.
fn within_a_runtime(keyring: &Keyring) {
    let runtime = tokio::runtime::Runtime::new().expect("the system gives threads");
    let found = runtime.block_on(async { keyring.recall("进球 #2") });
    assert!(found.expect("the keyring answers").is_some());
}

#[test]
fn a_machine_without_a_keyring_says_so() {
    if std::env::var_os(INSIDE).is_none() {
        let nowhere = Folder::new();
        let mut command = running("a_machine_without_a_keyring_says_so", "env", &[]);
        command.env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", nowhere.file("bus").display()));
        return expect_passed(&command.output().expect("the command env starts"));
    }
    let keys = Credentials::new("AKIDSHOWN", "s3cr3t/shown", None).expect("these look like keys");
    let errors = [
        Keyring.keep("Archive", &keys).expect_err("there is no keyring"),
        Keyring.recall("Archive").expect_err("there is no keyring"),
        Keyring.forget("Archive").expect_err("there is no keyring"),
    ];
    for error in errors {
        assert!(matches!(error, SecretError::NoKeyring { .. }), "{error:?}");
        assert!(error.to_string().contains("set STANDOUT_BUCKET_ARCHIVE_ACCESS_KEY_ID and"), "{error}");
        super::support::expect_discreet(
            &super::support::everything_said(&error),
            &["AKIDSHOWN", "s3cr3t/shown"],
        );
    }
}
