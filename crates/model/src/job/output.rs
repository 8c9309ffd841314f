//! `OutputConfig`: whether clips are written, where to and how.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::fault::{Faults, Parsed};
use super::reader::{self, Findings, Object};

/// What becomes of the ranges that were found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OutputConfig {
    /// Where clips go; `None` when only time ranges are wanted.
    pub target: Option<Target>,
    /// Whether each clip becomes an asset of the media library.
    pub export_as_new_media: bool,
    /// Pixels in a row, within [`OutputConfig::SIDE`] and even; `None` follows the height, or the source.
    pub width: Option<u32>,
    /// Rows, as [`OutputConfig::width`].
    pub height: Option<u32>,
    /// How the picture is encoded.
    pub video: VideoEncoding,
}

/// Where clips go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Files of this machine.
    LocalFile {
        /// A path with `{index}` in it.
        template: String,
    },
    /// An S3-compatible bucket.
    OssObject {
        /// The server; `None` asks the settings.
        endpoint: Option<String>,
        /// The bucket's name.
        bucket: String,
        /// An object key with `{index}` in it.
        key_template: String,
    },
}

/// How the picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct VideoEncoding {
    /// With which codec.
    pub codec: VideoCodec,
    /// How many bits it gets; of no meaning for [`VideoCodec::Copy`].
    pub rate: RateControl,
}

impl Default for VideoEncoding {
    fn default() -> Self {
        Self { codec: VideoCodec::H264, rate: RateControl::Crf(VideoCodec::H264.default_crf()) }
    }
}

/// How bits are spent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateControl {
    /// Constant quality, 0 (best) to 51.
    Crf(f64),
    /// Average kbit/s.
    Bitrate(u32),
}

/// A video codec as the contract names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VideoCodec {
    /// `H.264`
    H264,
    /// `H.265`
    H265,
    /// `VP9`
    Vp9,
    /// `AV1`
    Av1,
    /// `copy`: the source's packets, not encoded again.
    Copy,
}

impl VideoCodec {
    /// Every codec, in the order they are listed to a user.
    pub const ALL: [Self; 5] = [Self::H264, Self::H265, Self::Vp9, Self::Av1, Self::Copy];

    /// The contract's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::H264 => "H.264",
            Self::H265 => "H.265",
            Self::Vp9 => "VP9",
            Self::Av1 => "AV1",
            Self::Copy => "copy",
        }
    }

    /// The constant quality where none is asked for. The contract names those of H.264 and H.265; those of VP9 and AV1
    /// look about the same in their encoders' own scales.
    #[must_use]
    pub const fn default_crf(self) -> f64 {
        match self {
            Self::H264 | Self::Copy => 23.0,
            Self::H265 => 26.0,
            Self::Vp9 => 31.0,
            Self::Av1 => 30.0,
        }
    }
}

impl OutputConfig {
    /// What a written clip's name must contain: the running number through the whole job, from 0.
    pub const INDEX: &str = "{index}";
    /// Pixels of an output picture's side.
    pub const SIDE: RangeInclusive<u32> = 128..=4096;
    /// `Video.Bitrate` in kbit/s.
    pub const BITRATE: RangeInclusive<u32> = 10..=50_000;
    /// `Video.Crf`.
    pub const CRF: RangeInclusive<f64> = 0.0..=51.0;

    /// Reads the contract's JSON.
    ///
    /// # Errors
    /// Every rule it breaks.
    pub fn parse(text: &str) -> Result<Parsed<Self>, Faults> {
        reader::document("OutputConfig", text, |object, findings| {
            let needed = object.boolean("NeedExport", findings).unwrap_or(false);
            let target = read_target(object, needed, findings);
            let register = object.boolean("ExportAsNewMedia", findings).unwrap_or(false);
            if register && !needed {
                findings.warn("ExportAsNewMedia", "has no effect without NeedExport");
            }
            let mut side = |key| {
                object.integer(key, "an even integer", Self::SIDE, |side| side.is_multiple_of(2), findings)
            };
            let (width, height) = (side("Width"), side("Height"));
            let video = match object.object("Video", findings) {
                Some(mut video) => read_video(&mut video, findings),
                None => VideoEncoding::default(),
            };
            if video.codec == VideoCodec::Copy && (width.is_some() || height.is_some()) {
                let rule = "must not be copy when Width or Height is given: a copied picture keeps its size";
                findings.missing("Video.Codec", rule);
            }
            Self { target, export_as_new_media: register && needed, width, height, video }
        })
    }
}

fn read_target(object: &mut Object<'_>, needed: bool, findings: &mut Findings) -> Option<Target> {
    let kind = object.text("OutputMediaTarget", findings);
    let endpoint = object.text("Endpoint", findings).map(str::to_owned);
    let bucket = object.text("Bucket", findings).map(str::to_owned);
    let template = object.text("ObjectKey", findings).map(str::to_owned);
    if let Some(template) = &template {
        check_template("ObjectKey", template, findings);
    }
    if needed {
        require(object, "ObjectKey", "is required when NeedExport is true", findings);
        require(object, "OutputMediaTarget", "is required when NeedExport is true", findings);
    }
    let target = match kind? {
        "local-file" => template.map(|template| Target::LocalFile { template }),
        "oss-object" => {
            if needed {
                require(object, "Bucket", "is required when OutputMediaTarget is oss-object", findings);
            }
            bucket.zip(template).map(|(bucket, key_template)| Target::OssObject {
                endpoint,
                bucket,
                key_template,
            })
        }
        other => {
            findings.fault("OutputMediaTarget", &other.into(), "must be oss-object or local-file");
            None
        }
    };
    target.filter(|_| needed)
}

fn require(object: &mut Object<'_>, key: &'static str, rule: &str, findings: &mut Findings) {
    if object.value(key).is_none() {
        findings.missing(object.field(key), rule);
    }
}

fn check_template(field: &str, template: &str, findings: &mut Findings) {
    if !template.contains(OutputConfig::INDEX) {
        let rule = format!("must contain {}, the running number of the clip", OutputConfig::INDEX);
        findings.fault(field, &template.into(), rule);
    }
}

fn read_video(object: &mut Object<'_>, findings: &mut Findings) -> VideoEncoding {
    let codec = object.text("Codec", findings).and_then(|name| {
        let codec = VideoCodec::ALL.into_iter().find(|codec| codec.name().eq_ignore_ascii_case(name));
        if codec.is_none() {
            let names = VideoCodec::ALL.map(VideoCodec::name).join(", ");
            findings.fault(object.field("Codec"), &name.into(), format!("must be one of {names}"));
        }
        codec
    });
    let codec = codec.unwrap_or(VideoCodec::H264);
    let crf = object.number("Crf", OutputConfig::CRF, findings);
    let bitrate = object.integer("Bitrate", "an integer", OutputConfig::BITRATE, |_| true, findings);
    if codec == VideoCodec::Copy && (crf.is_some() || bitrate.is_some()) {
        findings.warn(object.field("Codec"), "is copy, so Crf and Bitrate have no effect");
    } else if crf.is_some() && bitrate.is_some() {
        findings.warn(object.field("Bitrate"), "has no effect, because Crf wins");
    }
    object.warn_of_the_rest(findings);
    let rate = match (crf, bitrate) {
        (Some(crf), _) => RateControl::Crf(crf),
        (None, Some(bitrate)) => RateControl::Bitrate(bitrate),
        (None, None) => RateControl::Crf(codec.default_crf()),
    };
    VideoEncoding { codec, rate }
}
