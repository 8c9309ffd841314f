//! Models seen from the desk: downloads go on in the background while the editor works.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Desk;
use super::view::Event;
use crate::models::{FetchProgress, ModelView};
use crate::remaining::Remaining;
use crate::{Code, Failure, Stopped};

/// In how many steps a download is told of at most: it arrives in tens of thousands of pieces. Steps of bytes and not of
/// time, so that the last piece before a pause is told, too.
const STEPS: u64 = 400;

/// A model, and what its download is doing.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelStatus {
    /// What it is and where it lies.
    pub view: ModelView,
    /// How its download stands.
    pub transfer: Transfer,
}

/// How the download of a model stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Transfer {
    /// None was asked for, or it is done.
    None,
    /// Under way, or a file or folder of it is being imported.
    Running(TransferProgress),
    /// Given up; another try goes on where it was cut.
    Failed(Failure),
}

/// How far a download has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferProgress {
    /// The bytes.
    pub fetched: FetchProgress,
    /// The time it will still take, once that can be told.
    pub remaining: Option<Duration>,
}

/// The downloads that run and those that failed, by the models' ids.
#[derive(Default)]
pub(super) struct Transfers(Mutex<BTreeMap<String, Running>>);

struct Running {
    cancel: CancellationToken,
    transfer: Transfer,
}

impl Transfers {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Running>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, id: &str) -> Transfer {
        self.lock().get(id).map_or(Transfer::None, |running| running.transfer.clone())
    }

    pub(super) fn cancel_all(&self) {
        self.lock().values().for_each(|running| running.cancel.cancel());
    }
}

/// A model on its way here, and those who wait told of it. It is over when this is dropped.
struct Arriving {
    desk: Desk,
    id: String,
    /// The bytes that were here when it began, and the time since.
    pace: Option<(u64, Remaining)>,
    /// The bytes that were told of last.
    told: Option<u64>,
}

impl Arriving {
    /// `None` when it is on its way already.
    fn begin(desk: &Desk, id: &str, fetched: FetchProgress, cancel: &CancellationToken) -> Option<Self> {
        {
            let mut transfers = desk.shared.transfers.lock();
            if transfers.get(id).is_some_and(|running| matches!(running.transfer, Transfer::Running(_))) {
                return None;
            }
            let transfer = Transfer::Running(TransferProgress { fetched, remaining: None });
            transfers.insert(id.to_owned(), Running { cancel: cancel.clone(), transfer });
        }
        desk.tell(Event::Models);
        Some(Self { desk: desk.clone(), id: id.to_owned(), pace: None, told: None })
    }

    fn tell(&mut self, fetched: FetchProgress) {
        // What earlier runs brought says nothing about the pace of this one.
        let (begun, remaining) = self.pace.get_or_insert_with(|| (fetched.arrived, Remaining::start()));
        let done =
            fetched.arrived.saturating_sub(*begun) as f64 / fetched.size.saturating_sub(*begun).max(1) as f64;
        let remaining = remaining.at(done as f32).filter(|_| fetched.trying_again.is_none());
        let progress = TransferProgress { fetched, remaining };
        self.set(Transfer::Running(progress.clone()));
        let FetchProgress { arrived, size, trying_again } = &progress.fetched;
        if self.told.is_some_and(|told| arrived.abs_diff(told) < size / STEPS) && trying_again.is_none() {
            return;
        }
        self.told = Some(*arrived);
        self.desk.tell(Event::Transfer { model: self.id.clone(), progress });
    }

    fn fail(self, failure: Failure) {
        tracing::warn!(model = self.id, %failure, "a model was not downloaded");
        self.set(Transfer::Failed(failure));
    }

    fn set(&self, transfer: Transfer) {
        if let Some(running) = self.desk.shared.transfers.lock().get_mut(&self.id) {
            running.transfer = transfer;
        }
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        self.desk
            .shared
            .transfers
            .lock()
            .retain(|known, it| *known != self.id || matches!(it.transfer, Transfer::Failed(_)));
        self.desk.tell(Event::Models);
    }
}

impl Desk {
    /// Every model of the catalogue, where it lies and how its download stands.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub async fn models(&self) -> Result<Vec<ModelStatus>, Failure> {
        let views = self.shared.engine.models().await?.into_iter();
        let status =
            |view: ModelView| ModelStatus { transfer: self.shared.transfers.of(&view.entry.id), view };
        Ok(views.map(status).collect())
    }

    /// Begins to fetch a model; one that is on its way already stays so. What becomes of it is told through
    /// [`Event::Models`].
    ///
    /// # Errors
    /// When the catalogue has no such model.
    pub async fn download_model(&self, id: &str) -> Result<(), Failure> {
        let view = self.shared.engine.model(id).await?;
        let fetched = FetchProgress { arrived: view.kept, size: view.entry.total_size(), trying_again: None };
        let cancel = CancellationToken::new();
        if let Some(arriving) = Arriving::begin(self, id, fetched, &cancel) {
            tokio::spawn(self.clone().fetch(arriving, cancel));
        }
        Ok(())
    }

    /// Gives up fetching a model, whose arrived bytes are kept for the next time, or importing one.
    pub fn cancel_model_download(&self, id: &str) {
        if let Some(running) = self.shared.transfers.lock().get(id) {
            running.cancel.cancel();
        }
    }

    /// As [`crate::Engine::import_model`]; how far it is is told as of a download, and cancelled like one. Cancelling is no failure.
    ///
    /// # Errors
    /// As there.
    pub async fn import_model(&self, file: &Path) -> Result<(), Failure> {
        let cancel = CancellationToken::new();
        let (desk, token, mut arriving) = (self.clone(), cancel.clone(), None);
        let on_progress = move |id: &str, copied: FetchProgress| {
            let begin = || Arriving::begin(&desk, id, copied.clone(), &token);
            if let Some(arriving) = arriving.get_or_insert_with(begin) {
                arriving.tell(copied);
            }
        };
        match self.shared.engine.import_model(file, &cancel, on_progress).await {
            Ok(view) => self.forget_failure(&view.entry.id),
            Err(Stopped::Cancelled) => {}
            Err(Stopped::Failed(failure)) => return Err(failure),
        }
        Ok(())
    }

    /// As [`crate::Engine::remove_model`]; whoever listens is told.
    ///
    /// # Errors
    /// As there, and while it is on its way.
    pub async fn remove_model(&self, id: &str) -> Result<(), Failure> {
        if matches!(self.shared.transfers.of(id), Transfer::Running(_)) {
            return Err(Failure::new(Code::Busy, "It is being downloaded. Cancel that first."));
        }
        self.shared.engine.remove_model(id).await?;
        self.forget_failure(id);
        Ok(())
    }

    fn forget_failure(&self, id: &str) {
        self.shared
            .transfers
            .lock()
            .retain(|known, it| known != id || matches!(it.transfer, Transfer::Running(_)));
        self.tell(Event::Models);
    }

    async fn fetch(self, mut arriving: Arriving, cancel: CancellationToken) {
        let _working = self.shared.working.read().await;
        let id = arriving.id.clone();
        let fetched = self.shared.engine.download_model(&id, &cancel, |fetched| arriving.tell(fetched)).await;
        if let Err(Stopped::Failed(failure)) = fetched {
            arriving.fail(failure);
        }
    }
}
