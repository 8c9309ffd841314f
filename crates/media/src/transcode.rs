//! A stretch of a source, decoded and encoded again with every frame and sample where it belongs.
//!
//! # Which frames a stretch `[start, end)` holds
//! Every frame whose time lies in it keeps its distance from `start`. The frame that is on screen at `start` comes
//! first and is shown from time zero, even when it began earlier; but when the next one follows within
//! [`START_TOLERANCE`] (and within half a frame), that one is first, so that a start which was rounded a little
//! too early does not flash a frame of the shot before. The last frame ends at `end`. No frame is repeated or dropped
//! to make the rate even. Sound is cut at the very sample; where the source is silent for lack of sound, so is the result.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use ffmpeg_next::{Packet, Rational, color, frame};
use model::{MediaTime, SourceInfo, TimeRange};

use crate::MediaError;
use crate::codec::StreamDecoder;
use crate::container::{Container, to_ticks};
use crate::encode::{PictureEncoder, PictureSettings, SoundEncoder, encoded_format};
use crate::filter::FilterChain;
use crate::mux::Muxer;
use crate::orientation::Orientation;
use crate::probe::sound_shape;
use crate::sound::SoundLine;

/// Times are shown and typed in hundredths, which are cut rather than rounded: a start may lie this much too early.
const START_TOLERANCE: MediaTime = MediaTime::from_millis(10);

/// Decoding begins this much before the start, so that sound decoders have settled.
const LEAD: MediaTime = MediaTime::from_millis(500);

/// How far past the end packets are still read for a stream that is behind the others in the file.
const INTERLEAVING: MediaTime = MediaTime::from_whole_seconds(10);

const PROGRESS_INTERVAL: Duration = Duration::from_millis(50);

/// What to make of a stretch.
pub(crate) struct Plan {
    /// What is written.
    pub(crate) range: TimeRange,
    /// Size of the pictures, both even.
    pub(crate) size: Option<(u32, u32)>,
    pub(crate) settings: PictureSettings,
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) frames: u64,
    pub(crate) samples: u64,
    pub(crate) size: Option<(u32, u32)>,
}

/// Writes `plan.range` of a source to an MP4 file.
pub(crate) fn transcode(
    source: &Path,
    info: &SourceInfo,
    plan: &Plan,
    target: &Path,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<Written, MediaError> {
    let mut container = Container::open(source)?;
    let from = seek_before(&mut container, info, plan.range.start)?;
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

/// Moves to a place from which every frame of a range that starts at `start` can be decoded, and gives the time before
/// which packets need not be decoded at all.
pub(crate) fn seek_before(
    container: &mut Container,
    info: &SourceInfo,
    start: MediaTime,
) -> Result<MediaTime, MediaError> {
    let wanted = start - LEAD;
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
    *container = Container::open(&container.path)?;
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

struct Transcode<'a> {
    plan: &'a Plan,
    muxer: Muxer,
    picture: Option<PictureLane>,
    sound: Option<SoundLane>,
    /// Packets that wait until every stream's parameters are known and the header is written.
    waiting: Vec<(Packet, Lane)>,
    picture_stream: Option<usize>,
    sound_stream: Option<usize>,
    started: bool,
    reached: MediaTime,
    written: Written,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    Picture,
    Sound,
}

struct PictureLane {
    decoder: StreamDecoder,
    orientation: Orientation,
    chain: FilterChain,
    frame_rate: Rational,
    /// A tick of the written stream.
    time_base: Rational,
    encoder: Option<PictureEncoder>,
    /// The frame that is on screen at the start, as far as is known.
    first: Option<(frame::Video, MediaTime)>,
    /// The last frame whose duration is not known yet.
    held: Option<(frame::Video, i64)>,
    done: bool,
    key_seen: bool,
    frame: frame::Video,
}

struct SoundLane {
    decoder: StreamDecoder,
    line: SoundLine,
    encoder: SoundEncoder,
    frame: frame::Audio,
    done: bool,
}

impl<'a> Transcode<'a> {
    fn new(
        container: &Container,
        info: &SourceInfo,
        plan: &'a Plan,
        target: &Path,
    ) -> Result<Self, MediaError> {
        let picture = match (&info.video, plan.size) {
            (Some(video), Some(_)) => Some(PictureLane::open(container, video)?),
            _ => None,
        };
        let sound = SoundLane::open(container, plan.range)?;
        if picture.is_none() && sound.is_none() {
            return Err(MediaError::NoPictureOrSound { path: container.path.clone() });
        }
        Ok(Self {
            plan,
            muxer: Muxer::create(target)?,
            picture,
            sound,
            waiting: Vec::new(),
            picture_stream: None,
            sound_stream: None,
            started: false,
            reached: plan.range.start,
            written: Written { size: plan.size, ..Written::default() },
        })
    }

    fn is_done(&self) -> bool {
        self.picture.as_ref().is_none_or(|lane| lane.done) && self.sound.as_ref().is_none_or(|lane| lane.done)
    }

    fn fraction(&self) -> f32 {
        let length = self.plan.range.duration().as_seconds().max(0.001);
        ((self.reached - self.plan.range.start).as_seconds() / length).clamp(0.0, 1.0) as f32
    }

    fn take(&mut self, container: &Container, packet: &Packet, from: MediaTime) -> Result<(), MediaError> {
        let index = packet.stream();
        let ticks = packet.dts().or_else(|| packet.pts());
        let time = ticks.map(|ticks| container.time(ticks, container.time_base(index)));
        if let Some(lane) = self.picture.as_mut().filter(|lane| lane.decoder.index == index) {
            lane.key_seen |= packet.is_key();
            if lane.key_seen && !lane.done {
                self.decode_picture(container, Some(packet))?;
            }
        } else if self.sound.as_ref().is_some_and(|lane| lane.decoder.index == index && !lane.done)
            && time.is_none_or(|time| from <= time)
        {
            self.decode_sound(container, Some(packet))?;
        }
        // A stream that has no more to give must not make the whole rest of a long file be read.
        if time.is_some_and(|time| self.plan.range.end + INTERLEAVING < time) {
            if let Some(lane) = &mut self.picture {
                lane.done = true;
            }
            if let Some(lane) = &mut self.sound {
                lane.done = true;
            }
        }
        Ok(())
    }

    fn decode_picture(&mut self, container: &Container, packet: Option<&Packet>) -> Result<(), MediaError> {
        let Some(lane) = &mut self.picture else { return Ok(()) };
        let base = lane.decoder.time_base;
        let mut frame = std::mem::replace(&mut lane.frame, frame::Video::empty());
        let mut arrived = Vec::new();
        lane.decoder.decode(packet, &mut frame, |frame, ticks| {
            arrived.push((std::mem::replace(frame, frame::Video::empty()), container.time(ticks, base)));
            Ok(())
        })?;
        lane.frame = frame;
        for (frame, time) in arrived {
            self.take_frame(container, frame, time)?;
        }
        Ok(())
    }

    /// Decides whether a frame belongs to the range, and when it is shown.
    fn take_frame(
        &mut self,
        container: &Container,
        frame: frame::Video,
        time: MediaTime,
    ) -> Result<(), MediaError> {
        let TimeRange { start, end } = self.plan.range;
        let Some(lane) = &mut self.picture else { return Ok(()) };
        if lane.done {
            return Ok(());
        }
        if end <= time {
            lane.done = true;
            return Ok(());
        }
        let replaces_first = match &lane.first {
            _ if lane.held.is_some() => false,
            None => true,
            Some((_, earlier)) => {
                time <= start || {
                    let half = MediaTime::from_micros((time - *earlier).as_micros() / 2);
                    time - start <= START_TOLERANCE.min(half)
                }
            }
        };
        if replaces_first {
            lane.first = Some((frame, time));
            return Ok(());
        }
        self.reached = self.reached.max(time);
        if let Some((first, _)) = lane.first.take() {
            self.hold(container, first, 0)?;
        }
        let ticks = self.picture.as_ref().map_or(0, |lane| to_ticks(time - start, lane.time_base));
        self.hold(container, frame, ticks)
    }

    /// Keeps a frame until the next one tells how long it is shown, and encodes the one before.
    fn hold(&mut self, container: &Container, frame: frame::Video, ticks: i64) -> Result<(), MediaError> {
        let Some(lane) = &mut self.picture else { return Ok(()) };
        let Some((_, earlier)) = &lane.held else {
            lane.held = Some((frame, ticks));
            return Ok(());
        };
        // Two frames at one instant cannot both be shown; the first stays.
        if ticks <= *earlier {
            return Ok(());
        }
        if let Some((held, at)) = lane.held.replace((frame, ticks)) {
            self.encode(container, held, at, ticks - at)?;
        }
        Ok(())
    }

    fn encode(
        &mut self,
        container: &Container,
        mut frame: frame::Video,
        at: i64,
        duration: i64,
    ) -> Result<(), MediaError> {
        let (Some(lane), Some(size)) = (&mut self.picture, self.plan.size) else { return Ok(()) };
        let orientation = lane.orientation;
        let colours = Colours::of(&frame);
        let mut shown =
            lane.chain.apply(&mut frame, &container.path, |frame| filters(frame, orientation, size))?;
        colours.tag(&mut shown);
        shown.set_pts(Some(at));
        if lane.encoder.is_none() {
            let encoder = PictureEncoder::open(&shown, lane.time_base, lane.frame_rate, self.plan.settings)
                .ok_or(MediaError::EncoderMissing { codec: "H.264" })?;
            self.picture_stream = Some(self.muxer.add_stream(encoder.parameters(), lane.time_base)?);
            lane.encoder = Some(encoder);
        }
        self.written.frames += 1;
        if let Some(encoder) = &mut lane.encoder {
            encoder.send(&mut shown, duration).map_err(|source| failed(container, source))?;
        }
        self.write_pictures(container)
    }

    fn write_pictures(&mut self, container: &Container) -> Result<(), MediaError> {
        while let Some(encoder) = self.picture.as_mut().and_then(|lane| lane.encoder.as_mut()) {
            let Some(packet) = encoder.receive().map_err(|source| failed(container, source))? else { break };
            self.write(packet, Lane::Picture)?;
        }
        Ok(())
    }

    fn decode_sound(&mut self, container: &Container, packet: Option<&Packet>) -> Result<(), MediaError> {
        let Some(lane) = &mut self.sound else { return Ok(()) };
        let SoundLane { decoder, line, frame, done, .. } = lane;
        let base = decoder.time_base;
        let mut values: Vec<f32> = Vec::new();
        decoder.decode(packet, frame, |frame, ticks| {
            let time = container.time(ticks, base);
            // A frame of a shape that cannot be resampled leaves silence, not an end.
            let _ = line.push(frame, time, &mut |_, piece| values.extend_from_slice(piece));
            Ok(())
        })?;
        *done |= line.is_full();
        self.encode_sound(container, &values)
    }

    fn encode_sound(&mut self, container: &Container, values: &[f32]) -> Result<(), MediaError> {
        let Some(lane) = &mut self.sound else { return Ok(()) };
        self.written.samples += (values.len() / lane.encoder.channels) as u64;
        let seconds = MediaTime::from_ticks(self.written.samples as i64, 1, lane.encoder.rate as i32);
        if self.picture.is_none() {
            self.reached = self.plan.range.start + seconds;
        }
        for packet in lane.encoder.send(values).map_err(|source| failed(container, source))? {
            self.write(packet, Lane::Sound)?;
        }
        Ok(())
    }

    fn write(&mut self, packet: Packet, lane: Lane) -> Result<(), MediaError> {
        let picture_pending = self.picture.is_some() && self.picture_stream.is_none();
        if !self.started && picture_pending {
            self.waiting.push((packet, lane));
            return Ok(());
        }
        self.start()?;
        self.write_now(packet, lane)
    }

    fn start(&mut self) -> Result<(), MediaError> {
        if self.started {
            return Ok(());
        }
        if let Some(lane) = &self.sound {
            let base = Rational(1, lane.encoder.rate as i32);
            self.sound_stream = Some(self.muxer.add_stream(lane.encoder.parameters(), base)?);
        }
        self.muxer.start()?;
        self.started = true;
        for (packet, lane) in std::mem::take(&mut self.waiting) {
            self.write_now(packet, lane)?;
        }
        Ok(())
    }

    fn write_now(&mut self, packet: Packet, lane: Lane) -> Result<(), MediaError> {
        let stream = match lane {
            Lane::Picture => self.picture_stream,
            Lane::Sound => self.sound_stream,
        };
        stream.map_or(Ok(()), |stream| self.muxer.write(packet, stream))
    }

    fn finish(mut self, container: &Container) -> Result<Written, MediaError> {
        self.decode_picture(container, None)?;
        self.finish_pictures(container)?;
        self.decode_sound(container, None)?;
        let mut rest = Vec::new();
        if let Some(lane) = &mut self.sound {
            lane.line.finish(self.plan.range.end, &mut |_, piece| rest.extend_from_slice(piece));
        }
        self.encode_sound(container, &rest)?;
        let last = match &mut self.sound {
            Some(lane) => lane.encoder.end().map_err(|source| failed(container, source))?,
            None => Vec::new(),
        };
        if self.written.frames == 0 {
            self.picture = None;
            self.written.size = None;
        }
        if self.picture.is_none() && self.sound.is_none() {
            return Err(MediaError::Damaged { path: container.path.clone() });
        }
        for packet in last {
            self.write(packet, Lane::Sound)?;
        }
        self.start()?;
        self.muxer.finish()?;
        Ok(self.written)
    }

    fn finish_pictures(&mut self, container: &Container) -> Result<(), MediaError> {
        let Some(lane) = &mut self.picture else { return Ok(()) };
        if let Some((first, _)) = lane.first.take() {
            self.hold(container, first, 0)?;
        }
        let Some(lane) = &mut self.picture else { return Ok(()) };
        let end = to_ticks(self.plan.range.duration(), lane.time_base);
        if let Some((held, at)) = lane.held.take() {
            self.encode(container, held, at, (end - at).max(1))?;
        }
        if let Some(encoder) = self.picture.as_mut().and_then(|lane| lane.encoder.as_mut()) {
            encoder.end().map_err(|source| failed(container, source))?;
        }
        self.write_pictures(container)
    }
}

fn failed(container: &Container, source: ffmpeg_next::Error) -> MediaError {
    MediaError::writing("encode", &container.path, source)
}

impl PictureLane {
    fn open(container: &Container, video: &model::VideoStream) -> Result<Self, MediaError> {
        let stream = container.input.stream(video.index);
        let orientation = stream.map(|stream| Orientation::of(&stream)).unwrap_or_default();
        let decoder = StreamDecoder::open(container, video.index)?;
        let rate =
            video.frame_rate.map_or(Rational(25, 1), |rate| Rational(rate.numerator, rate.denominator));
        // A rate beyond this is a container's tick, not a rate, and would upset the encoder's budget.
        let frame_rate = if rate.0 / rate.1.max(1) > 240 { Rational(30, 1) } else { rate };
        let time_base = fine_time_base(decoder.time_base);
        Ok(Self {
            decoder,
            orientation,
            chain: FilterChain::new(time_base),
            frame_rate,
            time_base,
            encoder: None,
            first: None,
            held: None,
            done: false,
            key_seen: false,
            frame: frame::Video::empty(),
        })
    }
}

/// The source's time base, divided until a tick is at most a tenth of a millisecond, so that a start in the middle
/// of a frame keeps its place and the frames their exact distances.
fn fine_time_base(base: Rational) -> Rational {
    if base.0 <= 0 || base.1 <= 0 || base.1 / base.0 > 1_000_000 {
        return Rational(1, 1_000_000);
    }
    let finest = i64::from(base.0) * 10_000;
    let factor = (finest + i64::from(base.1) - 1) / i64::from(base.1);
    match i32::try_from(i64::from(base.1) * factor) {
        Ok(denominator) => Rational(base.0, denominator).reduce(),
        Err(_) => Rational(1, 1_000_000),
    }
}

impl SoundLane {
    fn open(container: &Container, range: TimeRange) -> Result<Option<Self>, MediaError> {
        let Some(stream) = container.main_sound() else { return Ok(None) };
        let (rate, channels) = sound_shape(&stream.parameters());
        // Rates AAC has, as far as they are common; everything else becomes the usual one.
        let rate = if matches!(rate, 8_000 | 16_000 | 22_050 | 24_000 | 32_000 | 44_100 | 48_000) {
            rate
        } else {
            48_000
        };
        let channels = if channels == 1 { 1 } else { 2 };
        let Ok(decoder) = StreamDecoder::open(container, stream.index()) else { return Ok(None) };
        let encoder =
            SoundEncoder::open(rate, channels).ok_or(MediaError::EncoderMissing { codec: "AAC" })?;
        let line = SoundLine::new(rate, channels, range.start, range.end);
        Ok(Some(Self { decoder, line, encoder, frame: frame::Audio::empty(), done: false }))
    }
}

/// The filters that make a frame upright, square-pixelled, of the wanted size and of a format every player shows.
fn filters(frame: &frame::Video, orientation: Orientation, (width, height): (u32, u32)) -> String {
    let (stored_width, stored_height) =
        if orientation.swaps_sides() { (height, width) } else { (width, height) };
    let aspect = frame.aspect_ratio();
    let square = aspect.0 <= 0 || aspect.0 == aspect.1;
    let only_odd = frame.width() & !1 == stored_width && frame.height() & !1 == stored_height;
    let mut filters = vec![if square && only_odd {
        format!("crop={stored_width}:{stored_height}:0:0")
    } else {
        format!("scale={stored_width}:{stored_height}:flags=bicubic{}", rgb_matrix(frame))
    }];
    filters.extend(orientation.filters().into_iter().map(str::to_owned));
    if square && only_odd && is_rgb(frame) {
        filters.push(format!("scale=flags=bicubic{}", rgb_matrix(frame)));
    }
    let format =
        encoded_format(is_full_range(frame)).descriptor().map_or("yuv420p", |descriptor| descriptor.name());
    filters.push(format!("format={format}"));
    filters.push("setsar=1".to_owned());
    filters.join(",")
}

fn is_rgb(frame: &frame::Video) -> bool {
    let name = frame.format().descriptor().map_or("", |descriptor| descriptor.name());
    ["rgb", "bgr", "gbr", "pal8", "argb", "abgr", "0rgb", "0bgr"].iter().any(|start| name.starts_with(start))
}

fn is_full_range(frame: &frame::Video) -> bool {
    let name = frame.format().descriptor().map_or("", |descriptor| descriptor.name());
    !is_rgb(frame) && (frame.color_range() == color::Range::JPEG || name.starts_with("yuvj"))
}

fn rgb_matrix(frame: &frame::Video) -> &'static str {
    if is_rgb(frame) { ":out_color_matrix=bt709:out_range=tv" } else { "" }
}

/// What the numbers of a picture mean as colours.
struct Colours {
    space: color::Space,
    range: color::Range,
    primaries: color::Primaries,
    transfer: color::TransferCharacteristic,
}

impl Colours {
    /// Colours keep their meaning: the source's tags go along, and pixels that were RGB get those they are converted to.
    fn of(source: &frame::Video) -> Self {
        if is_rgb(source) {
            return Self {
                space: color::Space::BT709,
                range: color::Range::MPEG,
                primaries: color::Primaries::BT709,
                transfer: color::TransferCharacteristic::BT709,
            };
        }
        Self {
            space: source.color_space(),
            range: if is_full_range(source) { color::Range::JPEG } else { source.color_range() },
            primaries: source.color_primaries(),
            transfer: source.color_transfer_characteristic(),
        }
    }

    fn tag(&self, shown: &mut frame::Video) {
        shown.set_color_space(self.space);
        shown.set_color_range(self.range);
        shown.set_color_primaries(self.primaries);
        shown.set_color_transfer_characteristic(self.transfer);
    }
}
