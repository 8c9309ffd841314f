//! Cuts to the very frame, where an analysis saw only some of the frames.

use std::path::Path;

use ffmpeg_next::{Packet, frame};
use model::{MediaTime, SourceInfo, TimeRange};

use crate::MediaError;
use crate::codec::StreamDecoder;
use crate::container::Container;
use crate::luma::LumaScaler;
use crate::orientation::Orientation;
use crate::seek::seek_before;

/// For each stretch from the last picture seen of a shot to the first seen of the next, the time of the first frame of
/// the next: among all frames between, the one that differs most from the one before it. A stretch in which no frame
/// can be decoded gives its own end.
///
/// Stretches that follow each other closely are read on without seeking; ascending order is therefore the fastest.
///
/// # Errors
/// What opening and reading a file can end in.
pub fn refine_cuts(
    path: &Path,
    info: &SourceInfo,
    approximate: &[TimeRange],
) -> Result<Vec<MediaTime>, MediaError> {
    let mut container = Container::open(path)?;
    let Some(video) = &info.video else {
        return Ok(approximate.iter().map(|stretch| stretch.end).collect());
    };
    let orientation =
        container.input.stream(video.index).map(|stream| Orientation::of(&stream)).unwrap_or_default();
    let mut reader = Reader {
        decoder: StreamDecoder::open(&container, video.index)?,
        scaler: LumaScaler::new(video.width, video.height, orientation),
        frame: frame::Video::empty(),
        recent: Vec::new(),
        ended: false,
        key_seen: false,
    };
    reader.decoder.skip_loop_filter();
    approximate.iter().map(|&stretch| reader.refine(&mut container, info, stretch)).collect()
}

/// Stretches this close are reached by reading on.
const NEAR: MediaTime = MediaTime::from_whole_seconds(2);

struct Reader {
    decoder: StreamDecoder,
    scaler: LumaScaler,
    frame: frame::Video,
    /// Small pictures of the frames decoded last, in order of time.
    recent: Vec<(MediaTime, Vec<u8>)>,
    ended: bool,
    key_seen: bool,
}

impl Reader {
    fn refine(
        &mut self,
        container: &mut Container,
        info: &SourceInfo,
        stretch: TimeRange,
    ) -> Result<MediaTime, MediaError> {
        let covers = self.recent.first().is_some_and(|(first, _)| *first <= stretch.start);
        let reached = self.recent.last().map(|(last, _)| *last);
        if !(covers && reached.is_some_and(|reached| stretch.start <= reached + NEAR)) {
            seek_before(container, info, stretch.start)?;
            self.decoder.flush();
            self.recent.clear();
            (self.ended, self.key_seen) = (false, false);
        }
        while !self.ended && self.recent.last().is_none_or(|(last, _)| *last < stretch.end) {
            self.read_on(container, stretch.start)?;
        }
        let changes =
            self.recent.windows(2).filter(|pair| stretch.start < pair[1].0 && pair[1].0 <= stretch.end);
        let largest =
            changes.max_by_key(|pair| (difference(&pair[0].1, &pair[1].1), std::cmp::Reverse(pair[1].0)));
        Ok(largest.map_or(stretch.end, |pair| pair[1].0))
    }

    /// Decodes one more packet; of the frames before `start` only the last is kept.
    fn read_on(&mut self, container: &mut Container, start: MediaTime) -> Result<(), MediaError> {
        let mut packet = Packet::empty();
        self.ended = !container.read(&mut packet)?;
        if !self.ended && packet.stream() != self.decoder.index {
            return Ok(());
        }
        self.key_seen |= packet.is_key();
        if !self.key_seen && !self.ended {
            return Ok(());
        }
        let base = self.decoder.time_base;
        let Self { decoder, scaler, frame, recent, .. } = self;
        let packet = Some(&packet).filter(|_| !self.ended);
        decoder.decode(packet, frame, |frame, ticks| {
            let time = container.time(ticks, base);
            if let Ok(luma) = scaler.scale(frame) {
                let outdated = recent.iter().rposition(|(earlier, _)| *earlier <= start).unwrap_or(0);
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
