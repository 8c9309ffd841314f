//! The contract's job from beginning to end: materials in, ranges out, clips where they are wanted.

use std::path::{Path, PathBuf};
use std::time::Duration;

use delivery::{Destination, Existing};
use highlight::choose;
use model::job::{
    AiResult, Fault, Faults, HighlightResult, InputConfig, MediaLocation, MediaReference, OutputConfig,
    RateControl, ResultRange, Target, VideoCodec, VideoEncoding,
};
use model::{Highlight, MediaTime, Progress};
use project::NewMaterial;
use tokio_util::sync::CancellationToken;

use crate::desk::speechless_failure;
use crate::engine::Engine;
use crate::export::{ClipOrder, name_clips};
use crate::remaining::Remaining;
use crate::subject::Subject;
use crate::{Code, Failure, Notice, Stopped};

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExtractProgress {
    /// What is worked on.
    pub subject: ExtractSubject,
    /// What is done to it, and the share that is done.
    pub progress: Progress,
    /// The time it will still take, once that can be told.
    pub remaining: Option<Duration>,
}

/// What a job works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExtractSubject {
    /// The material of this place in the request.
    Material(usize),
    /// The clip of this number in the whole job.
    Clip(usize),
}

/// What a job answers.
#[derive(Debug, Clone)]
pub struct Extracted {
    /// The contract's answer.
    pub result: AiResult,
    /// What failed: a material, or a clip. The rest of the answer holds.
    pub failures: Vec<Failure>,
}

/// Receives progress; called from several tasks.
pub type OnExtractProgress<'a> = &'a (dyn Fn(ExtractProgress) + Sync);

/// A material of a job: the file it comes from and what came of it.
struct Outcome {
    reference: MediaReference,
    material: Option<NewMaterial>,
    found: Result<(Vec<Highlight>, Vec<Notice>), Failure>,
    /// The written clips' files, by the highlight's place.
    clips: Vec<Option<PathBuf>>,
}

/// What of the contract this engine does not do, as faults of the request.
///
/// # Errors
/// Every field that asks for it.
pub fn check_supported(input: &InputConfig, output: &OutputConfig) -> Result<(), Faults> {
    let mut faults = Vec::new();
    for (index, media) in input.media.iter().enumerate() {
        if media.id.is_some() {
            let rule = "is not supported yet; name the file by MediaURL";
            faults.push(Fault::missing(format!("MediaArray[{index}].MediaId"), rule));
        } else if local_path(media).is_none() {
            let rule = "must be a path or a file:// address; other addresses are not supported yet";
            faults.push(Fault::missing(format!("MediaArray[{index}].MediaURL"), rule));
        }
    }
    match &output.target {
        Some(Target::OssObject { .. }) => {
            faults.push(Fault::missing(
                "OutputMediaTarget",
                "must be local-file; oss-object is not supported yet",
            ));
        }
        Some(Target::LocalFile { template }) => {
            if let Err(error) = Destination::parse(template) {
                faults.push(Fault::new(
                    "ObjectKey",
                    &template.as_str().into(),
                    format!("is refused: {error}"),
                ));
            }
        }
        None => {}
    }
    let default =
        VideoEncoding { codec: VideoCodec::H264, rate: RateControl::Crf(VideoCodec::H264.default_crf()) };
    if output.target.is_some() && (output.width.is_some() || output.height.is_some()) {
        faults.push(Fault::missing("Width, Height", "are not supported yet; clips have the source's size"));
    }
    if output.target.is_some() && output.video != default {
        faults.push(Fault::missing("Video", "is not supported yet; clips are H.264 of constant quality 23"));
    }
    if output.export_as_new_media {
        faults.push(Fault::missing("ExportAsNewMedia", "is not supported yet"));
    }
    Faults::none_of(faults)
}

fn local_path(media: &MediaReference) -> Option<&Path> {
    match media.url.as_ref()?.location() {
        MediaLocation::LocalFile(path) => Some(path),
        MediaLocation::Web(_) | MediaLocation::Object { .. } => None,
    }
}

impl Engine {
    /// Does a job. A material or a clip that fails does not stop the others.
    ///
    /// # Errors
    /// [`Stopped::Cancelled`], or a failure that concerns the whole job: the materials are longer than allowed in all, or
    /// the request asks for what [`check_supported`] refuses.
    pub async fn extract(
        &self,
        input: &InputConfig,
        output: &OutputConfig,
        cancel: &CancellationToken,
        on_progress: OnExtractProgress<'_>,
    ) -> Result<Extracted, Stopped> {
        check_supported(input, output)
            .map_err(|faults| Failure::new(Code::InvalidRequest, faults.to_string()))?;
        let mut outcomes = self.inspect_all(input, cancel).await?;
        check_total(&outcomes)?;
        self.find_all(&mut outcomes, input, cancel, on_progress).await?;
        let mut failures: Vec<Failure> = Vec::new();
        if let Some(Target::LocalFile { template }) = &output.target {
            failures.extend(self.export_all(&mut outcomes, template, cancel, on_progress).await?);
        }
        let of_materials = outcomes.iter().filter_map(|outcome| outcome.found.as_ref().err().cloned());
        failures.splice(0..0, of_materials);
        let highlight_results = outcomes.iter().map(Outcome::to_result).collect();
        Ok(Extracted { result: AiResult { highlight_results }, failures })
    }

    async fn inspect_all(
        &self,
        input: &InputConfig,
        cancel: &CancellationToken,
    ) -> Result<Vec<Outcome>, Stopped> {
        let mut outcomes = Vec::new();
        for reference in &input.media {
            let inspected = match local_path(reference) {
                Some(path) => self.inspect(path, cancel).await,
                None => Err(Failure::new(Code::InvalidRequest, "This address cannot be read.").into()),
            };
            let (material, found) = match inspected {
                Ok(material) => (Some(material), Ok(Default::default())),
                Err(Stopped::Failed(failure)) => (None, Err(failure)),
                Err(Stopped::Cancelled) => return Err(Stopped::Cancelled),
            };
            outcomes.push(Outcome { reference: reference.clone(), material, found, clips: Vec::new() });
        }
        Ok(outcomes)
    }

    /// Analyses all materials, as many at a time as there are places.
    async fn find_all(
        &self,
        outcomes: &mut [Outcome],
        input: &InputConfig,
        cancel: &CancellationToken,
        on_progress: OnExtractProgress<'_>,
    ) -> Result<(), Stopped> {
        let searches = outcomes.iter_mut().enumerate().map(|(index, outcome)| async move {
            let Some(material) = &outcome.material else { return Ok(()) };
            match self.find(index, material, input, cancel, on_progress).await {
                Ok(found) => outcome.found = Ok(found),
                Err(Stopped::Failed(failure)) => outcome.found = Err(failure),
                Err(Stopped::Cancelled) => return Err(Stopped::Cancelled),
            }
            Ok(())
        });
        futures_util::future::join_all(searches).await.into_iter().collect()
    }

    async fn find(
        &self,
        index: usize,
        material: &NewMaterial,
        input: &InputConfig,
        cancel: &CancellationToken,
        on_progress: OnExtractProgress<'_>,
    ) -> Result<(Vec<Highlight>, Vec<Notice>), Stopped> {
        if material.info.duration <= MediaTime::ZERO {
            let message = "It lasts no time, so there is nothing to find in it. Check that it plays.";
            return Err(Failure::new(Code::EmptyMedia, message).at(&material.path).into());
        }
        let subject = ExtractSubject::Material(index);
        let report = reporter(subject, on_progress);
        let perceived = self.perceive(&Subject::from(material), cancel, report).await?;
        if !input.strategy.allow_speechless && !perceived.evidence.has_speech() {
            return Err(speechless_failure().at(&material.path).into());
        }
        let choice = choose(&perceived.evidence, &input.strategy);
        Ok((choice.highlights, Notice::of_choice(&input.strategy, choice.notice)))
    }

    /// Writes every highlight's clip. Answers what failed.
    async fn export_all(
        &self,
        outcomes: &mut [Outcome],
        template: &str,
        cancel: &CancellationToken,
        on_progress: OnExtractProgress<'_>,
    ) -> Result<Vec<Failure>, Stopped> {
        let destination = Destination::parse(template)
            .map_err(|error| Failure::new(Code::TemplateInvalid, format!("{error}.")))?;
        let folder = std::path::absolute(&destination.folder)
            .map_err(|error| Failure::of_write(&error, &destination.folder))?;
        let orders: Vec<ClipOrder> = outcomes.iter().flat_map(Outcome::clip_orders).collect();
        let paths = name_clips(&folder, &destination.template, &orders);
        let mut failures = Vec::new();
        let mut written = Vec::new();
        for (index, (order, path)) in orders.iter().zip(paths).enumerate() {
            let report = reporter(ExtractSubject::Clip(index), on_progress);
            match self.write_clip(order, &path, Existing::Keep, cancel, report).await {
                Ok(()) => written.push(Some(path)),
                Err(Stopped::Failed(failure)) => {
                    failures.push(failure);
                    written.push(None);
                }
                Err(Stopped::Cancelled) => return Err(Stopped::Cancelled),
            }
        }
        let mut written = written.into_iter();
        for outcome in outcomes {
            let count = outcome.found.as_ref().map_or(0, |(highlights, _)| highlights.len());
            outcome.clips = written.by_ref().take(count).collect();
        }
        Ok(failures)
    }
}

impl Outcome {
    fn clip_orders(&self) -> Vec<ClipOrder> {
        let (Some(material), Ok((highlights, _))) = (&self.material, &self.found) else { return Vec::new() };
        highlights
            .iter()
            .map(|highlight| ClipOrder {
                subject: Subject::from(material),
                range: highlight.range,
                tag: highlight.tags.first().cloned(),
            })
            .collect()
    }

    fn to_result(&self) -> HighlightResult {
        let media = self.reference.as_given();
        match &self.found {
            Err(failure) => HighlightResult::failed(media, &failure.code.name(), &failure.to_string()),
            Ok((highlights, notices)) => {
                let ranges = highlights.iter().enumerate().map(|(index, highlight)| ResultRange {
                    output_url: self
                        .clips
                        .get(index)
                        .cloned()
                        .flatten()
                        .map(|path| path.display().to_string()),
                    ..ResultRange::from(highlight)
                });
                let words: Vec<String> = notices.iter().map(Notice::in_words).collect();
                HighlightResult::found(media, ranges.collect(), (!words.is_empty()).then(|| words.join(" ")))
            }
        }
    }
}

/// The contract's limit on all materials together.
fn check_total(outcomes: &[Outcome]) -> Result<(), Failure> {
    let durations =
        outcomes.iter().filter_map(|outcome| outcome.material.as_ref()).map(|it| it.info.duration);
    let total = durations.fold(MediaTime::ZERO, |total, duration| total + duration);
    if total <= InputConfig::TOTAL_DURATION {
        return Ok(());
    }
    let most = InputConfig::TOTAL_DURATION;
    let message = format!("MediaArray: all videos together must last at most {most}, they last {total}");
    Err(Failure::new(Code::TooLong, message))
}

/// Tells progress of one subject, with the time it will still take.
fn reporter(subject: ExtractSubject, on_progress: OnExtractProgress<'_>) -> impl FnMut(Progress) {
    let mut remaining = None;
    move |progress| {
        let remaining = remaining.get_or_insert_with(Remaining::start).at(progress.fraction);
        on_progress(ExtractProgress { subject, progress, remaining });
    }
}
