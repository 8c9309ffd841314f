//! What parent and worker say to each other, one JSON value a line.

use std::path::PathBuf;

use model::{Progress, SourceInfo, TimeRange};
use serde::{Deserialize, Serialize};

use crate::Failure;

/// One piece of work. Paths are absolute.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Task {
    /// Read what a file holds, and a small picture of it.
    Probe {
        source: PathBuf,
        /// Where the picture is written, as JPEG, when there is one.
        thumbnail: PathBuf,
    },
    /// Decode once, measure everything.
    Analyse {
        source: PathBuf,
        info: SourceInfo,
        /// A subtitle file beside the source, which wins over embedded text.
        sidecar: Option<PathBuf>,
        /// Where the evidence is written, as JSON.
        evidence: PathBuf,
        /// Where the waveform's peaks are written.
        peaks: PathBuf,
    },
    /// Write one clip.
    Export { source: PathBuf, info: SourceInfo, range: TimeRange, target: PathBuf },
    /// Tell whether the player can show the file itself.
    CanPlay { source: PathBuf, info: SourceInfo },
    /// Write a copy that the player can show.
    Prepare { source: PathBuf, info: SourceInfo, target: PathBuf },
}

/// What a worker answers when a task succeeds.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// To [`Task::Probe`].
    Probed { info: SourceInfo, has_thumbnail: bool },
    /// To [`Task::CanPlay`].
    CanPlay(bool),
    /// To [`Task::Analyse`], [`Task::Export`] and [`Task::Prepare`]: the files named in the task are complete.
    Written,
}

/// One line from a worker; the last one is `Done` or `Failed`.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Report {
    Progress(Progress),
    /// Nothing can be said of the progress, but media are arriving from a server.
    Receiving,
    Done(Answer),
    Failed(Failure),
}
