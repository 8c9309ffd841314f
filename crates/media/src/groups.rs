//! The pictures of a stream, decoded in several groups at once and handed out in order.
//!
//! From a key frame to the next nothing depends on what came before, so that groups of pictures can be decoded side by side, each by a
//! decoder with one thread. That uses all processors where decoders with threads of their own do not: they work on several
//! *packets* at once, most of which are left out here (see [`crate::sampling`]), and a minute of film took a third more
//! processor time and twice as long with two threads in one decoder as with two decoders of one.
//!
//! What is found does not depend on who is quicker: how much a group leaves out follows from a group that is always
//! [`AHEAD`] before it.

mod decoder;

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use ffmpeg_next::{Packet, Rational};
use model::{MediaTime, VideoStream};

use crate::MediaError;
use crate::backlog::Backlog;
use crate::codec::threads;
use crate::colour::ColourScaler;
use crate::container::Container;
use crate::luma::LumaScaler;
use crate::orientation::Orientation;
use crate::sampling::Omissions;
use crate::suspects::MayHoldCut;
use decoder::{GroupDecoder, Job, Jobs, Report};

/// Groups that may be under way: enough for every decoder to have one waiting, few enough for their small pictures to fit into memory.
const AHEAD: usize = 8;
/// Shorter groups are joined: where every frame is a key frame, each alone would be mostly waiting.
const SHORTEST: MediaTime = MediaTime::from_whole_seconds(1);
/// Memory that the frames of all decoders may take, for as many decoders as that allows; two work in any case.
const FRAME_BYTES: usize = 256 << 20;
/// Frames that a decoder keeps, usually.
const FRAMES_KEPT: usize = 8;

/// Codecs whose key frames are known to depend on nothing. Others are decoded in one group.
const GROUPED: [&str; 11] =
    ["h264", "hevc", "vp8", "vp9", "av1", "mpeg1video", "mpeg2video", "mpeg4", "mjpeg", "prores", "dnxhd"];

/// A picture that was made small.
pub(crate) struct Small {
    /// When it is shown.
    pub(crate) time: MediaTime,
    /// Its luma.
    pub(crate) luma: Vec<u8>,
    /// The same in colour, where it is the first of its group in an interval for colours.
    pub(crate) rgb: Option<Vec<u8>>,
}

/// The pictures of one stream.
pub(crate) struct Groups {
    /// The stream that is read.
    pub(crate) index: usize,
    /// Size of the small pictures as shown.
    pub(crate) size: (usize, usize),
    /// The same of those in colour.
    pub(crate) colour_size: (usize, usize),
    /// When the last frame that was handed out ends.
    pub(crate) end: Option<MediaTime>,
    is_grouped: bool,
    clock: Clock,
    /// What the next group to begin leaves out.
    omissions: Omissions,
    /// What the groups that ended came to leave out, for those that begin [`AHEAD`] after them.
    learned: VecDeque<Omissions>,
    begun: usize,
    /// When the group that packets are added to began, and where its packets go.
    filling: Option<(Option<MediaTime>, Sender<Packet>)>,
    /// Groups under way, in order.
    under_way: VecDeque<Receiver<Report>>,
    jobs: Option<Sender<Job>>,
    backlog: Arc<Backlog>,
    decoders: Vec<JoinHandle<u64>>,
}

/// From ticks of a stream to the container's time.
#[derive(Clone, Copy)]
struct Clock {
    base: Rational,
    origin: MediaTime,
}

/// What whoever looks at the pictures asks for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wishes {
    /// One picture in so long is handed out in colour as well.
    pub(crate) colour_interval: Option<MediaTime>,
    /// Tells where frames are worth decoding that would be left out.
    pub(crate) may_hold_cut: Option<MayHoldCut>,
}

impl Clock {
    fn of(container: &Container, video: &VideoStream) -> Self {
        Self { base: container.time_base(video.index), origin: container.origin() }
    }

    fn time(self, ticks: i64) -> MediaTime {
        MediaTime::from_ticks(ticks, self.base.0, self.base.1) - self.origin
    }
}

impl Groups {
    /// The pictures of a stream.
    pub(crate) fn open(
        container: &Container,
        video: &VideoStream,
        wishes: Wishes,
    ) -> Result<Self, MediaError> {
        let stream = container.input.stream(video.index);
        let orientation = stream.map(|stream| Orientation::of(&stream)).unwrap_or_default();
        let luma = LumaScaler::new(video.width, video.height, orientation);
        let colour = ColourScaler::new(video.width, video.height, orientation);
        let is_grouped = GROUPED.contains(&video.codec.as_str());
        let (count, threads) = if is_grouped { (decoders_for(video), 1) } else { (1, threads()) };
        let (jobs, taken) = channel();
        let taken = Arc::new(Mutex::new(taken));
        let backlog = Arc::new(Backlog::default());
        let mut decoders = Vec::new();
        for number in 0..count {
            let decoder = GroupDecoder::open(container, video, wishes, threads)?;
            match start(number, decoder, &taken, &backlog) {
                Ok(thread) => decoders.push(thread),
                // One is enough; none is not.
                Err(_) if !decoders.is_empty() => break,
                Err(error) => {
                    let errno = error.raw_os_error().unwrap_or(ffmpeg_next::error::EAGAIN);
                    let source = ffmpeg_next::Error::Other { errno };
                    return Err(MediaError::reading("start a thread", &container.path, source));
                }
            }
        }
        Ok(Self {
            index: video.index,
            size: (luma.width, luma.height),
            colour_size: (colour.width, colour.height),
            end: None,
            is_grouped,
            clock: Clock::of(container, video),
            omissions: Omissions::new(video),
            learned: VecDeque::new(),
            begun: 0,
            filling: None,
            under_way: VecDeque::new(),
            jobs: Some(jobs),
            backlog,
            decoders,
        })
    }

    /// Takes the next packet, and hands out pictures that are ready.
    pub(crate) fn take(&mut self, packet: &Packet, each: &mut dyn FnMut(Small)) {
        let time = packet.pts().or_else(|| packet.dts()).map(|ticks| self.clock.time(ticks));
        if self.begins_group(packet, time) {
            self.begin(time, each);
        }
        if let Some((_, packets)) = &self.filling {
            self.backlog.add(packet.size());
            let _ = packets.send(packet.clone());
        }
        self.hand_out_ready(each);
    }

    fn begin(&mut self, time: Option<MediaTime>, each: &mut dyn FnMut(Small)) {
        while self.under_way.len() >= AHEAD {
            self.hand_out_oldest(each);
        }
        if self.begun >= AHEAD
            && let Some(learned) = self.learned.pop_front()
        {
            self.omissions = learned;
        }
        self.begun += 1;
        let ((packets, arriving), (reports, told)) = (channel(), channel());
        let job = Job { omissions: self.omissions.anew(), packets: arriving, reports };
        // Without decoders nobody listens; that they panicked is told when they are joined.
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(job);
        }
        self.under_way.push_back(told);
        self.filling = Some((time, packets));
    }

    fn begins_group(&self, packet: &Packet, time: Option<MediaTime>) -> bool {
        match (&self.filling, time) {
            (None, _) => true,
            // Frames without a time are counted on from those before them.
            (Some((Some(start), _)), Some(time)) => {
                self.is_grouped && packet.is_key() && time - *start >= SHORTEST
            }
            (Some(_), _) => false,
        }
    }

    /// Hands out what is left. Answers how many packets could not be decoded.
    pub(crate) fn finish(&mut self, each: &mut dyn FnMut(Small)) -> u64 {
        self.filling = None;
        while !self.under_way.is_empty() {
            self.hand_out_oldest(each);
        }
        self.jobs = None;
        let joined = std::mem::take(&mut self.decoders).into_iter().map(JoinHandle::join);
        joined.map(|ended| ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).sum()
    }

    fn hand_out_ready(&mut self, each: &mut dyn FnMut(Small)) {
        while let Some(oldest) = self.under_way.front() {
            match oldest.try_recv() {
                Ok(report) => self.heed(report, each),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => drop(self.under_way.pop_front()),
            }
        }
    }

    /// Waits for the end of the oldest group.
    fn hand_out_oldest(&mut self, each: &mut dyn FnMut(Small)) {
        while let Some(Ok(report)) = self.under_way.front().map(Receiver::recv) {
            self.heed(report, each);
        }
        self.under_way.pop_front();
    }

    fn heed(&mut self, report: Report, each: &mut dyn FnMut(Small)) {
        match report {
            Report::Pictures(pictures) => pictures.into_iter().for_each(each),
            Report::End { omissions, end } => {
                self.learned.push_back(omissions);
                self.end = end.max(self.end);
            }
        }
    }
}

/// Ends the decoders at once when a pass is given up.
impl Drop for Groups {
    fn drop(&mut self) {
        self.backlog.close();
        (self.filling, self.jobs) = (None, None);
        self.under_way.clear();
        for decoder in self.decoders.drain(..) {
            let _ = decoder.join();
        }
    }
}

/// Puts a decoder to work on a thread of its own.
fn start(
    number: usize,
    decoder: GroupDecoder,
    jobs: &Jobs,
    backlog: &Arc<Backlog>,
) -> std::io::Result<JoinHandle<u64>> {
    let (jobs, backlog) = (Arc::clone(jobs), Arc::clone(backlog));
    let work = move || decoder.work(&jobs, &backlog);
    std::thread::Builder::new().name(format!("pictures-{number}")).spawn(work)
}

fn decoders_for(video: &VideoStream) -> usize {
    // Two bytes for each sample of luma and half as much for the colours: ten bits are stored in sixteen.
    let frame = (video.width as usize).saturating_mul(video.height as usize).saturating_mul(3);
    let affordable = FRAME_BYTES / frame.saturating_mul(FRAMES_KEPT).max(1);
    threads().min(affordable.max(2))
}

/// The interval for colours that a time lies in, counted from zero.
pub(crate) fn slot(time: MediaTime, interval: MediaTime) -> i64 {
    time.as_micros().div_euclid(interval.as_micros().max(1))
}
