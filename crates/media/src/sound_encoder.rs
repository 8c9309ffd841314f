//! Encoders for the sound that is written: AAC, or Opus and Vorbis in WebM.

use std::collections::VecDeque;

use ffmpeg_next::codec::{self, Flags};
use ffmpeg_next::format::{Sample, sample};
use ffmpeg_next::{ChannelLayout, Packet, Rational, encoder, frame};

use crate::encode::ready;

/// Rates AAC and Vorbis have, as far as they are common; everything else becomes [`USUAL_RATE`].
const KEPT_RATES: [u32; 7] = [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];

/// Rates Opus has.
const OPUS_RATES: [u32; 4] = [8_000, 16_000, 24_000, 48_000];

const USUAL_RATE: u32 = 48_000;

/// Bits a second that sound of one or two channels is given.
pub(crate) fn sound_bits(channels: usize) -> u64 {
    if channels == 1 { 96_000 } else { 160_000 }
}

/// Encodes sound that comes in pieces of any length.
pub(crate) struct SoundEncoder {
    encoder: encoder::audio::Encoder,
    format: Sample,
    pub(crate) rate: u32,
    pub(crate) channels: usize,
    frame_size: usize,
    waiting: VecDeque<f32>,
    sent: i64,
}

impl SoundEncoder {
    /// The first of the named encoders that works for sound of `rate` and `channels`, at a rate it can encode; `None` when
    /// there is none.
    pub(crate) fn open(names: &[&str], rate: u32, channels: usize) -> Option<Self> {
        names.iter().find_map(|name| Self::open_named(name, rate, channels))
    }

    fn open_named(name: &str, rate: u32, channels: usize) -> Option<Self> {
        let codec = encoder::find_by_name(name)?;
        let kept = if codec.id() == codec::Id::OPUS { &OPUS_RATES[..] } else { &KEPT_RATES[..] };
        let rate = if kept.contains(&rate) { rate } else { USUAL_RATE };
        let [planar, packed] = [sample::Type::Planar, sample::Type::Packed].map(Sample::F32);
        let mut formats = codec.audio().ok()?.formats().into_iter().flatten();
        let format = if formats.any(|format| format == planar) { planar } else { packed };
        let mut context = codec::Context::new_with_codec(codec);
        context.set_flags(Flags::GLOBAL_HEADER);
        let mut audio = context.encoder().audio().ok()?;
        audio.set_rate(rate as i32);
        audio.set_channel_layout(ChannelLayout::default(channels as i32));
        audio.set_format(format);
        audio.set_bit_rate(sound_bits(channels) as usize);
        audio.set_time_base(Rational(1, rate as i32));
        let encoder = audio.open_as(codec).ok()?;
        let frame_size = (encoder.frame_size() as usize).max(1);
        Some(Self { encoder, format, rate, channels, frame_size, waiting: VecDeque::new(), sent: 0 })
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
        let mut frame = frame::Audio::new(self.format, samples, layout);
        frame.set_rate(self.rate);
        frame.set_pts(Some(self.sent));
        if self.format.is_planar() {
            for channel in 0..self.channels {
                let values = self.waiting.iter().skip(channel).step_by(self.channels);
                for (sample, value) in frame.plane_mut::<f32>(channel).iter_mut().zip(values) {
                    *sample = value.clamp(-1.0, 1.0);
                }
            }
        } else {
            let bytes = frame.data_mut(0).chunks_exact_mut(size_of::<f32>());
            for (sample, value) in bytes.zip(self.waiting.iter().take(samples * self.channels)) {
                sample.copy_from_slice(&value.clamp(-1.0, 1.0).to_ne_bytes());
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
