//! The child's side: take one task, do it, answer.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use media::{ClipRequest, Source};
use model::job::VideoCodec;
use model::{ColourPicture, MediaTime, Picture, PictureEmbeddings, Progress, Samples, SourceInfo, Stage};
use perception::Perceiver;

use super::encoder::{embed, embed_captions, try_encoder, write_embeddings};
use super::pause::Gate;
use super::perceiver::perceiver_with;
use super::protocol::{Answer, Order, Report, Task};
use super::transcribe::{TranscriptionOrder, transcribe};
use crate::{Code, Failure};

/// The least time between two lines of progress.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);
/// The time between two looks at what has arrived.
const ARRIVAL_INTERVAL: Duration = Duration::from_secs(5);
/// The width of a material's small picture, in pixels: sharp in a list on a screen of double density.
const THUMBNAIL_WIDTH: u32 = 320;
/// Where in a material its small picture is taken: past the usual black lead-in.
const THUMBNAIL_POSITION: f64 = 0.1;

/// Where work waits while it is held on.
static GATE: Gate = Gate::new();
/// The share of analysing that the decode pass takes; placing cuts to the frame takes the rest.
const PASS: f32 = 0.9;

/// Does tasks, read from standard input line by line, and answers on standard output. What `main` calls in a worker process. It
/// ends when its parent does, which closes the pipe of standard input.
#[must_use]
pub fn serve() -> ExitCode {
    let (lines, arriving) = channel();
    std::thread::spawn(move || {
        let all_read = std::io::stdin().lines().map_while(Result::ok).try_for_each(|line| {
            if let Ok(order) = serde_json::from_str::<Order>(&line) {
                GATE.heed(order);
                return Ok(());
            }
            lines.send(line)
        });
        tracing::debug!(?all_read, "standard input ended");
        std::process::exit(1);
    });
    tell_of_arrivals();
    for line in arriving {
        let report = match serde_json::from_str::<Task>(&line) {
            Ok(task) => perform(task).map_or_else(Report::Failed, Report::Done),
            Err(error) => {
                Report::Failed(Failure::new(Code::Internal, format!("The task cannot be read ({error}).")))
            }
        };
        if !say(&report) {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Says now and then that media are arriving, so that a slow line is not taken for a hang.
fn tell_of_arrivals() {
    std::thread::spawn(|| {
        let mut before = 0;
        loop {
            std::thread::sleep(ARRIVAL_INTERVAL);
            let arrived = media::arrived_bytes();
            if before < arrived && !say(&Report::Receiving) {
                return;
            }
            before = arrived;
        }
    });
}

/// Writes one report; false when nobody listens any more.
fn say(report: &Report) -> bool {
    let Ok(mut line) = serde_json::to_vec(report) else { return false };
    line.push(b'\n');
    let mut output = std::io::stdout().lock();
    output.write_all(&line).and_then(|()| output.flush()).is_ok()
}

fn perform(task: Task) -> Result<Answer, Failure> {
    match task {
        Task::Probe { source, thumbnail } => probe(&source, &thumbnail),
        Task::Analyse { source, info, sidecar, models, encoder, evidence, peaks, embeddings } => {
            let (perceiver, unusable) = perceiver_with(models, encoder);
            let found = analyse(&source, &info, sidecar.as_deref(), perceiver)?;
            let json = serde_json::to_vec(&found.evidence).map_err(|error| {
                Failure::new(Code::Internal, format!("Evidence cannot be written as JSON ({error})."))
            })?;
            write(&evidence, &json)?;
            write(&peaks, &found.peaks)?;
            let embedded = match found.embeddings {
                Some(pictures) => Some(write_embeddings(pictures, &embeddings)?),
                None => None,
            };
            Ok(Answer::Analysed { unusable, embedded })
        }
        Task::Embed { source, info, encoder, embeddings } => {
            embed(&source, info, &encoder, &embeddings).map(Answer::Embedded)
        }
        Task::EmbedCaptions { encoder, captions, vectors } => {
            embed_captions(&encoder, &captions, &vectors).map(|()| Answer::Written)
        }
        Task::TryEncoder { encoder } => try_encoder(&encoder).map(|()| Answer::Usable),
        Task::Transcribe { source, info, model, language, voiced, transcript } => {
            let order = TranscriptionOrder { source, info, model, language, voiced };
            let heard = transcribe(order, Reporter::new(Stage::Transcribing))?;
            let json = serde_json::to_vec(&heard).map_err(|error| {
                Failure::new(Code::Internal, format!("A transcript cannot be written as JSON ({error})."))
            })?;
            write(&transcript, &json)?;
            Ok(Answer::Written)
        }
        Task::Export { source, info, range, target, width, height, video } => {
            let request =
                ClipRequest { source: &source, info: &info, range, target: &target, width, height, video };
            media::export_clip(&request, &mut Reporter::new(Stage::Exporting).callback())
                .map_err(|error| Failure::of_media(&error, source.name()))?;
            Ok(Answer::Written)
        }
        Task::FindMissingCodecs => {
            let missing = VideoCodec::ALL.into_iter().filter(|codec| !media::can_encode(*codec));
            Ok(Answer::MissingCodecs(missing.collect()))
        }
        Task::CanPlay { source, info } => Ok(Answer::CanPlay(media::plays_directly(&info, &source))),
        Task::Prepare { source, info, sound, target } => {
            let mut progress = Reporter::new(Stage::Preparing).callback();
            media::prepare_preview(&source, &info, sound, &target, &mut progress)
                .map_err(|error| Failure::of_media(&error, source.name()))?;
            Ok(Answer::Written)
        }
        Task::PlayEarly { source, info, range, sound, target } => {
            let mut progress = Reporter::new(Stage::Preparing).callback();
            media::stream_preview(&source, &info, range, sound, &target, &mut progress)
                .map_err(|error| Failure::of_media(&error, source.name()))?;
            Ok(Answer::Written)
        }
        Task::Strip { source, times, height, exact, target } => {
            let pictures = if exact { media::StripPictures::Exact } else { media::StripPictures::Keys };
            let strip = media::probe(&source)
                .and_then(|info| media::strip(&source, &info, &times, height, pictures))
                .map_err(|error| Failure::of_reading(&error, source.name()))?;
            write(&target, &strip).map(|()| Answer::Written)
        }
        Task::FrameTimes { source, target } => {
            let times =
                media::frame_times(&source).map_err(|error| Failure::of_reading(&error, source.name()))?;
            let bytes: Vec<u8> = times.iter().flat_map(|time| time.as_micros().to_le_bytes()).collect();
            write(&target, &bytes).map(|()| Answer::Written)
        }
    }
}

fn probe(source: &Source, thumbnail: &Path) -> Result<Answer, Failure> {
    let info = media::probe(source).map_err(|error| Failure::of_reading(&error, source.name()))?;
    let has_thumbnail = match info.video {
        None => false,
        Some(_) => {
            match media::thumbnail(source, &info, info.duration.scaled(THUMBNAIL_POSITION), THUMBNAIL_WIDTH) {
                Ok(picture) => write(thumbnail, &picture).map(|()| true)?,
                // A missing picture of the list is not worth refusing the file; analysing it will tell what is wrong.
                Err(_) => false,
            }
        }
    };
    let version = match source {
        Source::File(_) => None,
        Source::Remote(remote) => Some(
            media::mirror_ends(remote, library::FINGERPRINT_END)
                .map_err(|error| Failure::of_reading(&error, source.name()))?,
        ),
    };
    Ok(Answer::Probed { info, has_thumbnail, version })
}

pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(file, bytes).map_err(|error| Failure::of_write(&error, file))
}

/// What one pass over a material gives.
struct Analysed {
    evidence: model::Evidence,
    peaks: Vec<u8>,
    /// What its pictures are as vectors, if any was seen; `None` where nobody looked.
    embeddings: Option<Option<PictureEmbeddings>>,
}

/// Decodes a material once and measures it.
fn analyse(
    source: &Source,
    info: &SourceInfo,
    sidecar: Option<&Path>,
    perceiver: Perceiver,
) -> Result<Analysed, Failure> {
    let beside = sidecar
        .map(|file| media::read_subtitles(file).map_err(|error| Failure::of_reading(&error, file)))
        .transpose()?;
    let mut sink = AnalysisSink { perceiver, reporter: Reporter::new(Stage::Analysing) };
    let decoded =
        media::decode(source, info, &mut sink).map_err(|error| Failure::of_reading(&error, source.name()))?;
    let candidates = sink.perceiver.cut_candidates();
    let mut on_refined = |share: f32| sink.reporter.report(PASS + (1.0 - PASS) * share);
    let cuts = media::refine_cuts(source, info, &candidates, &mut on_refined)
        .map_err(|error| Failure::of_reading(&error, source.name()))?;
    let cues = beside.unwrap_or(decoded.cues);
    let embeddings =
        sink.perceiver.has_picture_encoder().then(|| sink.perceiver.picture_embeddings(decoded.duration));
    let evidence = sink.perceiver.finish(decoded.duration, Some(cuts), cues);
    Ok(Analysed { evidence, peaks: decoded.peaks, embeddings })
}

/// Feeds what is decoded to perception.
struct AnalysisSink {
    perceiver: Perceiver,
    reporter: Reporter,
}

impl media::DecodeSink for AnalysisSink {
    fn samples(&mut self, samples: Samples<'_>) {
        self.perceiver.samples(samples);
    }

    fn picture(&mut self, picture: Picture<'_>) {
        self.perceiver.picture(picture);
    }

    fn colour_interval(&self) -> Option<MediaTime> {
        self.perceiver.colour_interval()
    }

    fn colour_picture(&mut self, picture: ColourPicture<'_>) {
        self.perceiver.colour_picture(picture);
    }

    fn may_hold_cut(&self) -> Option<media::MayHoldCut> {
        Some(perception::may_hold_cut)
    }

    fn progress(&mut self, fraction: f32) -> ControlFlow<()> {
        self.reporter.report(PASS * fraction)
    }
}

/// Says how far the work is, not more often than anyone can see. While work is held on, it stands still here.
pub(super) struct Reporter {
    stage: Stage,
    last: Option<Instant>,
}

impl Reporter {
    pub(super) fn new(stage: Stage) -> Self {
        Self { stage, last: None }
    }

    fn callback(mut self) -> impl FnMut(f32) -> ControlFlow<()> {
        move |fraction| self.report(fraction)
    }

    /// Breaks when nobody listens any more.
    pub(super) fn report(&mut self, fraction: f32) -> ControlFlow<()> {
        GATE.pass();
        if self.last.is_some_and(|last| last.elapsed() < PROGRESS_INTERVAL) {
            return ControlFlow::Continue(());
        }
        self.last = Some(Instant::now());
        let progress = Progress { stage: self.stage, fraction: fraction.clamp(0.0, 1.0) };
        if say(&Report::Progress(progress)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}
