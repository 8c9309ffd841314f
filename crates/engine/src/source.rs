//! From where a material is to where its bytes are read: a file of this machine, or an address whose parts are kept in a
//! mirror as they are read, so that nothing is downloaded twice.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use library::MediaId;
use media::{RemoteSource, RemoteVersion, Source};
use model::{Fingerprint, MediaLocation, SourceInfo};
use project::{NewMaterial, Subtitles};
use tokio_util::sync::CancellationToken;

use crate::engine::{Engine, unexpected_answer};
use crate::subject::{Subject, check_file, check_unchanged, fingerprint};
use crate::worker::{Answer, Task};
use crate::{Code, Failure, Stopped, sidecar, tidy};

/// How long a signed address of an object can be read: longer than any analysis or export of two hours takes. Temporary keys
/// may run out earlier, and the address with them.
const SIGNED_FOR: Duration = Duration::from_secs(12 * 60 * 60);

/// A file of a mirror, by whose time the mirrors are kept that were used last.
const MIRRORED: &str = "data";

/// The versions of remote media that this process has looked at.
#[derive(Default)]
pub(crate) struct RemoteVersions(Mutex<HashMap<MediaLocation, Seen>>);

#[derive(Clone)]
struct Seen {
    version: RemoteVersion,
    fingerprint: Fingerprint,
}

impl RemoteVersions {
    fn seen(&self, location: &MediaLocation) -> Option<Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(location).cloned()
    }

    fn note(&self, location: &MediaLocation, seen: Seen) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(location.clone(), seen);
    }
}

/// What a look at a media file told.
pub(crate) struct Looked {
    pub(crate) info: SourceInfo,
    pub(crate) fingerprint: Fingerprint,
    /// A small picture, as JPEG.
    pub(crate) picture: Option<Vec<u8>>,
}

impl Looked {
    /// The same as a material, with the subtitle that goes with it.
    pub(crate) fn into_material(self, location: MediaLocation) -> NewMaterial {
        let Self { info, fingerprint, picture: _ } = self;
        let subtitles = match location.local_path().and_then(sidecar::find) {
            Some(file) => Subtitles::Sidecar(file),
            None if info.text.iter().any(|stream| stream.is_text) => Subtitles::Embedded,
            None => Subtitles::None,
        };
        NewMaterial { location, fingerprint, info, subtitles }
    }
}

/// What is done with media that were looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Next {
    /// That is for others to say.
    Unknown,
    /// They are analysed at once.
    Analysis,
}

impl Engine {
    /// Reads what a media file holds, in a worker, and notes it in the library.
    pub(crate) async fn inspect(
        &self,
        location: &MediaLocation,
        next: Next,
        cancel: &CancellationToken,
    ) -> Result<NewMaterial, Stopped> {
        let location = absolute(location)?;
        let looked = self.look(&location, next, cancel).await?;
        self.remember(&location, &looked)?;
        Ok(looked.into_material(location))
    }

    /// Reads what a media file holds, in a worker.
    pub(crate) async fn look(
        &self,
        location: &MediaLocation,
        next: Next,
        cancel: &CancellationToken,
    ) -> Result<Looked, Stopped> {
        let shown = shown(location);
        let source = self.source_at(location).await?;
        let scratch = self.scratch()?;
        let thumbnail = scratch.path().join("thumbnail.jpg");
        let task = Task::Probe { source: source.clone(), thumbnail: thumbnail.clone() };
        let answer = match next {
            Next::Unknown => self.worker.run(&task, cancel, |_| {}).await,
            Next::Analysis => self.worker.run_first(&task, cancel).await,
        };
        let answer = answer.map_err(|stopped| stopped.at(&shown))?;
        let Answer::Probed { info, has_thumbnail, version } = answer else {
            return Err(unexpected_answer().into());
        };
        let picture = if has_thumbnail { Some(crate::engine::read(&thumbnail)?) } else { None };
        let fingerprint = match &source {
            Source::File(path) => fingerprint(path).await?,
            Source::Remote(remote) => fingerprint(&remote.mirrored_file()).await?,
        };
        if let Some(version) = version {
            self.remote.note(location, Seen { version, fingerprint: fingerprint.clone() });
        }
        Ok(Looked { info, fingerprint, picture })
    }

    /// Notes a media file and its small picture in the library. A copy elsewhere does not take the place of a file that lies
    /// on this machine: that one can always be read.
    pub(crate) fn remember(&self, location: &MediaLocation, looked: &Looked) -> Result<MediaId, Failure> {
        let Looked { info, fingerprint, picture } = looked;
        let of_library = |error| Failure::of_library(&error);
        let known = self.library.asset(&MediaId::of(fingerprint)).map_err(of_library)?;
        let here = known.map(|asset| asset.location).filter(|it| it.local_path().is_some_and(Path::is_file));
        let location = match location {
            MediaLocation::LocalFile(_) => location,
            MediaLocation::Web(_) | MediaLocation::Object { .. } => here.as_ref().unwrap_or(location),
        };
        self.library
            .register_asset(fingerprint, location, info, crate::engine::now())
            .and_then(|id| {
                picture.as_ref().map_or(Ok(()), |picture| self.library.set_thumbnail(&id, picture))?;
                Ok(id)
            })
            .map_err(of_library)
    }

    /// Where the bytes of a material are read; it must still be the one that was imported.
    pub(crate) async fn source_of(
        &self,
        subject: &Subject,
        cancel: &CancellationToken,
    ) -> Result<Source, Stopped> {
        if let Some(path) = subject.location.local_path() {
            check_unchanged(path, &subject.fingerprint).await?;
            return Ok(Source::File(path.to_owned()));
        }
        let known = self.remote.seen(&subject.location);
        if known.is_none_or(|seen| seen.fingerprint != subject.fingerprint) {
            let looked = self.look(&subject.location, Next::Unknown, cancel).await?;
            if looked.fingerprint != subject.fingerprint {
                return Err(changed().at(&subject.shown()).into());
            }
        }
        let version = self.remote.seen(&subject.location).map(|seen| seen.version);
        match self.source_at(&subject.location).await? {
            Source::Remote(remote) => Ok(Source::Remote(RemoteSource { version, ..remote })),
            file @ Source::File(_) => Ok(file),
        }
    }

    /// Where the bytes of a media file are read, whichever version is there.
    async fn source_at(&self, location: &MediaLocation) -> Result<Source, Failure> {
        let url = match location {
            MediaLocation::LocalFile(path) => {
                check_file(path)?;
                return Ok(Source::File(path.clone()));
            }
            MediaLocation::Web(address) => address.clone(),
            MediaLocation::Object { store, bucket, key } => {
                let bucket = self.bucket_for(*store, bucket, None)?;
                let signed = bucket.client.signed_url(key, SIGNED_FOR).await;
                signed.map_err(|error| Failure::of_bucket(&error).at(&shown(location)))?
            }
        };
        let name = blake3::hash(&location.to_bytes()).to_hex();
        let mirror = self.directories.mirrors().join(name.as_str());
        tidy::mark_used(&mirror.join(MIRRORED));
        Ok(Source::Remote(RemoteSource { address: location.to_string(), url, mirror, version: None }))
    }
}

/// A path as it is kept: from the root.
fn absolute(location: &MediaLocation) -> Result<MediaLocation, Failure> {
    let MediaLocation::LocalFile(path) = location else { return Ok(location.clone()) };
    std::path::absolute(path).map(MediaLocation::LocalFile).map_err(|error| {
        Failure::new(Code::FileNotFound, format!("It is no file's name ({error}).")).at(path)
    })
}

/// How failures name a location.
pub(crate) fn shown(location: &MediaLocation) -> PathBuf {
    location.local_path().map_or_else(|| PathBuf::from(location.to_string()), Path::to_owned)
}

pub(crate) fn changed() -> Failure {
    let message = "The file was changed since it was imported. Remove it and import it again.";
    Failure::new(Code::MaterialChanged, message)
}
