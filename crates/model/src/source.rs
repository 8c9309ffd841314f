//! What probing says of a media file.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::MediaTime;

/// Tells whether a file is the one seen before: its size and a hash of its head and tail, as 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub String);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a media file holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// Short names of the container format, as FFmpeg lists them (`mov,mp4,m4a,…`).
    pub container: String,
    /// How long it lasts from its first instant, by its packets where the header is in doubt.
    pub duration: MediaTime,
    /// Bytes.
    pub size: i64,
    /// The picture, when there is one (attached cover pictures do not count).
    pub video: Option<VideoStream>,
    /// Sound streams, in the order of the file.
    pub audio: Vec<AudioStream>,
    /// Subtitle streams, in the order of the file.
    pub text: Vec<TextStream>,
}

/// The main picture stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VideoStream {
    /// The stream's index in the file.
    pub index: usize,
    /// FFmpeg's codec name, such as `h264`.
    pub codec: String,
    /// FFmpeg's pixel format name, such as `yuv420p`.
    pub pixel_format: String,
    /// Width as shown: after rotation and with square pixels.
    pub width: u32,
    /// Height as shown.
    pub height: u32,
    /// The turn to apply before showing.
    pub rotation: Rotation,
    /// Average frames a second; `None` when the container does not tell.
    pub frame_rate: Option<FrameRate>,
    /// Seconds of one tick of the stream's clock, as (numerator, denominator).
    pub time_base: (i32, i32),
    /// When its first picture is shown.
    pub start: MediaTime,
}

/// A sound stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AudioStream {
    /// The stream's index in the file.
    pub index: usize,
    /// FFmpeg's codec name, such as `aac`.
    pub codec: String,
    /// Samples a second.
    pub sample_rate: u32,
    /// Channels.
    pub channels: u32,
    /// Language tag of the container, when it has one.
    pub language: Option<String>,
    /// When its first sample is heard.
    pub start: MediaTime,
}

/// A subtitle stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextStream {
    /// The stream's index in the file.
    pub index: usize,
    /// FFmpeg's codec name, such as `subrip`.
    pub codec: String,
    /// Language tag of the container, when it has one.
    pub language: Option<String>,
    /// False for picture subtitles (DVD, Blu-ray), whose text cannot be read.
    pub is_text: bool,
}

/// Clockwise turn from how pictures are stored to how they are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rotation {
    /// Shown as stored.
    #[default]
    None,
    /// A quarter turn clockwise.
    Right,
    /// Upside down.
    Half,
    /// A quarter turn anticlockwise.
    Left,
}

/// Frames a second as a fraction, so that 30000/1001 stays exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameRate {
    /// Frames …
    pub numerator: i32,
    /// … in so many seconds; positive.
    pub denominator: i32,
}

impl FrameRate {
    /// `None` unless both are positive.
    #[must_use]
    pub fn new(numerator: i32, denominator: i32) -> Option<Self> {
        (numerator > 0 && denominator > 0).then_some(Self { numerator, denominator })
    }

    /// Frames a second.
    #[must_use]
    pub fn as_hertz(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }

    /// How long one frame is shown.
    #[must_use]
    pub fn frame_duration(self) -> MediaTime {
        MediaTime::from_ticks(1, self.denominator, self.numerator)
    }
}
