//! The file of a material: what analysing needs to know of it, and whether it still is the one that was imported.

use std::path::{Path, PathBuf};

use library::EvidenceKey;
use model::{Fingerprint, SourceInfo};
use project::{Material, NewMaterial, Subtitles};

use crate::{Code, Failure};

/// What analysing needs to know of a material.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) path: PathBuf,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) info: SourceInfo,
    pub(crate) sidecar: Option<PathBuf>,
}

impl Subject {
    fn of(path: &Path, fingerprint: &Fingerprint, info: &SourceInfo, subtitles: &Subtitles) -> Self {
        let sidecar = match subtitles {
            // A subtitle that was taken away must not keep its video from being analysed.
            Subtitles::Sidecar(file) => Some(file.clone()).filter(|file| file.is_file()),
            Subtitles::None | Subtitles::Embedded => None,
        };
        Self { path: path.to_owned(), fingerprint: fingerprint.clone(), info: info.clone(), sidecar }
    }
}

impl From<&Material> for Subject {
    fn from(material: &Material) -> Self {
        Self::of(&material.path, &material.fingerprint, &material.info, &material.subtitles)
    }
}

impl From<&NewMaterial> for Subject {
    fn from(material: &NewMaterial) -> Self {
        Self::of(&material.path, &material.fingerprint, &material.info, &material.subtitles)
    }
}

/// Tells a missing file or a folder before any process is started.
pub(crate) fn check_file(path: &Path) -> Result<(), Failure> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(()),
        Ok(_) => {
            Err(Failure::new(Code::NotMedia, "This is not a file. Choose the videos in it instead.").at(path))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let message = "The file is not there. Check its name and that its drive is connected.";
            Err(Failure::new(Code::FileNotFound, message).at(path))
        }
        Err(error) => {
            let message = format!("The file cannot be read ({error}). Check its permissions and its drive.");
            Err(Failure::new(Code::FileUnreadable, message).at(path))
        }
    }
}

/// A material must still be the file that was imported, else its info, its evidence and its ranges would not belong to it.
pub(crate) async fn check_unchanged(subject: &Subject) -> Result<(), Failure> {
    if let Err(mut failure) = check_file(&subject.path) {
        if failure.code == Code::FileNotFound {
            failure.code = Code::MaterialMissing;
        }
        return Err(failure);
    }
    if fingerprint(&subject.path).await? == subject.fingerprint {
        return Ok(());
    }
    let message = "The file was changed since it was imported. Remove it and import it again.";
    Err(Failure::new(Code::MaterialChanged, message).at(&subject.path))
}

pub(crate) async fn evidence_key(subject: &Subject) -> Result<EvidenceKey, Failure> {
    let subtitles = match &subject.sidecar {
        Some(file) => Some(fingerprint(file).await?),
        None => None,
    };
    Ok(EvidenceKey {
        fingerprint: subject.fingerprint.clone(),
        detectors: perception::DETECTOR_VERSION.to_string(),
        subtitles,
    })
}

pub(crate) async fn fingerprint(path: &Path) -> Result<Fingerprint, Failure> {
    let owned = path.to_owned();
    let cannot = |error: &dyn std::fmt::Display| {
        Failure::new(Code::FileUnreadable, format!("The file cannot be read ({error}). Check its drive."))
            .at(path)
    };
    match tokio::task::spawn_blocking(move || library::fingerprint(&owned)).await {
        Ok(Ok(fingerprint)) => Ok(fingerprint),
        Ok(Err(error)) => Err(cannot(&error)),
        Err(error) => Err(cannot(&error)),
    }
}
