//! A material and its ranges as the page shows them.

use engine::model::{self, SourceInfo, TimeRange};
use engine::project::{self, Subtitles};
use engine::{MaterialStatus, Notice as EngineNotice};
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::range::Range;
use super::{Micros, WireError};
use crate::media_server::MediaServer;

/// A video of the project.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Material {
    id: u32,
    /// The file's name.
    name: String,
    /// The file's path, or its address.
    path: String,
    /// It is not a file of this machine.
    remote: bool,
    /// The file is no longer where it was.
    missing: bool,
    duration: Micros,
    #[specta(type = Number)]
    size_bytes: i64,
    container: String,
    video: Option<VideoView>,
    audio: Vec<AudioView>,
    subtitles: SubtitlesView,
    voice: Voice,
    allow_speechless: bool,
    analysis: Analysis,
    /// How far writing down what is said has come.
    transcription: Analysis,
    /// The language of its transcript, as its code.
    transcript_language: Option<String>,
    playback: Playback,
    /// The index of the sound track that the player lets hear; null for the one it begins with.
    sound: Option<u32>,
    ranges: Vec<Range>,
    markers: Vec<Marker>,
    /// Where words were put right; what is said has to be read again when it changes.
    corrections: Vec<Correction>,
    notices: Vec<Notice>,
}

/// A place that the editor marked.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Marker {
    id: u32,
    at: Micros,
    /// Empty without a name.
    name: String,
}

/// Words that the editor put right.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct Correction {
    start: Micros,
    end: Micros,
    text: String,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) struct VideoView {
    codec: String,
    width: u32,
    height: u32,
    frame_rate: Option<FrameRate>,
}

/// Frames a second as a fraction.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct FrameRate {
    numerator: i32,
    denominator: i32,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct AudioView {
    /// Names it among the tracks of the video.
    index: u32,
    codec: String,
    channels: u32,
    sample_rate: u32,
    language: Option<String>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum SubtitlesView {
    None,
    Sidecar,
    Embedded,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
enum Voice {
    Unknown,
    Heard,
    NotHeard,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "state", rename_all = "camelCase")]
enum Analysis {
    None,
    Waiting,
    Running { stage: Stage },
    Done,
    Cancelled,
    Failed { error: WireError },
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(super) enum Stage {
    Probing,
    Analysing,
    Choosing,
    Transcribing,
    Exporting,
    Uploading,
    Preparing,
}

impl From<model::Stage> for Stage {
    fn from(stage: model::Stage) -> Self {
        match stage {
            model::Stage::Probing => Self::Probing,
            model::Stage::Analysing => Self::Analysing,
            model::Stage::Choosing => Self::Choosing,
            model::Stage::Transcribing => Self::Transcribing,
            model::Stage::Exporting => Self::Exporting,
            model::Stage::Uploading => Self::Uploading,
            model::Stage::Preparing => Self::Preparing,
        }
    }
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "state", rename_all = "camelCase")]
enum Playback {
    /// The player finds it at this address.
    Ready {
        url: String,
    },
    /// A copy that the player understands is being made.
    Preparing,
    /// The copy was given up.
    Cancelled,
    None,
    Failed {
        error: WireError,
    },
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Notice {
    FewerThanAsked { asked: u32, found: u32 },
    NothingFound,
    ShorterThanClip,
    ActionsUnknown { actions: Vec<String> },
    ActionsNeedSoundModel { actions: Vec<String> },
    ActionsNeedPictureModel { actions: Vec<String> },
    PicturesNotSearched { error: WireError },
}

impl Material {
    pub(super) fn of(material: &project::Material, status: MaterialStatus, server: &MediaServer) -> Self {
        let project::Material {
            id,
            location,
            fingerprint: _,
            info,
            subtitles,
            allow_speechless,
            ranges,
            dropped: _,
            markers,
            corrections,
        } = material;
        let SourceInfo { container, duration, size, video, audio, text: _ } = info;
        let MaterialStatus {
            missing,
            voice,
            analysis,
            transcription,
            transcript_language,
            playback,
            sound,
            notices,
        } = status;
        Self {
            id: id.0,
            name: material.name(),
            path: location.to_string(),
            remote: location.local_path().is_none(),
            missing,
            duration: (*duration).into(),
            size_bytes: *size,
            container: container.clone(),
            video: video.as_ref().map(VideoView::from),
            audio: audio.iter().map(AudioView::from).collect(),
            subtitles: match subtitles {
                Subtitles::None => SubtitlesView::None,
                Subtitles::Sidecar(_) => SubtitlesView::Sidecar,
                Subtitles::Embedded => SubtitlesView::Embedded,
            },
            voice: match voice {
                None => Voice::Unknown,
                Some(true) => Voice::Heard,
                Some(false) => Voice::NotHeard,
            },
            allow_speechless: *allow_speechless,
            analysis: analysis.into(),
            transcription: transcription.into(),
            transcript_language,
            playback: Playback::of(playback, server),
            sound: sound.map(|index| index as u32),
            ranges: ranges.iter().map(Range::from).collect(),
            markers: markers.iter().map(Marker::from).collect(),
            corrections: corrections.iter().map(Correction::from).collect(),
            notices: notices.into_iter().map(Notice::from).collect(),
        }
    }
}

impl From<&project::Marker> for Marker {
    fn from(project::Marker { id, at, name }: &project::Marker) -> Self {
        Self { id: id.0, at: (*at).into(), name: name.clone() }
    }
}

impl From<&project::Correction> for Correction {
    fn from(project::Correction { range: TimeRange { start, end }, text }: &project::Correction) -> Self {
        Self { start: (*start).into(), end: (*end).into(), text: text.clone() }
    }
}

impl From<&model::VideoStream> for VideoView {
    fn from(video: &model::VideoStream) -> Self {
        let frame_rate = video
            .frame_rate
            .map(|model::FrameRate { numerator, denominator }| FrameRate { numerator, denominator });
        Self { codec: video.codec.clone(), width: video.width, height: video.height, frame_rate }
    }
}

impl From<&model::AudioStream> for AudioView {
    fn from(audio: &model::AudioStream) -> Self {
        Self {
            index: audio.index as u32,
            codec: audio.codec.clone(),
            channels: audio.channels,
            sample_rate: audio.sample_rate,
            language: audio.language.clone(),
        }
    }
}

impl From<engine::Analysis> for Analysis {
    fn from(analysis: engine::Analysis) -> Self {
        match analysis {
            engine::Analysis::None => Self::None,
            engine::Analysis::Waiting => Self::Waiting,
            engine::Analysis::Running(stage) => Self::Running { stage: stage.into() },
            engine::Analysis::Done => Self::Done,
            engine::Analysis::Cancelled => Self::Cancelled,
            engine::Analysis::Failed(failure) => Self::Failed { error: failure.into() },
        }
    }
}

impl Playback {
    fn of(playback: engine::Playback, server: &MediaServer) -> Self {
        match playback {
            engine::Playback::None => Self::None,
            engine::Playback::Preparing => Self::Preparing,
            engine::Playback::Cancelled => Self::Cancelled,
            engine::Playback::Failed(failure) => Self::Failed { error: failure.into() },
            engine::Playback::Ready(path) => match server.register(&path) {
                Ok(url) => Self::Ready { url },
                Err(error) => {
                    tracing::warn!(%error, path = %path.display(), "a file cannot be handed to the player");
                    Self::None
                }
            },
        }
    }
}

impl From<EngineNotice> for Notice {
    fn from(notice: EngineNotice) -> Self {
        match notice {
            EngineNotice::FewerThanAsked { asked, found } => Self::FewerThanAsked { asked, found },
            EngineNotice::NothingFound => Self::NothingFound,
            EngineNotice::ShorterThanClip => Self::ShorterThanClip,
            EngineNotice::ActionsUnknown(actions) => Self::ActionsUnknown { actions },
            EngineNotice::ActionsNeedSoundModel(actions) => Self::ActionsNeedSoundModel { actions },
            EngineNotice::ActionsNeedPictureModel(actions) => Self::ActionsNeedPictureModel { actions },
            EngineNotice::PicturesNotSearched(failure) => Self::PicturesNotSearched { error: failure.into() },
        }
    }
}
