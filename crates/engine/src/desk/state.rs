//! What a desk knows at one moment, and how that follows from edits and from what was perceived.

use std::collections::HashMap;

use highlight::{Constraints, choose_around};
use project::{Cause, EditCommand, EditError, History, Material, MaterialId, Origin};
use tokio_util::sync::CancellationToken;

use super::view::{Analysis, ExportStatus, MaterialStatus, Playback, Snapshot};
use crate::engine::Perceived;
use crate::{Code, Failure, Notice};

pub(super) struct State {
    pub(super) history: History,
    pub(super) revision: u32,
    pub(super) interrupted: bool,
    /// The last number given to a run of finding highlights.
    pub(super) run: u32,
    /// Cancels the run that is under way.
    pub(super) find: Option<CancellationToken>,
    pub(super) export: Option<Export>,
    pub(super) materials: HashMap<MaterialId, Known>,
}

/// The export that runs, or the last one.
pub(super) struct Export {
    pub(super) cancel: CancellationToken,
    pub(super) status: ExportStatus,
}

/// What is known of a material. It outlives the material's removal, which can be undone.
#[derive(Default)]
pub(super) struct Known {
    pub(super) missing: bool,
    pub(super) analysis: Analysis,
    pub(super) perceived: Option<Perceived>,
    /// Ends the analysis that is under way.
    pub(super) cancel: Option<CancellationToken>,
    pub(super) playback: Playback,
    pub(super) notices: Vec<Notice>,
}

impl State {
    pub(super) fn new(history: History) -> Self {
        Self {
            history,
            revision: 0,
            interrupted: false,
            run: 0,
            find: None,
            export: None,
            materials: HashMap::new(),
        }
    }

    pub(super) fn known(&mut self, id: MaterialId) -> &mut Known {
        self.materials.entry(id).or_default()
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        let project = self.history.project();
        Snapshot {
            revision: self.revision,
            materials: project.materials.iter().map(|material| self.status(material)).collect(),
            project: project.clone(),
            undo: self.history.undo_name(),
            redo: self.history.redo_name(),
            finding: self.find.is_some(),
            interrupted: self.interrupted,
            export: self.export.as_ref().map(|export| export.status.clone()),
        }
    }

    fn status(&self, material: &Material) -> MaterialStatus {
        let Some(known) = self.materials.get(&material.id) else {
            return MaterialStatus {
                missing: false,
                voice: None,
                analysis: Analysis::None,
                playback: Playback::None,
                notices: Vec::new(),
            };
        };
        let speechless = known.analysis == Analysis::Done && self.is_refused_as_speechless(material);
        MaterialStatus {
            missing: known.missing,
            voice: known.perceived.as_ref().map(|perceived| !perceived.evidence.utterances.is_empty()),
            analysis: if speechless {
                Analysis::Failed(speechless_failure())
            } else {
                known.analysis.clone()
            },
            playback: known.playback.clone(),
            notices: known.notices.clone(),
        }
    }

    /// The contract's rule: nothing is found in a material without voice and subtitles unless that is allowed.
    fn is_refused_as_speechless(&self, material: &Material) -> bool {
        let allowed = material.allow_speechless || self.history.project().strategy.allow_speechless;
        let perceived = self.materials.get(&material.id).and_then(|known| known.perceived.as_ref());
        !allowed && perceived.is_some_and(|perceived| !perceived.evidence.has_speech())
    }

    /// Does an edit, and lets the found ranges follow it.
    pub(super) fn edit(&mut self, command: EditCommand, gesture: Option<u32>) -> Result<(), EditError> {
        let affected = match &command {
            EditCommand::SetStrategy(_) => self.analysed(),
            EditCommand::AllowSpeechless(id) => vec![*id],
            _ => Vec::new(),
        };
        if let EditCommand::RemoveMaterial(id) = &command
            && let Some(cancel) = self.known(*id).cancel.take()
        {
            cancel.cancel();
        }
        let before = self.history.project().clone();
        self.history.apply(command, gesture)?;
        if before != *self.history.project() {
            for id in affected {
                self.choose(id, Cause::LastEdit)?;
            }
        }
        Ok(())
    }

    fn analysed(&self) -> Vec<MaterialId> {
        let materials = self.history.project().materials.iter().map(|material| material.id);
        let done =
            |id: &MaterialId| self.materials.get(id).is_some_and(|known| known.analysis == Analysis::Done);
        materials.filter(done).collect()
    }

    /// Chooses the ranges of one material anew from its evidence; hand-made ones stay, removed ones stay away.
    pub(super) fn choose(&mut self, id: MaterialId, cause: Cause) -> Result<(), EditError> {
        let project = self.history.project().clone();
        let Some(material) = project.material(id) else { return Ok(()) };
        let Some(perceived) = self.known(id).perceived.clone() else { return Ok(()) };
        if self.is_refused_as_speechless(material) {
            return Ok(());
        }
        let constraints = Constraints {
            kept: material
                .ranges
                .iter()
                .filter(|range| range.origin != Origin::Found)
                .map(|range| range.range)
                .collect(),
            dropped: material.dropped.clone(),
        };
        let choice = choose_around(&perceived.evidence, &project.strategy, &constraints);
        self.known(id).notices = Notice::of_choice(&project.strategy, choice.notice);
        self.history.set_found(id, choice.highlights, cause)
    }
}

pub(crate) fn speechless_failure() -> Failure {
    let message =
        "It holds neither subtitles nor a human voice. Analyse it anyway to go by picture and sound alone.";
    Failure::new(Code::Speechless, message)
}
