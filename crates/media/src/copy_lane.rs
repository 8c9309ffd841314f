//! The packets of one stream, moved to a clip's time line.

use ffmpeg_next::{Packet, Rational};
use model::{MediaTime, TimeRange};

use crate::MediaError;
use crate::container::{Container, to_ticks};
use crate::output::{Lane, Output};
use crate::picture_lane::fine_time_base;

pub(crate) struct CopyLane {
    index: usize,
    lane: Lane,
    /// Of the source's packets.
    base: Rational,
    /// Of the written ones.
    time_base: Rational,
    /// The first packet is the one that is shown (of pictures: a key frame) or reaches beyond this.
    from: MediaTime,
    range: TimeRange,
    started: bool,
    /// Packets whose decoding times the source does not tell, until one tells it.
    undated: Vec<Packet>,
    /// Packets after the range's end, in case that one inside it depends on them.
    beyond: Vec<Packet>,
    /// When the packet before was decoded, in written ticks.
    last: Option<i64>,
    /// True once every packet of the range was taken, or none can come any more.
    pub(crate) done: bool,
    /// Packets that are shown in the range.
    pub(crate) packets: u64,
    /// How long they last.
    pub(crate) covered: MediaTime,
}

impl CopyLane {
    /// The lane of a stream whose packets are written from `from` on, and whose written time is zero at the range's start.
    pub(crate) fn new(
        container: &Container,
        index: usize,
        lane: Lane,
        from: MediaTime,
        range: TimeRange,
    ) -> Self {
        let base = container.time_base(index);
        Self {
            index,
            lane,
            base,
            time_base: fine_time_base(base),
            from,
            range,
            started: false,
            undated: Vec::new(),
            beyond: Vec::new(),
            last: None,
            done: false,
            packets: 0,
            covered: MediaTime::ZERO,
        }
    }

    /// The stream that is read.
    pub(crate) fn index(&self) -> usize {
        self.index
    }

    /// A tick of the written packets.
    pub(crate) fn time_base(&self) -> Rational {
        self.time_base
    }

    /// Takes a packet of the source.
    pub(crate) fn take(
        &mut self,
        container: &Container,
        mut packet: Packet,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        let Some(shown) = packet.pts().or_else(|| packet.dts()) else { return Ok(()) };
        let time = container.time(shown, self.base);
        let length = MediaTime::from_ticks(packet.duration().max(0), self.base.0, self.base.1);
        if self.done || !self.begins(&packet, time, length) {
            return Ok(());
        }
        let decoded = packet.dts().map(|ticks| container.time(ticks, self.base));
        if decoded.is_some_and(|decoded| self.range.end <= decoded) {
            self.done = true;
            return Ok(());
        }
        packet.set_pts(Some(self.ticks(time)));
        packet.set_dts(decoded.map(|decoded| self.ticks(decoded)));
        packet.set_duration(to_ticks(length, self.time_base));
        if self.range.end <= time {
            self.beyond.push(packet);
            return Ok(());
        }
        if self.range.start < time + length.max(MediaTime::from_micros(1)) {
            self.packets += 1;
            let end = (time + length).min(self.range.end);
            self.covered = self.covered + (end - time.max(self.range.start)).max(MediaTime::ZERO);
        }
        for packet in std::mem::take(&mut self.beyond).into_iter().chain([packet]) {
            self.date(packet, output)?;
        }
        Ok(())
    }

    /// Writes what waits for a decoding time that never came.
    pub(crate) fn finish(&mut self, output: &mut Output) -> Result<(), MediaError> {
        for packet in std::mem::take(&mut self.undated) {
            let decoded = packet.pts();
            self.write(packet, decoded, output)?;
        }
        Ok(())
    }

    /// True from the first packet on that the clip needs.
    fn begins(&mut self, packet: &Packet, time: MediaTime, length: MediaTime) -> bool {
        self.started |= match self.lane {
            Lane::Picture => packet.is_key() && self.from <= time,
            Lane::Sound => self.from < time + length,
        };
        self.started
    }

    fn ticks(&self, time: MediaTime) -> i64 {
        to_ticks(time - self.range.start, self.time_base)
    }

    /// Writes a packet whose decoding time is known, and those before it, which are decoded one tick apart.
    fn date(&mut self, packet: Packet, output: &mut Output) -> Result<(), MediaError> {
        let Some(decoded) = packet.dts() else {
            self.undated.push(packet);
            return Ok(());
        };
        let undated = std::mem::take(&mut self.undated);
        for (earlier, back) in undated.into_iter().rev().zip(1..).collect::<Vec<_>>().into_iter().rev() {
            self.write(earlier, Some(decoded - back), output)?;
        }
        self.write(packet, Some(decoded), output)
    }

    fn write(
        &mut self,
        mut packet: Packet,
        decoded: Option<i64>,
        output: &mut Output,
    ) -> Result<(), MediaError> {
        // No file format takes packets that are decoded at the same instant, or backwards.
        let decoded = decoded.map(|decoded| self.last.map_or(decoded, |last| decoded.max(last + 1)));
        self.last = decoded.or(self.last);
        packet.set_pts(packet.pts().max(decoded));
        packet.set_dts(decoded);
        output.write(packet, self.lane)
    }
}
