//! Ranges leave the desk as clips.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use delivery::{Existing, NameTemplate};
use futures_util::future::join_all;
use model::Progress;
use project::{Material, MaterialId, Project, ProjectRange, RangeId};
use tokio_util::sync::CancellationToken;

use super::state::Export;
use super::view::{
    ClipState, Event, ExportStatus, ExportTarget, ExportedClip, ProgressItem, ProgressSubject, Snapshot,
};
use super::{Desk, Subject};
use crate::disk::free_bytes;
use crate::engine::waiting;
use crate::export::{ClipOptions, ClipOrder, ClipPlace, ExportPreset, Place, WaitingClip};
use crate::remaining::Remaining;
use crate::{Code, Failure, Stopped, export};

/// How many objects of a bucket are asked for at the same time.
const ASKED_AT_ONCE: usize = 8;

/// What is to be exported.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportRequest {
    /// Which ranges; they are written in the order of the project, whatever their order here. Dropped ones stay out.
    pub ranges: Vec<(MaterialId, RangeId)>,
    /// Where the clips go.
    pub target: ExportTarget,
    /// What they are called there; see [`delivery::NameTemplate`].
    pub template: String,
    /// Whether files or objects of the same names are replaced.
    pub overwrite: bool,
    /// How they are encoded.
    pub options: ClipOptions,
}

/// What an export would do.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportPlan {
    /// The clips in their order; empty when there are faults.
    pub clips: Vec<PlannedClip>,
    /// Why it cannot begin.
    pub faults: Vec<Failure>,
    /// Free bytes where clips are written on this machine, when the system tells.
    pub free_bytes: Option<u64>,
    /// About how many bytes all clips will have; `None` when there are faults.
    pub estimated_bytes: Option<u64>,
}

/// A clip that an export would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedClip {
    /// The material it is cut from.
    pub material: MaterialId,
    /// The range it shows.
    pub range: RangeId,
    /// Its file, or its key in the bucket.
    pub path: PathBuf,
    /// A file or an object of that name is there already.
    pub exists: bool,
    /// About how many bytes it will have.
    pub estimated_bytes: u64,
}

/// What an export may begin with.
#[derive(Debug, Clone)]
pub struct ExportChoices {
    /// Options with names.
    pub presets: [ExportPreset; 6],
    /// Codecs that this machine cannot encode.
    pub missing_codecs: Vec<model::job::VideoCodec>,
    /// Where clips go unless another place is chosen.
    pub folder: PathBuf,
}

/// A clip of an export with everything that writing it needs.
struct Prepared {
    planned: PlannedClip,
    order: ClipOrder,
    place: ClipPlace,
}

impl Desk {
    /// What an export may begin with.
    pub async fn export_choices(&self) -> ExportChoices {
        let missing = self.shared.engine.missing_codecs().await;
        ExportChoices {
            presets: ExportPreset::all(),
            // Where that cannot be told, the export itself will tell.
            missing_codecs: missing.map(<[_]>::to_vec).unwrap_or_default(),
            folder: self.shared.engine.directories.default_export(),
        }
    }

    /// Tells what an export would do; nothing is written.
    pub async fn plan_export(&self, request: &ExportRequest) -> ExportPlan {
        let folder = match &request.target {
            ExportTarget::Folder(folder) => folder.clone(),
            ExportTarget::Bucket(_) => self.shared.engine.directories.outbox(),
        };
        let free_bytes = waiting(|| free_bytes(&folder));
        match self.prepare(request).await {
            Ok(prepared) => {
                let clips: Vec<_> = prepared.into_iter().map(|clip| clip.planned).collect();
                let estimated_bytes = Some(clips.iter().map(|clip| clip.estimated_bytes).sum());
                ExportPlan { clips, faults: Vec::new(), free_bytes, estimated_bytes }
            }
            Err(faults) => ExportPlan { clips: Vec::new(), faults, free_bytes, estimated_bytes: None },
        }
    }

    /// Begins to write clips.
    ///
    /// # Errors
    /// When an export is under way, or the first fault of its plan.
    pub async fn start_export(&self, request: &ExportRequest) -> Result<Snapshot, Failure> {
        let prepared = self.prepare(request).await.map_err(first)?;
        if !request.overwrite
            && let Some(taken) = prepared.iter().find(|clip| clip.planned.exists)
        {
            let message = "This name is taken already. Allow replacing, or change the name template.";
            return Err(Failure::new(Code::TargetExists, message).at(&taken.planned.path));
        }
        let cancel = CancellationToken::new();
        let snapshot = self.change(|state| {
            state.check_not_exporting()?;
            let clips = prepared.iter().map(|clip| ExportedClip {
                path: clip.planned.path.clone(),
                state: ClipState::Waiting,
                kept: false,
            });
            let status =
                ExportStatus { finished: false, target: request.target.clone(), clips: clips.collect() };
            state.export = Some(Export { cancel: cancel.clone(), status });
            state.pause.set(false);
            Ok(())
        })?;
        let existing = if request.overwrite { Existing::Replace } else { Existing::Keep };
        tokio::spawn(self.clone().export(prepared, request.options, existing, cancel));
        Ok(snapshot)
    }

    /// Gives the export up. Clips that are written stay.
    #[must_use]
    pub fn cancel_export(&self) -> Snapshot {
        if let Some(export) = &self.lock().export {
            export.cancel.cancel();
        }
        self.snapshot()
    }

    /// Puts the report of a finished export away.
    ///
    /// # Errors
    /// Never in practice; the signature is that of every change.
    pub fn dismiss_export(&self) -> Result<Snapshot, Failure> {
        self.change(|state| {
            if !state.is_exporting() {
                state.export = None;
            }
            Ok(())
        })
    }

    /// True when `path` is a file that the last export wrote.
    #[must_use]
    pub fn has_written(&self, path: &Path) -> bool {
        let state = self.lock();
        let Some(Export { status, .. }) = &state.export else { return false };
        let written = |clip: &ExportedClip| matches!(clip.state, ClipState::Written { .. });
        matches!(status.target, ExportTarget::Folder(_))
            && status.clips.iter().any(|clip| written(clip) && clip.path == path)
    }

    async fn export(
        self,
        clips: Vec<Prepared>,
        options: ClipOptions,
        existing: Existing,
        cancel: CancellationToken,
    ) {
        let _working = self.shared.working.read().await;
        let control = self.control(&cancel);
        for (index, clip) in clips.iter().enumerate() {
            control.may_go_on().await;
            if cancel.is_cancelled() {
                self.set_clip(index, ClipState::Cancelled);
                continue;
            }
            self.set_clip(index, ClipState::Running);
            let engine = &self.shared.engine;
            let on_progress = self.clip_progress(index);
            let delivered =
                engine.deliver(&clip.order, &clip.place, &options, existing, &control, on_progress).await;
            self.set_clip(index, ClipState::of(delivered));
        }
        self.finish_export();
    }

    /// Tells how far a clip is, and that it is on its way once it is.
    pub(super) fn clip_progress(&self, index: usize) -> impl FnMut(Progress) + Send {
        let desk = self.clone();
        let pause = self.lock().pause.clone();
        let mut begun: Option<(model::Stage, Remaining)> = None;
        move |progress: Progress| {
            if begun.as_ref().is_none_or(|(stage, _)| *stage != progress.stage) {
                begun = Some((progress.stage, Remaining::heeding(&pause)));
                if progress.stage == model::Stage::Uploading {
                    desk.set_clip(index, ClipState::Uploading);
                }
            }
            let remaining = begun.as_ref().and_then(|(_, remaining)| remaining.at(progress.fraction));
            let subject = ProgressSubject::Clip(index);
            desk.tell(Event::Progress(ProgressItem { subject, progress, remaining }));
        }
    }

    pub(super) fn finish_export(&self) {
        self.count_waiting();
        self.look_for_gone();
        self.change_quietly(|state| {
            if let Some(export) = &mut state.export {
                export.status.finished = true;
            }
            state.go_on_when_idle();
            Ok(())
        });
    }

    /// Looks for the videos of clips that failed because those are no longer where they were, and says which are gone.
    fn look_for_gone(&self) {
        let is_gone = |clip: &ExportedClip| matches!(&clip.state, ClipState::Failed(failure) if failure.code == Code::MaterialMissing);
        if self.lock().export.as_ref().is_some_and(|export| export.status.clips.iter().any(is_gone)) {
            self.follow_all();
            self.prepare_previews();
        }
    }

    pub(super) fn set_clip(&self, index: usize, clip: ClipState) {
        let waiting = match clip {
            ClipState::Failed(_) | ClipState::Cancelled => {
                self.shared.engine.waiting_clips().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        self.change_quietly(|state| {
            let Some(Export { status, .. }) = &mut state.export else { return Ok(()) };
            let in_bucket = matches!(status.target, ExportTarget::Bucket(_));
            if let Some(place) = status.clips.get_mut(index) {
                let is_it = |waits: &WaitingClip| Path::new(&waits.key) == place.path;
                place.kept = in_bucket && waiting.iter().any(is_it);
                place.state = clip;
            }
            Ok(())
        });
    }

    /// The clips of a request in the project's order, or all that is wrong with it.
    async fn prepare(&self, request: &ExportRequest) -> Result<Vec<Prepared>, Vec<Failure>> {
        let project = Arc::clone(self.lock().history.project());
        let mut faults = Vec::new();
        let place = self.place(&request.target).map_err(|fault| faults.push(fault)).ok();
        let parsed = match &request.target {
            ExportTarget::Folder(_) => NameTemplate::parse(&request.template),
            ExportTarget::Bucket(_) => export::key_template(&request.template),
        };
        let template = parsed.map_err(|error| faults.push(template_invalid(format!("{error}.")))).ok();
        if let Some(template) = &template {
            let wrong = export::check_encoding(template, &request.options);
            faults.extend(wrong.iter().map(export::EncodingFault::to_failure));
        }
        if let Err(Stopped::Failed(failure)) =
            self.shared.engine.check_codec(request.options.video.codec).await
        {
            faults.push(failure);
        }
        let wanted = wanted(&project, &request.ranges);
        if wanted.is_empty() {
            let message = "There is no range to export. Find highlights or add a range first.";
            faults.push(Failure::new(Code::NothingToExport, message));
        }
        let (Some(template), Some(place)) = (template, place) else { return Err(faults) };
        let orders: Vec<ClipOrder> = wanted.iter().map(|(material, range)| order(material, range)).collect();
        let places = place.of_clips(&template, &orders);
        let sources = || project.materials.iter().map(|material| &material.location);
        faults.extend(places.iter().filter_map(|place| place.check_no_source(sources()).err()));
        if !faults.is_empty() {
            return Err(faults);
        }
        let exist = exist(&places).await.map_err(|fault| vec![fault])?;
        let clips = wanted.iter().zip(orders).zip(places.into_iter().zip(exist));
        Ok(clips
            .map(|(((material, range), order), (place, exists))| {
                let options = &request.options;
                let estimated_bytes = media::estimated_bytes(
                    &material.info,
                    range.range,
                    options.width,
                    options.height,
                    options.video,
                );
                let path = place.path().to_owned();
                let planned =
                    PlannedClip { material: material.id, range: range.id, path, exists, estimated_bytes };
                Prepared { planned, order, place }
            })
            .collect())
    }

    fn place(&self, target: &ExportTarget) -> Result<Place, Failure> {
        match target {
            ExportTarget::Folder(folder) if folder.is_absolute() => Ok(Place::Folder(folder.clone())),
            ExportTarget::Folder(folder) => {
                let message = "The folder must be a whole path, from the root. Choose a folder.";
                Err(Failure::new(Code::FolderNotWritable, message).at(folder))
            }
            ExportTarget::Bucket(name) => self.shared.engine.bucket_named(name).map(Place::Bucket),
        }
    }
}

fn first(faults: Vec<Failure>) -> Failure {
    let nothing = || Failure::new(Code::NothingToExport, "There is no range to export.");
    faults.into_iter().next().unwrap_or_else(nothing)
}

fn template_invalid(message: impl Into<String>) -> Failure {
    Failure::new(Code::TemplateInvalid, message)
}

fn wanted<'a>(
    project: &'a Project,
    ranges: &[(MaterialId, RangeId)],
) -> Vec<(&'a Material, &'a ProjectRange)> {
    let all = project
        .materials
        .iter()
        .flat_map(|material| material.ranges.iter().map(move |range| (material, range)));
    let wanted = |material: &Material, range: &ProjectRange| {
        !range.is_dropped() && ranges.contains(&(material.id, range.id))
    };
    all.filter(|(material, range)| wanted(material, range)).collect()
}

fn order(material: &Material, range: &ProjectRange) -> ClipOrder {
    ClipOrder {
        subject: Subject::from(material),
        range: range.range,
        tag: range.tags_inside().next().map(|tag| tag.name.clone()),
        title: range.title.clone(),
    }
}

/// Which places are taken.
async fn exist(places: &[ClipPlace]) -> Result<Vec<bool>, Failure> {
    let mut taken = Vec::new();
    for some in places.chunks(ASKED_AT_ONCE) {
        for answer in join_all(some.iter().map(exists)).await {
            taken.push(answer?);
        }
    }
    Ok(taken)
}

async fn exists(place: &ClipPlace) -> Result<bool, Failure> {
    match place {
        ClipPlace::File(path) => Ok(path.exists()),
        ClipPlace::Object { bucket, key } => {
            let found = bucket.questions.exists(key).await;
            found.map(|size| size.is_some()).map_err(|error| Failure::of_bucket(&error))
        }
    }
}
