//! The models that analysing uses.

use std::sync::Arc;

use library::Library;

use super::{Catalogue, EvidenceGap, GapReason, ModelFile, ModelKind, ModelStore};
use crate::engine::Engine;
use crate::worker::{UnusableModel, model_kinds};
use crate::{Code, Directories, Failure};

/// The setting under which the digests of files are remembered.
const DIGESTS: &str = "model_file_digests";

/// The setting under which the models are remembered that were imported as folders.
const IMPORTED: &str = "imported_models";

/// The catalogue to go by.
fn catalogue() -> Result<Catalogue, Failure> {
    #[cfg(debug_assertions)]
    if let Some(scripted) = super::scripted::catalogue() {
        return scripted;
    }
    Catalogue::built_in()
}

/// The models on this machine.
pub(crate) fn open_models(directories: &Directories, library: &Library) -> Result<ModelStore, Failure> {
    let setting = |key| library.setting(key).map_err(|error| Failure::of_library(&error));
    let (remembered, imported) = (setting(DIGESTS)?, setting(IMPORTED)?);
    let listed = directories.model_folders().to_vec();
    let store = ModelStore::new(catalogue()?, directories.models(), listed, remembered.as_deref());
    Ok(store.with_imported(imported.as_deref()))
}

impl Engine {
    /// The evidence that analysing goes without now, because models are not installed or damaged.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub async fn evidence_gaps(&self) -> Result<Vec<EvidenceGap>, Failure> {
        let (_, mut gaps) = self.models_of_analysis().await?;
        // An encoder is there for some tags only, and missed where one of them is asked for; a damaged one is meant to be there.
        let (_, of_encoder) = self.in_store(|store| store.files(&[ModelKind::PictureText])).await?;
        gaps.extend(of_encoder.into_iter().filter(|gap| gap.reason != GapReason::Missing));
        Ok(gaps)
    }

    /// The models that analysing uses now, and what is missing without others.
    pub(crate) async fn models_of_analysis(&self) -> Result<(Vec<ModelFile>, Vec<EvidenceGap>), Failure> {
        self.in_store(|store| store.files(&model_kinds())).await
    }

    /// Does what may read gigabytes, beside the work of the runtime, and remembers what it read.
    pub(crate) async fn in_store<T: Send + 'static>(
        &self,
        look: impl FnOnce(&ModelStore) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let store = Arc::clone(&self.models);
        let looked = tokio::task::spawn_blocking(move || look(&store)).await.map_err(|error| {
            Failure::new(Code::Internal, format!("Looking for models ended unexpectedly ({error})."))
        })?;
        for (key, news) in [(DIGESTS, self.models.take_news()), (IMPORTED, self.models.take_imported())] {
            if let Some(news) = news {
                self.library.set_setting(key, Some(&news)).map_err(|error| Failure::of_library(&error))?;
            }
        }
        Ok(looked)
    }

    /// The models without those that a worker could not use, which are said in the log and looked at anew the next time.
    pub(crate) fn without(&self, models: Vec<ModelFile>, unusable: &[UnusableModel]) -> Vec<ModelFile> {
        for UnusableModel { file, reason } in unusable {
            tracing::warn!(model = file.id, reason, file = %file.path.display(), "a model was not used");
            self.models.distrust(file);
        }
        let used = |file: &ModelFile| unusable.iter().all(|it| it.file != *file);
        models.into_iter().filter(used).collect()
    }
}
