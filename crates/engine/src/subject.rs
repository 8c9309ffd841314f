//! The file of a material: what analysing needs to know of it, and whether it still is the one that was imported.

use std::path::{Path, PathBuf};

use library::EvidenceKey;
use model::{Fingerprint, MediaLocation, SourceInfo};
use project::{Material, NewMaterial, Subtitles};

use crate::models::ModelFile;
use crate::source::{changed, shown};
use crate::{Code, Failure};

/// What analysing needs to know of a material.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) location: MediaLocation,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) info: SourceInfo,
    pub(crate) sidecar: Option<PathBuf>,
}

impl Subject {
    fn of(
        location: &MediaLocation,
        fingerprint: &Fingerprint,
        info: &SourceInfo,
        subtitles: &Subtitles,
    ) -> Self {
        let sidecar = match subtitles {
            // A subtitle that was taken away must not keep its video from being analysed.
            Subtitles::Sidecar(file) => Some(file.clone()).filter(|file| file.is_file()),
            Subtitles::None | Subtitles::Embedded => None,
        };
        Self { location: location.clone(), fingerprint: fingerprint.clone(), info: info.clone(), sidecar }
    }

    /// How failures name its file.
    pub(crate) fn shown(&self) -> PathBuf {
        shown(&self.location)
    }

    /// True when it should be a file of this machine and is not there. Elsewhere only a look can tell.
    pub(crate) fn is_missing(&self) -> bool {
        self.location.local_path().is_some_and(|path| !path.is_file())
    }
}

impl From<&Material> for Subject {
    fn from(material: &Material) -> Self {
        Self::of(&material.location, &material.fingerprint, &material.info, &material.subtitles)
    }
}

impl From<&NewMaterial> for Subject {
    fn from(material: &NewMaterial) -> Self {
        Self::of(&material.location, &material.fingerprint, &material.info, &material.subtitles)
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
pub(crate) async fn check_unchanged(path: &Path, expected: &Fingerprint) -> Result<(), Failure> {
    if let Err(mut failure) = check_file(path) {
        if failure.code == Code::FileNotFound {
            failure.code = Code::MaterialMissing;
        }
        return Err(failure);
    }
    if fingerprint(path).await? == *expected { Ok(()) } else { Err(changed().at(path)) }
}

/// What the evidence of a material depends on when it is perceived with these models.
pub(crate) async fn evidence_key(subject: &Subject, models: &[ModelFile]) -> Result<EvidenceKey, Failure> {
    let subtitles = match &subject.sidecar {
        Some(file) => Some(fingerprint(file).await?),
        None => None,
    };
    Ok(EvidenceKey { fingerprint: subject.fingerprint.clone(), detectors: detectors(models), subtitles })
}

/// The version of everything that measures, with the digests of models: as in `2+sound-events:10c95e…`.
fn detectors(models: &[ModelFile]) -> String {
    let mut named: Vec<String> =
        models.iter().map(|file| format!("+{}:{}", file.kind.name(), file.sha256)).collect();
    named.sort();
    format!("{}{}", perception::DETECTOR_VERSION, named.concat())
}

/// Whether detectors of this version named themselves so, with whichever models.
pub(crate) fn is_this_version(detectors: &str) -> bool {
    detectors.split('+').next() == Some(&perception::DETECTOR_VERSION.to_string())
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
