//! Files come onto the desk.

use std::path::PathBuf;
use std::sync::Arc;

use model::job::{MediaAddress, MediaLocation};
use project::{EditCommand, MaterialId};
use tokio_util::sync::CancellationToken;

use super::Desk;
use super::view::Snapshot;
use crate::{Code, Failure, Stopped};

/// What became of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The desk with the accepted files.
    pub snapshot: Snapshot,
    /// The files that stay out, in the order they were given.
    pub refused: Vec<Refusal>,
}

/// A file that stays out, and why.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The file as it was given.
    pub path: PathBuf,
    /// The rule it breaks or what is wrong with it.
    pub failure: Failure,
}

impl Desk {
    /// Takes in as many of the files as the contract allows, in their order, as one undo step.
    ///
    /// # Errors
    /// When the project cannot be saved.
    pub async fn import(&self, paths: Vec<PathBuf>) -> Result<Imported, Failure> {
        let mut candidates = Vec::new();
        let mut refused = Vec::new();
        let never = CancellationToken::new();
        for path in paths {
            match self.shared.engine.inspect(&path, &never).await {
                Ok(material) => candidates.push(material),
                Err(Stopped::Failed(failure)) => refused.push(Refusal { path, failure }),
                Err(Stopped::Cancelled) => {}
            }
        }
        let before: Vec<MaterialId> = self.material_ids();
        let snapshot = self.change(|state| {
            let admission = state.history.project().admit(candidates);
            refused.extend(admission.refused.iter().map(|refusal| Refusal {
                path: refusal.material.path.clone(),
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

    /// Takes in the files that a pasted text names, one a line: paths or `file://` addresses, quoted or not.
    ///
    /// # Errors
    /// As [`Desk::import`].
    pub async fn import_text(&self, text: &str) -> Result<Imported, Failure> {
        let (mut paths, mut refused) = (Vec::new(), Vec::new());
        for line in text.lines().map(unquoted).filter(|line| !line.is_empty()) {
            match read_address(line) {
                Ok(path) => paths.push(path),
                Err(failure) => refused.push(Refusal { path: line.into(), failure }),
            }
        }
        let mut imported = self.import(paths).await?;
        refused.append(&mut imported.refused);
        Ok(Imported { refused, ..imported })
    }

    fn material_ids(&self) -> Vec<MaterialId> {
        let project = Arc::clone(self.lock().history.project());
        project.materials.iter().map(|material| material.id).collect()
    }
}

/// A line without the quotation marks that file managers and terminals put around paths.
fn unquoted(line: &str) -> &str {
    let line = line.trim();
    ['"', '\'']
        .into_iter()
        .find_map(|mark| line.strip_prefix(mark).and_then(|line| line.strip_suffix(mark)))
        .unwrap_or(line)
}

fn read_address(line: &str) -> Result<PathBuf, Failure> {
    let address = MediaAddress::parse(line)
        .map_err(|rule| Failure::new(Code::InvalidRequest, format!("A pasted line {rule}.")))?;
    match address.location() {
        MediaLocation::LocalFile(path) if path.is_absolute() => Ok(path.clone()),
        MediaLocation::LocalFile(_) => {
            let message = "This is no whole path. Paste one that begins at the root, or use Open….";
            Err(Failure::new(Code::FileNotFound, message))
        }
        MediaLocation::Web(_) | MediaLocation::Object { .. } => {
            let message = "Only files of this machine can be opened. Download it first.";
            Err(Failure::new(Code::InvalidRequest, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_line_is_read_as_people_copy_paths() {
        for (line, path) in [
            ("/videos/talk.mp4", "/videos/talk.mp4"),
            ("  '/videos/my talk.mp4' ", "/videos/my talk.mp4"),
            ("\"/videos/talk.mp4\"", "/videos/talk.mp4"),
            ("file:///videos/my%20talk.mp4", "/videos/my talk.mp4"),
        ] {
            assert_eq!(read_address(unquoted(line)).unwrap(), PathBuf::from(path), "{line}");
        }
        for line in ["talk.mp4", "https://example.org/talk.mp4", "gopher://x/y"] {
            assert!(read_address(line).is_err(), "{line} must be refused");
        }
    }
}
