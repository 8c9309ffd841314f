//! The encoder of pictures: the first of a codec's encoders that works here, fed with frames of varying duration.
#![allow(unsafe_code, reason = "the statistics of a first pass are not offered by ffmpeg-next")]

use std::collections::HashMap;
use std::ffi::{CStr, CString};

use ffmpeg_next::codec::{self, Flags, threading};
use ffmpeg_next::format::Pixel;
use ffmpeg_next::{Packet, Rational, color, encoder, frame};
use model::job::VideoCodec;

use crate::codec::threads;
use crate::encoders::{
    EncoderKind, PictureRate, PictureSettings, encoders, is_there, knows_quality, options, usual_bits,
};
use crate::hdr::light_options;

/// Which of the passes over the pictures this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pass {
    /// There is no other.
    Only,
    /// The first of two: the encoder looks and gives statistics, nothing is written.
    Survey,
    /// The second of two, with what the first gave.
    Surveyed(CString),
}

/// Encodes pictures of varying duration.
pub(crate) struct PictureEncoder {
    encoder: encoder::video::Encoder,
    times: FrameTimes,
    /// True for encoders that can only be closed after their end, until then.
    must_end: bool,
    /// What the encoder was given of a survey: it keeps a pointer to it. Declared last, it goes last.
    _survey: Option<CString>,
}

/// How packets get their times and durations back.
enum FrameTimes {
    /// The encoder passes times through; durations by time.
    Passed(HashMap<i64, i64>),
    /// The encoder is given numbers; times and durations by number.
    Counted(Vec<(i64, i64)>),
}

impl PictureEncoder {
    /// An encoder for frames like `first`, whose times are in `time_base`. `None` when no encoder works here.
    pub(crate) fn open(
        first: &frame::Video,
        time_base: Rational,
        frame_rate: Rational,
        settings: &PictureSettings,
        pass: &Pass,
    ) -> Option<Self> {
        encoders(settings.codec)
            .iter()
            .find_map(|kind| Self::open_kind(kind, first, time_base, frame_rate, settings, pass).ok())
    }

    fn open_kind(
        kind: &EncoderKind,
        first: &frame::Video,
        time_base: Rational,
        frame_rate: Rational,
        settings: &PictureSettings,
        pass: &Pass,
    ) -> Result<Self, ffmpeg_next::Error> {
        let codec = encoder::find_by_name(kind.name).ok_or(ffmpeg_next::Error::EncoderNotFound)?;
        let mut context = codec::Context::new_with_codec(codec);
        context.set_flags(match pass {
            Pass::Only => Flags::GLOBAL_HEADER,
            Pass::Survey => Flags::GLOBAL_HEADER | Flags::PASS1,
            Pass::Surveyed(_) => Flags::GLOBAL_HEADER | Flags::PASS2,
        });
        context.set_threading(threading::Config::count(threads()));
        let survey = match pass {
            Pass::Surveyed(statistics) => Some(statistics.clone()),
            Pass::Only | Pass::Survey => None,
        };
        if let Some(statistics) = &survey {
            // SAFETY: the context is live and not open yet; encoders only read the text, which lives as long as they do.
            unsafe { (*context.as_mut_ptr()).stats_in = statistics.as_ptr().cast_mut() };
        }
        let mut video = context.encoder().video()?;
        describe(&mut video, first);
        video.set_time_base(if kind.counts_frames { frame_rate.invert() } else { time_base });
        video.set_frame_rate(Some(frame_rate));
        let rate = f64::from(frame_rate.0) / f64::from(frame_rate.1.max(1));
        let two_seconds = (2.0 * rate).clamp(12.0, 250.0) as u32;
        video.set_gop(settings.key_frame_interval.unwrap_or(two_seconds));
        if !settings.reordering {
            video.set_max_b_frames(0);
        }
        match settings.rate {
            PictureRate::Bits(bits) => video.set_bit_rate(bits as usize),
            PictureRate::Quality(_) if knows_quality(kind.name) => {}
            PictureRate::Quality(crf) => {
                let size = (first.width(), first.height());
                video.set_bit_rate(usual_bits(settings.codec, crf, size, rate) as usize);
            }
        }
        let mut options = options(kind.name, settings, threads());
        if kind.name == "libx265" {
            options.set("x265-params", &format!("log-level=none{}", light_options(first)));
        }
        let encoder = video.open_as_with(codec, options)?;
        let times = if kind.counts_frames {
            FrameTimes::Counted(Vec::new())
        } else {
            FrameTimes::Passed(HashMap::new())
        };
        Ok(Self { encoder, times, must_end: kind.name == "libsvtav1", _survey: survey })
    }

    /// Encodes a frame that is shown for `duration` ticks; its time is its own.
    pub(crate) fn send(&mut self, frame: &mut frame::Video, duration: i64) -> Result<(), ffmpeg_next::Error> {
        frame.set_kind(ffmpeg_next::picture::Type::None);
        let time = frame.pts().unwrap_or(0);
        match &mut self.times {
            FrameTimes::Passed(durations) => drop(durations.insert(time, duration)),
            FrameTimes::Counted(times) => {
                frame.set_pts(Some(times.len() as i64));
                times.push((time, duration));
            }
        }
        self.encoder.send_frame(frame)
    }

    /// Tells the encoder that no frame follows.
    pub(crate) fn end(&mut self) -> Result<(), ffmpeg_next::Error> {
        self.must_end = false;
        self.encoder.send_eof()
    }

    /// The next packet, when one is ready.
    pub(crate) fn receive(&mut self) -> Result<Option<Packet>, ffmpeg_next::Error> {
        let mut packet = Packet::empty();
        if !ready(self.encoder.receive_packet(&mut packet))? {
            return Ok(None);
        }
        self.times.restore(&mut packet);
        Ok(Some(packet))
    }

    /// What a muxer must know of the stream.
    pub(crate) fn parameters(&self) -> codec::Parameters {
        codec::Parameters::from(&self.encoder)
    }

    /// What a [`Pass::Survey`] found, once everything was received.
    pub(crate) fn statistics(&self) -> Option<CString> {
        // SAFETY: the context is live; its statistics, when there are any, are text that ends in a zero.
        unsafe {
            let found = (*self.encoder.as_ptr()).stats_out;
            (!found.is_null()).then(|| CStr::from_ptr(found).to_owned())
        }
    }
}

impl Drop for PictureEncoder {
    /// SVT-AV1 waits for ever for its own threads when it is closed before its end: a cancelled export must not.
    fn drop(&mut self) {
        if self.must_end && self.end().is_ok() {
            while matches!(self.receive(), Ok(Some(_))) {}
        }
    }
}

impl FrameTimes {
    fn restore(&mut self, packet: &mut Packet) {
        match self {
            Self::Passed(durations) => {
                if let Some(duration) = packet.pts().and_then(|pts| durations.remove(&pts)) {
                    packet.set_duration(duration);
                }
            }
            Self::Counted(times) => {
                let Some(&(first, step)) = times.first() else { return };
                // Decoding times before the first frame go on at its pace.
                let time_of = |number: i64| match usize::try_from(number) {
                    Ok(place) => times.get(place).map(|(time, _)| *time),
                    Err(_) => Some(first + number * step),
                };
                let duration =
                    packet.pts().and_then(|pts| times.get(usize::try_from(pts).ok()?)).map(|at| at.1);
                packet.set_duration(duration.unwrap_or(step));
                packet.set_pts(packet.pts().and_then(time_of));
                packet.set_dts(packet.dts().and_then(time_of));
            }
        }
    }
}

/// Size, format and colours.
fn describe(video: &mut encoder::video::Video, first: &frame::Video) {
    video.set_width(first.width());
    video.set_height(first.height());
    video.set_format(first.format());
    video.set_aspect_ratio(Rational(1, 1));
    video.set_colorspace(first.color_space());
    video.set_color_range(first.color_range());
    video.set_color_primaries(first.color_primaries());
    video.set_color_transfer_characteristic(first.color_transfer_characteristic());
}

/// False when an encoder has nothing to give now.
pub(crate) fn ready(received: Result<(), ffmpeg_next::Error>) -> Result<bool, ffmpeg_next::Error> {
    match received {
        Ok(()) => Ok(true),
        Err(ffmpeg_next::Error::Eof | ffmpeg_next::Error::Other { errno: ffmpeg_next::error::EAGAIN }) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Whether this FFmpeg has an encoder of the codec that works on this machine; it is tried with a small picture.
/// [`VideoCodec::Copy`] needs none.
#[must_use]
pub fn can_encode(codec: VideoCodec) -> bool {
    let mut picture = frame::Video::new(Pixel::YUV420P, 256, 144);
    picture.set_color_range(color::Range::MPEG);
    picture.set_pts(Some(0));
    let settings = PictureSettings::of_clip(codec, PictureRate::Quality(codec.default_crf()));
    let base = Rational(1, 25);
    codec == VideoCodec::Copy
        || PictureEncoder::open(&picture, base, base.invert(), &settings, &Pass::Only)
            .is_some_and(|mut encoder| encoder.send(&mut picture, 1).is_ok())
}

/// The encoder of the codec that is preferred of those this FFmpeg has.
pub(crate) fn preferred(codec: VideoCodec) -> Option<&'static EncoderKind> {
    encoders(codec).iter().find(|kind| is_there(kind))
}
