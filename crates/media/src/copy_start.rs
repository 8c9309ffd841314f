//! Where the packets of a copied clip begin.

use ffmpeg_next::Packet;
use model::{MediaTime, SourceInfo};

use crate::MediaError;
use crate::container::Container;
use crate::picture_lane::is_meant_by;
use crate::seek::{SOUND_LEAD, seek_before};

/// Where a copied clip begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Start {
    /// When the key frame is shown that decoding has to begin with.
    pub(crate) decoded: MediaTime,
    /// When the frame is shown that is on screen at the wanted start: a copy is cut between frames.
    pub(crate) shown: MediaTime,
}

/// Reads packets around `wanted` to find the frame on screen there and its key frame. Without pictures, it is `wanted` itself.
pub(crate) fn find_start(
    container: &mut Container,
    info: &SourceInfo,
    wanted: MediaTime,
) -> Result<Start, MediaError> {
    let Some(video) = &info.video else { return Ok(Start { decoded: wanted, shown: wanted }) };
    seek_before(container, info, wanted, SOUND_LEAD)?;
    let base = container.time_base(video.index);
    let mut found = Around { wanted, ..Around::default() };
    let mut packet = Packet::empty();
    while container.read(&mut packet)? {
        if packet.stream() != video.index {
            continue;
        }
        let Some(ticks) = packet.pts() else {
            let reason = "its packets do not tell when frames are shown";
            return Err(MediaError::CannotCopy { reason, path: container.path.clone() });
        };
        found.take(container.time(ticks, base), packet.is_key());
        // Packets are stored in the order of decoding: none after this one is shown before it is decoded.
        let decoded = packet.dts().map(|ticks| container.time(ticks, base));
        if decoded.is_some_and(|decoded| found.later.is_some_and(|(later, _)| later <= decoded)) {
            break;
        }
    }
    found.start().ok_or_else(|| container.damaged())
}

/// The frames around a wanted start.
#[derive(Debug, Default)]
struct Around {
    wanted: MediaTime,
    /// The last key frame that is not later than the start.
    key: Option<MediaTime>,
    first_key: Option<MediaTime>,
    earlier: Option<MediaTime>,
    /// The first frame after the start, and whether it is a key frame.
    later: Option<(MediaTime, bool)>,
}

impl Around {
    fn take(&mut self, time: MediaTime, is_key: bool) {
        if is_key && self.first_key.is_none() {
            self.first_key = Some(time);
        }
        // What comes before the first key frame cannot be decoded.
        if self.first_key.is_none_or(|first| time < first) {
            return;
        }
        if time <= self.wanted {
            self.earlier = self.earlier.max(Some(time));
            if is_key {
                self.key = self.key.max(Some(time));
            }
        } else if self.later.is_none_or(|(later, _)| time < later) {
            self.later = Some((time, is_key));
        }
    }

    fn start(&self) -> Option<Start> {
        match (self.key, self.earlier, self.later) {
            (Some(_), Some(earlier), Some((later, true))) if is_meant_by(self.wanted, earlier, later) => {
                Some(Start { decoded: later, shown: later })
            }
            (Some(key), Some(earlier), Some((later, false))) if is_meant_by(self.wanted, earlier, later) => {
                Some(Start { decoded: key, shown: later })
            }
            (Some(key), Some(earlier), _) => Some(Start { decoded: key, shown: earlier }),
            // The pictures begin after the wanted start.
            _ => self.first_key.map(|_| Start { decoded: self.wanted, shown: self.wanted }),
        }
    }
}
