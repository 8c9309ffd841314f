//! Videos of the project that lie elsewhere now.

use std::path::Path;
use std::sync::Arc;

use model::MediaLocation;
use project::{Material, MaterialId};

use super::view::Snapshot;
use super::{Desk, Subject};
use crate::asset::{Depth, find_content};
use crate::engine::now;
use crate::{Code, Failure};

impl Desk {
    /// Notes where a video lies now: `place` is the file, or a folder that is searched for it. Other videos that are gone
    /// are looked for in the same folder.
    ///
    /// # Errors
    /// When the video is no longer in the project; [`Code::MaterialChanged`] when the file is another one;
    /// [`Code::MaterialMissing`] when no file in the folder is the video.
    pub async fn relink(&self, id: MaterialId, place: &Path) -> Result<Snapshot, Failure> {
        let project = Arc::clone(self.lock().history.project());
        let gone = || Failure::new(Code::InvalidRequest, "This video is no longer part of the project.");
        let material = project.material(id).ok_or_else(gone)?;
        let found = find_content(place, &material.fingerprint, material.info.size, Depth::Any).await?;
        self.moved(material, &found)?;
        if let Some(folder) = found.parent() {
            self.search_missing(folder).await;
        }
        self.recall_all().await;
        Ok(self.snapshot())
    }

    /// Looks for all videos that are gone in a folder and those close to it.
    pub(super) async fn search_missing(&self, folder: &Path) {
        let project = Arc::clone(self.lock().history.project());
        for material in project.materials.iter().filter(|material| Subject::from(*material).is_missing()) {
            let found = find_content(folder, &material.fingerprint, material.info.size, Depth::Near).await;
            if let Err(failure) = found.and_then(|file| self.moved(material, &file)) {
                tracing::debug!(%failure, "a missing video is not there");
            }
        }
    }

    fn moved(&self, material: &Material, file: &Path) -> Result<(), Failure> {
        let location = MediaLocation::LocalFile(file.to_owned());
        let library = &self.shared.engine.library;
        library
            .register_asset(&material.fingerprint, &location, &material.info, now())
            .map_err(|error| Failure::of_library(&error))?;
        self.change(|state| {
            state.relocate(&material.fingerprint, &location);
            Ok(())
        })?;
        Ok(())
    }
}
