//! The contract's job from beginning to end: materials in, ranges out, clips where they are wanted.

mod check;
mod outcome;

use std::time::Duration;

use delivery::{Destination, Existing, NameTemplate};
use highlight::{Constraints, choose_seeing};
use model::job::{AiResult, InputConfig, MediaReference, OutputConfig, Target};
use model::{Highlight, MediaLocation, MediaTime, ObjectStore, Progress};
use project::NewMaterial;
use tokio_util::sync::CancellationToken;

use crate::engine::Engine;
use crate::export::{ClipOptions, ClipOrder, Place, key_template};
use crate::remaining::Remaining;
use crate::source::{Next, shown};
use crate::subject::Subject;
use crate::transcribe::{PreparedTranscription, TranscriptionOptions};
use crate::{Code, EvidenceGap, Failure, Notice, Stopped};

pub use check::check_export;
use outcome::Outcome;

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
    /// The evidence that the whole job went without.
    pub gaps: Vec<EvidenceGap>,
    /// How long the materials last in all that were searched.
    pub searched: MediaTime,
}

/// Receives progress; called from several tasks.
pub type OnExtractProgress<'a> = &'a (dyn Fn(ExtractProgress) + Sync);

/// Where a job's clips go and what they are called.
struct Export {
    place: Place,
    template: NameTemplate,
    options: ClipOptions,
    existing: Existing,
}

impl Engine {
    /// Does a job. A material or a clip that fails does not stop the others. With `transcription` what is said is written down
    /// first, where no subtitle tells; a material in which that fails goes on without words, and the failure is told.
    ///
    /// # Errors
    /// [`Stopped::Cancelled`], or a failure that concerns the whole job: it breaks a rule of [`check_export`], the materials are
    /// longer than allowed in all, or the bucket its clips are for cannot be used.
    pub async fn extract(
        &self,
        input: &InputConfig,
        output: &OutputConfig,
        transcription: Option<&TranscriptionOptions>,
        cancel: &CancellationToken,
        on_progress: OnExtractProgress<'_>,
    ) -> Result<Extracted, Stopped> {
        check_export(output).map_err(|faults| Failure::new(Code::InvalidRequest, faults.to_string()))?;
        if output.target.is_some() {
            self.check_codec(output.video.codec).await?;
        }
        let prepared = match transcription {
            Some(options) => Some(self.prepare_transcription(options).await?),
            None => None,
        };
        let export = self.open_export(output, cancel).await?;
        let mut outcomes = self.inspect_all(input, cancel).await?;
        check_total(&outcomes)?;
        let gaps = self.evidence_gaps().await?;
        self.find_all(&mut outcomes, input, prepared.as_ref(), cancel, on_progress).await?;
        let mut failures: Vec<Failure> = Vec::new();
        if let Some(export) = &export {
            failures.extend(self.export_all(&mut outcomes, export, cancel, on_progress).await?);
        }
        let of_materials = outcomes
            .iter()
            .flat_map(|outcome| outcome.untranscribed.iter().chain(outcome.found.as_ref().err()).cloned());
        failures.splice(0..0, of_materials);
        let searched = outcomes.iter().filter(|outcome| outcome.found.is_ok());
        let searched = searched.filter_map(|outcome| outcome.material.as_ref());
        let searched = searched.fold(MediaTime::ZERO, |sum, material| sum + material.info.duration);
        let highlight_results = outcomes.iter().map(Outcome::to_result).collect();
        Ok(Extracted { result: AiResult { highlight_results }, failures, gaps, searched })
    }

    /// Opens the place that clips go to. A bucket that cannot be used is told before hours of work, not after.
    async fn open_export(
        &self,
        output: &OutputConfig,
        cancel: &CancellationToken,
    ) -> Result<Option<Export>, Stopped> {
        let Some(target) = &output.target else { return Ok(None) };
        let template_invalid = |error| Failure::new(Code::TemplateInvalid, format!("{error}."));
        let options = ClipOptions::from(output);
        Ok(Some(match target {
            Target::LocalFile { template } => {
                let Destination { folder, template } =
                    Destination::parse(template).map_err(template_invalid)?;
                let folder =
                    std::path::absolute(&folder).map_err(|error| Failure::of_write(&error, &folder))?;
                Export { place: Place::Folder(folder), template, options, existing: Existing::Keep }
            }
            Target::OssObject { endpoint, bucket, key_template: keys } => {
                let template = key_template(keys).map_err(template_invalid)?;
                let bucket = self.bucket_for(ObjectStore::Oss, bucket, endpoint.as_deref())?;
                let reached = tokio::select! {
                    () = cancel.cancelled() => return Err(Stopped::Cancelled),
                    reached = bucket.questions.reach() => reached,
                };
                reached.map_err(|error| Failure::of_bucket(&error))?;
                // As in the service, and as a bucket does by itself: the same job again replaces its objects.
                Export { place: Place::Bucket(bucket), template, options, existing: Existing::Replace }
            }
        }))
    }

    async fn inspect_all(
        &self,
        input: &InputConfig,
        cancel: &CancellationToken,
    ) -> Result<Vec<Outcome>, Stopped> {
        let mut outcomes = Vec::new();
        for reference in &input.media {
            let (material, found) = match self.inspect_reference(reference, cancel).await {
                Ok(material) => (Some(material), Ok(Default::default())),
                Err(Stopped::Failed(failure)) => (None, Err(failure)),
                Err(Stopped::Cancelled) => return Err(Stopped::Cancelled),
            };
            let (reference, clips) = (reference.clone(), Vec::new());
            outcomes.push(Outcome { reference, material, untranscribed: None, found, clips });
        }
        Ok(outcomes)
    }

    async fn inspect_reference(
        &self,
        reference: &MediaReference,
        cancel: &CancellationToken,
    ) -> Result<NewMaterial, Stopped> {
        match (&reference.id, &reference.url) {
            (Some(id), _) => self.asset_material(id, cancel).await,
            (None, Some(address)) => self.inspect(address.location(), Next::Analysis, cancel).await,
            (None, None) => {
                Err(Failure::new(Code::InvalidRequest, "It names neither a MediaId nor a MediaURL.").into())
            }
        }
    }

    /// Analyses all materials, as many at a time as there are places.
    async fn find_all(
        &self,
        outcomes: &mut [Outcome],
        input: &InputConfig,
        transcription: Option<&PreparedTranscription>,
        cancel: &CancellationToken,
        on_progress: OnExtractProgress<'_>,
    ) -> Result<(), Stopped> {
        let searches = outcomes.iter_mut().enumerate().map(|(index, outcome)| async move {
            let Some(material) = &outcome.material else { return Ok(()) };
            let report = reporter(ExtractSubject::Material(index), on_progress);
            let subject = Subject::from(material);
            if let Some(prepared) = transcription {
                match self.transcribe(&subject, prepared, &cancel.into(), report).await {
                    // Whether nobody speaking is a fault is judged below.
                    Ok(_) | Err(Stopped::Failed(Failure { code: Code::Speechless, .. })) => {}
                    Err(Stopped::Failed(failure)) => outcome.untranscribed = Some(failure),
                    Err(Stopped::Cancelled) => return Err(Stopped::Cancelled),
                }
            }
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
            return Err(Failure::new(Code::EmptyMedia, message).at(&shown(&material.location)).into());
        }
        let subject = ExtractSubject::Material(index);
        let report = reporter(subject, on_progress);
        let perceived = self.perceive(&Subject::from(material), &cancel.into(), report).await?;
        if !input.strategy.allow_speechless && !perceived.evidence.has_speech() {
            let message = "It holds neither subtitles nor a human voice. Set AllowSpeechless (--allow-speechless) to go by picture \
                           and sound alone.";
            return Err(Failure::new(Code::Speechless, message).at(&shown(&material.location)).into());
        }
        let sights = self.sights(&perceived, &input.strategy, cancel).await?;
        let choice = choose_seeing(&perceived.evidence, &sights, &input.strategy, &Constraints::default());
        let notices = Notice::of_choice(&input.strategy, &choice);
        Ok((choice.highlights, notices))
    }

    /// Delivers every highlight's clip. Answers what failed.
    async fn export_all(
        &self,
        outcomes: &mut [Outcome],
        export: &Export,
        cancel: &CancellationToken,
        on_progress: OnExtractProgress<'_>,
    ) -> Result<Vec<Failure>, Stopped> {
        let orders: Vec<ClipOrder> = outcomes.iter().flat_map(Outcome::clip_orders).collect();
        let places = export.place.of_clips(&export.template, &orders);
        let mut failures = Vec::new();
        let sources: Vec<MediaLocation> =
            outcomes.iter().filter_map(|it| it.material.as_ref()).map(|it| it.location.clone()).collect();
        let mut ended = Vec::new();
        for (index, (order, place)) in orders.iter().zip(places).enumerate() {
            let report = reporter(ExtractSubject::Clip(index), on_progress);
            let delivered = match place.check_no_source(sources.iter()) {
                Ok(()) => {
                    self.deliver(order, &place, &export.options, export.existing, &cancel.into(), report)
                        .await
                }
                Err(failure) => Err(failure.into()),
            };
            match delivered {
                Ok(clip) => ended.push(Ok(clip)),
                Err(Stopped::Failed(failure)) => {
                    failures.push(failure.clone());
                    ended.push(Err(failure));
                }
                Err(Stopped::Cancelled) => return Err(Stopped::Cancelled),
            }
        }
        let mut ended = ended.into_iter();
        for outcome in outcomes {
            let count = outcome.found.as_ref().map_or(0, |(highlights, _)| highlights.len());
            outcome.clips = ended.by_ref().take(count).collect();
        }
        Ok(failures)
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

/// Tells progress of one subject, with the time its stage will still take.
fn reporter(subject: ExtractSubject, on_progress: OnExtractProgress<'_>) -> impl FnMut(Progress) {
    let mut started = None;
    move |progress: Progress| {
        let (_, remaining) = match started.take() {
            Some((stage, remaining)) if stage == progress.stage => (stage, remaining),
            _ => (progress.stage, Remaining::start()),
        };
        let left = remaining.at(progress.fraction);
        started = Some((progress.stage, remaining));
        on_progress(ExtractProgress { subject, progress, remaining: left });
    }
}
