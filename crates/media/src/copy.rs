//! A stretch of a source in its own packets, nothing encoded again.
//!
//! Pictures can only be decoded from a key frame on. So the packets begin at the last key frame at or before the stretch;
//! in MP4 and MOV an edit list tells players to begin at the frame that is on screen at the stretch's start, and to end with
//! it. Matroska and WebM have no edit lists: there the clip begins at the key frame, and may end with the few frames
//! more that its last ones are predicted from.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use ffmpeg_next::Packet;
use model::{MediaTime, SourceInfo, TimeRange};

use crate::container::Container;
use crate::copy_lane::CopyLane;
use crate::copy_start::{Start, find_start};
use crate::format::FileFormat;
use crate::orientation::Orientation;
use crate::output::{Lane, Output};
use crate::probe::sound_codecs;
use crate::seek::{SOUND_LEAD, seek_before};
use crate::sound_lane::SoundLane;
use crate::track_header::adjust_tracks;
use crate::transcode::{INTERLEAVING, PROGRESS_INTERVAL};
use crate::{MediaError, Source};

/// Sound decoders need the packets of this long before the first sample that is heard; edit lists hide them.
const SOUND_SETTLING: MediaTime = MediaTime::from_millis(100);

/// What was written.
#[derive(Debug)]
pub(crate) struct Copied {
    /// What is shown, in the source's time, in a player that keeps to edit lists.
    pub(crate) range: TimeRange,
    /// What the file holds before the stretch.
    pub(crate) lead: MediaTime,
    pub(crate) frames: u64,
    pub(crate) samples: u64,
    pub(crate) size: Option<(u32, u32)>,
    pub(crate) unsupported_sound: Vec<String>,
}

/// Sound as it is, or encoded where the file format does not hold it as it is.
enum Sound {
    Copied(CopyLane),
    Encoded(Box<SoundLane>),
    None,
}

/// Copies `range` of a source to `target`.
pub(crate) fn copy_clip(
    source: &Source,
    info: &SourceInfo,
    range: TimeRange,
    format: FileFormat,
    target: &Path,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<Copied, MediaError> {
    let mut container = Container::open(source)?;
    let orientation = check_picture(&container, info, format, target)?;
    let start = find_start(&mut container, info, range.start)?;
    let range = TimeRange::new(if format.has_edit_lists() { start.shown } else { start.decoded }, range.end);
    let mut work = Copy::new(&container, info, format, start, range, target)?;
    seek_before(&mut container, info, start.decoded, SOUND_LEAD)?;
    let mut reported: Option<Instant> = None;
    let mut packet = Packet::empty();
    while !work.is_done() && container.read(&mut packet)? {
        let taken = std::mem::replace(&mut packet, Packet::empty());
        let reached = work.take(&container, taken)?;
        if reported.is_none_or(|at| at.elapsed() >= PROGRESS_INTERVAL) {
            reported = Some(Instant::now());
            let length = range.duration().as_seconds().max(0.001);
            let fraction = ((reached - range.start).as_seconds() / length).clamp(0.0, 1.0);
            if progress(fraction as f32).is_break() {
                return Err(MediaError::Cancelled);
            }
        }
    }
    let copied = work.finish(&container, info, start)?;
    if format.has_edit_lists() {
        adjust_tracks(target, range.duration(), orientation).map_err(|error| {
            let _ = std::fs::remove_file(target);
            MediaError::from_write(target, error)
        })?;
    }
    let _ = progress(1.0);
    Ok(copied)
}

/// Refuses pictures that the format cannot hold, and tells how they are turned.
fn check_picture(
    container: &Container,
    info: &SourceInfo,
    format: FileFormat,
    target: &Path,
) -> Result<Orientation, MediaError> {
    let Some(video) = &info.video else { return Ok(Orientation::default()) };
    let Some(stream) = container.input.stream(video.index) else { return Ok(Orientation::default()) };
    format.check_copied(stream.parameters().id(), &video.codec, target)?;
    let orientation = Orientation::of(&stream);
    if orientation != Orientation::default() && !format.has_edit_lists() {
        let reason = "only .mp4 and .mov files keep that they are turned";
        return Err(MediaError::CannotCopy { reason, path: container.path.clone() });
    }
    Ok(orientation)
}

struct Copy {
    picture: Option<CopyLane>,
    sound: Sound,
    unsupported_sound: Vec<String>,
    range: TimeRange,
    output: Output,
}

impl Copy {
    fn new(
        container: &Container,
        info: &SourceInfo,
        format: FileFormat,
        start: Start,
        range: TimeRange,
        target: &Path,
    ) -> Result<Self, MediaError> {
        let picture = info.video.as_ref().map(|video| {
            let from = start.decoded;
            CopyLane::new(container, video.index, Lane::Picture, from, range)
        });
        let from = if format.has_edit_lists() { range.start - SOUND_SETTLING } else { range.start };
        let copied = container.main_sound().filter(|stream| format.holds_sound(stream.parameters().id()));
        let sound = match copied {
            Some(stream) => Sound::Copied(CopyLane::new(container, stream.index(), Lane::Sound, from, range)),
            None => SoundLane::open(container, range, format)?
                .map_or(Sound::None, |lane| Sound::Encoded(Box::new(lane))),
        };
        let described = |lane: &CopyLane| {
            let stream = container.input.stream(lane.index());
            stream.map(|stream| (stream.parameters(), lane.time_base()))
        };
        let (sound_parameters, unsupported_sound) = match &sound {
            Sound::Copied(lane) => (described(lane), Vec::new()),
            Sound::Encoded(lane) => (Some(lane.parameters()), Vec::new()),
            Sound::None => (None, sound_codecs(container, info)),
        };
        let mut output = Output::create(target, format, picture.is_some(), sound_parameters)?;
        if let Some((parameters, time_base)) = picture.as_ref().and_then(described) {
            output.add_picture(parameters, time_base)?;
        }
        Ok(Self { picture, sound, unsupported_sound, range, output })
    }

    fn is_done(&self) -> bool {
        let sound_is_done = match &self.sound {
            Sound::Copied(lane) => lane.done,
            Sound::Encoded(lane) => lane.done,
            Sound::None => true,
        };
        sound_is_done && self.picture.as_ref().is_none_or(|lane| lane.done)
    }

    /// Takes a packet, and tells how far into the source it lies.
    fn take(&mut self, container: &Container, packet: Packet) -> Result<MediaTime, MediaError> {
        let index = packet.stream();
        let ticks = packet.dts().or_else(|| packet.pts());
        let time = ticks.map(|ticks| container.time(ticks, container.time_base(index)));
        if time.is_some_and(|time| self.range.end + INTERLEAVING < time) {
            self.picture.iter_mut().for_each(|lane| lane.done = true);
            match &mut self.sound {
                Sound::Copied(lane) => lane.done = true,
                Sound::Encoded(lane) => lane.done = true,
                Sound::None => {}
            }
        }
        if let Some(lane) = self.picture.as_mut().filter(|lane| lane.index() == index) {
            lane.take(container, packet, &mut self.output)?;
        } else {
            match &mut self.sound {
                Sound::Copied(lane) if lane.index() == index => {
                    lane.take(container, packet, &mut self.output)?;
                }
                Sound::Encoded(lane) if lane.index() == index && !lane.done => {
                    lane.take(container, Some(&packet), &mut self.output)?;
                }
                _ => {}
            }
        }
        Ok(time.unwrap_or(self.range.start))
    }

    fn finish(
        mut self,
        container: &Container,
        info: &SourceInfo,
        start: Start,
    ) -> Result<Copied, MediaError> {
        let mut samples = 0;
        if let Some(lane) = &mut self.picture {
            lane.finish(&mut self.output)?;
        }
        match &mut self.sound {
            Sound::Copied(lane) => {
                lane.finish(&mut self.output)?;
                let rate = info.audio.iter().find(|audio| audio.index == lane.index());
                let rate = rate.map_or(0.0, |audio| f64::from(audio.sample_rate));
                samples = (lane.covered.as_seconds() * rate).round() as u64;
            }
            Sound::Encoded(lane) => {
                lane.finish(container, &mut self.output)?;
                samples = lane.samples;
            }
            Sound::None => {}
        }
        let frames = self.picture.as_ref().map_or(0, |lane| lane.packets);
        if frames == 0 && samples == 0 {
            return Err(container.damaged());
        }
        self.output.finish()?;
        let size = info.video.as_ref().map(|video| (video.width, video.height));
        Ok(Copied {
            range: self.range,
            lead: start.shown - start.decoded,
            frames,
            samples,
            size: size.filter(|_| frames > 0),
            unsupported_sound: self.unsupported_sound,
        })
    }
}
