//! What parent and worker say to each other, one JSON value a line.

use std::path::PathBuf;

use media::{RemoteVersion, Source};
use model::job::{VideoCodec, VideoEncoding};
use model::{MediaTime, Progress, SourceInfo, TimeRange};
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::models::ModelFile;

/// One piece of work. Paths are absolute.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Task {
    /// Read what a file holds, and a small picture of it.
    Probe {
        source: Source,
        /// Where the picture is written, as JPEG, when there is one.
        thumbnail: PathBuf,
    },
    /// Decode once, measure everything.
    Analyse {
        source: Source,
        info: SourceInfo,
        /// A subtitle file beside the source, which wins over embedded text.
        sidecar: Option<PathBuf>,
        /// The models that listen and look with it; each is verified before it is loaded.
        models: Vec<ModelFile>,
        /// A picture-text encoder that looks along, for what the evidence does not hold.
        encoder: Option<ModelFile>,
        /// Where the evidence is written, as JSON.
        evidence: PathBuf,
        /// Where the waveform's peaks are written.
        peaks: PathBuf,
        /// Where the vectors of the pictures are written, as 32-bit floats in little-endian order.
        embeddings: PathBuf,
    },
    /// Only look at pictures with a picture-text encoder: all else is known.
    Embed {
        source: Source,
        info: SourceInfo,
        encoder: ModelFile,
        /// As in [`Task::Analyse`].
        embeddings: PathBuf,
    },
    /// Turn captions into vectors.
    EmbedCaptions {
        encoder: ModelFile,
        captions: Vec<String>,
        /// Where the vectors are written, as JSON.
        vectors: PathBuf,
    },
    /// Load a picture-text encoder and try it on a picture and a text.
    TryEncoder { encoder: ModelFile },
    /// Write down what is said.
    Transcribe {
        source: Source,
        info: SourceInfo,
        /// The weights; they are verified before they are loaded.
        model: ModelFile,
        /// The language's code; `None` to find it out.
        language: Option<String>,
        /// Where somebody speaks; nothing else is listened to.
        voiced: Vec<TimeRange>,
        /// Where the transcript is written, as JSON.
        transcript: PathBuf,
    },
    /// Write one clip.
    Export {
        source: Source,
        info: SourceInfo,
        range: TimeRange,
        target: PathBuf,
        /// Pixels, as in [`media::ClipRequest`].
        width: Option<u32>,
        height: Option<u32>,
        video: VideoEncoding,
    },
    /// Tell which codecs this machine cannot encode.
    FindMissingCodecs,
    /// Tell whether the player can show the file itself.
    CanPlay { source: Source, info: SourceInfo },
    /// Write a copy that the player can show.
    Prepare {
        source: Source,
        info: SourceInfo,
        /// The index of the stream that is heard; `None` for the main one.
        sound: Option<usize>,
        target: PathBuf,
    },
    /// Write a stretch so that it can be watched while it is being written.
    PlayEarly {
        source: Source,
        info: SourceInfo,
        range: TimeRange,
        /// As in [`Task::Prepare`].
        sound: Option<usize>,
        target: PathBuf,
    },
    /// Write small pictures side by side, as JPEG.
    Strip {
        source: Source,
        times: Vec<MediaTime>,
        /// Pixels of each.
        height: u32,
        /// The very pictures at these times, not the key frames before them.
        exact: bool,
        target: PathBuf,
    },
    /// Write when each frame is shown: microseconds as 64-bit integers in little-endian order.
    FrameTimes { source: Source, target: PathBuf },
}

impl Task {
    /// The media that it reads.
    pub(super) fn source(&self) -> Option<&Source> {
        match self {
            Self::Probe { source, .. }
            | Self::Analyse { source, .. }
            | Self::Embed { source, .. }
            | Self::Transcribe { source, .. }
            | Self::Export { source, .. }
            | Self::CanPlay { source, .. }
            | Self::Prepare { source, .. }
            | Self::PlayEarly { source, .. }
            | Self::Strip { source, .. }
            | Self::FrameTimes { source, .. } => Some(source),
            Self::EmbedCaptions { .. } | Self::TryEncoder { .. } | Self::FindMissingCodecs => None,
        }
    }
}

/// What the parent says while a worker is at a task, a line each as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    /// Stand still until the next order.
    Pause,
    /// Go on.
    Resume,
}

/// What a worker answers when a task succeeds.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// To [`Task::Probe`].
    Probed {
        info: SourceInfo,
        has_thumbnail: bool,
        /// Which version of a remote source it was; its head and tail are in the mirror then.
        version: Option<RemoteVersion>,
    },
    /// To [`Task::FindMissingCodecs`].
    MissingCodecs(Vec<VideoCodec>),
    /// To [`Task::CanPlay`].
    CanPlay(bool),
    /// To [`Task::Analyse`]: the files named in it are complete.
    Analysed {
        /// The models that could not be used: the evidence is without them.
        unusable: Vec<UnusableModel>,
        /// The form of the vectors; `None` without an encoder.
        embedded: Option<EmbeddingForm>,
    },
    /// To [`Task::Embed`]: the file named in it is complete.
    Embedded(EmbeddingForm),
    /// To [`Task::Transcribe`], [`Task::EmbedCaptions`], [`Task::Export`], [`Task::Prepare`], [`Task::PlayEarly`],
    /// [`Task::Strip`] and [`Task::FrameTimes`]: the file named in the task is complete.
    Written,
    /// To [`Task::TryEncoder`]: it can be used.
    Usable,
}

/// What stands in a file of vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EmbeddingForm {
    /// The distance between two vectors.
    pub(crate) hop: MediaTime,
    /// Numbers of each; 0 where no picture was seen.
    pub(crate) dimensions: usize,
}

/// A model that was to be loaded and could not be.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UnusableModel {
    pub(crate) file: ModelFile,
    /// Why, as the end of a sentence.
    pub(crate) reason: String,
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
