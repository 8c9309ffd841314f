//! Copies that the window's player shows frame by frame, for sources that it does not.

use std::ops::ControlFlow;
use std::path::Path;

use ffmpeg_next::{Packet, Rational, codec};
use model::job::VideoCodec;
use model::{MediaTime, Rotation, SourceInfo, TimeRange};

use crate::container::Container;
use crate::encode::Pass;
use crate::encoders::{Effort, PictureRate, PictureSettings};
use crate::faststart::is_fragmented;
use crate::format::FileFormat;
use crate::orientation::Orientation;
use crate::output::{Lane, Output};
use crate::picture_size::PictureSize;
use crate::sound_lane::SoundLane;
use crate::transcode::{Plan, transcode};
use crate::{MediaError, Source};

/// A preview is at most this large; more would only make seeking slow.
const LARGEST: (u32, u32) = (960, 540);

/// Frames between key frames: a seek decodes at most this many.
const KEY_FRAME_INTERVAL: u32 = 12;

/// What the player shows of pictures: the common formats of eight bits with halved colour.
const SHOWN_FORMATS: [&str; 2] = ["yuv420p", "yuvj420p"];

/// Sound that is heard from a copy as it is; all else is encoded.
const COPIED_SOUNDS: [&str; 2] = ["aac", "mp3"];

/// True when the web view's player shows the file itself with exact times: a plain MP4, MOV or WebM of common codecs
/// whose time line starts at zero, upright and not interlaced. A remote one is never shown itself.
#[must_use]
pub fn plays_directly(info: &SourceInfo, source: &Source) -> bool {
    let Source::File(path) = source else { return false };
    if !may_play_directly(info, source) || (is_mp4(info) && is_fragmented(path)) {
        return false;
    }
    // The player's zero is the file's own; a stream that starts later or earlier would be off by as much.
    let starts_at_zero = |container: Container| {
        container.origin().distance(MediaTime::ZERO) < MediaTime::from_millis(2)
            && shown_as_stored(&container)
    };
    Container::open(source).is_ok_and(starts_at_zero)
}

fn is_mp4(info: &SourceInfo) -> bool {
    info.container.split(',').any(|name| name == "mp4")
}

/// False when what is known of a source tells already that the player does not show it itself.
#[must_use]
pub fn may_play_directly(info: &SourceInfo, source: &Source) -> bool {
    let Source::File(path) = source else { return false };
    let webm = info.container.split(',').any(|name| name == "webm")
        && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("webm"));
    let (pictures, sounds): (&[&str], &[&str]) = if is_mp4(info) {
        (&["h264", "hevc", "av1", "vp9"], &["aac", "mp3", "opus", "flac", "alac"])
    } else if webm {
        (&["vp8", "vp9", "av1"], &["opus", "vorbis"])
    } else {
        return false;
    };
    let picture_fits = info.video.as_ref().is_none_or(|video| {
        pictures.contains(&video.codec.as_str())
            && SHOWN_FORMATS.contains(&video.pixel_format.as_str())
            && video.rotation == Rotation::None
    });
    let sound_fits = info.audio.iter().all(|audio| sounds.contains(&audio.codec.as_str()));
    picture_fits && sound_fits
}

/// True when pictures need neither turning nor deinterlacing, which players do differently or not at all.
fn shown_as_stored(container: &Container) -> bool {
    container.main_picture().is_none_or(|stream| {
        Orientation::of(&stream) == Orientation::default() && !container.is_interlaced(stream.index())
    })
}

/// Writes an MP4 that the web view's player shows with exact times: the same packets in another container where that
/// is enough (with the sound encoded where a player may not know it), else a small H.264/AAC copy with close key frames. Its time line
/// is the source's, from zero. `sound` is the index of the stream that is heard; `None` for the main one.
///
/// # Errors
/// As [`crate::export_clip`].
pub fn prepare_preview(
    source: &Source,
    info: &SourceInfo,
    sound: Option<usize>,
    target: &Path,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<(), MediaError> {
    if can_be_copied(info) {
        match copy_packets(source, info, sound, target, progress) {
            // Packets that the new container refuses are encoded instead.
            Err(MediaError::Ffmpeg { .. }) => {}
            result => return result,
        }
    }
    let range = TimeRange::new(MediaTime::ZERO, info.duration);
    transcode(source, info, &plan(info, range, sound, false), target, progress).map(drop)
}

/// Writes a stretch as [`prepare_preview`] does, from zero, into a file that can be played while it grows. Its first frame is the one on
/// screen at the beginning of the stretch.
///
/// # Errors
/// As [`crate::export_clip`].
pub fn stream_preview(
    source: &Source,
    info: &SourceInfo,
    range: TimeRange,
    sound: Option<usize>,
    target: &Path,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<(), MediaError> {
    transcode(source, info, &plan(info, range, sound, true), target, progress).map(drop)
}

fn plan(info: &SourceInfo, range: TimeRange, sound: Option<usize>, grows: bool) -> Plan {
    let size = info.video.as_ref().map(|video| preview_size(video.width, video.height));
    let settings = PictureSettings {
        codec: VideoCodec::H264,
        rate: PictureRate::Quality(26.0),
        effort: if grows { Effort::Stream } else { Effort::Preview },
        key_frame_interval: Some(KEY_FRAME_INTERVAL),
        reordering: false,
    };
    let size = size.map(PictureSize::plain);
    Plan { range, format: FileFormat::Mp4, size, settings, pass: Pass::Only, sound, grows }
}

/// True when a copy for the player takes its pictures as they are, so that making it is little work.
#[must_use]
pub fn can_be_copied(info: &SourceInfo) -> bool {
    let picture_fits = info.video.as_ref().is_none_or(|video| {
        video.codec == "h264"
            && SHOWN_FORMATS.contains(&video.pixel_format.as_str())
            && video.rotation == Rotation::None
    });
    // A raw stream or an old container has no times of its own, and MPEG-TS packets may be torn at the beginning.
    let has_times =
        ["matroska", "mp4", "flv"].iter().any(|name| info.container.split(',').any(|one| one == *name));
    picture_fits && has_times
}

/// The largest even size inside [`LARGEST`], never larger than the source.
fn preview_size(width: u32, height: u32) -> (u32, u32) {
    let factor = (f64::from(LARGEST.0) / f64::from(width.max(1)))
        .min(f64::from(LARGEST.1) / f64::from(height.max(1)))
        .min(1.0);
    let side = |side: u32| (((f64::from(side) * factor).round() as u32) & !1).max(2);
    (side(width), side(height))
}

/// Sound of a copy: as it is where the web view's player hears it so, else encoded.
enum Sound {
    Copied(usize, Rational),
    Encoded(Box<SoundLane>),
    None,
}

fn copy_packets(
    source: &Source,
    info: &SourceInfo,
    sound: Option<usize>,
    target: &Path,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<(), MediaError> {
    let mut container = Container::open(source)?;
    container.choose_sound(sound);
    if !shown_as_stored(&container) {
        return Err(MediaError::Ffmpeg {
            operation: "copy mirrored or interlaced pictures",
            path: source.name().to_owned(),
            source: ffmpeg_next::Error::PatchWelcome,
        });
    }
    let (mut sound, described) = open_sound(&container, info)?;
    let picture = container.main_picture().map(|stream| (stream.index(), stream.time_base()));
    let mut output = Output::create(target, FileFormat::Mp4, picture.is_some(), described)?;
    if let Some(stream) = container.main_picture() {
        output.add_picture(stream.parameters(), stream.time_base())?;
    }
    let mut packet = Packet::empty();
    let mut last = 0.0;
    while container.read(&mut packet)? {
        let taken = std::mem::replace(&mut packet, Packet::empty());
        let index = taken.stream();
        let time = taken.dts().map(|ticks| container.time(ticks, container.time_base(index)));
        match (&picture, &mut sound) {
            (Some((picture, base)), _) if index == *picture => {
                output.write(from_zero(&container, taken, *base), Lane::Picture)?;
            }
            (_, Sound::Copied(sound, base)) if index == *sound => {
                output.write(from_zero(&container, taken, *base), Lane::Sound)?;
            }
            (_, Sound::Encoded(lane)) if index == lane.index() && !lane.done => {
                lane.take(&container, Some(&taken), &mut output)?;
            }
            _ => continue,
        }
        let fraction = time.map_or(last, |time| {
            (time.as_seconds() / info.duration.as_seconds().max(0.001)).clamp(0.0, 1.0) as f32
        });
        if fraction - last >= 0.005 || last == 0.0 {
            last = fraction;
            if progress(fraction).is_break() {
                return Err(MediaError::Cancelled);
            }
        }
    }
    if let Sound::Encoded(lane) = &mut sound {
        lane.finish(&container, &mut output)?;
    }
    output.finish()?;
    let _ = progress(1.0);
    Ok(())
}

/// The sound of a copy, with what the new file has to know of it.
fn open_sound(
    container: &Container,
    info: &SourceInfo,
) -> Result<(Sound, Option<(codec::Parameters, Rational)>), MediaError> {
    let Some(stream) = container.main_sound() else { return Ok((Sound::None, None)) };
    let known = info.audio.iter().find(|audio| audio.index == stream.index());
    if known.is_some_and(|audio| COPIED_SOUNDS.contains(&audio.codec.as_str())) {
        let base = stream.time_base();
        return Ok((Sound::Copied(stream.index(), base), Some((stream.parameters(), base))));
    }
    let whole = TimeRange::new(MediaTime::ZERO, info.duration);
    Ok(match SoundLane::open(container, whole, FileFormat::Mp4)? {
        Some(lane) => {
            let described = lane.parameters();
            (Sound::Encoded(Box::new(lane)), Some(described))
        }
        None => (Sound::None, None),
    })
}

/// A packet on the time line of the copy, which begins at zero.
fn from_zero(container: &Container, mut packet: Packet, base: Rational) -> Packet {
    let shift = container.ticks(MediaTime::ZERO, base);
    packet.set_pts(packet.pts().map(|ticks| ticks - shift));
    packet.set_dts(packet.dts().map(|ticks| ticks - shift));
    packet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn previews_are_small_even_and_of_the_same_shape() {
        for (size, expected) in [
            ((1920, 1080), (960, 540)),
            ((1080, 1920), (304, 540)),
            ((321, 241), (320, 240)),
            ((2, 1), (2, 2)),
        ] {
            assert_eq!(preview_size(size.0, size.1), expected, "for a source of {size:?}");
        }
    }
}
