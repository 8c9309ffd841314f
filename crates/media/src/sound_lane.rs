//! The sound of a stretch, decoded and encoded again, cut at the very sample.

use ffmpeg_next::{Packet, Rational, codec, frame};
use model::{MediaTime, TimeRange};

use crate::MediaError;
use crate::codec::StreamDecoder;
use crate::container::Container;
use crate::format::FileFormat;
use crate::output::{Lane, Output};
use crate::probe::sound_shape;
use crate::sound::SoundLine;
use crate::sound_encoder::SoundEncoder;

pub(crate) struct SoundLane {
    decoder: StreamDecoder,
    line: SoundLine,
    encoder: SoundEncoder,
    frame: frame::Audio,
    range: TimeRange,
    /// True once every sample of the range was encoded, or none can come any more.
    pub(crate) done: bool,
    /// Samples written, of one channel.
    pub(crate) samples: u64,
}

impl SoundLane {
    /// The lane of the main sound, for a stretch and a file format; `None` when there is no sound that can be decoded.
    pub(crate) fn open(
        container: &Container,
        range: TimeRange,
        format: FileFormat,
    ) -> Result<Option<Self>, MediaError> {
        let Some(stream) = container.main_sound() else { return Ok(None) };
        let (rate, channels) = sound_shape(&stream.parameters());
        let channels = if channels == 1 { 1 } else { 2 };
        let Ok(decoder) = StreamDecoder::open(container, stream.index()) else { return Ok(None) };
        let names = format.sound_encoders();
        let missing = MediaError::EncoderMissing { codec: format.sound_name() };
        let encoder = SoundEncoder::open(names, rate, channels).ok_or(missing)?;
        let line = SoundLine::new(encoder.rate, channels, range.start, range.end);
        let frame = frame::Audio::empty();
        Ok(Some(Self { decoder, line, encoder, frame, range, done: false, samples: 0 }))
    }

    /// The stream that is read.
    pub(crate) fn index(&self) -> usize {
        self.decoder.index
    }

    /// What the file must know of the sound, and the time base of its packets.
    pub(crate) fn parameters(&self) -> (codec::Parameters, Rational) {
        (self.encoder.parameters(), Rational(1, self.encoder.rate as i32))
    }

    /// How far into the source the sound has been written.
    pub(crate) fn reached(&self) -> MediaTime {
        self.range.start + MediaTime::from_ticks(self.samples as i64, 1, self.encoder.rate as i32)
    }

    /// Decodes a packet, or what the decoder holds back, and writes what comes of it.
    pub(crate) fn take(
        &mut self,
        container: &Container,
        packet: Option<&Packet>,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        let Self { decoder, line, frame, .. } = self;
        let base = decoder.time_base;
        let mut values: Vec<f32> = Vec::new();
        decoder.decode(packet, frame, |frame, ticks| {
            let time = container.time(ticks, base);
            // A frame of a shape that cannot be resampled leaves silence, not an end.
            let _ = line.push(frame, time, &mut |_, piece| values.extend_from_slice(piece));
            Ok(())
        })?;
        self.done |= self.line.is_full();
        self.encode(container, &values, output)
    }

    /// Writes what is left, and silence up to the end of the range.
    pub(crate) fn finish(&mut self, container: &Container, output: &mut Output) -> Result<(), MediaError> {
        self.take(container, None, output)?;
        let mut rest = Vec::new();
        self.line.finish(self.range.end, &mut |_, piece| rest.extend_from_slice(piece));
        self.encode(container, &rest, output)?;
        let last = self.encoder.end().map_err(|source| failed(container, source))?;
        last.into_iter().try_for_each(|packet| output.write(packet, Lane::Sound))
    }

    fn encode(
        &mut self,
        container: &Container,
        values: &[f32],
        output: &mut Output,
    ) -> Result<(), MediaError> {
        self.samples += (values.len() / self.encoder.channels) as u64;
        let packets = self.encoder.send(values).map_err(|source| failed(container, source))?;
        packets.into_iter().try_for_each(|packet| output.write(packet, Lane::Sound))
    }
}

fn failed(container: &Container, source: ffmpeg_next::Error) -> MediaError {
    MediaError::writing("encode the sound", &container.path, source)
}
