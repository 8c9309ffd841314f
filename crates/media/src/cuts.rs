//! Cuts to the very frame, where an analysis saw only some of the frames.
//!
//! # What it costs
//! Nearly all stretches lie between neighbouring frames, since an analysis decodes all frames where a cut may hide (see
//! [`crate::suspects`]), and cost nothing. For the others, decoding starts at the last key
//! frame before the stretch and leaves out, up to there, what nothing depends on. No frame is decoded twice while stretches
//! come in order of time, so that all of them together cost at most about as much as the analysis itself.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use ffmpeg_next::{Discard, Packet, frame};
use model::{MediaTime, SourceInfo, TimeRange, VideoStream};

use crate::codec::StreamDecoder;
use crate::container::Container;
use crate::luma::LumaScaler;
use crate::orientation::Orientation;
use crate::sampling::Omissions;
use crate::seek::seek_before;
use crate::{MediaError, Source};

/// Stretches this close are reached by reading on, which never decodes a frame twice; beyond, seeking is quicker.
const NEAR: MediaTime = MediaTime::from_whole_seconds(60);

/// Frames that those of a stretch are predicted from lie this close to it, but for those that all are predicted from.
const BESIDE: MediaTime = MediaTime::from_millis(500);

/// Bytes of packets that may wait for a key frame to turn up among them: streams with hardly any key frames are decoded
/// on rather than kept in memory.
const LARGEST_WAIT: usize = 64 << 20;

/// For each stretch from the last picture seen of a shot to the first seen of the next, the time of the first frame of
/// the next: among all frames between, the one that differs most from the one before it. A stretch in which no frame
/// can be decoded gives its own end.
///
/// Ascending order is the fastest. `progress` is told the share of stretches that is done; `Break` cancels.
///
/// # Errors
/// [`MediaError::Cancelled`], and what opening and reading a file can end in.
pub fn refine_cuts(
    source: &Source,
    info: &SourceInfo,
    approximate: &[TimeRange],
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<Vec<MediaTime>, MediaError> {
    let Some(video) =
        info.video.as_ref().filter(|video| !approximate.iter().all(|s| is_one_frame(*s, video)))
    else {
        return Ok(approximate.iter().map(|stretch| stretch.end).collect());
    };
    let mut reader = Reader::open(source, info, video)?;
    let mut cuts = Vec::with_capacity(approximate.len());
    for &stretch in approximate {
        if progress(cuts.len() as f32 / approximate.len() as f32).is_break() {
            return Err(MediaError::Cancelled);
        }
        cuts.push(if is_one_frame(stretch, video) { stretch.end } else { reader.refine(stretch)? });
    }
    Ok(cuts)
}

/// True when nothing lies between the two pictures, so that the later one is the first of its shot.
fn is_one_frame(stretch: TimeRange, video: &VideoStream) -> bool {
    // Half a frame more: times may be rounded to milliseconds, and no other frame fits in.
    video.frame_rate.is_some_and(|rate| stretch.duration() < rate.frame_duration().scaled(1.5))
}

struct Reader<'a> {
    container: Container,
    info: &'a SourceInfo,
    decoder: StreamDecoder,
    /// What is left out far from a stretch.
    far_away: Discard,
    scaler: LumaScaler,
    frame: frame::Video,
    /// Packets that were read and not decoded yet.
    waiting: VecDeque<Packet>,
    waiting_bytes: usize,
    /// When the last packet that was read is due to be decoded.
    read_to: Option<MediaTime>,
    /// Small pictures of the frames decoded last, in order of time.
    recent: Vec<(MediaTime, Vec<u8>)>,
    ended: bool,
}

impl<'a> Reader<'a> {
    fn open(source: &Source, info: &'a SourceInfo, video: &VideoStream) -> Result<Self, MediaError> {
        let container = Container::open(source)?;
        let stream = container.input.stream(video.index);
        let orientation = stream.map(|stream| Orientation::of(&stream)).unwrap_or_default();
        // Most frames are left out, and threads of a decoder work on packets.
        let mut decoder = StreamDecoder::open_with(&container, video.index, 1)?;
        decoder.skip_loop_filter(Discard::All);
        let scaler = LumaScaler::new(video.width, video.height, orientation);
        Ok(Self {
            container,
            info,
            decoder,
            far_away: Omissions::new(video).discard(),
            scaler,
            frame: frame::Video::empty(),
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            read_to: None,
            recent: Vec::new(),
            ended: false,
        })
    }

    fn refine(&mut self, stretch: TimeRange) -> Result<MediaTime, MediaError> {
        if !self.can_read_on_to(stretch.start) {
            seek_before(&mut self.container, self.info, stretch.start, MediaTime::ZERO)?;
            self.restart();
            (self.read_to, self.ended) = (None, false);
            self.waiting.clear();
            self.waiting_bytes = 0;
        }
        while !self.ended
            && self.waiting_bytes < LARGEST_WAIT
            && self.read_to.is_none_or(|time| time <= stretch.start)
        {
            self.read()?;
        }
        self.pass_over_to(stretch.start);
        while self.recent.last().is_none_or(|(last, _)| *last < stretch.end) {
            if self.waiting.is_empty() && !self.ended {
                self.read()?;
            }
            match self.waiting.pop_front() {
                Some(packet) => self.decode(Some(&packet), stretch)?,
                None if self.ended => {
                    self.decode(None, stretch)?;
                    break;
                }
                None => {}
            }
        }
        let changes =
            self.recent.windows(2).filter(|pair| stretch.start < pair[1].0 && pair[1].0 <= stretch.end);
        let largest =
            changes.max_by_key(|pair| (difference(&pair[0].1, &pair[1].1), std::cmp::Reverse(pair[1].0)));
        Ok(largest.map_or(stretch.end, |pair| pair[1].0))
    }

    fn can_read_on_to(&self, start: MediaTime) -> bool {
        let covers = self.recent.first().is_some_and(|(first, _)| *first <= start);
        covers && !self.ended && self.read_to.is_some_and(|time| start <= time + NEAR)
    }

    /// Forgets what was decoded.
    fn restart(&mut self) {
        self.decoder.flush();
        self.recent.clear();
    }

    /// Reads one more packet, which waits when it is one of the picture's.
    fn read(&mut self) -> Result<(), MediaError> {
        let mut packet = Packet::empty();
        self.ended = !self.container.read(&mut packet)?;
        if self.ended || packet.stream() != self.decoder.index {
            return Ok(());
        }
        if let Some(ticks) = packet.dts().or_else(|| packet.pts()) {
            self.read_to = Some(self.container.time(ticks, self.decoder.time_base));
        }
        self.waiting_bytes += packet.size();
        self.waiting.push_back(packet);
        Ok(())
    }

    /// Drops packets that no frame from `start` on depends on: those before the last key frame up to there.
    fn pass_over_to(&mut self, start: MediaTime) {
        let key = self
            .waiting
            .iter()
            .rposition(|packet| packet.is_key() && self.time_of(packet).is_some_and(|time| time <= start));
        if let Some(key) = key {
            self.restart();
            self.waiting.drain(..key);
        }
        self.waiting_bytes = self.waiting.iter().map(Packet::size).sum();
    }

    fn time_of(&self, packet: &Packet) -> Option<MediaTime> {
        packet.pts().map(|ticks| self.container.time(ticks, self.decoder.time_base))
    }

    /// What may be left out at a packet: nothing inside the stretch, frames without dependants beside it, and further away
    /// as much as an analysis leaves out.
    fn omitted(&self, packet: &Packet, stretch: TimeRange) -> Discard {
        match self.time_of(packet) {
            Some(time) if time + BESIDE < stretch.start => self.far_away,
            Some(time) if time < stretch.start || stretch.end < time => Discard::NonReference,
            _ => Discard::Default,
        }
    }

    /// Decodes a packet, wholly where it belongs to the stretch; of the frames before the stretch only the last is kept.
    fn decode(&mut self, packet: Option<&Packet>, stretch: TimeRange) -> Result<(), MediaError> {
        self.decoder.skip_frames(packet.map_or(Discard::Default, |packet| self.omitted(packet, stretch)));
        let Self { container, decoder, scaler, frame, recent, .. } = self;
        let base = decoder.time_base;
        decoder.decode(packet, frame, |frame, ticks| {
            let time = container.time(ticks, base);
            if let Ok(luma) = scaler.scale(frame) {
                let outdated = recent.iter().rposition(|(earlier, _)| *earlier <= stretch.start).unwrap_or(0);
                recent.drain(..outdated);
                recent.push((time, luma.to_vec()));
            }
            Ok(())
        })
    }
}

fn difference(one: &[u8], other: &[u8]) -> u64 {
    one.iter().zip(other).map(|(one, other)| u64::from(one.abs_diff(*other))).sum()
}
