//! When each frame of a file is shown, read from its packets: nothing is decoded.
#![allow(unsafe_code, reason = "ffmpeg-next leaves out the flag of packets that are not shown")]

use ffmpeg_next::packet::Ref;
use ffmpeg_next::{Packet, ffi};
use model::MediaTime;

use crate::container::Container;
use crate::{MediaError, Source};

/// When each frame of the main picture is first shown, ascending, from the container's first instant; empty without a picture. The
/// frame on screen at the first instant counts from there, also when it begins before.
///
/// Where a container stores no time of showing (an AVI), its order of decoding stands in; the codecs that are packed so show their
/// frames in that order.
///
/// # Errors
/// What opening and reading a file can end in.
pub fn frame_times(source: &Source) -> Result<Vec<MediaTime>, MediaError> {
    let mut container = Container::open(source)?;
    let Some(index) = container.main_picture().map(|stream| stream.index()) else {
        return Ok(Vec::new());
    };
    let base = container.time_base(index);
    let mut times = Vec::new();
    let mut packet = Packet::empty();
    while container.read(&mut packet)? {
        if packet.stream() != index || is_left_out(&packet) {
            continue;
        }
        if let Some(ticks) = packet.pts().or_else(|| packet.dts()) {
            times.push(container.time(ticks, base));
        }
    }
    times.sort_unstable();
    times.dedup();
    let before = times.partition_point(|time| *time <= MediaTime::ZERO).saturating_sub(1);
    times.drain(..before);
    if let Some(first) = times.first_mut() {
        *first = (*first).max(MediaTime::ZERO);
    }
    Ok(times)
}

/// True for what an edit list leaves out: it is decoded and never shown.
fn is_left_out(packet: &Packet) -> bool {
    // SAFETY: the pointer is the live packet; only a plain field is read.
    unsafe { (*packet.as_ptr()).flags & ffi::AV_PKT_FLAG_DISCARD != 0 }
}
