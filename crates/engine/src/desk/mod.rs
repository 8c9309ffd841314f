//! An editor's desk: one open project with its undo, the work on its materials, and everything saved as it is made.
//!
//! A desk is shared: its methods take `&self`, answer with the newest [`Snapshot`] and never wait for long work, which
//! goes on in the background and is told through [`Desk::events`].

mod early;
mod export;
mod find;
mod history;
mod import;
mod jobs;
mod look;
mod models;
mod pause;
mod preview;
mod project;
mod relink;
mod resemble;
mod sitting;
mod spoken;
mod state;
mod timeline;
mod transcribe;
mod uploads;
mod view;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::project::{EditCommand, Material, MaterialId, Project, ProjectId};
use library::MediaId;
use tokio::sync::{RwLock, Semaphore, broadcast};
use tokio_util::sync::CancellationToken;

use crate::engine::{Engine, Perceived};
use crate::subject::Subject;
use crate::{Failure, tidy};

pub use self::project::ProjectView;
use self::project::{Beginning, beginning, save};
pub use early::EarlyStretch;
pub use export::{ExportChoices, ExportPlan, ExportRequest, PlannedClip};
pub use import::Imported;
use look::Afterwards;
use models::Transfers;
pub use models::{ModelStatus, Transfer, TransferProgress};
pub use spoken::{SpokenLine, SpokenSource, SpokenText, SpokenWord};
use state::State;
pub use timeline::StripPlace;
pub use view::*;

/// How many events wait for a listener before the oldest are dropped; a snapshot makes up for any loss.
const EVENTS_KEPT: usize = 256;
/// How long closing waits for work to end: far more than killing a worker and removing its files takes.
const LONGEST_CLOSING: Duration = Duration::from_secs(5);

/// A desk; cloning it gives another hand on the same one.
#[derive(Clone)]
pub struct Desk {
    shared: Arc<Shared>,
}

struct Shared {
    engine: Arc<Engine>,
    /// Why it began with an empty project instead of the last one.
    setback: Option<Failure>,
    state: Mutex<State>,
    events: broadcast::Sender<Event>,
    /// One copy for the player is made at a time: it runs beside everything else.
    preview_place: Semaphore,
    /// So many strips of pictures are made at a time.
    strip_places: Semaphore,
    /// Models on their way.
    transfers: Transfers,
    /// Held while files are being read to come in: one import at a time is shown, and cancelled.
    importing: tokio::sync::Mutex<()>,
    /// Held while tags are looked for in pictures.
    looking: tokio::sync::Mutex<()>,
    /// Held for reading by all work in the background, so that closing can wait for it.
    working: RwLock<()>,
}

impl Desk {
    /// Opens the project that was edited last, or a new one; also where that cannot be read, as [`Desk::setback`] says. Must
    /// be called within a tokio runtime.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn open(engine: Arc<Engine>) -> Result<Self, Failure> {
        let Beginning { project, setback } = beginning(&engine)?;
        tidy::make_room(&engine.directories.previews());
        tidy::forget_timelines(&engine.directories.timelines());
        let interrupted = jobs::end_interrupted(&engine.library, &project.id)?;
        let library = &engine.library;
        let history = sitting::history(library, project);
        sitting::begin(library, history.project());
        let mut state = State::new(history);
        state.interrupted = interrupted;
        state.waiting_uploads = engine.waiting_clips()?.len();
        let desk = Self {
            shared: Arc::new(Shared {
                engine,
                setback,
                state: Mutex::new(state),
                events: broadcast::channel(EVENTS_KEPT).0,
                preview_place: Semaphore::new(1),
                strip_places: Semaphore::new(timeline::STRIPS_AT_ONCE),
                transfers: Transfers::default(),
                importing: tokio::sync::Mutex::default(),
                looking: tokio::sync::Mutex::default(),
                working: RwLock::new(()),
            }),
        };
        desk.recall_all().await;
        Ok(desk)
    }

    /// The engine it stands on.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.shared.engine
    }

    /// What could not be opened when it began, and what lies in its place.
    #[must_use]
    pub fn setback(&self) -> Option<&Failure> {
        self.shared.engine.setback.as_ref().or(self.shared.setback.as_ref())
    }

    /// Tells of every change from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.shared.events.subscribe()
    }

    /// The state as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.lock().snapshot()
    }

    /// Does an edit; edits in a row with the same `gesture` make one undo step. Tags that are new and only pictures can show
    /// follow as soon as they were looked for.
    ///
    /// # Errors
    /// The rule it breaks, or that it cannot be saved; nothing has changed then.
    pub fn edit(&self, command: EditCommand, gesture: Option<u32>) -> Result<Snapshot, Failure> {
        let asks = matches!(command, EditCommand::SetStrategy(_));
        let snapshot =
            self.change(|state| state.edit(command, gesture).map_err(|error| Failure::of_edit(&error)))?;
        if asks {
            self.look_for_new_tags(Afterwards::Choose);
        }
        Ok(snapshot)
    }

    /// Ends all work and waits until nothing half-written is left of it. Finding that is cut off is offered again when the
    /// desk is opened the next time.
    pub async fn close(&self) {
        {
            let mut state = self.lock();
            state.closing = true;
            let runs = state.find.iter().chain(&state.transcription);
            let runs = runs.chain(state.import.iter().map(|import| &import.cancel));
            runs.chain(state.export.iter().map(|export| &export.cancel)).for_each(CancellationToken::cancel);
            for known in state.materials.values_mut() {
                known.preview = None;
                known.early = None;
            }
        }
        self.shared.transfers.cancel_all();
        if tokio::time::timeout(LONGEST_CLOSING, self.shared.working.write()).await.is_err() {
            tracing::warn!("work did not end in time");
        }
        sitting::end(&self.shared.engine.library);
    }

    /// What a timeline draws; `None` before the material was analysed.
    #[must_use]
    pub fn evidence(&self, material: MaterialId) -> Option<EvidenceView> {
        let Perceived { evidence, transcript, .. } = self.lock().known(material).perceived.clone()?;
        let words = transcript.iter().flat_map(|transcript| &transcript.words);
        Some(EvidenceView {
            words: words.map(|word| word.range).collect(),
            interest: highlight::interest(&evidence),
            cuts: evidence.cuts.clone(),
            speech: evidence.utterances.clone(),
            silences: evidence.silences.clone(),
            signals: evidence.signals.clone(),
            sound_events: evidence.sound_events.clone(),
        })
    }

    /// The waveform: pairs of lowest and highest sample as signed bytes, [`media::PEAKS_PER_SECOND`] a second; `None`
    /// before the material was analysed.
    #[must_use]
    pub fn peaks(&self, material: MaterialId) -> Option<Arc<Vec<u8>>> {
        self.lock().known(material).perceived.as_ref().map(|perceived| Arc::clone(&perceived.peaks))
    }

    /// A small picture of the material as JPEG, when it has one.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn thumbnail(&self, material: MaterialId) -> Result<Option<Vec<u8>>, Failure> {
        let project = Arc::clone(self.lock().history.project());
        let Some(material) = project.material(material) else { return Ok(None) };
        self.shared.engine.thumbnail(&material.fingerprint)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in an edit leaves the last whole state in place: every edit replaces it at once.
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, saves the project when that changed, and tells the listeners. A project that cannot be changed
    /// whole, or not be saved, is put back as it was.
    fn change(&self, change: impl FnOnce(&mut State) -> Result<(), Failure>) -> Result<Snapshot, Failure> {
        let mut state = self.lock();
        let before = state.history.clone();
        let changed = change(&mut state).and_then(|()| {
            let same = Arc::ptr_eq(before.project(), state.history.project());
            if same { Ok(()) } else { self.save(state.history.project()) }
        });
        if let Err(failure) = changed {
            state.history = before;
            return Err(failure);
        }
        state.end_work_on_absent();
        Ok(self.publish(state))
    }

    /// Gives a changed state its number and tells the listeners.
    fn publish(&self, mut state: MutexGuard<'_, State>) -> Snapshot {
        state.revision = state.revision.wrapping_add(1);
        let snapshot = state.snapshot();
        drop(state);
        self.tell(Event::Changed);
        snapshot
    }

    /// A change in the background, where a failure has nobody to be answered to: it is shown by the next snapshot at best,
    /// and logged.
    fn change_quietly(&self, change: impl FnOnce(&mut State) -> Result<(), Failure>) {
        if let Err(failure) = self.change(change) {
            tracing::warn!(%failure, "a change in the background was not made");
        }
    }

    fn save(&self, project: &Project) -> Result<(), Failure> {
        save(&self.shared.engine, project)
    }

    /// Nobody listening is no fault.
    fn tell(&self, event: Event) {
        let _ = self.shared.events.send(event);
    }

    /// Looks for the files of all materials and takes what the library remembers of them.
    async fn recall_all(&self) {
        self.follow_all();
        let project = Arc::clone(self.lock().history.project());
        for material in &project.materials {
            self.recall(&project.id, material).await;
        }
        self.prepare_previews();
        self.look_for_new_tags(Afterwards::Say);
    }

    /// Looks for files that are gone at the place where the library has them: they may have been relinked since.
    fn follow_all(&self) {
        let project = Arc::clone(self.lock().history.project());
        let gone = project.materials.iter().filter(|material| Subject::from(*material).is_missing());
        for material in gone {
            match self.shared.engine.asset(&MediaId::of(&material.fingerprint).0) {
                Ok(asset) if !asset.missing => {
                    self.change_quietly(|state| {
                        state.relocate(&asset.fingerprint, &asset.location);
                        Ok(())
                    });
                }
                Ok(_) => {}
                Err(failure) => tracing::debug!(%failure, "a missing video is not in the library"),
            }
        }
    }

    /// Takes what the library remembers of a material of `project`. Its ranges follow the strategy only if they did before.
    async fn recall(&self, project: &ProjectId, material: &Material) {
        let (id, subject) = (material.id, &Subject::from(material));
        let remembered = self.shared.engine.remembered(subject).await.unwrap_or_else(|failure| {
            tracing::warn!(%failure, "evidence is not remembered");
            None
        });
        self.change_quietly(|state| {
            let known = state.materials.get(&id);
            if state.history.project().id != *project || known.is_some_and(|known| known.perceived.is_some())
            {
                // Another project is open by now, or analysing was faster.
                return Ok(());
            }
            let had_ranges = !material.ranges.is_empty() || !material.dropped.is_empty();
            let known = state.known(id);
            known.perceived = remembered;
            if known.perceived.is_some() && known.analysis == Analysis::None && had_ranges {
                known.analysis = Analysis::Done;
                state.renew_notices(id);
            }
            Ok(())
        });
    }
}
