//! Single pictures of a source, decoded from the nearest place that allows it.

use ffmpeg_next::{Packet, frame};
use model::{MediaTime, SourceInfo};

use crate::MediaError;
use crate::codec::StreamDecoder;
use crate::container::Container;
use crate::seek::seek_before;

/// Decodes every picture from the one on screen at `from` and hands them over until `each` returns false.
pub(crate) fn pictures_from(
    container: &mut Container,
    info: &SourceInfo,
    from: MediaTime,
    mut each: impl FnMut(&mut frame::Video, MediaTime) -> Result<bool, MediaError>,
) -> Result<(), MediaError> {
    let Some(video) = &info.video else { return Ok(()) };
    seek_before(container, info, from, MediaTime::ZERO)?;
    let mut decoder = StreamDecoder::open(container, video.index)?;
    let base = decoder.time_base;
    let mut frame = frame::Video::empty();
    let mut shown: Option<(frame::Video, MediaTime)> = None;
    let mut wants_more = true;
    let mut packet = Packet::empty();
    let mut ended = false;
    while wants_more && !ended {
        ended = !container.read(&mut packet)?;
        if !ended && packet.stream() != video.index {
            continue;
        }
        decoder.decode(Some(&packet).filter(|_| !ended), &mut frame, |frame, ticks| {
            let time = container.time(ticks, base);
            if time <= from {
                shown = Some((std::mem::replace(frame, frame::Video::empty()), time));
                return Ok(());
            }
            if let Some((mut earlier, at)) = shown.take().filter(|_| wants_more) {
                wants_more = each(&mut earlier, at)?;
            }
            if wants_more {
                wants_more = each(frame, time)?;
            }
            Ok(())
        })?;
    }
    if let Some((mut last, at)) = shown.filter(|_| wants_more) {
        each(&mut last, at)?;
    }
    Ok(())
}

/// Decodes the key frame that the picture on screen at `at` is predicted from, with its time: as a likeness of that stretch
/// it does, and it is one frame to decode where the exact picture may be hundreds. `None` when it cannot be decoded.
pub(crate) fn key_picture_before(
    container: &mut Container,
    info: &SourceInfo,
    at: MediaTime,
) -> Result<Option<(frame::Video, MediaTime)>, MediaError> {
    let Some(video) = &info.video else { return Ok(None) };
    seek_before(container, info, at, MediaTime::ZERO)?;
    let mut decoder = StreamDecoder::open(container, video.index)?;
    let base = decoder.time_base;
    let mut packet = Packet::empty();
    while container.read(&mut packet)? {
        if packet.stream() == video.index && packet.is_key() {
            break;
        }
    }
    let (mut frame, mut found) = (frame::Video::empty(), None);
    for packet in [Some(&packet), None] {
        decoder.decode(packet, &mut frame, |frame, ticks| {
            let time = container.time(ticks, base);
            found.get_or_insert((std::mem::replace(frame, frame::Video::empty()), time));
            Ok(())
        })?;
    }
    Ok(found)
}
