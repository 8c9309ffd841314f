//! The pictures of a stretch, decoded and encoded again, each for as long as it was shown.
//!
//! A frame goes through four hands: [`PictureLane::take_frame`] decides whether it belongs to the stretch,
//! [`PictureLane::hold`] waits for the next one to learn how long it is shown, the filters make it upright and of the
//! wanted size (and may hold it back themselves), and the encoder turns it into packets.

use std::collections::VecDeque;
use std::ffi::CString;

use ffmpeg_next::{Packet, Rational, frame};
use model::{MediaTime, TimeRange, VideoStream};

use crate::MediaError;
use crate::codec::StreamDecoder;
use crate::container::{Container, to_ticks};
use crate::encode::{Pass, PictureEncoder};
use crate::encoders::{Effort, PictureSettings, keeps_ten_bits};
use crate::filter::FilterChain;
use crate::finish::{Colours, Finish};
use crate::orientation::Orientation;
use crate::output::{Lane, Output};
use crate::picture_size::PictureSize;

/// A rate beyond this is a container's tick, not a rate, and would upset the encoder's budget.
const HIGHEST_RATE: i32 = 240;

pub(crate) struct PictureLane {
    decoder: StreamDecoder,
    frame: frame::Video,
    key_seen: bool,
    range: TimeRange,
    /// The frame that is on screen at the start, as far as is known.
    first: Option<(frame::Video, MediaTime)>,
    /// The last frame whose duration is not known yet, and when it is shown.
    held: Option<(frame::Video, i64)>,
    finish: Finish,
    chain: FilterChain,
    /// What is known of the frames that are in the chain, in their order.
    filtering: VecDeque<Shown>,
    encoder: Option<PictureEncoder>,
    settings: PictureSettings,
    pass: Pass,
    frame_rate: Rational,
    /// A tick of the written stream.
    time_base: Rational,
    /// True once every frame of the range was taken, or none can come any more.
    pub(crate) done: bool,
    /// How far into the source the pictures have been taken.
    pub(crate) reached: MediaTime,
    /// Frames written.
    pub(crate) frames: u64,
    /// Bytes they took.
    pub(crate) bytes: u64,
}

/// When a frame is shown, in ticks of the written stream, and what its numbers mean.
struct Shown {
    at: i64,
    duration: i64,
    colours: Colours,
}

impl PictureLane {
    /// The lane of a picture stream, for a stretch.
    pub(crate) fn open(
        container: &Container,
        video: &VideoStream,
        range: TimeRange,
        size: PictureSize,
        settings: PictureSettings,
        pass: Pass,
    ) -> Result<Self, MediaError> {
        let stream = container.input.stream(video.index);
        let orientation = stream.map(|stream| Orientation::of(&stream)).unwrap_or_default();
        let decoder = StreamDecoder::open(container, video.index)?;
        let rate =
            video.frame_rate.map_or(Rational(25, 1), |rate| Rational(rate.numerator, rate.denominator));
        let frame_rate = if rate.0 / rate.1.max(1) > HIGHEST_RATE { Rational(30, 1) } else { rate };
        let time_base = fine_time_base(decoder.time_base);
        Ok(Self {
            decoder,
            frame: frame::Video::empty(),
            key_seen: false,
            range,
            first: None,
            held: None,
            finish: Finish {
                orientation,
                size,
                keeps_ten_bits: keeps_ten_bits(settings.codec),
                maps_tones: settings.effort == Effort::Clip,
            },
            chain: FilterChain::new(time_base),
            filtering: VecDeque::new(),
            encoder: None,
            settings,
            pass,
            frame_rate,
            time_base,
            done: false,
            reached: range.start,
            frames: 0,
            bytes: 0,
        })
    }

    /// The stream that is read.
    pub(crate) fn index(&self) -> usize {
        self.decoder.index
    }

    /// Decodes a packet and writes what comes of it.
    pub(crate) fn take(
        &mut self,
        container: &Container,
        packet: &Packet,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        self.key_seen |= packet.is_key();
        if self.key_seen && !self.done { self.decode(container, Some(packet), output) } else { Ok(()) }
    }

    /// Writes what the decoder, the filters and the encoder hold back.
    pub(crate) fn finish(&mut self, container: &Container, output: &mut Output) -> Result<(), MediaError> {
        self.decode(container, None, output)?;
        if let Some((first, _)) = self.first.take() {
            self.hold(container, first, 0, output)?;
        }
        let end = to_ticks(self.range.duration(), self.time_base);
        if let Some((held, at)) = self.held.take() {
            self.filter(container, held, at, (end - at).max(1), output)?;
        }
        for shown in self.chain.finish(&container.path)? {
            self.encode(container, shown, output)?;
        }
        if let Some(encoder) = &mut self.encoder {
            encoder.end().map_err(|source| failed(container, source))?;
        }
        self.write(container, output)
    }

    fn decode(
        &mut self,
        container: &Container,
        packet: Option<&Packet>,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        let base = self.decoder.time_base;
        let mut arrived = Vec::new();
        self.decoder.decode(packet, &mut self.frame, |frame, ticks| {
            arrived.push((std::mem::replace(frame, frame::Video::empty()), container.time(ticks, base)));
            Ok(())
        })?;
        arrived.into_iter().try_for_each(|(frame, time)| self.take_frame(container, frame, time, output))
    }

    /// Decides whether a frame belongs to the range, and when it is shown.
    fn take_frame(
        &mut self,
        container: &Container,
        frame: frame::Video,
        time: MediaTime,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        let TimeRange { start, end } = self.range;
        self.done |= end <= time;
        if self.done {
            return Ok(());
        }
        let replaces_first = match &self.first {
            _ if self.held.is_some() => false,
            None => true,
            Some((_, earlier)) => time <= start || is_meant_by(start, *earlier, time),
        };
        if replaces_first {
            self.first = Some((frame, time));
            return Ok(());
        }
        self.reached = self.reached.max(time);
        if let Some((first, _)) = self.first.take() {
            self.hold(container, first, 0, output)?;
        }
        self.hold(container, frame, to_ticks(time - start, self.time_base), output)
    }

    /// Keeps a frame until the next one tells how long it is shown, and passes on the one before.
    fn hold(
        &mut self,
        container: &Container,
        frame: frame::Video,
        ticks: i64,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        // Two frames at one instant cannot both be shown; the first stays.
        if self.held.as_ref().is_some_and(|(_, earlier)| ticks <= *earlier) {
            return Ok(());
        }
        match self.held.replace((frame, ticks)) {
            Some((held, at)) => self.filter(container, held, at, ticks - at, output),
            None => Ok(()),
        }
    }

    fn filter(
        &mut self,
        container: &Container,
        mut frame: frame::Video,
        at: i64,
        duration: i64,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        let finish = self.finish;
        self.filtering.push_back(Shown { at, duration, colours: finish.colours(&frame) });
        frame.set_pts(Some(at));
        let describe = |frame: &frame::Video, interlaced: bool| finish.filters(frame, interlaced);
        let filtered = self.chain.push(&mut frame, &container.path, describe)?;
        filtered.into_iter().try_for_each(|picture| self.encode(container, picture, output))
    }

    fn encode(
        &mut self,
        container: &Container,
        mut picture: frame::Video,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        let Some(shown) = self.filtering.pop_front() else { return Ok(()) };
        shown.colours.tag(&mut picture);
        picture.set_pts(Some(shown.at));
        let encoder = match &mut self.encoder {
            Some(encoder) => encoder,
            none => {
                let (base, rate) = (self.time_base, self.frame_rate);
                let encoder = PictureEncoder::open(&picture, base, rate, &self.settings, &self.pass)
                    .ok_or(MediaError::EncoderMissing { codec: self.settings.codec.name() })?;
                output.add_picture(encoder.parameters(), self.time_base)?;
                none.insert(encoder)
            }
        };
        self.frames += 1;
        encoder.send(&mut picture, shown.duration).map_err(|source| failed(container, source))?;
        self.write(container, output)
    }

    fn write(&mut self, container: &Container, output: &mut Output) -> Result<(), MediaError> {
        let Some(encoder) = &mut self.encoder else { return Ok(()) };
        while let Some(packet) = encoder.receive().map_err(|source| failed(container, source))? {
            self.bytes += packet.size() as u64;
            output.write(packet, Lane::Picture)?;
        }
        Ok(())
    }

    /// What a survey of the pictures found, once they were finished.
    pub(crate) fn statistics(&self) -> Option<CString> {
        self.encoder.as_ref().and_then(PictureEncoder::statistics)
    }
}

fn failed(container: &Container, source: ffmpeg_next::Error) -> MediaError {
    MediaError::writing("encode the pictures", &container.path, source)
}

/// The source's time base, divided until a tick is at most a tenth of a millisecond, so that a start in the middle
/// of a frame keeps its place and the frames their exact distances.
pub(crate) fn fine_time_base(base: Rational) -> Rational {
    if base.0 <= 0 || base.1 <= 0 || base.1 / base.0 > 1_000_000 {
        return Rational(1, 1_000_000);
    }
    let finest = i64::from(base.0) * 10_000;
    let factor = (finest + i64::from(base.1) - 1) / i64::from(base.1);
    match i32::try_from(i64::from(base.1) * factor) {
        Ok(denominator) => Rational(base.0, denominator).reduce(),
        Err(_) => Rational(1, 1_000_000),
    }
}

/// True when a start that was typed between two frames means the second: times are shown and typed in hundredths, which are
/// cut rather than rounded, so that a start may lie that much too early.
pub(crate) fn is_meant_by(start: MediaTime, earlier: MediaTime, later: MediaTime) -> bool {
    const TOLERANCE: MediaTime = MediaTime::from_millis(10);
    let half = MediaTime::from_micros((later - earlier).as_micros() / 2);
    later - start <= TOLERANCE.min(half)
}
