//! What a desk knows at one moment, and how that follows from edits and from what was perceived.

use std::collections::HashMap;
use std::sync::Arc;

use highlight::{Choice, Constraints, Sights, Sought, choose_seeing, sought};
use model::{Evidence, Fingerprint, MediaLocation, PictureEmbeddings, Series};
use project::{
    Cause, EditCommand, EditError, History, Material, MaterialId, ProjectId, ProjectRange, RangeId,
};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::jobs::Interrupted;
use super::look::{Unsearched, Unseen};
use super::view::{Analysis, ExportStatus, Importing, MaterialStatus, Playback, Snapshot};
use crate::control::Pause;
use crate::engine::Perceived;
use crate::{Code, Failure, Notice, sidecar};

pub(super) struct State {
    pub(super) history: History,
    /// The projects that were put away since the desk was opened, with their undo.
    pub(super) away: HashMap<ProjectId, History>,
    pub(super) revision: u32,
    pub(super) interrupted: Interrupted,
    pub(super) import: Option<Import>,
    /// The last number given to a run of finding highlights.
    pub(super) run: u32,
    /// Cancels the run that is under way.
    pub(super) find: Option<CancellationToken>,
    /// Cancels the transcription that is under way.
    pub(super) transcription: Option<CancellationToken>,
    pub(super) export: Option<Export>,
    /// Clips of earlier exports that wait for their bucket.
    pub(super) waiting_uploads: usize,
    /// The program ends: work that is cut off now is to be offered again.
    pub(super) closing: bool,
    /// Holds on the work that the editor asked for.
    pub(super) pause: Pause,
    pub(super) materials: HashMap<MaterialId, Known>,
}

/// The import that is under way.
pub(super) struct Import {
    pub(super) cancel: CancellationToken,
    pub(super) status: Importing,
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
    /// Where its pictures show what was looked for so far.
    pub(super) sights: Sights,
    /// The last search of its pictures, where that failed.
    pub(super) unsearched: Option<Unsearched>,
    /// Ends the analysis that is under way.
    pub(super) cancel: Option<CancellationToken>,
    /// How far writing down what is said has come.
    pub(super) transcription: Analysis,
    pub(super) cancel_transcription: Option<CancellationToken>,
    pub(super) playback: Playback,
    /// The index of the sound stream that the player lets hear; `None` for the one it begins with.
    pub(super) sound: Option<usize>,
    /// The web view does not show the file itself, whatever is known of it.
    pub(super) refused: bool,
    /// Ends the work on a copy for the player when it is dropped.
    pub(super) preview: Option<DropGuard>,
    /// It is settled that the file itself cannot be shown: a copy is being made.
    pub(super) copying: bool,
    /// Ends what is encoded to be watched until that copy is there, when it is dropped.
    pub(super) early: Option<DropGuard>,
    pub(super) notices: Vec<Notice>,
}

impl Known {
    /// The language of the words that count; `None` where a subtitle or nothing gives them.
    fn transcript_language(&self) -> Option<String> {
        let transcript = self.perceived.as_ref()?.transcript.as_ref()?;
        Some(transcript.language.clone()).filter(|language| !language.is_empty())
    }
}

impl State {
    pub(super) fn new(history: History) -> Self {
        Self {
            pause: Pause::default(),
            history,
            away: HashMap::new(),
            revision: 0,
            interrupted: Interrupted::default(),
            import: None,
            run: 0,
            find: None,
            transcription: None,
            export: None,
            waiting_uploads: 0,
            closing: false,
            materials: HashMap::new(),
        }
    }

    /// An export is under way.
    pub(super) fn is_exporting(&self) -> bool {
        self.export.as_ref().is_some_and(|export| !export.status.finished)
    }

    pub(super) fn check_not_exporting(&self) -> Result<(), Failure> {
        if self.is_exporting() {
            let message = "Clips are being exported already. Wait for them, or cancel.";
            return Err(Failure::new(Code::Busy, message));
        }
        Ok(())
    }

    /// Looks for a content at its new place, and forgets what failed at the old one.
    pub(super) fn relocate(&mut self, content: &Fingerprint, location: &MediaLocation) {
        let sidecar = location.local_path().and_then(sidecar::find);
        self.history.relocate(content, location, sidecar.as_deref());
        let project = Arc::clone(self.history.project());
        for material in project.materials.iter().filter(|it| it.fingerprint == *content) {
            let known = self.known(material.id);
            if matches!(known.playback, Playback::Failed(_) | Playback::Cancelled) {
                known.playback = Playback::None;
            }
            if matches!(known.analysis, Analysis::Failed(_)) {
                known.analysis = Analysis::None;
            }
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
            importing: self.import.as_ref().map(|import| import.status.clone()),
            finding: self.find.is_some(),
            transcribing: self.transcription.is_some(),
            working: self.is_working(),
            paused: self.pause.is_set(),
            interrupted: self.interrupted.finding,
            interrupted_transcription: self.interrupted.transcription.clone(),
            export: self.export.as_ref().map(|export| export.status.clone()),
            waiting_uploads: self.waiting_uploads,
        }
    }

    fn status(&self, material: &Material) -> MaterialStatus {
        let Some(known) = self.materials.get(&material.id) else {
            return MaterialStatus {
                missing: false,
                voice: None,
                analysis: Analysis::None,
                transcription: Analysis::None,
                transcript_language: None,
                playback: Playback::None,
                sound: None,
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
            transcription: known.transcription.clone(),
            transcript_language: known.transcript_language(),
            playback: known.playback.clone(),
            sound: known.sound,
            notices: self.notices(known),
        }
    }

    /// The contract's rule: nothing is found in a material without voice and subtitles unless that is allowed.
    fn is_refused_as_speechless(&self, material: &Material) -> bool {
        let allowed = material.allow_speechless || self.history.project().strategy.allow_speechless;
        let perceived = self.materials.get(&material.id).and_then(|known| known.perceived.as_ref());
        !allowed && perceived.is_some_and(|perceived| !perceived.evidence.has_speech())
    }

    /// A range of a material, as it is now.
    pub(super) fn range(&self, material: MaterialId, id: RangeId) -> Result<&ProjectRange, Failure> {
        let known = self.history.project().material(material).ok_or(EditError::UnknownMaterial(material));
        let range = known.and_then(|material| material.range(id).ok_or(EditError::UnknownRange(id)));
        range.map_err(|error| Failure::of_edit(&error))
    }

    /// What was perceived of a material that the editor asks something about.
    pub(super) fn evidence(&self, material: MaterialId) -> Result<Arc<Evidence>, Failure> {
        let perceived = self.materials.get(&material).and_then(|known| known.perceived.as_ref());
        perceived.map(|perceived| Arc::clone(&perceived.evidence)).ok_or_else(|| {
            let message = "This video is not analysed yet. Find highlights first.";
            Failure::new(Code::InvalidRequest, message)
        })
    }

    /// Does an edit, and lets the found ranges follow it.
    pub(super) fn edit(&mut self, command: EditCommand, gesture: Option<u32>) -> Result<(), EditError> {
        let affected = match &command {
            EditCommand::SetStrategy(_) => self.analysed(),
            EditCommand::AllowSpeechless(id) => vec![*id],
            _ => Vec::new(),
        };
        let before = self.history.project().clone();
        self.history.apply(command, gesture)?;
        if before != *self.history.project() {
            for id in affected {
                self.choose(id, Cause::LastEdit)?;
            }
        }
        Ok(())
    }

    /// Undoes or redoes, and lets what is said about the found ranges follow.
    pub(super) fn travel(&mut self, steps: impl FnOnce(&mut History)) {
        let before = self.history.project().strategy.clone();
        steps(&mut self.history);
        if before != self.history.project().strategy {
            for id in self.analysed() {
                self.renew_notices(id);
            }
        }
    }

    /// Ends the work on materials that are no longer in the project.
    pub(super) fn end_work_on_absent(&mut self) {
        let project = self.history.project();
        for (_, known) in self.materials.iter_mut().filter(|(id, _)| project.material(**id).is_none()) {
            if let Some(cancel) = known.cancel.take() {
                cancel.cancel();
                if known.analysis.is_under_way() {
                    known.analysis = Analysis::Cancelled;
                }
            }
            if let Some(cancel) = known.cancel_transcription.take() {
                cancel.cancel();
                if known.transcription.is_under_way() {
                    known.transcription = Analysis::Cancelled;
                }
            }
            known.early = None;
            if known.preview.take().is_some() {
                known.copying = false;
                known.playback = Playback::None;
            }
        }
        self.go_on_when_idle();
    }

    /// The materials that ranges can be chosen from at once.
    pub(super) fn analysed(&self) -> Vec<MaterialId> {
        let materials = self.history.project().materials.iter().map(|material| material.id);
        let done =
            |id: &MaterialId| self.materials.get(id).is_some_and(|known| known.analysis == Analysis::Done);
        materials.filter(done).collect()
    }

    /// Chooses the ranges of one material anew from its evidence; hand-made ones stay, removed ones stay away.
    pub(super) fn choose(&mut self, id: MaterialId, cause: Cause) -> Result<(), EditError> {
        let Some(choice) = self.choice(id) else { return Ok(()) };
        self.known(id).notices = Notice::of_choice(&self.history.project().strategy, &choice);
        self.history.set_found(id, choice.highlights, cause)
    }

    /// Says again what there is to say about the found ranges, which stay as they are.
    pub(super) fn renew_notices(&mut self, id: MaterialId) {
        let strategy = self.history.project().strategy.clone();
        let notice = self.choice(id).map(|choice| Notice::of_choice(&strategy, &choice));
        self.known(id).notices = notice.unwrap_or_default();
    }

    /// What evidence and strategy give beside what the editor has fixed; `None` without evidence, or where nobody speaks.
    fn choice(&self, id: MaterialId) -> Option<Choice> {
        let project = self.history.project();
        let material = project.material(id)?;
        let perceived = self.materials.get(&id)?.perceived.as_ref()?;
        if self.is_refused_as_speechless(material) {
            return None;
        }
        let constraints =
            Constraints { kept: material.fixed().collect(), dropped: material.unwanted().collect() };
        let sights = self.sights(id);
        Some(choose_seeing(&perceived.evidence, &sights, &project.strategy, &constraints))
    }

    /// Where the pictures of a material show what the strategy asks for; nothing yet of what is still to be looked for.
    pub(super) fn sights(&self, id: MaterialId) -> Sights {
        let Some(known) = self.materials.get(&id) else { return Sights::default() };
        let mut sights = known.sights.clone();
        if known.perceived.as_ref().is_some_and(|perceived| perceived.seen.is_some()) {
            let awaited = sought(&self.history.project().strategy).into_iter().map(|it| it.name);
            let nothing = || Series::new(PictureEmbeddings::HOP, Vec::new());
            awaited.for_each(|name| {
                sights.0.entry(name).or_insert_with(nothing);
            });
        }
        sights
    }

    /// What the strategy asks for and nobody has looked for yet, by material.
    pub(super) fn unseen(&self) -> Vec<Unseen> {
        let sought = sought(&self.history.project().strategy);
        let unseen = self.analysed().into_iter().filter_map(|material| {
            let known = self.materials.get(&material)?;
            let seen = known.perceived.as_ref()?.seen.clone()?;
            let new = |it: &&Sought| !known.sights.0.contains_key(&it.name);
            let sought: Vec<Sought> = sought.iter().filter(new).cloned().collect();
            (!sought.is_empty()).then_some(Unseen { material, seen, sought })
        });
        unseen.collect()
    }
}

fn speechless_failure() -> Failure {
    let message =
        "It holds neither subtitles nor a human voice. Analyse it anyway to go by picture and sound alone.";
    Failure::new(Code::Speechless, message)
}
