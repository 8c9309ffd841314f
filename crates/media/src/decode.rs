//! The one pass over a material that feeds every detector.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use ffmpeg_next::codec::packet::side_data::Type as SideData;
use ffmpeg_next::{Packet, frame};
use model::{ColourPicture, Cue, MediaTime, Picture, Samples, SourceInfo};

use crate::codec::StreamDecoder;
use crate::container::Container;
use crate::cues::CueDecoder;
use crate::groups::{Groups, Small, Wishes, slot};
use crate::peaks::PeaksBuilder;
use crate::probe::sound_codecs;
use crate::sound::SoundLine;
use crate::suspects::MayHoldCut;
use crate::{MediaError, Source};

/// Progress is told at most this often.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(50);

/// Receives what is decoded, in the order of the stream.
pub trait DecodeSink {
    /// The next sound: contiguous from time zero to the end of the material, silence where the file has none.
    fn samples(&mut self, samples: Samples<'_>);
    /// The next picture: upright, square pixels, at most 128 pixels on its longest side, always of the same size.
    /// Where that saves work frames are left out, down to about five a second, and what is shown may be off by some levels
    /// of brightness between two key frames.
    fn picture(&mut self, picture: Picture<'_>);
    /// How far apart pictures in colour are wanted; asked once. `None`, which costs nothing, when none are.
    fn colour_interval(&self) -> Option<MediaTime> {
        None
    }
    /// Tells whether a cut may lie between two pictures; asked once. Where it may, all frames between them are handed out.
    /// `None` when nobody looks for cuts.
    fn may_hold_cut(&self) -> Option<MayHoldCut> {
        None
    }
    /// The next picture in colour, of a frame that was handed to [`Self::picture`] just before: upright, square pixels, a
    /// shorter side of at most 224 pixels, always of the same size.
    fn colour_picture(&mut self, _picture: ColourPicture<'_>) {}
    /// The share of the material that was read, 0 to 1. `Break` cancels.
    fn progress(&mut self, fraction: f32) -> ControlFlow<()>;
}

/// What a pass found besides what it handed to the sink.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// How long the material lasts: as probed, or shorter when its end could not be decoded.
    pub duration: MediaTime,
    /// The waveform: pairs of signed bytes (lowest, highest), [`crate::PEAKS_PER_SECOND`] a second; empty without sound.
    pub peaks: Vec<u8>,
    /// The cues of the first readable subtitle stream, in order of time.
    pub cues: Vec<Cue>,
    /// Pictures handed out.
    pub pictures: u64,
    /// Samples handed out, silence included.
    pub samples: u64,
    /// Packets that were damaged and passed over.
    pub damaged_packets: u64,
    /// Codecs of sound streams that could not be decoded, when none could.
    pub unsupported_sound: Vec<String>,
}

/// Reads a material once and hands pictures and sound to `sink`. Picture, sound and subtitle are the streams that a
/// player would choose.
///
/// # Errors
/// [`MediaError::Cancelled`] when the sink says so, [`MediaError::Damaged`] when nothing at all could be decoded, and
/// what opening a file can end in.
pub fn decode(source: &Source, info: &SourceInfo, sink: &mut dyn DecodeSink) -> Result<Decoded, MediaError> {
    let mut container = Container::open(source)?;
    let mut pass = Pass::new(&container, info, sink)?;
    let mut packet = Packet::empty();
    pass.report(0.0)?;
    while container.read(&mut packet)? {
        pass.take(&container, &packet)?;
    }
    pass.finish(&container)
}

struct Pass<'a> {
    sink: &'a mut dyn DecodeSink,
    duration: MediaTime,
    picture: Option<PictureTrack>,
    sound: Option<SoundTrack>,
    text: Option<CueDecoder>,
    pictures: u64,
    samples: u64,
    peaks: PeaksBuilder,
    reported: Option<Instant>,
    unsupported_sound: Vec<String>,
}

/// The picture stream, and how far apart pictures in colour are wanted.
struct PictureTrack {
    groups: Groups,
    colours: Option<Colours>,
}

/// Pictures in colour, a few of all: the first of each interval.
struct Colours {
    interval: MediaTime,
    last: Option<i64>,
}

struct SoundTrack {
    decoder: StreamDecoder,
    line: SoundLine,
    frame: frame::Audio,
}

impl<'a> Pass<'a> {
    fn new(
        container: &Container,
        info: &SourceInfo,
        sink: &'a mut dyn DecodeSink,
    ) -> Result<Self, MediaError> {
        let interval = sink.colour_interval();
        let wishes = Wishes { colour_interval: interval, may_hold_cut: sink.may_hold_cut() };
        let picture = info.video.as_ref().map(|video| Groups::open(container, video, wishes)).transpose()?;
        let colours = interval.map(|interval| Colours { interval, last: None });
        let picture = picture.map(|groups| PictureTrack { groups, colours });
        let sound = container.main_sound().and_then(|stream| {
            let decoder = StreamDecoder::open(container, stream.index()).ok()?;
            let line = SoundLine::new(Samples::RATE, 1, MediaTime::ZERO, info.duration);
            Some(SoundTrack { decoder, line, frame: frame::Audio::empty() })
        });
        let unsupported_sound = if sound.is_none() { sound_codecs(container, info) } else { Vec::new() };
        let text = container.main_text().and_then(|stream| CueDecoder::open(&stream).ok());
        Ok(Self {
            sink,
            duration: info.duration,
            picture,
            sound,
            text,
            pictures: 0,
            samples: 0,
            peaks: PeaksBuilder::default(),
            reported: None,
            unsupported_sound,
        })
    }

    fn take(&mut self, container: &Container, packet: &Packet) -> Result<(), MediaError> {
        if packet.side_data().any(|data| data.kind() == SideData::EncryptionInfo) {
            return Err(MediaError::Encrypted { path: container.path.clone() });
        }
        let index = packet.stream();
        if self.picture.as_ref().is_some_and(|track| track.groups.index == index) {
            self.take_picture(packet);
        } else if self.sound.as_ref().is_some_and(|track| track.decoder.index == index) {
            self.take_sound(container, Some(packet))?;
        } else if let Some(text) = self.text.as_mut().filter(|text| text.index == index) {
            text.take(packet, container.origin());
        }
        if let Some(ticks) = packet.dts().or_else(|| packet.pts()) {
            let time = container.time(ticks, container.time_base(index));
            self.report((time.as_seconds() / self.duration.as_seconds().max(0.001)) as f32)?;
        }
        Ok(())
    }

    fn take_picture(&mut self, packet: &Packet) {
        if let Some(PictureTrack { groups, colours }) = &mut self.picture {
            let (size, colour_size) = (groups.size, groups.colour_size);
            let shown =
                Shown { sink: &mut *self.sink, pictures: &mut self.pictures, colours, size, colour_size };
            groups.take(packet, &mut shown.each());
        }
    }

    /// Answers the packets that could not be decoded, and when the last picture ends.
    fn finish_pictures(&mut self) -> (u64, Option<MediaTime>) {
        let Some(PictureTrack { groups, colours }) = &mut self.picture else { return (0, None) };
        let (size, colour_size) = (groups.size, groups.colour_size);
        let shown = Shown { sink: &mut *self.sink, pictures: &mut self.pictures, colours, size, colour_size };
        let faults = groups.finish(&mut shown.each());
        (faults, groups.end)
    }

    fn take_sound(&mut self, container: &Container, packet: Option<&Packet>) -> Result<(), MediaError> {
        let Some(SoundTrack { decoder, line, frame }) = &mut self.sound else { return Ok(()) };
        let base = decoder.time_base;
        let (sink, peaks, samples) = (&mut *self.sink, &mut self.peaks, &mut self.samples);
        let mut refused = 0;
        decoder.decode(packet, frame, |frame, ticks| {
            let pushed = line.push(frame, container.time(ticks, base), &mut |position, values| {
                hand_out(sink, peaks, samples, position, values);
            });
            refused += u64::from(pushed.is_err());
            Ok(())
        })?;
        decoder.faults += refused;
        Ok(())
    }

    fn finish(mut self, container: &Container) -> Result<Decoded, MediaError> {
        let (damaged_pictures, pictures_end) = self.finish_pictures();
        self.take_sound(container, None)?;
        let heard = self.sound.as_ref().is_some_and(|track| track.line.heard);
        if self.pictures == 0 && !heard {
            return Err(self.nothing_decoded(container));
        }
        let ends = [
            pictures_end.filter(|_| self.pictures > 0),
            self.sound.as_ref().filter(|_| heard).and_then(|track| track.decoder.end(container)),
        ];
        let measured = ends.into_iter().flatten().max().unwrap_or(self.duration);
        // Streams end a little before or after what their packets promise; only a real shortfall counts.
        let shortfall = self.duration - measured > MediaTime::from_whole_seconds(1);
        let duration = if shortfall { measured.max(MediaTime::from_micros(1)) } else { self.duration };
        if let Some(track) = self.sound.as_mut().filter(|_| heard) {
            let (sink, peaks, samples) = (&mut *self.sink, &mut self.peaks, &mut self.samples);
            track
                .line
                .finish(duration, &mut |position, values| hand_out(sink, peaks, samples, position, values));
        }
        let _ = self.sink.progress(1.0);
        let damaged = damaged_pictures + self.sound.map_or(0, |track| track.decoder.faults);
        Ok(Decoded {
            duration,
            peaks: self.peaks.finish(),
            cues: self.text.map(|text| text.finish(duration)).unwrap_or_default(),
            pictures: self.pictures,
            samples: self.samples,
            damaged_packets: damaged + container.faults,
            unsupported_sound: self.unsupported_sound,
        })
    }

    /// The most telling reason for an empty result.
    fn nothing_decoded(&self, container: &Container) -> MediaError {
        match self.unsupported_sound.first() {
            Some(codec) if self.picture.is_none() => {
                MediaError::UnsupportedCodec { codec: codec.clone(), path: container.path.clone() }
            }
            _ => container.damaged(),
        }
    }

    fn report(&mut self, fraction: f32) -> Result<(), MediaError> {
        if self.reported.is_some_and(|at| at.elapsed() < PROGRESS_INTERVAL) {
            return Ok(());
        }
        self.reported = Some(Instant::now());
        match self.sink.progress(fraction.clamp(0.0, 1.0)) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(MediaError::Cancelled),
        }
    }
}

fn hand_out(
    sink: &mut dyn DecodeSink,
    peaks: &mut PeaksBuilder,
    samples: &mut u64,
    position: i64,
    values: &[f32],
) {
    peaks.push(values);
    *samples += values.len() as u64;
    sink.samples(Samples { time: MediaTime::from_ticks(position, 1, Samples::RATE as i32), values });
}

/// Where pictures go.
struct Shown<'a> {
    sink: &'a mut dyn DecodeSink,
    pictures: &'a mut u64,
    colours: &'a mut Option<Colours>,
    size: (usize, usize),
    colour_size: (usize, usize),
}

impl Shown<'_> {
    fn each(self) -> impl FnMut(Small) {
        let Self { sink, pictures, colours, size, colour_size } = self;
        move |Small { time, luma, rgb }| {
            sink.picture(Picture { time, width: size.0, height: size.1, luma: &luma });
            *pictures += 1;
            if let Some((colours, rgb)) = colours.as_mut().zip(rgb)
                && colours.are_due(time)
            {
                let (width, height) = colour_size;
                sink.colour_picture(ColourPicture { time, width, height, rgb: &rgb });
            }
        }
    }
}

impl Colours {
    /// Two groups may each hold the first picture that they have of one interval.
    fn are_due(&mut self, time: MediaTime) -> bool {
        let slot = slot(time, self.interval);
        let due = self.last.is_none_or(|last| last < slot);
        self.last = Some(slot).max(self.last);
        due
    }
}
