//! Which encoders there are for each codec, and how each is told what is wanted.
//!
//! # The scale of the constant rate factor
//! The number is handed to the encoder as it is. x264 and x265 count from 0 to 51. libvpx, SVT-AV1 and libaom count from 0
//! to 63, where about 31 looks like 23 of x264: with a number up to 51, their coarsest fifth is out of reach, which
//! nobody misses. rav1e counts from 0 to 255, of which the same share is taken. Encoders that know no such factor get
//! the bit rate that is usual for it: [`usual_bits`].

use ffmpeg_next::{Dictionary, encoder};
use model::job::{RateControl, VideoCodec};

/// How pictures are to be encoded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PictureSettings {
    /// Never [`VideoCodec::Copy`].
    pub(crate) codec: VideoCodec,
    pub(crate) rate: PictureRate,
    pub(crate) effort: Effort,
    /// Frames between key frames at most; two seconds' worth when not given.
    pub(crate) key_frame_interval: Option<u32>,
    /// False keeps frames in the order of time, so that seeking is quick and exact.
    pub(crate) reordering: bool,
}

/// How many bits pictures get.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum PictureRate {
    /// Constant rate factor.
    Quality(f64),
    /// Bits a second, on average.
    Bits(u64),
}

impl From<RateControl> for PictureRate {
    fn from(rate: RateControl) -> Self {
        match rate {
            RateControl::Crf(crf) => Self::Quality(crf.clamp(0.0, 51.0)),
            RateControl::Bitrate(kilobits) => Self::Bits(u64::from(kilobits) * 1_000),
        }
    }
}

/// How long an encoder may think.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// For clips: 15 to 45 frames of 1920×1080 a second on two cores.
    Clip,
    /// For copies that are only looked at while working.
    Preview,
    /// For what is watched while it is being encoded: nothing is held back to look ahead.
    Stream,
}

/// One of FFmpeg's encoders.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EncoderKind {
    pub(crate) name: &'static str,
    /// True for encoders that take every tick for a frame when they share out bits: they are given frames' numbers
    /// in place of times.
    pub(crate) counts_frames: bool,
    /// True for encoders that keep to a bit rate only when they have surveyed the pictures in a pass before.
    pub(crate) surveys: bool,
}

const fn by_time(name: &'static str) -> EncoderKind {
    EncoderKind { name, counts_frames: false, surveys: false }
}

const fn by_number(name: &'static str, surveys: bool) -> EncoderKind {
    EncoderKind { name, counts_frames: true, surveys }
}

/// Encoders of a codec in the order of preference: the first that opens is used. Those in software come first: their
/// quality is known, and they keep to the factor.
pub(crate) fn encoders(codec: VideoCodec) -> &'static [EncoderKind] {
    const H264: [EncoderKind; 7] = [
        by_time("libx264"),
        by_time("libopenh264"),
        by_time("h264_videotoolbox"),
        by_time("h264_mf"),
        by_time("h264_nvenc"),
        by_time("h264_amf"),
        by_time("h264_v4l2m2m"),
    ];
    const H265: [EncoderKind; 5] = [
        by_time("libx265"),
        by_time("hevc_videotoolbox"),
        by_time("hevc_mf"),
        by_time("hevc_nvenc"),
        by_time("hevc_amf"),
    ];
    const VP9: [EncoderKind; 1] = [by_number("libvpx-vp9", true)];
    const AV1: [EncoderKind; 5] = [
        by_number("libsvtav1", false),
        by_number("libaom-av1", true),
        by_number("librav1e", false),
        by_time("av1_nvenc"),
        by_time("av1_amf"),
    ];
    match codec {
        VideoCodec::H264 => &H264,
        VideoCodec::H265 => &H265,
        VideoCodec::Vp9 => &VP9,
        VideoCodec::Av1 => &AV1,
        VideoCodec::Copy => &[],
    }
}

/// True when this FFmpeg has an encoder by that name.
pub(crate) fn is_there(kind: &EncoderKind) -> bool {
    encoder::find_by_name(kind.name).is_some()
}

/// True for codecs that are written with ten bits where the source has more than eight. Few players show H.264 of ten.
pub(crate) fn keeps_ten_bits(codec: VideoCodec) -> bool {
    matches!(codec, VideoCodec::H265 | VideoCodec::Vp9 | VideoCodec::Av1)
}

/// Bits of a pixel that a constant rate factor usually comes to, for film at 25 frames a second. Six steps of x264's and
/// x265's scale halve the rate, and about nine of the wider ones.
pub(crate) fn bits_per_pixel(codec: VideoCodec, crf: f64) -> f64 {
    let (usual, step) = match codec {
        VideoCodec::H264 | VideoCodec::Copy => (0.075, 6.0),
        VideoCodec::H265 => (0.045, 6.0),
        VideoCodec::Vp9 => (0.055, 9.0),
        VideoCodec::Av1 => (0.045, 9.0),
    };
    usual * 2_f64.powf((codec.default_crf() - crf) / step)
}

/// Bits a second that a constant rate factor usually comes to. Larger pictures hold less detail in each pixel, and
/// frames that follow each other faster differ less: both count by less than their number.
pub(crate) fn usual_bits(codec: VideoCodec, crf: f64, (width, height): (u32, u32), rate: f64) -> f64 {
    const FULL_HD: f64 = 1_920.0 * 1_080.0;
    let pixels = f64::from(width) * f64::from(height);
    let detail = (FULL_HD / pixels.max(1.0)).powf(0.25);
    let frames = 25.0 * (rate.clamp(1.0, 120.0) / 25.0).powf(0.7);
    bits_per_pixel(codec, crf) * pixels * detail * frames
}

/// What an encoder is told beyond size, format and bit rate.
pub(crate) fn options(name: &str, settings: &PictureSettings, threads: usize) -> Dictionary<'static> {
    let mut options = Dictionary::new();
    let mut set = |key: &str, value: String| options.set(key, &value);
    let preview = settings.effort != Effort::Clip;
    let threads_log = threads.max(1).ilog2();
    match name {
        "libx264" => {
            let preset = match settings.effort {
                Effort::Clip => "fast",
                Effort::Preview => "superfast",
                Effort::Stream => "ultrafast",
            };
            set("preset", preset.to_owned());
            if settings.effort == Effort::Stream {
                set("tune", "zerolatency".to_owned());
            }
        }
        "libx265" => set("preset", if preview { "ultrafast" } else { "veryfast" }.to_owned()),
        "libvpx-vp9" => {
            set("deadline", "good".to_owned());
            set("cpu-used", "5".to_owned());
            set("row-mt", "1".to_owned());
            set("tile-columns", threads_log.to_string());
        }
        "libsvtav1" => set("preset", "10".to_owned()),
        "libaom-av1" => {
            set("cpu-used", "6".to_owned());
            set("row-mt", "1".to_owned());
            set("tile-columns", threads_log.to_string());
        }
        "librav1e" => {
            set("speed", "9".to_owned());
            set("tiles", threads.to_string());
        }
        _ => {}
    }
    match (settings.rate, name) {
        (PictureRate::Quality(crf), "libx264" | "libx265") => set("crf", crf.to_string()),
        (PictureRate::Quality(crf), "libvpx-vp9" | "libaom-av1") => {
            set("crf", crf.round().to_string());
            set("b", "0".to_owned());
        }
        // SVT-AV1's wrapper takes a zero for "not given".
        (PictureRate::Quality(crf), "libsvtav1") => set("crf", crf.round().max(1.0).to_string()),
        (PictureRate::Quality(crf), "librav1e") => set("qp", (crf * 255.0 / 63.0).round().to_string()),
        (PictureRate::Bits(bits), "libx264" | "libx265") => {
            // Busy moments may take half as much again, for two seconds: players' buffers are made for about that.
            set("maxrate", (bits * 3 / 2).to_string());
            set("bufsize", (bits * 2).to_string());
        }
        _ => {}
    }
    options
}

/// True when an encoder keeps to a constant rate factor.
pub(crate) fn knows_quality(name: &str) -> bool {
    matches!(name, "libx264" | "libx265" | "libvpx-vp9" | "libaom-av1" | "libsvtav1" | "librav1e")
}

impl PictureSettings {
    /// Those of a clip.
    pub(crate) fn of_clip(codec: VideoCodec, rate: PictureRate) -> Self {
        Self { codec, rate, effort: Effort::Clip, key_frame_interval: None, reordering: true }
    }
}
