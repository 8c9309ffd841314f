//! How long a material lasts, by its packets where the header cannot be trusted.

use ffmpeg_next::{Packet, ffi};
use model::{FrameRate, MediaTime};

use crate::MediaError;
use crate::container::{Container, to_ticks};

/// Files up to this size are read through: that costs a moment and cannot be fooled.
const SMALL_FILE: i64 = 24 << 20;

/// A header is believed when packets are found this close before the end it claims.
const TAIL: MediaTime = MediaTime::from_whole_seconds(12);

/// How long before the claimed end to begin reading. The first look is enough for nearly every file, and of a remote one
/// each second costs its transfer.
const LOOKS: [MediaTime; 2] = [MediaTime::from_whole_seconds(2), TAIL];

/// The end of the last packet of the given streams, after looking at as much of the file as is needed.
/// The container is left at an arbitrary place.
pub(crate) fn measure(
    container: &mut Container,
    streams: &[usize],
    size: i64,
) -> Result<MediaTime, MediaError> {
    let claimed = container.input.duration();
    let claimed = (claimed != ffi::AV_NOPTS_VALUE && claimed > 0).then(|| MediaTime::from_micros(claimed));
    if let Some(claimed) = claimed.filter(|_| size > SMALL_FILE) {
        for look in LOOKS {
            if container.seek((claimed - look).max(MediaTime::ZERO)).is_ok()
                && let Some(end) = last_end(container, streams)?
                && end.distance(claimed) < TAIL
            {
                return Ok(end);
            }
        }
        container.reopen()?;
    }
    Ok(last_end(container, streams)?.or(claimed).unwrap_or(MediaTime::ZERO))
}

/// Reads to the end; `None` when no packet tells a time.
fn last_end(container: &mut Container, streams: &[usize]) -> Result<Option<MediaTime>, MediaError> {
    let mut packet = Packet::empty();
    let mut running: Vec<Option<i64>> = vec![None; streams.len()];
    let steps: Vec<i64> = streams.iter().map(|&index| frame_ticks(container, index)).collect();
    let mut end: Option<MediaTime> = None;
    let mut counted = vec![Counted::default(); streams.len()];
    while container.read(&mut packet)? {
        let Some(place) = streams.iter().position(|&index| index == packet.stream()) else { continue };
        // Raw streams carry no times: their packets' durations are added up instead.
        let start = packet.pts().or_else(|| packet.dts()).or(running[place]).unwrap_or(0);
        let length = if packet.duration() > 0 { packet.duration() } else { steps[place] };
        let after = start.saturating_add(length);
        running[place] = Some(after);
        counted[place].add(&packet, start, length);
        let time = container.time(after, container.time_base(packet.stream()));
        end = end.max(Some(time));
    }
    for (counted, &index) in counted.iter().zip(streams) {
        let counted = counted.end().map(|ticks| container.time(ticks, container.time_base(index)));
        end = end.max(counted);
    }
    Ok(end)
}

/// Frames of a stream by their number. A program stream tells no time of the second picture in a packet of its own: where that is
/// the last one to be shown, only counting tells when the stream ends.
#[derive(Clone, Default)]
struct Counted {
    first: Option<i64>,
    length: i64,
    untimed: bool,
}

impl Counted {
    fn add(&mut self, packet: &Packet, start: i64, length: i64) {
        self.first = Some(self.first.map_or(start, |first| first.min(start)));
        self.length = self.length.saturating_add(length);
        self.untimed |= packet.pts().is_none() && packet.dts().is_some();
    }

    /// Where the last one ends; `None` where every time is told.
    fn end(&self) -> Option<i64> {
        self.first.filter(|_| self.untimed).map(|first| first.saturating_add(self.length))
    }
}

/// Ticks of an average frame, for packets that do not say how long they last; zero where there is no rate.
fn frame_ticks(container: &Container, index: usize) -> i64 {
    let Some(stream) = container.input.stream(index) else { return 0 };
    let (rate, base) = (stream.avg_frame_rate(), stream.time_base());
    FrameRate::new(rate.0, rate.1).map_or(0, |rate| to_ticks(rate.frame_duration(), base))
}
