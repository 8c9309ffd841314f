//! Files that the player cannot show as they are get a copy that it can, made once and kept in the cache.

use std::path::{Path, PathBuf};

use project::{MaterialId, ProjectId};
use tokio_util::sync::CancellationToken;

use super::view::{Event, Playback, ProgressItem, ProgressSubject};
use super::{Desk, Subject};
use crate::remaining::Remaining;
use crate::worker::Task;
use crate::{Failure, Stopped};

impl Desk {
    /// Sees to it that every material of the project can be played.
    pub(super) fn prepare_previews(&self) {
        let project = self.lock().history.project().clone();
        for material in &project.materials {
            let subject = Subject::from(material);
            let copy = self.preview_file(&subject);
            let direct = media::plays_directly(&subject.info, &subject.path);
            let mut make = false;
            self.change_quietly(|state| {
                let known = state.known(material.id);
                known.missing = !subject.path.is_file();
                let playback = match known.playback {
                    Playback::Preparing => Playback::Preparing,
                    Playback::Failed(ref failure) => Playback::Failed(failure.clone()),
                    _ if direct && !known.missing => Playback::Ready(subject.path.clone()),
                    _ if copy.is_file() => Playback::Ready(copy.clone()),
                    _ if known.missing => Playback::None,
                    _ => {
                        make = true;
                        Playback::Preparing
                    }
                };
                known.playback = playback;
                Ok(())
            });
            if make {
                let place = (project.id.clone(), material.id);
                tokio::spawn(self.clone().prepare_preview(place, subject, copy));
            }
        }
    }

    fn preview_file(&self, subject: &Subject) -> PathBuf {
        self.shared.engine.directories.previews().join(format!("{}.mp4", subject.fingerprint))
    }

    async fn prepare_preview(self, (project, id): (ProjectId, MaterialId), subject: Subject, copy: PathBuf) {
        let Ok(_place) = self.shared.preview_place.acquire().await else { return };
        let made = self.make_preview(id, &subject, &copy).await;
        self.change_quietly(|state| {
            if state.history.project().id != project {
                // Another project is open by now, in which this id means another material.
                return Ok(());
            }
            state.known(id).playback = match made {
                Ok(()) => Playback::Ready(copy),
                Err(Stopped::Cancelled) => Playback::None,
                Err(Stopped::Failed(failure)) => Playback::Failed(failure),
            };
            Ok(())
        });
    }

    async fn make_preview(&self, id: MaterialId, subject: &Subject, copy: &Path) -> Result<(), Stopped> {
        let scratch = self.shared.engine.scratch()?;
        let target = scratch.path().join("preview.mp4");
        let task = Task::Prepare {
            source: subject.path.clone(),
            info: subject.info.clone(),
            target: target.clone(),
        };
        let remaining = Remaining::start();
        let on_progress = |progress: model::Progress| {
            self.tell(Event::Progress(ProgressItem {
                subject: ProgressSubject::Preview(id),
                progress,
                remaining: remaining.at(progress.fraction),
            }));
        };
        self.shared.engine.worker.run(&task, &CancellationToken::new(), on_progress).await?;
        std::fs::rename(&target, copy).map_err(|error| Failure::of_write(&error, copy))?;
        Ok(())
    }
}
