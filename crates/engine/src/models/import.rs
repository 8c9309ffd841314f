//! Models come onto this machine by hand: as files that are known by their content, or as the folder of an encoder that is tried.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use delivery::{Existing, PendingFile};
use tokio_util::sync::CancellationToken;

use super::copying::{CopyError, Copying};
use super::digest::Sha256;
use super::fetch::FetchProgress;
use super::folder::EncoderFolder;
use super::imported::entry_of;
use super::install::{ModelView, check_usable};
use super::partial::discard;
use super::search::files_below;
use super::{ModelEntry, ModelFile, ModelPart, ModelStore, PartFile};
use crate::engine::Engine;
use crate::{Code, Failure, Stopped};

impl Engine {
    /// Copies a file into the library's folder, if its content is that of a model; its name does not matter. A folder may be
    /// imported too, if it holds a picture-text encoder: one that nobody knows is tried first. `on_progress` is told the id of the
    /// model that the file is taken for by its size, and how much of its files was copied.
    ///
    /// # Errors
    /// [`Stopped::Cancelled`], with nothing of it copied; [`Code::ModelUnknown`] with what was expected, or why the file cannot be
    /// read or copied.
    pub async fn import_model(
        &self,
        path: &Path,
        cancel: &CancellationToken,
        on_progress: impl FnMut(&str, FetchProgress) + Send + 'static,
    ) -> Result<ModelView, Stopped> {
        let (from, copying) = (path.to_owned(), Copying::new(cancel.clone(), on_progress));
        let id = if path.is_dir() {
            self.import_folder(from, copying).await?
        } else {
            self.in_store(move |store| store.import(&from, copying)).await??
        };
        Ok(self.model(&id).await?)
    }

    /// Answers the id of the encoder in a folder, which is the library's then.
    async fn import_folder(&self, folder: PathBuf, copying: Copying) -> Result<String, Stopped> {
        let looked = folder.clone();
        let (known, mut copying) = self.in_store(move |store| store.import_known(&looked, copying)).await??;
        if let Some(known) = known {
            return Ok(known);
        }
        let looked = folder.clone();
        let encoder = self.in_store(move |_| EncoderFolder::find(&looked)).await??;
        let entry = entry_of(&folder, &encoder);
        let cancel = copying.cancel.clone();
        self.try_encoder(encoder_file(&entry, &encoder), &cancel)
            .await
            .map_err(|stopped| stopped.at(&folder))?;
        self.in_store(move |store| {
            for (part, from) in &encoder.parts {
                store.take(from, &entry, part, &mut copying)?;
            }
            let id = entry.id.clone();
            store.remember_imported(entry);
            Ok(id)
        })
        .await?
    }
}

/// An encoder in the folder that it comes from.
fn encoder_file(entry: &ModelEntry, encoder: &EncoderFolder) -> ModelFile {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut parts = encoder.parts.iter().map(|(part, path)| (absolute(path), part.sha256));
    let (path, sha256) = parts.next().unwrap_or_else(|| (PathBuf::new(), entry.sha256));
    let also = parts.map(|(path, sha256)| PartFile { path, sha256 }).collect();
    ModelFile { id: entry.id.clone(), kind: entry.kind, path, sha256, also }
}

impl ModelStore {
    /// Answers the id of the model that the file is, or is a part of.
    pub(super) fn import(&self, file: &Path, mut copying: Copying) -> Result<String, Stopped> {
        let size = fs::metadata(file).map_err(|error| unreadable(&error, file))?.len();
        let entries = self.entries();
        let parts = entries.iter().flat_map(|entry| entry.parts().into_iter().map(move |part| (entry, part)));
        // Only a file of a model's size is worth reading.
        let of_size: Vec<(&ModelEntry, ModelPart)> = parts.filter(|(_, part)| part.size == size).collect();
        let Some((likely, part)) = of_size.first() else {
            return Err(unknown_file(file, size, None, &entries).into());
        };
        check_usable(likely)?;
        let target = self.target(likely, part);
        let (pending, digest) = copy(file, &target, likely, size, &mut copying)?;
        let found = of_size.iter().position(|(_, part)| part.sha256 == digest);
        match found.map(|place| (place, &of_size[place])) {
            None => Err(unknown_file(file, size, Some(digest), &entries).into()),
            Some((0, (entry, _))) => {
                settle(pending, &target, digest)?;
                Ok(entry.id.clone())
            }
            Some((_, (entry, part))) => {
                drop(pending);
                self.take(file, entry, part, &mut copying)?;
                Ok(entry.id.clone())
            }
        }
    }

    /// Takes a model of several files from a folder, if one that is known lies in it; answers its id.
    fn import_known(
        &self,
        folder: &Path,
        mut copying: Copying,
    ) -> Result<(Option<String>, Copying), Stopped> {
        let files = files_below(folder);
        let of_part = |part: &ModelPart| {
            let mut of_size = files.iter().filter(|file| file.stamp.size == part.size);
            of_size.find(|file| Sha256::of_file(&file.path).is_ok_and(|digest| digest == part.sha256))
        };
        for entry in self.entries().into_iter().filter(|entry| !entry.also.is_empty()) {
            let parts = entry.parts();
            let found: Option<Vec<_>> = parts.iter().map(of_part).collect();
            if found.is_some() {
                check_usable(&entry)?;
            }
            for (part, file) in parts.iter().zip(found.iter().flatten()) {
                self.take(&file.path, &entry, part, &mut copying)?;
            }
            if found.is_some() {
                return Ok((Some(entry.id), copying));
            }
        }
        Ok((None, copying))
    }

    /// Copies a file to the place of a part of a model, whose content it was found to have.
    fn take(
        &self,
        file: &Path,
        entry: &ModelEntry,
        part: &ModelPart,
        copying: &mut Copying,
    ) -> Result<(), Stopped> {
        let target = self.target(entry, part);
        if holds(&target, part.sha256) {
            return Ok(());
        }
        let (pending, copied) = copy(file, &target, entry, entry.total_size(), copying)?;
        if copied != part.sha256 {
            let message = "The file changed while it was copied. Import it again when nothing writes to it.";
            return Err(Failure::new(Code::ModelDamaged, message).at(file).into());
        }
        Ok(settle(pending, &target, copied)?)
    }
}

/// Copies a file of a model, whose files that are imported are `size` bytes, beside where it is to lie.
fn copy(
    file: &Path,
    target: &Path,
    entry: &ModelEntry,
    size: u64,
    copying: &mut Copying,
) -> Result<(PendingFile, Sha256), Stopped> {
    let pending = PendingFile::create(target).map_err(|error| Failure::of_delivery(&error))?;
    let copied = copying.copy(file, pending.path(), &entry.id, size).map_err(|error| match error {
        CopyError::Read(error) => unreadable(&error, file).into(),
        CopyError::Write(error) => Failure::of_write(&error, target).into(),
        CopyError::Cancelled => Stopped::Cancelled,
    })?;
    Ok((pending, copied))
}

/// Puts a copy into its place, unless the same lies there.
fn settle(pending: PendingFile, target: &Path, content: Sha256) -> Result<(), Failure> {
    if !holds(target, content) {
        pending.commit(Existing::Replace).map_err(|error| Failure::of_delivery(&error))?;
    }
    // Nothing is left to go on with.
    discard(target).map_err(|error| Failure::of_write(&error, target))
}

fn holds(file: &Path, content: Sha256) -> bool {
    Sha256::of_file(file).is_ok_and(|there| there == content)
}

fn unreadable(error: &io::Error, file: &Path) -> Failure {
    let message = format!("The file cannot be read ({error}). Check its permissions and its drive.");
    Failure::new(Code::FileUnreadable, message).at(file)
}

/// A file that is no model, and what it would have to be.
fn unknown_file(file: &Path, size: u64, digest: Option<Sha256>, entries: &[ModelEntry]) -> Failure {
    let named = file.file_name().and_then(|name| name.to_str());
    let parts = entries.iter().flat_map(|entry| entry.parts().into_iter().map(move |part| (entry, part)));
    let named = parts.clone().find(|(_, part)| named == Some(&part.file));
    let message = match (named, digest) {
        (Some((ModelEntry { name, .. }, part)), _) if part.size != size => format!(
            "It is not {name} as it was published: it holds {size} bytes instead of {}. Download it again, or \
             look for the version that Standout knows.",
            part.size
        ),
        (Some((ModelEntry { name, .. }, part)), Some(digest)) => format!(
            "It is not {name} as it was published: its SHA-256 is {digest} instead of {}. Download it again.",
            part.sha256
        ),
        _ => {
            let files: Vec<String> = parts.map(|(_, part)| part.file).collect();
            format!("It is none of the models that Standout knows, whatever its name: {}.", files.join(", "))
        }
    };
    Failure::new(Code::ModelUnknown, message).at(file)
}
