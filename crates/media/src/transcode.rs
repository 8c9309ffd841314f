//! A stretch of a source, decoded and encoded again with every frame and sample where it belongs.
//!
//! # Which frames a stretch `[start, end)` holds
//! Every frame whose time lies in it keeps its distance from `start`. The frame that is on screen at `start` comes
//! first and is shown from time zero, even when it began earlier; but when the next one follows within
//! a hundredth of a second (and within half a frame), that one is first, so that a start which was rounded a little
//! too early does not flash a frame of the shot before. The last frame ends at `end`. No frame is repeated or dropped
//! to make the rate even. Sound is cut at the very sample; where the source is silent for lack of sound, so is the result.

use std::ffi::CString;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use ffmpeg_next::Packet;
use model::{MediaTime, SourceInfo, TimeRange};

use crate::container::Container;
use crate::encode::Pass;
use crate::encoders::PictureSettings;
use crate::format::FileFormat;
use crate::output::Output;
use crate::picture_lane::PictureLane;
use crate::picture_size::PictureSize;
use crate::probe::sound_codecs;
use crate::seek::{SOUND_LEAD, seek_before};
use crate::sound_lane::SoundLane;
use crate::{MediaError, Source};

/// How far past the end packets are still read for a stream that is behind the others in the file.
pub(crate) const INTERLEAVING: MediaTime = MediaTime::from_whole_seconds(10);

/// Progress is told at most this often.
pub(crate) const PROGRESS_INTERVAL: Duration = Duration::from_millis(50);

/// What to make of a stretch.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// What is written.
    pub(crate) range: TimeRange,
    pub(crate) format: FileFormat,
    /// Size of the pictures; `None` leaves them out.
    pub(crate) size: Option<PictureSize>,
    pub(crate) settings: PictureSettings,
    pub(crate) pass: Pass,
    /// The index of the stream that is heard; `None` for the main one.
    pub(crate) sound: Option<usize>,
    /// Whether the file is to be played while it is being written.
    pub(crate) grows: bool,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) frames: u64,
    pub(crate) samples: u64,
    pub(crate) size: Option<(u32, u32)>,
    /// Bytes of the pictures.
    pub(crate) picture_bytes: u64,
    /// What the encoder learned, when this was a [`Pass::Survey`].
    pub(crate) statistics: Option<CString>,
    /// Codecs of sound streams that could not be decoded, when none could.
    pub(crate) unsupported_sound: Vec<String>,
}

/// Writes `plan.range` of a source to a file; of a [`Pass::Survey`], only the pictures are looked at and nothing is written.
pub(crate) fn transcode(
    source: &Source,
    info: &SourceInfo,
    plan: &Plan,
    target: &Path,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<Written, MediaError> {
    let mut container = Container::open(source)?;
    container.choose_sound(plan.sound);
    let from = seek_before(&mut container, info, plan.range.start, SOUND_LEAD)?;
    let mut work = Transcode::new(&container, info, plan, target)?;
    let mut reported: Option<Instant> = None;
    let mut packet = Packet::empty();
    while !work.is_done() && container.read(&mut packet)? {
        work.take(&container, &packet, from)?;
        if reported.is_none_or(|at| at.elapsed() >= PROGRESS_INTERVAL) {
            reported = Some(Instant::now());
            if progress(work.fraction()).is_break() {
                return Err(MediaError::Cancelled);
            }
        }
    }
    let written = work.finish(&container)?;
    let _ = progress(1.0);
    Ok(written)
}

struct Transcode<'a> {
    plan: &'a Plan,
    picture: Option<PictureLane>,
    sound: Option<SoundLane>,
    unsupported_sound: Vec<String>,
    output: Output,
}

impl<'a> Transcode<'a> {
    fn new(
        container: &Container,
        info: &SourceInfo,
        plan: &'a Plan,
        target: &Path,
    ) -> Result<Self, MediaError> {
        let picture = match (&info.video, plan.size) {
            (Some(video), Some(size)) => {
                let pass = plan.pass.clone();
                Some(PictureLane::open(container, video, plan.range, size, plan.settings, pass)?)
            }
            _ => None,
        };
        let surveys = plan.pass == Pass::Survey;
        let sound = if surveys { None } else { SoundLane::open(container, plan.range, plan.format)? };
        if picture.is_none() && sound.is_none() {
            return Err(MediaError::NoPictureOrSound { path: container.path.clone() });
        }
        let unsupported_sound = if sound.is_none() { sound_codecs(container, info) } else { Vec::new() };
        let mut output = if surveys {
            Output::nowhere()
        } else {
            let sound = sound.as_ref().map(SoundLane::parameters);
            Output::create(target, plan.format, picture.is_some(), sound)?
        };
        if plan.grows {
            output.grow();
        }
        Ok(Self { plan, picture, sound, unsupported_sound, output })
    }

    fn is_done(&self) -> bool {
        self.picture.as_ref().is_none_or(|lane| lane.done) && self.sound.as_ref().is_none_or(|lane| lane.done)
    }

    fn fraction(&self) -> f32 {
        let TimeRange { start, .. } = self.plan.range;
        let reached = match (&self.picture, &self.sound) {
            (Some(picture), _) => picture.reached,
            (None, Some(sound)) => sound.reached(),
            (None, None) => start,
        };
        let length = self.plan.range.duration().as_seconds().max(0.001);
        ((reached - start).as_seconds() / length).clamp(0.0, 1.0) as f32
    }

    fn take(&mut self, container: &Container, packet: &Packet, from: MediaTime) -> Result<(), MediaError> {
        let index = packet.stream();
        let ticks = packet.dts().or_else(|| packet.pts());
        let time = ticks.map(|ticks| container.time(ticks, container.time_base(index)));
        if let Some(lane) = self.picture.as_mut().filter(|lane| lane.index() == index) {
            lane.take(container, packet, &mut self.output)?;
        } else if let Some(lane) = self.sound.as_mut().filter(|lane| lane.index() == index && !lane.done)
            && time.is_none_or(|time| from <= time)
        {
            lane.take(container, Some(packet), &mut self.output)?;
        }
        // A stream that has no more to give must not make the whole rest of a long file be read.
        if time.is_some_and(|time| self.plan.range.end + INTERLEAVING < time) {
            self.picture.iter_mut().for_each(|lane| lane.done = true);
            self.sound.iter_mut().for_each(|lane| lane.done = true);
        }
        Ok(())
    }

    fn finish(mut self, container: &Container) -> Result<Written, MediaError> {
        if let Some(lane) = &mut self.picture {
            lane.finish(container, &mut self.output)?;
        }
        if let Some(lane) = &mut self.sound {
            lane.finish(container, &mut self.output)?;
        }
        let frames = self.picture.as_ref().map_or(0, |lane| lane.frames);
        if frames == 0 && self.sound.is_none() {
            return Err(container.damaged());
        }
        self.output.finish()?;
        Ok(Written {
            frames,
            samples: self.sound.map_or(0, |lane| lane.samples),
            size: self.plan.size.map(|size| size.canvas).filter(|_| frames > 0),
            picture_bytes: self.picture.as_ref().map_or(0, |lane| lane.bytes),
            statistics: self.picture.and_then(|lane| lane.statistics()),
            unsupported_sound: self.unsupported_sound,
        })
    }
}
