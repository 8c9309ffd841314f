//! Encoders for what is written: H.264 and AAC.

use std::collections::HashMap;
use std::collections::VecDeque;

use ffmpeg_next::codec::{self, Flags, threading};
use ffmpeg_next::format::{Pixel, Sample, sample};
use ffmpeg_next::{ChannelLayout, Dictionary, Packet, Rational, encoder, frame};

use crate::codec::threads;

/// H.264 encoders in the order of preference: the first that opens is used.
const H264_ENCODERS: [&str; 7] =
    ["libx264", "libopenh264", "h264_videotoolbox", "h264_mf", "h264_nvenc", "h264_amf", "h264_v4l2m2m"];

/// How pictures are to be encoded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PictureSettings {
    /// Constant rate factor of x264; not used when a bit rate is given.
    pub(crate) crf: f32,
    /// Bits a second.
    pub(crate) bit_rate: Option<usize>,
    /// x264's preset.
    pub(crate) preset: &'static str,
    /// Frames between key frames at most; two seconds' worth when not given.
    pub(crate) key_frame_interval: Option<u32>,
    /// False keeps frames in the order of time, so that seeking is quick and exact.
    pub(crate) reordering: bool,
}

/// Encodes pictures of varying duration.
pub(crate) struct PictureEncoder {
    encoder: encoder::video::Encoder,
    durations: HashMap<i64, i64>,
}

impl PictureEncoder {
    /// An encoder for frames like `first`, whose times are in `time_base`. `None` when no encoder works here.
    pub(crate) fn open(
        first: &frame::Video,
        time_base: Rational,
        frame_rate: Rational,
        settings: PictureSettings,
    ) -> Option<Self> {
        let opened = H264_ENCODERS
            .iter()
            .find_map(|name| Self::open_named(name, first, time_base, frame_rate, settings).ok());
        opened.map(|encoder| Self { encoder, durations: HashMap::new() })
    }

    fn open_named(
        name: &str,
        first: &frame::Video,
        time_base: Rational,
        frame_rate: Rational,
        settings: PictureSettings,
    ) -> Result<encoder::video::Encoder, ffmpeg_next::Error> {
        let codec = encoder::find_by_name(name).ok_or(ffmpeg_next::Error::EncoderNotFound)?;
        let mut context = codec::Context::new_with_codec(codec);
        context.set_flags(Flags::GLOBAL_HEADER);
        context.set_threading(threading::Config::count(threads()));
        let mut video = context.encoder().video()?;
        video.set_width(first.width());
        video.set_height(first.height());
        video.set_format(first.format());
        video.set_aspect_ratio(Rational(1, 1));
        video.set_time_base(time_base);
        video.set_frame_rate(Some(frame_rate));
        video.set_colorspace(first.color_space());
        video.set_color_range(first.color_range());
        video.set_color_primaries(first.color_primaries());
        video.set_color_transfer_characteristic(first.color_transfer_characteristic());
        let two_seconds =
            (2.0 * f64::from(frame_rate.0) / f64::from(frame_rate.1.max(1))).clamp(12.0, 250.0) as u32;
        video.set_gop(settings.key_frame_interval.unwrap_or(two_seconds));
        if !settings.reordering {
            video.set_max_b_frames(0);
        }
        let mut options = Dictionary::new();
        if let Some(bit_rate) = settings.bit_rate {
            video.set_bit_rate(bit_rate);
        } else if name == "libx264" {
            options.set("crf", &settings.crf.to_string());
        } else {
            // Other encoders know no such factor: about a tenth of a bit for each pixel looks alike.
            let pixels = u64::from(first.width()) * u64::from(first.height());
            let rate = f64::from(frame_rate.0) / f64::from(frame_rate.1.max(1));
            video.set_bit_rate((pixels as f64 * rate.clamp(1.0, 60.0) * 0.1) as usize);
        }
        if name == "libx264" {
            options.set("preset", settings.preset);
        }
        video.open_as_with(codec, options)
    }

    /// Encodes a frame that is shown for `duration` ticks; its time is its own.
    pub(crate) fn send(&mut self, frame: &mut frame::Video, duration: i64) -> Result<(), ffmpeg_next::Error> {
        frame.set_kind(ffmpeg_next::picture::Type::None);
        if let Some(pts) = frame.pts() {
            self.durations.insert(pts, duration);
        }
        self.encoder.send_frame(frame)
    }

    /// Tells the encoder that no frame follows.
    pub(crate) fn end(&mut self) -> Result<(), ffmpeg_next::Error> {
        self.encoder.send_eof()
    }

    /// The next packet, when one is ready.
    pub(crate) fn receive(&mut self) -> Result<Option<Packet>, ffmpeg_next::Error> {
        let mut packet = Packet::empty();
        if !ready(self.encoder.receive_packet(&mut packet))? {
            return Ok(None);
        }
        if let Some(duration) = packet.pts().and_then(|pts| self.durations.remove(&pts)) {
            packet.set_duration(duration);
        }
        Ok(Some(packet))
    }

    /// What a muxer must know of the stream.
    pub(crate) fn parameters(&self) -> codec::Parameters {
        codec::Parameters::from(&self.encoder)
    }
}

/// Encodes sound that comes in pieces of any length.
pub(crate) struct SoundEncoder {
    encoder: encoder::audio::Encoder,
    pub(crate) rate: u32,
    pub(crate) channels: usize,
    frame_size: usize,
    waiting: VecDeque<f32>,
    sent: i64,
}

impl SoundEncoder {
    /// An AAC encoder; `None` when there is none that works.
    pub(crate) fn open(rate: u32, channels: usize) -> Option<Self> {
        let codec = encoder::find_by_name("aac").or_else(|| encoder::find(codec::Id::AAC))?;
        let mut context = codec::Context::new_with_codec(codec);
        context.set_flags(Flags::GLOBAL_HEADER);
        let mut audio = context.encoder().audio().ok()?;
        audio.set_rate(rate as i32);
        audio.set_channel_layout(ChannelLayout::default(channels as i32));
        audio.set_format(Sample::F32(sample::Type::Planar));
        audio.set_bit_rate(if channels == 1 { 96_000 } else { 160_000 });
        audio.set_time_base(Rational(1, rate as i32));
        let encoder = audio.open_as(codec).ok()?;
        let frame_size = (encoder.frame_size() as usize).max(1);
        Some(Self { encoder, rate, channels, frame_size, waiting: VecDeque::new(), sent: 0 })
    }

    /// Encodes interleaved samples; those that fill no frame wait for more.
    pub(crate) fn send(&mut self, values: &[f32]) -> Result<Vec<Packet>, ffmpeg_next::Error> {
        self.waiting.extend(values);
        let mut packets = Vec::new();
        while self.waiting.len() >= self.frame_size * self.channels {
            self.send_frame(self.frame_size)?;
            self.receive(&mut packets)?;
        }
        Ok(packets)
    }

    /// Encodes what waits and gives the last packets.
    pub(crate) fn end(&mut self) -> Result<Vec<Packet>, ffmpeg_next::Error> {
        let mut packets = Vec::new();
        if !self.waiting.is_empty() {
            self.send_frame(self.waiting.len() / self.channels)?;
        }
        self.encoder.send_eof()?;
        self.receive(&mut packets)?;
        Ok(packets)
    }

    fn send_frame(&mut self, samples: usize) -> Result<(), ffmpeg_next::Error> {
        let layout = ChannelLayout::default(self.channels as i32);
        let mut frame = frame::Audio::new(Sample::F32(sample::Type::Planar), samples, layout);
        frame.set_rate(self.rate);
        frame.set_pts(Some(self.sent));
        for channel in 0..self.channels {
            let values = self.waiting.iter().skip(channel).step_by(self.channels);
            for (sample, value) in frame.plane_mut::<f32>(channel).iter_mut().zip(values) {
                *sample = value.clamp(-1.0, 1.0);
            }
        }
        self.waiting.drain(..samples * self.channels);
        self.sent += samples as i64;
        self.encoder.send_frame(&frame)
    }

    fn receive(&mut self, packets: &mut Vec<Packet>) -> Result<(), ffmpeg_next::Error> {
        loop {
            let mut packet = Packet::empty();
            if !ready(self.encoder.receive_packet(&mut packet))? {
                return Ok(());
            }
            packets.push(packet);
        }
    }

    /// What a muxer must know of the stream.
    pub(crate) fn parameters(&self) -> codec::Parameters {
        codec::Parameters::from(&self.encoder)
    }
}

/// False when an encoder has nothing to give now.
fn ready(received: Result<(), ffmpeg_next::Error>) -> Result<bool, ffmpeg_next::Error> {
    match received {
        Ok(()) => Ok(true),
        Err(ffmpeg_next::Error::Eof | ffmpeg_next::Error::Other { errno: ffmpeg_next::error::EAGAIN }) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Pixel formats that are encoded as they are; all others become the first.
pub(crate) fn encoded_format(full_range: bool) -> Pixel {
    if full_range { Pixel::YUVJ420P } else { Pixel::YUV420P }
}
