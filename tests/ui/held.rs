//! Workers that stand still, so that what the window says of their work does not change while it is looked at.

use std::path::Path;
use std::process::Command;

/// Holds the workers of a program until it is dropped.
pub(crate) struct Held(Vec<u32>);

impl Held {
    /// Stops every worker of a process group.
    pub(crate) fn workers(group: u32) -> Self {
        let processes = std::fs::read_dir("/proc").expect("the system lists its processes");
        let ids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
        let workers: Vec<u32> = ids.filter(|id| is_worker_of(group, *id)).collect();
        assert!(!workers.is_empty(), "a worker is at work");
        signal("-STOP", &workers);
        Self(workers)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        signal("-CONT", &self.0);
    }
}

/// Whether a process belongs to the group and is called as a worker is. One that has ended meanwhile is none.
fn is_worker_of(group: u32, id: u32) -> bool {
    let folder = Path::new("/proc").join(id.to_string());
    let (Ok(state), Ok(words)) =
        (std::fs::read_to_string(folder.join("stat")), std::fs::read(folder.join("cmdline")))
    else {
        return false;
    };
    // The program's name stands in brackets and may hold anything; state, parent and group follow it.
    let of_group = state.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(2)?.parse().ok());
    of_group == Some(group) && words.split(|byte| *byte == 0).nth(1) == Some(b"worker")
}

fn signal(name: &str, processes: &[u32]) {
    let ids = processes.iter().map(u32::to_string);
    // One that has ended by itself needs no signal.
    let _ = Command::new("kill").arg(name).args(ids).stderr(std::process::Stdio::null()).status();
}
