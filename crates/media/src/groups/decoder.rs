//! One of the decoders that groups of pictures are handed to.

use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use ffmpeg_next::{Discard, Packet, frame};
use model::{MediaTime, VideoStream};

use super::{Clock, Small, Wishes, slot};
use crate::MediaError;
use crate::backlog::Backlog;
use crate::codec::StreamDecoder;
use crate::colour::ColourScaler;
use crate::container::Container;
use crate::luma::LumaScaler;
use crate::orientation::Orientation;
use crate::sampling::Omissions;
use crate::suspects::Suspects;
use crate::vp9;

/// Pictures of a group that are handed over together, a second or so of them: whoever waits for them is woken less often.
const TOGETHER: usize = 8;

/// What a decoder says of a group.
pub(super) enum Report {
    /// The next pictures.
    Pictures(Vec<Small>),
    /// The last word.
    End {
        omissions: Omissions,
        /// When its last frame ends.
        end: Option<MediaTime>,
    },
}

/// A group of pictures for whoever is free.
pub(super) struct Job {
    pub(super) omissions: Omissions,
    pub(super) packets: Receiver<Packet>,
    pub(super) reports: Sender<Report>,
}

/// Jobs in order, for all decoders.
pub(super) type Jobs = Arc<Mutex<Receiver<Job>>>;

/// A decoder on its way to its thread.
pub(super) struct GroupDecoder {
    decoder: StreamDecoder,
    clock: Clock,
    /// Of the pictures as shown.
    size: (u32, u32),
    orientation: Orientation,
    colour_interval: Option<MediaTime>,
    suspects: Option<Suspects>,
}

impl GroupDecoder {
    /// Opens the decoder of a stream, with so many threads of its own.
    pub(super) fn open(
        container: &Container,
        video: &VideoStream,
        wishes: Wishes,
        threads: usize,
    ) -> Result<Self, MediaError> {
        let mut decoder = StreamDecoder::open_with(container, video.index, threads)?;
        // The errors are as small as those of left-out frames (see `sampling`), and a key frame ends them as well.
        decoder.skip_loop_filter(Discard::All);
        // With more threads than one nobody knows which frame was finished.
        let may_hide = threads == 1 && Omissions::new(video).discard() != Discard::Default;
        let suspects = wishes.may_hold_cut.filter(|_| may_hide).map(Suspects::new);
        if suspects.is_some() {
            decoder.watch_early();
        }
        let stream = container.input.stream(video.index);
        Ok(Self {
            decoder,
            clock: Clock::of(container, video),
            size: (video.width, video.height),
            orientation: stream.map(|stream| Orientation::of(&stream)).unwrap_or_default(),
            colour_interval: wishes.colour_interval,
            suspects,
        })
    }

    /// Decodes groups until there are no more. Answers how many packets could not be decoded.
    pub(super) fn work(self, jobs: &Jobs, backlog: &Backlog) -> u64 {
        let _open = backlog.closes_in_a_panic();
        let ((width, height), orientation) = (self.size, self.orientation);
        let colour = |interval| (interval, ColourScaler::new(width, height, orientation));
        let mut working = Working {
            decoder: self.decoder,
            clock: self.clock,
            frame: frame::Video::empty(),
            luma: LumaScaler::new(width, height, orientation),
            colour: self.colour_interval.map(colour),
            suspects: self.suspects,
            made: Vec::new(),
        };
        while let Some(job) = next(jobs) {
            working.decode(job, backlog);
        }
        working.decoder.faults
    }
}

/// A decoder at work.
struct Working {
    decoder: StreamDecoder,
    clock: Clock,
    frame: frame::Video,
    luma: LumaScaler,
    colour: Option<(MediaTime, ColourScaler)>,
    suspects: Option<Suspects>,
    /// Pictures that were not handed over yet.
    made: Vec<Small>,
}

impl Working {
    fn decode(&mut self, job: Job, backlog: &Backlog) {
        let Job { mut omissions, packets, reports } = job;
        let mut last_coloured = None;
        for mut packet in packets {
            if self.decoder.is_vp9() {
                packet.data_mut().map(vp9::skip_loop_filter);
            }
            let time = packet.pts().map(|ticks| self.clock.time(ticks));
            let is_wanted = self.suspects.as_ref().is_some_and(|suspects| suspects.want(time));
            self.decoder.skip_frames(if is_wanted { Discard::Default } else { omissions.discard() });
            self.decode_packet(Some(&packet), &mut omissions, &mut last_coloured);
            self.suspect(time);
            if self.made.len() >= TOGETHER {
                self.hand_over(&reports);
            }
            backlog.remove(packet.size());
            if backlog.is_closed() {
                return;
            }
        }
        self.decode_packet(None, &mut omissions, &mut last_coloured);
        let end = self.decoder.next_ticks().map(|ticks| self.clock.time(ticks));
        self.decoder.flush();
        self.suspects.iter_mut().for_each(Suspects::forget);
        self.hand_over(&reports);
        let _ = reports.send(Report::End { omissions, end });
    }

    fn hand_over(&mut self, reports: &Sender<Report>) {
        // Nobody listens when the pass was given up.
        let _ = reports.send(Report::Pictures(std::mem::take(&mut self.made)));
    }

    fn suspect(&mut self, time: Option<MediaTime>) {
        let (Some(suspects), Some(frame)) = (&mut self.suspects, self.decoder.early_frame()) else { return };
        if let Some(time) = time {
            suspects.saw(frame, time, &mut self.luma);
        }
    }

    fn decode_packet(
        &mut self,
        packet: Option<&Packet>,
        omissions: &mut Omissions,
        last_coloured: &mut Option<i64>,
    ) {
        let Self { decoder, clock, frame, luma, colour, suspects, made: pictures } = self;
        // What is done with a frame cannot fail.
        let _ = decoder.decode(packet, frame, |frame, ticks| {
            let time = clock.time(ticks);
            omissions.saw(time);
            // Frames before the first instant are there to be decoded, not to be shown.
            if time < MediaTime::ZERO {
                return Ok(());
            }
            let rgb = colour.as_mut().and_then(|(interval, scaler)| {
                let slot = slot(time, *interval);
                let due = last_coloured.is_none_or(|last| last < slot);
                *last_coloured = Some(slot);
                due.then(|| scaler.scale(frame).ok().map(<[u8]>::to_vec)).flatten()
            });
            // Of an interlaced frame maybe one field was there when the small picture was made.
            let made = suspects.as_mut().and_then(|suspects| suspects.made_of(frame, time));
            let made = made.filter(|_| !frame.is_interlaced());
            if let Some(luma) = made.or_else(|| luma.scale(frame).ok().map(<[u8]>::to_vec)) {
                pictures.push(Small { time, luma, rgb });
            }
            Ok(())
        });
    }
}

fn next(jobs: &Jobs) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
