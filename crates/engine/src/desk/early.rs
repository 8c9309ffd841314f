//! Playing while the copy for the player is still being made: from wherever that is asked for, a stretch is encoded and watched as it
//! grows.

use std::path::{Path, PathBuf};
use std::time::Duration;

use model::{FrameRate, MediaTime, SourceInfo, TimeRange};
use project::MaterialId;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::state::Known;
use super::view::Playback;
use super::{Desk, Subject};
use crate::worker::Task;
use crate::{Failure, Stopped};

/// At most so much is encoded ahead of what is watched: the copy itself needs the processors, too.
const LENGTH: MediaTime = MediaTime::from_whole_seconds(60);
/// How often a file is looked at that is about to appear.
const GLANCE: Duration = Duration::from_millis(10);
/// A copy that takes the pictures as they are is often there so soon that nothing else need be shown before it.
const SOON: Duration = Duration::from_millis(500);
/// One of so short a video is, too: a stretch of it would be all of it, and encoding it twice at once takes longer than once. In pixels
/// of all its frames: about what two processors decode and encode in a second.
const SHORT: f64 = 150e6;
/// Slower machines take twice as long; a stretch begun beside the copy meanwhile would be shown later than that.
const SOON_OF_SHORT: Duration = Duration::from_millis(2_500);

/// A stretch of a material that can be played while it is being written.
#[derive(Debug)]
pub struct EarlyStretch {
    /// An MP4 whose first frame is the one that was asked for. It is gone soon after another one was asked for.
    pub file: PathBuf,
    /// True once nothing more is written.
    pub whole: watch::Receiver<bool>,
}

impl Desk {
    /// Begins to encode what follows a time of a material whose copy for the player is being made; whatever was begun for it before ends.
    /// `None` when nothing is being made, and when something else is asked for meanwhile.
    ///
    /// # Errors
    /// When nothing can be read or written.
    pub async fn play_early(
        &self,
        material: MaterialId,
        from: MediaTime,
    ) -> Result<Option<EarlyStretch>, Failure> {
        let cancel = CancellationToken::new();
        self.settled(material).await;
        // A copy that is held on is not there soon.
        if let Some(limit) = self.copied_within(material).filter(|_| !self.lock().pause.is_set()) {
            let _ = tokio::time::timeout(limit, self.copied(material)).await;
        }
        let (subject, sound) = {
            let mut state = self.lock();
            let Some(subject) = state.history.project().material(material).map(Subject::from) else {
                return Ok(None);
            };
            let known = state.known(material);
            if !known.copying {
                return Ok(None);
            }
            known.early = Some(cancel.clone().drop_guard());
            (subject, known.sound)
        };
        let range = TimeRange::new(from, (from + LENGTH).min(subject.info.duration));
        match self.begin_early(&subject, range, sound, &cancel).await {
            Ok(stretch) => Ok(Some(stretch)),
            Err(Stopped::Cancelled) => Ok(None),
            Err(Stopped::Failed(failure)) => Err(failure),
        }
    }

    /// Waits until it is known whether the file itself can be shown.
    async fn settled(&self, material: MaterialId) {
        let open = |known: &Known| known.playback == Playback::Preparing && !known.copying;
        while self.lock().materials.get(&material).is_some_and(open) {
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// How soon the copy of a material is likely to be there.
    fn copied_within(&self, material: MaterialId) -> Option<Duration> {
        let state = self.lock();
        state.history.project().material(material).and_then(|found| copied_within(&found.info))
    }

    /// Waits until the copy is there, or cannot be.
    async fn copied(&self, material: MaterialId) {
        let open = |known: &Known| known.playback == Playback::Preparing;
        while self.lock().materials.get(&material).is_some_and(open) {
            tokio::time::sleep(GLANCE).await;
        }
    }

    async fn begin_early(
        &self,
        subject: &Subject,
        range: TimeRange,
        sound: Option<usize>,
        cancel: &CancellationToken,
    ) -> Result<EarlyStretch, Stopped> {
        let source = self.shared.engine.source_of(subject, cancel).await?;
        let scratch = self.shared.engine.scratch()?;
        let file = scratch.path().join("early.mp4");
        let task = Task::PlayEarly { source, info: subject.info.clone(), range, sound, target: file.clone() };
        let (ended, whole) = watch::channel(false);
        let (desk, shown, cancelled) = (self.clone(), subject.shown(), cancel.clone());
        let work = tokio::spawn(async move {
            let _working = desk.shared.working.read().await;
            let written = desk.shared.engine.write(&task, &shown, &cancelled, |_| {}).await;
            ended.send_replace(true);
            written
        });
        appear(&file, whole.clone()).await;
        if *whole.borrow() && !has_content(&file) {
            work.await.map_err(|_| crate::engine::closing())??;
        }
        let cancel = cancel.clone();
        tokio::spawn(async move {
            cancel.cancelled().await;
            drop(scratch);
        });
        Ok(EarlyStretch { file, whole })
    }
}

/// How soon a copy that is little work is likely to be there; `None` for one that is much.
pub(super) fn copied_within(info: &SourceInfo) -> Option<Duration> {
    let is_short = info.video.as_ref().is_some_and(|video| {
        let rate = video.frame_rate.map_or(30.0, FrameRate::as_hertz);
        let frames = rate * info.duration.as_seconds();
        f64::from(video.width) * f64::from(video.height) * frames <= SHORT
    });
    if is_short { Some(SOON_OF_SHORT) } else { media::can_be_copied(info).then_some(SOON) }
}

/// Waits until a file has content, or will not get any.
async fn appear(file: &Path, whole: watch::Receiver<bool>) {
    while !has_content(file) && !*whole.borrow() {
        tokio::time::sleep(GLANCE).await;
    }
}

fn has_content(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|metadata| metadata.len() > 0)
}

#[cfg(test)]
mod tests {
    use model::{Rotation, VideoStream};

    use super::*;

    #[test]
    fn a_stretch_waits_for_a_copy_that_is_little_work() {
        let check = |codec: &str, (width, height): (u32, u32), millis, expected, reason| {
            let video = VideoStream {
                index: 0,
                codec: codec.to_owned(),
                pixel_format: "yuv420p".to_owned(),
                width,
                height,
                rotation: Rotation::None,
                frame_rate: FrameRate::new(30, 1),
                time_base: (1, 1_000),
                start: MediaTime::ZERO,
            };
            let info = SourceInfo {
                container: "matroska,webm".to_owned(),
                duration: MediaTime::from_millis(millis),
                size: 1,
                video: Some(video),
                audio: Vec::new(),
                text: Vec::new(),
            };
            assert_eq!(copied_within(&info), expected, "{reason}");
        };
        check("h264", (1920, 1080), 60_000, Some(SOON), "its packets are copied");
        check("hevc", (1920, 1080), 60_000, None, "every frame of it is encoded");
        check("hevc", (1920, 1080), 1_000, Some(SOON_OF_SHORT), "thirty frames are encoded at once");
        check("hevc", (3840, 2160), 2_500, None, "75 frames of four times the size are much work");
    }
}
