//! Files come onto the desk.

use std::path::PathBuf;
use std::sync::Arc;

use model::MediaLocation;
use project::{EditCommand, MaterialId, NewMaterial};
use tokio_util::sync::CancellationToken;

use super::Desk;
use super::state::Import;
use super::view::{Importing, Snapshot};
use crate::address::{Refusal, read_lines};
use crate::source::{Next, shown};
use crate::{AssetView, Failure, Stopped};

/// What became of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The desk with the accepted files.
    pub snapshot: Snapshot,
    /// The files that stay out, in the order they were given.
    pub refused: Vec<Refusal>,
}

impl Desk {
    /// Takes in as many of the files as the contract allows, in their order, as one undo step.
    ///
    /// # Errors
    /// When the project cannot be saved.
    pub async fn import(&self, paths: Vec<PathBuf>) -> Result<Imported, Failure> {
        self.import_all(paths.into_iter().map(MediaLocation::LocalFile).collect()).await
    }

    async fn import_all(&self, locations: Vec<MediaLocation>) -> Result<Imported, Failure> {
        let _turn = self.shared.importing.lock().await;
        let mut candidates = Vec::new();
        let mut refused = Vec::new();
        let cancel = CancellationToken::new();
        for (done, location) in locations.iter().enumerate() {
            let current = shown(location);
            self.show_import(&cancel, Importing { current: current.clone(), done, all: locations.len() });
            match self.shared.engine.inspect(location, Next::Unknown, &cancel).await {
                Ok(material) => candidates.push(material),
                Err(Stopped::Failed(failure)) => refused.push(Refusal { path: current, failure }),
                Err(Stopped::Cancelled) => break,
            }
        }
        self.take_in(candidates, refused).await
    }

    /// Takes in a video of the media library.
    ///
    /// # Errors
    /// When the project cannot be saved.
    pub async fn import_asset(&self, id: &str) -> Result<Imported, Failure> {
        let _turn = self.shared.importing.lock().await;
        let cancel = CancellationToken::new();
        if let Ok(asset) = self.shared.engine.asset(id) {
            self.show_import(&cancel, Importing { current: shown(&asset.location), done: 0, all: 1 });
        }
        match self.shared.engine.asset_material(id, &cancel).await {
            Ok(material) => self.take_in(vec![material], Vec::new()).await,
            Err(Stopped::Failed(failure)) => {
                let path = failure.path.clone().unwrap_or_else(|| id.into());
                self.take_in(Vec::new(), vec![Refusal { path, failure }]).await
            }
            Err(Stopped::Cancelled) => self.take_in(Vec::new(), Vec::new()).await,
        }
    }

    /// Gives up reading files that were to come in. Those that were read already come in.
    #[must_use]
    pub fn cancel_import(&self) -> Snapshot {
        if let Some(import) = &self.lock().import {
            import.cancel.cancel();
        }
        self.snapshot()
    }

    fn show_import(&self, cancel: &CancellationToken, status: Importing) {
        self.change_quietly(|state| {
            state.import = Some(Import { cancel: cancel.clone(), status });
            Ok(())
        });
    }

    async fn take_in(
        &self,
        candidates: Vec<NewMaterial>,
        mut refused: Vec<Refusal>,
    ) -> Result<Imported, Failure> {
        let before: Vec<MaterialId> = self.material_ids();
        let snapshot = self.change(|state| {
            state.import = None;
            let admission = state.history.project().admit(candidates);
            refused.extend(admission.refused.iter().map(|refusal| Refusal {
                path: shown(&refusal.material.location),
                failure: Failure::of_admission(refusal),
            }));
            if admission.accepted.is_empty() {
                return Ok(());
            }
            state
                .edit(EditCommand::AddMaterials(admission.accepted), None)
                .map_err(|error| Failure::of_edit(&error))
        })?;
        for material in snapshot.project.materials.iter().filter(|material| !before.contains(&material.id)) {
            self.recall(&snapshot.project.id, material).await;
        }
        self.prepare_previews();
        Ok(Imported { snapshot: self.snapshot(), refused })
    }

    /// Takes in the videos that a pasted text names, one a line: paths or addresses, quoted or not.
    ///
    /// # Errors
    /// As [`Desk::import`].
    pub async fn import_text(&self, text: &str) -> Result<Imported, Failure> {
        let (locations, mut refused) = read_lines(text);
        let mut imported = self.import_all(locations).await?;
        refused.append(&mut imported.refused);
        Ok(Imported { refused, ..imported })
    }

    /// Looks for a material at the place where the library has its content now.
    ///
    /// # Errors
    /// When the project cannot be saved.
    pub fn follow(&self, asset: &AssetView) -> Result<Snapshot, Failure> {
        let snapshot = self.change(|state| {
            state.relocate(&asset.fingerprint, &asset.location);
            Ok(())
        })?;
        self.prepare_previews();
        Ok(snapshot)
    }

    fn material_ids(&self) -> Vec<MaterialId> {
        let project = Arc::clone(self.lock().history.project());
        project.materials.iter().map(|material| material.id).collect()
    }
}
