//! The media library: the videos Standout knows, under ids that follow from their content.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use library::{Asset, LibraryError, MediaId, Timestamp, fingerprint as fingerprint_of};
use model::{Fingerprint, MediaLocation, SourceInfo};
use project::NewMaterial;
use tokio_util::sync::CancellationToken;

use crate::address::{Refusal, read_lines};
use crate::engine::{Engine, now, waiting};
use crate::source::{Next, shown};
use crate::subject::check_file;
use crate::{Code, Failure, Stopped};

/// How many entries of folders are looked at when a moved file is searched for: a library's disk, not a whole system.
const MOST_ENTRIES: usize = 200_000;

/// How deep below its old folder a file that is gone is looked for unasked: where people put things in order.
const NEAR: usize = 2;

/// A video of the media library.
#[derive(Debug, Clone, PartialEq)]
pub struct AssetView {
    /// Its id, 32 hexadecimal digits. The same content has the same id, wherever it lies.
    pub id: MediaId,
    /// Where it was last seen.
    pub location: MediaLocation,
    /// Which content it is.
    pub fingerprint: Fingerprint,
    /// What it holds.
    pub info: SourceInfo,
    /// When it came into the library first.
    pub added: Timestamp,
    /// True when it should be a file of this machine and is not there.
    pub missing: bool,
    /// The names of the projects that show it.
    pub used_in: Vec<String>,
}

impl Engine {
    /// The videos in which every word of `search` occurs: in the name, the place, the id or a project's name. The last
    /// added comes first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn assets(&self, search: &str) -> Result<Vec<AssetView>, Failure> {
        waiting(|| {
            let assets = self.library.assets().map_err(|error| Failure::of_library(&error))?;
            let uses = self.uses()?;
            let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
            let views = assets.into_iter().map(|asset| AssetView::new(asset, &uses));
            Ok(views.filter(|view| view.matches(&words)).collect())
        })
    }

    /// The video of that id.
    ///
    /// # Errors
    /// [`Code::AssetUnknown`], or that the library cannot be read.
    pub fn asset(&self, id: &str) -> Result<AssetView, Failure> {
        let id = MediaId(id.trim().to_ascii_lowercase());
        let asset = self.library.asset(&id).map_err(|error| Failure::of_library(&error))?;
        let asset = asset.ok_or_else(|| unknown(&id))?;
        Ok(AssetView::new(asset, &self.uses()?))
    }

    /// The small picture of a video, as JPEG, when it has one.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn asset_thumbnail(&self, id: &str) -> Result<Option<Vec<u8>>, Failure> {
        self.library.thumbnail(&MediaId(id.to_owned())).map_err(|error| Failure::of_library(&error))
    }

    /// Takes a video into the library; one whose content is known gets its new place.
    ///
    /// # Errors
    /// When it cannot be read, or is no video.
    pub async fn add_asset(
        &self,
        location: &MediaLocation,
        cancel: &CancellationToken,
    ) -> Result<AssetView, Stopped> {
        let material = self.inspect(location, Next::Unknown, cancel).await?;
        Ok(self.asset(&MediaId::of(&material.fingerprint).0)?)
    }

    /// Takes in the videos that a text names, one a line: paths or addresses, quoted or not. Answers what stays out, and why.
    pub async fn add_assets_text(&self, text: &str) -> Vec<Refusal> {
        let (locations, mut refused) = read_lines(text);
        refused.extend(self.add_assets(locations).await);
        refused
    }

    /// Takes videos into the library. Answers what stays out, and why.
    pub async fn add_assets(&self, locations: Vec<MediaLocation>) -> Vec<Refusal> {
        let never = CancellationToken::new();
        let mut refused = Vec::new();
        for location in locations {
            if let Err(Stopped::Failed(failure)) = self.add_asset(&location, &never).await {
                refused.push(Refusal { path: shown(&location), failure });
            }
        }
        refused
    }

    /// Takes a video out of the library. Its file is never touched, and projects that show it keep it.
    ///
    /// # Errors
    /// [`Code::AssetUnknown`], or that the library cannot be written.
    pub fn remove_asset(&self, id: &str) -> Result<(), Failure> {
        let view = self.asset(id)?;
        self.library
            .remove_asset(&view.id, !view.used_in.is_empty())
            .map(drop)
            .map_err(|error| Failure::of_library(&error))
    }

    /// Notes where a video lies now: `place` is the file, or a folder that is searched for it, with the folders in it.
    ///
    /// # Errors
    /// [`Code::AssetUnknown`]; [`Code::MaterialChanged`] when the file is another one; [`Code::MaterialMissing`] when no
    /// file in the folder is the video.
    pub async fn relink_asset(&self, id: &str, place: &Path) -> Result<AssetView, Failure> {
        let view = self.asset(id)?;
        let found = find_content(place, &view.fingerprint, view.info.size, Depth::Any).await?;
        self.move_asset(&view, &found)
    }

    /// The video of that id, ready for a job. One that was moved within its folder is found again by its content.
    pub(crate) async fn asset_material(
        &self,
        id: &str,
        cancel: &CancellationToken,
    ) -> Result<NewMaterial, Stopped> {
        let mut view = self.asset(id)?;
        if view.missing
            && let Some(folder) = view.location.local_path().and_then(Path::parent).map(Path::to_owned)
        {
            let (fingerprint, size) = (view.fingerprint.clone(), view.info.size);
            let search = Search { depth: NEAR, cancel: cancel.clone() };
            let found = in_background(move || search.find(&folder, &fingerprint, size)).await?;
            let found = found.map_err(|_| missing().at(&shown(&view.location)))?;
            view = self.move_asset(&view, &found)?;
        }
        let looked = self.look(&view.location, Next::Unknown, cancel).await?;
        if looked.fingerprint == view.fingerprint {
            return Ok(looked.into_material(view.location));
        }
        let message =
            "The file that has this id was replaced by another one. Relink it in the media library.";
        let failure = Failure::new(Code::MaterialChanged, message);
        Err(failure.at(&shown(&view.location)).into())
    }

    fn move_asset(&self, view: &AssetView, file: &Path) -> Result<AssetView, Failure> {
        let location = MediaLocation::LocalFile(file.to_owned());
        self.library
            .register_asset(&view.fingerprint, &location, &view.info, now())
            .map_err(|error| Failure::of_library(&error))?;
        self.asset(&view.id.0)
    }

    /// The names of the projects that show each content. A project that cannot be read uses nothing.
    fn uses(&self) -> Result<HashMap<Fingerprint, Vec<String>>, Failure> {
        let of_library = |error| Failure::of_library(&error);
        let mut uses: HashMap<Fingerprint, Vec<String>> = HashMap::new();
        for summary in self.library.projects().map_err(of_library)? {
            let saved = match self.library.project(&summary.id) {
                Err(LibraryError::Damaged { .. } | LibraryError::Database { .. }) => None,
                read => read.map_err(of_library)?,
            };
            let Some(saved) = saved else { continue };
            let Ok(project) = project::from_json(&saved.document) else { continue };
            for material in project.materials {
                uses.entry(material.fingerprint).or_default().push(summary.name.clone());
            }
        }
        Ok(uses)
    }
}

impl AssetView {
    fn new(asset: Asset, uses: &HashMap<Fingerprint, Vec<String>>) -> Self {
        let Asset { id, fingerprint, location, info, added, updated: _ } = asset;
        let missing = location.local_path().is_some_and(|path| !path.is_file());
        let used_in = uses.get(&fingerprint).cloned().unwrap_or_default();
        Self { id, location, fingerprint, info, added, missing, used_in }
    }

    fn matches(&self, words: &[String]) -> bool {
        let text =
            [self.location.to_string(), self.location.name(), self.id.0.clone(), self.used_in.join("\n")];
        let text = text.join("\n").to_lowercase();
        words.iter().all(|word| text.contains(word))
    }
}

/// How deep below a folder a file is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Where people put things in order.
    Near,
    /// However deep.
    Any,
}

/// The file at `place`, or in the folder `place` and those below it, that has this content and this many bytes.
pub(crate) async fn find_content(
    place: &Path,
    content: &Fingerprint,
    size: i64,
    depth: Depth,
) -> Result<PathBuf, Failure> {
    let place = std::path::absolute(place).map_err(|error| {
        Failure::new(Code::FileNotFound, format!("It is no file's name ({error}).")).at(place)
    })?;
    let content = content.clone();
    let depth = if depth == Depth::Near { NEAR } else { usize::MAX };
    let search = Search { depth, cancel: CancellationToken::new() };
    in_background(move || search.find(&place, &content, size)).await?
}

/// A search for a file by its content.
struct Search {
    /// How many folders deep.
    depth: usize,
    cancel: CancellationToken,
}

impl Search {
    /// The file at `place`, or in the folder `place` and those in it, that has this content. Only files of its size are
    /// read.
    fn find(&self, place: &Path, content: &Fingerprint, size: i64) -> Result<PathBuf, Failure> {
        if place.is_dir() {
            return self.find_below(place, content, size).ok_or_else(|| missing().at(place));
        }
        check_file(place)?;
        let found = fingerprint_of(place).map_err(|error| {
            let message = format!("The file cannot be read ({error}). Check its permissions and its drive.");
            Failure::new(Code::FileUnreadable, message).at(place)
        })?;
        if found == *content {
            return Ok(place.to_owned());
        }
        let message = "This file is another video. Choose the one that was moved, or add this one by itself.";
        Err(Failure::new(Code::MaterialChanged, message).at(place))
    }

    fn find_below(&self, folder: &Path, content: &Fingerprint, size: i64) -> Option<PathBuf> {
        let mut folders = vec![(folder.to_owned(), 0)];
        let mut seen = 0;
        while let Some((folder, depth)) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                seen += 1;
                if seen > MOST_ENTRIES || self.cancel.is_cancelled() {
                    return None;
                }
                // A link could lead round in a circle, so only what lies here itself is looked at.
                let (path, Ok(metadata)) = (entry.path(), entry.metadata()) else { continue };
                let fits = metadata.is_file() && i64::try_from(metadata.len()) == Ok(size);
                if fits && fingerprint_of(&path).is_ok_and(|found| found == *content) {
                    return Some(path);
                }
                if metadata.is_dir() && depth < self.depth {
                    folders.push((path, depth + 1));
                }
            }
        }
        None
    }
}

async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        Failure::new(Code::Internal, format!("Looking for a file ended unexpectedly ({error})."))
    })
}

fn unknown(id: &MediaId) -> Failure {
    let message =
        format!("No video of the media library has the id {id}. Add its file to the library first.");
    Failure::new(Code::AssetUnknown, message)
}

fn missing() -> Failure {
    let message = "The video is not there any more. Relink it to where it lies now.";
    Failure::new(Code::MaterialMissing, message)
}
