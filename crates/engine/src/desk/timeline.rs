//! What a timeline shows of a material's pictures, and when its frames are shown: made by workers from the file that the player
//! shows, and kept in the cache.

use std::path::{Path, PathBuf};

use media::Source;
use model::MediaTime;
use project::MaterialId;
use tokio_util::sync::CancellationToken;

use super::view::Playback;
use super::{Desk, Subject};
use crate::engine::{closing, read};
use crate::worker::Task;
use crate::{Code, Failure, Stopped};

/// Strips of pictures that are made at the same time: they run beside everything else.
pub(super) const STRIPS_AT_ONCE: usize = 2;

/// Pixels of a strip's pictures: sharp in a lane on a screen of double density.
const STRIP_HEIGHT: u32 = 72;
/// Pixels of a single picture.
const PICTURE_HEIGHT: u32 = 144;
/// Up to this distance between two pictures, each is the very one on screen; further apart, key frames stand for them.
const EXACT_UP_TO: MediaTime = MediaTime::from_millis(1_000);

/// A part of a material's pictures: [`StripPlace::PICTURES`] of them at equal distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StripPlace {
    /// The distance between two pictures.
    pub hop: MediaTime,
    /// Which part, from zero.
    pub index: u32,
}

impl StripPlace {
    /// Pictures of one strip.
    pub const PICTURES: u32 = 16;
    /// The shortest distance there may be: no screen shows more.
    pub const SHORTEST_HOP: MediaTime = MediaTime::from_millis(10);

    /// The times of its pictures, those behind `end` being the last instant before it; empty when all of them are.
    fn times(self, end: MediaTime) -> Vec<MediaTime> {
        let first = i64::from(self.index).saturating_mul(i64::from(Self::PICTURES));
        let time = |place| self.hop.as_micros().saturating_mul(first.saturating_add(place));
        if end.as_micros() <= time(0) {
            return Vec::new();
        }
        let last = end - MediaTime::from_micros(1);
        (0..i64::from(Self::PICTURES)).map(|place| MediaTime::from_micros(time(place)).min(last)).collect()
    }
}

/// The file that the player shows of a material.
struct Shown {
    subject: Subject,
    file: PathBuf,
}

impl Desk {
    /// Pictures of a material side by side, as JPEG; `None` while nothing of it can be played, and behind its end.
    ///
    /// # Errors
    /// When they cannot be made.
    pub async fn strip(&self, material: MaterialId, place: StripPlace) -> Result<Option<Vec<u8>>, Failure> {
        if place.hop < StripPlace::SHORTEST_HOP {
            return Err(Failure::new(Code::InvalidRequest, "Pictures cannot be so close together."));
        }
        let Some(shown) = self.shown(material) else { return Ok(None) };
        let times = place.times(shown.subject.info.duration);
        if times.is_empty() || shown.subject.info.video.is_none() {
            return Ok(None);
        }
        let name = format!("{}-{}-{}.jpg", shown.subject.fingerprint, place.hop.as_micros(), place.index);
        let exact = place.hop <= EXACT_UP_TO;
        self.made(&shown, &name, |source, target| Task::Strip {
            source,
            times,
            height: STRIP_HEIGHT,
            exact,
            target,
        })
        .await
        .map(Some)
    }

    /// The very picture on screen at a time, as JPEG; `None` while nothing of the material can be played.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn picture(&self, material: MaterialId, at: MediaTime) -> Result<Option<Vec<u8>>, Failure> {
        let Some(shown) = self.shown(material).filter(|shown| shown.subject.info.video.is_some()) else {
            return Ok(None);
        };
        let name = format!("{}-{}.jpg", shown.subject.fingerprint, at.as_micros());
        let at = at.clamp(MediaTime::ZERO, shown.subject.info.duration);
        self.made(&shown, &name, |source, target| Task::Strip {
            source,
            times: vec![at],
            height: PICTURE_HEIGHT,
            exact: true,
            target,
        })
        .await
        .map(Some)
    }

    /// When each frame that the player shows begins: microseconds as 64-bit integers in little-endian order. `None` while nothing of the
    /// material can be played.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn frame_times(&self, material: MaterialId) -> Result<Option<Vec<u8>>, Failure> {
        let Some(shown) = self.shown(material) else { return Ok(None) };
        let copied = shown.subject.location.local_path() != Some(&shown.file);
        let name = format!("{}{}.frames", shown.subject.fingerprint, if copied { "-copy" } else { "" });
        self.made(&shown, &name, |source, target| Task::FrameTimes { source, target }).await.map(Some)
    }

    fn shown(&self, material: MaterialId) -> Option<Shown> {
        let mut state = self.lock();
        let subject = Subject::from(state.history.project().material(material)?);
        match &state.known(material).playback {
            Playback::Ready(file) => Some(Shown { subject, file: file.clone() }),
            Playback::None | Playback::Preparing | Playback::Cancelled | Playback::Failed(_) => None,
        }
    }

    /// What the cache has under a name, else what a worker makes of the file that is shown.
    async fn made(
        &self,
        shown: &Shown,
        name: &str,
        task: impl FnOnce(Source, PathBuf) -> Task,
    ) -> Result<Vec<u8>, Failure> {
        let kept = self.shared.engine.directories.timelines().join(name);
        if let Ok(bytes) = tokio::fs::read(&kept).await {
            return Ok(bytes);
        }
        let _working = self.shared.working.read().await;
        let _place = self.shared.strip_places.acquire().await.map_err(|_| closing())?;
        let scratch = self.shared.engine.scratch()?;
        let target = scratch.path().join("made");
        // Who asked may have gone; what is made is for the next who asks.
        let cancel = CancellationToken::new();
        let source = self.source_shown(shown, &cancel).await;
        let written = match source {
            Ok(source) => {
                let task = task(source, target.clone());
                self.shared.engine.write(&task, &shown.subject.shown(), &cancel, |_| {}).await
            }
            Err(stopped) => Err(stopped),
        };
        match written {
            Ok(()) => keep(&target, &kept),
            Err(Stopped::Failed(failure)) => Err(failure),
            Err(Stopped::Cancelled) => Err(closing()),
        }
    }

    async fn source_shown(&self, shown: &Shown, cancel: &CancellationToken) -> Result<Source, Stopped> {
        // What is kept is kept under this content's name, so it must be this content.
        if shown.subject.location.local_path() == Some(&shown.file) {
            return self.shared.engine.source_of(&shown.subject, cancel).await;
        }
        Ok(Source::File(shown.file.clone()))
    }
}

/// Puts what was made into the cache, and gives it. A cache that takes nothing costs time, not the picture.
fn keep(made: &Path, kept: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read(made)?;
    if let Err(error) = std::fs::rename(made, kept) {
        tracing::warn!(%error, path = %kept.display(), "what was made for a timeline is not kept");
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_ends_with_its_material() {
        let place = |index| StripPlace { hop: MediaTime::from_whole_seconds(2), index };
        let seconds = |index, end| -> Vec<f64> {
            let times = place(index).times(MediaTime::from_whole_seconds(end));
            times.iter().map(|time| time.as_seconds()).collect()
        };
        let first = seconds(0, 5);
        assert_eq!(first[..3], [0.0, 2.0, 4.0]);
        assert!(
            first[3..].iter().all(|time| *time == 4.999_999),
            "what lies behind the end shows the last frame"
        );
        assert_eq!(seconds(1, 36)[..2], [32.0, 34.0], "the second begins where the first one ends");
        assert_eq!(seconds(0, 1_000).len(), 16);
        assert!(seconds(u32::MAX, 100).is_empty(), "far behind the end there is nothing");
    }
}
