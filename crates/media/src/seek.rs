//! Finding a place in a file from which a given frame can be decoded.

use ffmpeg_next::Packet;
use model::{MediaTime, SourceInfo};

use crate::MediaError;
use crate::container::Container;

/// Decoding begins this much before the start where sound is wanted, so that its decoder has settled.
pub(crate) const SOUND_LEAD: MediaTime = MediaTime::from_millis(500);

/// Moves to a place, at least `lead` before `start`, from which every frame from `start` on can be decoded, and gives the time before
/// which packets need not be decoded at all.
pub(crate) fn seek_before(
    container: &mut Container,
    info: &SourceInfo,
    start: MediaTime,
    lead: MediaTime,
) -> Result<MediaTime, MediaError> {
    let wanted = start - lead;
    let Some(video) = info.video.as_ref() else {
        // Formats of sound alone often have no exact index; reading is cheap.
        return Ok(wanted);
    };
    for back in [0, 2, 10, 60] {
        let target = wanted - MediaTime::from_whole_seconds(back);
        if target <= MediaTime::ZERO || container.seek(target).is_err() {
            break;
        }
        if starts_with_key_before(container, video.index, start)? && container.seek(target).is_ok() {
            return Ok(MediaTime::from_micros(i64::MIN));
        }
    }
    container.reopen()?;
    Ok(MediaTime::from_micros(i64::MIN))
}

/// True when the first key frame from here is shown at or before `start`.
fn starts_with_key_before(
    container: &mut Container,
    index: usize,
    start: MediaTime,
) -> Result<bool, MediaError> {
    let base = container.time_base(index);
    let mut packet = Packet::empty();
    while container.read(&mut packet)? {
        if packet.stream() != index {
            continue;
        }
        let time = packet.pts().or_else(|| packet.dts()).map(|ticks| container.time(ticks, base));
        if packet.is_key() {
            return Ok(time.is_some_and(|time| time <= start));
        }
        if time.is_some_and(|time| start < time) {
            return Ok(false);
        }
    }
    Ok(false)
}
