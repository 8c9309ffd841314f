//! How clips are encoded, and the presets an editor chooses from.

use delivery::NameTemplate;
use media::ContainerRefusal;
use model::job::{Fault, OutputConfig, RateControl, VideoCodec, VideoEncoding};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::engine::{Engine, unexpected_answer};
use crate::worker::{Answer, Task};
use crate::{Code, Failure, Stopped};

/// How clips are encoded, and whether they become media of the library.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct ClipOptions {
    /// Pixels in a row, within [`OutputConfig::SIDE`] and even; `None` follows the height, or the source.
    pub width: Option<u32>,
    /// Rows, as [`ClipOptions::width`].
    pub height: Option<u32>,
    /// How the picture is encoded.
    pub video: VideoEncoding,
    /// Whether each clip becomes an asset of the media library.
    pub register: bool,
}

impl From<&OutputConfig> for ClipOptions {
    fn from(output: &OutputConfig) -> Self {
        Self {
            width: output.width,
            height: output.height,
            video: output.video,
            register: output.export_as_new_media,
        }
    }
}

/// Options with a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExportPreset {
    /// Which.
    pub id: PresetId,
    /// What it sets; registering is the editor's own choice.
    pub options: ClipOptions,
}

/// Names a preset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresetId {
    /// The contract's defaults: plays everywhere, looks like the source.
    Standard,
    /// For further editing: hardly any loss.
    Master,
    /// Half the size of the standard, for players of this decade.
    Small,
    /// For the web and messages.
    Web720,
    /// A codec that nobody charges for.
    Open,
    /// The source's own pictures, not encoded again.
    Unchanged,
}

impl ExportPreset {
    /// Every preset, in the order they are offered.
    #[must_use]
    pub fn all() -> [Self; 6] {
        let preset = |id, height, codec, crf| {
            let video = VideoEncoding { codec, rate: RateControl::Crf(crf) };
            Self { id, options: ClipOptions { width: None, height, video, register: false } }
        };
        let (h264, h265) = (VideoCodec::H264, VideoCodec::H265);
        [
            preset(PresetId::Standard, None, h264, h264.default_crf()),
            // x264's documentation calls 17 or 18 visually lossless; a little below leaves room for another generation.
            preset(PresetId::Master, None, h264, 16.0),
            preset(PresetId::Small, None, h265, 28.0),
            preset(PresetId::Web720, Some(720), h264, h264.default_crf()),
            preset(PresetId::Open, None, VideoCodec::Av1, VideoCodec::Av1.default_crf()),
            preset(PresetId::Unchanged, None, VideoCodec::Copy, h264.default_crf()),
        ]
    }
}

impl Engine {
    /// Codecs that clips cannot be encoded with on this machine. They are tried once, in a worker: encoders of many makers
    /// are loaded for it.
    pub(crate) async fn missing_codecs(&self) -> Result<&[VideoCodec], Stopped> {
        let found = self.missing_codecs.get_or_try_init(|| async {
            match self.worker.run(&Task::FindMissingCodecs, &CancellationToken::new(), |_| {}).await? {
                Answer::MissingCodecs(codecs) => Ok(codecs),
                _ => Err(unexpected_answer().into()),
            }
        });
        found.await.map(Vec::as_slice)
    }

    /// That this machine can encode a clip so.
    pub(crate) async fn check_codec(&self, codec: VideoCodec) -> Result<(), Stopped> {
        if !self.missing_codecs().await?.contains(&codec) {
            return Ok(());
        }
        let message = format!(
            "Video.Codec: this machine's FFmpeg cannot encode {}. Choose another codec.",
            codec.name()
        );
        Err(Failure::new(Code::EncoderMissing, message).into())
    }
}

/// What keeps clips from being written as they were ordered.
#[derive(Debug)]
pub(crate) enum EncodingFault {
    /// The file's ending and the codec do not go together.
    Container { extension: String, error: ContainerRefusal },
    /// A side of the picture is out of bounds.
    Side { field: &'static str, value: u32 },
}

/// All that keeps clips from being written so, before any work begins.
pub(crate) fn check_encoding(template: &NameTemplate, options: &ClipOptions) -> Vec<EncodingFault> {
    let codec = options.video.codec;
    let mut faults = Vec::new();
    let extension = template.extension();
    if let Err(error) = media::check_container(extension.trim_start_matches('.'), codec) {
        faults.push(EncodingFault::Container { extension: extension.to_owned(), error });
    }
    let sides = [("Width", options.width), ("Height", options.height)];
    faults.extend(sides.into_iter().filter_map(|(field, side)| {
        let value = side.filter(|side| !OutputConfig::SIDE.contains(side) || !side.is_multiple_of(2))?;
        Some(EncodingFault::Side { field, value })
    }));
    faults
}

impl EncodingFault {
    /// As a fault of the contract's field.
    pub(crate) fn to_fault(&self) -> Fault {
        match self {
            Self::Container { extension, error } => {
                Fault::new("ObjectKey", &extension.as_str().into(), format!("is refused: {error}"))
            }
            Self::Side { field, value } => Fault::new(*field, &(*value).into(), side_rule()),
        }
    }

    /// As a failure of an editor's export.
    pub(crate) fn to_failure(&self) -> Failure {
        match self {
            Self::Container { error, .. } => Failure::new(Code::ContainerUnsuitable, format!("{error}.")),
            Self::Side { field, .. } => {
                Failure::new(Code::InvalidRequest, format!("{field} {}.", side_rule()))
            }
        }
    }
}

fn side_rule() -> String {
    let (least, most) = OutputConfig::SIDE.into_inner();
    format!("must be an even integer from {least} to {most}")
}
