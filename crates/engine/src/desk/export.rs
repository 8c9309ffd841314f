//! Ranges leave the desk as clips.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use delivery::{Existing, NameTemplate};
use project::{MaterialId, Project, RangeId};
use tokio_util::sync::CancellationToken;

use super::state::Export;
use super::view::{ClipState, Event, ExportStatus, ExportedClip, ProgressItem, ProgressSubject, Snapshot};
use super::{Desk, Subject};
use crate::export::{ClipOrder, name_clips};
use crate::remaining::Remaining;
use crate::{Code, Failure, Stopped};

/// What is to be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRequest {
    /// Which ranges; they are written in the order of the project, whatever their order here.
    pub ranges: Vec<(MaterialId, RangeId)>,
    /// Where the clips go.
    pub folder: PathBuf,
    /// What they are called there; see [`delivery::NameTemplate`].
    pub template: String,
    /// Whether files of the same names are replaced.
    pub overwrite: bool,
}

/// What an export would do.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportPlan {
    /// The clips in their order; empty when there are faults.
    pub clips: Vec<PlannedClip>,
    /// Why it cannot begin.
    pub faults: Vec<Failure>,
    /// Free bytes where the folder is, when the system tells.
    pub free_bytes: Option<u64>,
}

/// A clip that an export would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedClip {
    /// The material it is cut from.
    pub material: MaterialId,
    /// The range it shows.
    pub range: RangeId,
    /// Its file.
    pub path: PathBuf,
    /// A file of that name is there already.
    pub exists: bool,
}

/// A clip of an export with everything that writing it needs.
struct Prepared {
    planned: PlannedClip,
    order: ClipOrder,
}

impl Desk {
    /// Tells what an export would do; nothing is written.
    #[must_use]
    pub fn plan_export(&self, request: &ExportRequest) -> ExportPlan {
        let project = Arc::clone(self.lock().history.project());
        let free_bytes = free_bytes(&request.folder);
        match prepare(&project, request) {
            Ok(clips) => ExportPlan {
                clips: clips.into_iter().map(|clip| clip.planned).collect(),
                faults: Vec::new(),
                free_bytes,
            },
            Err(faults) => ExportPlan { clips: Vec::new(), faults, free_bytes },
        }
    }

    /// Begins to write clips.
    ///
    /// # Errors
    /// When an export is under way, or the first fault of its plan.
    pub fn start_export(&self, request: &ExportRequest) -> Result<Snapshot, Failure> {
        let mut prepared = Vec::new();
        let cancel = CancellationToken::new();
        let snapshot = self.change(|state| {
            if state.export.as_ref().is_some_and(|export| !export.status.finished) {
                return Err(Failure::new(
                    Code::Busy,
                    "Clips are being exported already. Wait for them, or cancel.",
                ));
            }
            prepared = prepare(state.history.project(), request).map_err(first)?;
            if !request.overwrite
                && let Some(taken) = prepared.iter().find(|clip| clip.planned.exists)
            {
                let message =
                    "A file of this name is there already. Allow replacing, or change the name template.";
                return Err(Failure::new(Code::TargetExists, message).at(&taken.planned.path));
            }
            let clips = prepared.iter().map(|clip| ExportedClip {
                material: clip.planned.material,
                range: clip.planned.range,
                path: clip.planned.path.clone(),
                state: ClipState::Waiting,
            });
            let status = ExportStatus { finished: false, clips: clips.collect() };
            state.export = Some(Export { cancel: cancel.clone(), status });
            Ok(())
        })?;
        let existing = if request.overwrite { Existing::Replace } else { Existing::Keep };
        tokio::spawn(self.clone().export(prepared, existing, cancel));
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
            if state.export.as_ref().is_some_and(|export| export.status.finished) {
                state.export = None;
            }
            Ok(())
        })
    }

    /// True when `path` is a clip of the last export that was written.
    #[must_use]
    pub fn has_written(&self, path: &Path) -> bool {
        let state = self.lock();
        let clips = state.export.as_ref().map(|export| export.status.clips.as_slice()).unwrap_or_default();
        clips.iter().any(|clip| clip.state == ClipState::Written && clip.path == path)
    }

    /// Where clips go unless another folder is chosen.
    #[must_use]
    pub fn default_export_folder(&self) -> PathBuf {
        self.shared.engine.directories.default_export()
    }

    async fn export(self, clips: Vec<Prepared>, existing: Existing, cancel: CancellationToken) {
        let _working = self.shared.working.read().await;
        for (index, clip) in clips.iter().enumerate() {
            if cancel.is_cancelled() {
                self.set_clip(index, ClipState::Cancelled);
                continue;
            }
            self.set_clip(index, ClipState::Running);
            let remaining = Remaining::start();
            let on_progress = |progress: model::Progress| {
                let subject = ProgressSubject::Clip(index);
                let remaining = remaining.at(progress.fraction);
                self.tell(Event::Progress(ProgressItem { subject, progress, remaining }));
            };
            let engine = &self.shared.engine;
            let written =
                engine.write_clip(&clip.order, &clip.planned.path, existing, &cancel, on_progress).await;
            self.set_clip(
                index,
                match written {
                    Ok(()) => ClipState::Written,
                    Err(Stopped::Cancelled) => ClipState::Cancelled,
                    Err(Stopped::Failed(failure)) => ClipState::Failed(failure),
                },
            );
        }
        self.change_quietly(|state| {
            if let Some(export) = &mut state.export {
                export.status.finished = true;
            }
            Ok(())
        });
    }

    fn set_clip(&self, index: usize, clip: ClipState) {
        self.change_quietly(|state| {
            if let Some(place) = state.export.as_mut().and_then(|export| export.status.clips.get_mut(index)) {
                place.state = clip;
            }
            Ok(())
        });
    }
}

fn first(faults: Vec<Failure>) -> Failure {
    let nothing = || Failure::new(Code::NothingToExport, "There is no range to export.");
    faults.into_iter().next().unwrap_or_else(nothing)
}

/// The clips of a request in the project's order, or all that is wrong with it.
fn prepare(project: &Project, request: &ExportRequest) -> Result<Vec<Prepared>, Vec<Failure>> {
    let mut faults = Vec::new();
    if !request.folder.is_absolute() {
        let message = "The folder must be a whole path, from the root. Choose a folder.";
        faults.push(Failure::new(Code::FolderNotWritable, message).at(&request.folder));
    }
    let template = NameTemplate::parse(&request.template)
        .map_err(|error| faults.push(Failure::new(Code::TemplateInvalid, format!("{error}."))))
        .ok();
    let wanted: Vec<_> = project
        .materials
        .iter()
        .flat_map(|material| material.ranges.iter().map(move |range| (material, range)))
        .filter(|(material, range)| request.ranges.contains(&(material.id, range.id)))
        .collect();
    if wanted.is_empty() {
        let message = "There is no range to export. Find highlights or add a range first.";
        faults.push(Failure::new(Code::NothingToExport, message));
    }
    let Some(template) = template.filter(|_| faults.is_empty()) else { return Err(faults) };
    let orders: Vec<ClipOrder> = wanted
        .iter()
        .map(|(material, range)| ClipOrder {
            subject: Subject::from(*material),
            range: range.range,
            tag: range.tags.first().cloned(),
        })
        .collect();
    let paths = name_clips(&request.folder, &template, &orders);
    let taken = paths.iter().filter(|path| is_source(project, path));
    faults.extend(taken.map(|path| {
        let message =
            "A clip would take the place of a video of this project. Change the name template or the folder.";
        Failure::new(Code::TemplateInvalid, message).at(path)
    }));
    if !faults.is_empty() {
        return Err(faults);
    }
    let clips = wanted.iter().zip(orders).zip(paths).map(|(((material, range), order), path)| Prepared {
        planned: PlannedClip { material: material.id, range: range.id, exists: path.exists(), path },
        order,
    });
    Ok(clips.collect())
}

/// True when `path` leads to a video of the project, which is never written to, whatever may be replaced.
fn is_source(project: &Project, path: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    project.materials.iter().any(|material| material.path.canonicalize().is_ok_and(|source| source == path))
}

/// Free bytes on the disk that `folder`, or the nearest folder above it that is there, lies on.
fn free_bytes(folder: &Path) -> Option<u64> {
    let present = folder.ancestors().find(|folder| folder.is_dir())?.canonicalize().ok()?;
    let disks = sysinfo::Disks::new_with_refreshed_list().ok()?;
    disks
        .iter()
        .filter(|disk| present.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().components().count())
        .map(sysinfo::Disk::available_space)
}
