//! Files that the player cannot show as they are get a copy that it can, made once and kept in the cache.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use media::Source;
use project::MaterialId;
use tokio_util::sync::CancellationToken;

use super::early::copied_within;
use super::view::{Event, Playback, ProgressItem, ProgressSubject, Snapshot};
use super::{Desk, Subject};
use crate::engine::closing;
use crate::remaining::Remaining;
use crate::worker::Task;
use crate::{Code, Failure, Stopped, tidy};

/// How soon the player asks for what it can play until a copy is there, and how long it has the processors to itself then: the first
/// picture counts.
const ASKED_WITHIN: Duration = Duration::from_millis(150);
const HEAD_START: Duration = Duration::from_millis(1_500);

/// A material whose playback is to be seen to.
struct Viewed {
    material: MaterialId,
    subject: Subject,
    /// The sound that was chosen, which only a copy lets hear.
    sound: Option<usize>,
    /// The web view did not show the file itself.
    refused: bool,
    /// Where its copy lies when there is one.
    copy: PathBuf,
    has_copy: bool,
    missing: bool,
}

impl Viewed {
    /// False where nothing but a copy will do.
    fn may_be_shown(&self) -> bool {
        self.sound.is_none() && !self.refused
    }

    /// True when `file` is what the player can show of it: a file that was moved is not where it was.
    fn shows(&self, file: &Path) -> bool {
        *file == self.copy
            || (self.may_be_shown() && !self.missing && self.subject.location.local_path() == Some(file))
    }
}

impl Desk {
    /// Sees to it that every material of the project can be played.
    pub(super) fn prepare_previews(&self) {
        let project = Arc::clone(self.lock().history.project());
        let viewed: Vec<Viewed> = project
            .materials
            .iter()
            .map(|material| {
                let (sound, refused) = {
                    let mut state = self.lock();
                    let known = state.known(material.id);
                    (known.sound, known.refused)
                };
                self.view(material.id, Subject::from(material), sound, refused)
            })
            .collect();
        let mut wanted = Vec::new();
        self.change_quietly(|state| {
            if state.history.project().id != project.id {
                // Another project is open by now, in which these ids mean other materials.
                return Ok(());
            }
            for viewed in viewed {
                let known = state.known(viewed.material);
                known.missing = viewed.missing;
                if known.sound != viewed.sound || known.refused != viewed.refused {
                    // It was decided otherwise meanwhile; whoever did sees to the rest.
                    continue;
                }
                match &known.playback {
                    Playback::Preparing | Playback::Failed(_) => {}
                    Playback::Ready(file) if viewed.shows(file) => {}
                    _ if viewed.has_copy => {
                        tidy::mark_used(&viewed.copy);
                        known.playback = Playback::Ready(viewed.copy);
                    }
                    Playback::Cancelled if !viewed.missing => {}
                    _ if viewed.missing => known.playback = Playback::None,
                    _ => {
                        let cancel = CancellationToken::new();
                        known.copying = false;
                        known.playback = Playback::Preparing;
                        known.preview = Some(cancel.clone().drop_guard());
                        wanted.push((viewed, cancel));
                    }
                }
            }
            Ok(())
        });
        for (viewed, cancel) in wanted {
            tokio::spawn(self.clone().prepare_preview(viewed, cancel));
        }
    }

    /// Lets the player hear a sound stream of a material, by its index in the file; `None` for the one it begins with. Another one than
    /// that takes a copy.
    ///
    /// # Errors
    /// When the material has no such stream; nothing has changed then.
    pub fn choose_sound(&self, material: MaterialId, sound: Option<usize>) -> Result<Snapshot, Failure> {
        let snapshot = self.change(|state| {
            let project = Arc::clone(state.history.project());
            let found = project.material(material).filter(|material| {
                sound.is_none_or(|index| material.info.audio.iter().any(|audio| audio.index == index))
            });
            if found.is_none() {
                return Err(Failure::new(Code::InvalidRequest, "This video has no such sound track."));
            }
            let known = state.known(material);
            if known.sound != sound {
                known.sound = sound;
                known.preview = None;
                known.early = None;
                known.copying = false;
                known.playback = Playback::None;
            }
            Ok(())
        })?;
        self.prepare_previews();
        Ok(snapshot)
    }

    /// Makes a copy of a material whose file the web view does not show, whatever is known of it. False when what is shown is a copy
    /// already, or nothing.
    pub fn refuse_playback(&self, material: MaterialId) -> bool {
        let mut refused = false;
        self.change_quietly(|state| {
            let Some(subject) = state.history.project().material(material).map(Subject::from) else {
                return Ok(());
            };
            let known = state.known(material);
            if let Playback::Ready(file) = &known.playback {
                refused = subject.location.local_path() == Some(file);
            }
            if refused {
                tracing::info!(path = %subject.shown().display(), "the web view does not show this file itself");
                known.refused = true;
                known.playback = Playback::None;
            }
            Ok(())
        });
        if refused {
            self.prepare_previews();
        }
        refused
    }

    /// Gives up the copy of a material that is being made. One of another sound brings back the one that the file begins with.
    ///
    /// # Errors
    /// When none is being made.
    pub fn cancel_copy(&self, material: MaterialId) -> Result<Snapshot, Failure> {
        let snapshot = self.change(|state| {
            let known = state.known(material);
            if known.preview.take().is_none() {
                return Err(Failure::new(Code::InvalidRequest, "No copy of this video is being made."));
            }
            known.early = None;
            known.copying = false;
            known.playback = if known.sound.take().is_some() { Playback::None } else { Playback::Cancelled };
            state.go_on_when_idle();
            Ok(())
        })?;
        self.prepare_previews();
        Ok(snapshot)
    }

    /// Makes the copy of a material after all that was given up.
    ///
    /// # Errors
    /// When none was given up.
    pub fn make_copy(&self, material: MaterialId) -> Result<Snapshot, Failure> {
        let snapshot = self.change(|state| {
            let known = state.known(material);
            if known.playback != Playback::Cancelled {
                return Err(Failure::new(Code::InvalidRequest, "No copy of this video was cancelled."));
            }
            known.playback = Playback::None;
            Ok(())
        })?;
        self.prepare_previews();
        Ok(snapshot)
    }

    fn view(&self, material: MaterialId, subject: Subject, sound: Option<usize>, refused: bool) -> Viewed {
        let previews = self.shared.engine.directories.previews();
        let track = sound.map(|index| format!("-{index}")).unwrap_or_default();
        let copy = previews.join(format!("{}{track}.mp4", subject.fingerprint));
        let (has_copy, missing) = (copy.is_file(), subject.is_missing());
        Viewed { material, subject, sound, refused, copy, has_copy, missing }
    }

    async fn prepare_preview(self, viewed: Viewed, cancel: CancellationToken) {
        let _working = self.shared.working.read().await;
        let made = self.playable(&viewed, &cancel).await;
        self.change_quietly(|state| {
            if cancel.is_cancelled() {
                // The material is gone, or came back and is prepared anew.
                return Ok(());
            }
            let known = state.known(viewed.material);
            known.preview = None;
            known.early = None;
            known.copying = false;
            known.playback = match made {
                Ok(file) => Playback::Ready(file),
                Err(Stopped::Cancelled) => Playback::None,
                Err(Stopped::Failed(failure)) => Playback::Failed(failure),
            };
            state.go_on_when_idle();
            Ok(())
        });
    }

    /// The file itself when the player can show it, else a copy that is made now.
    async fn playable(&self, viewed: &Viewed, cancel: &CancellationToken) -> Result<PathBuf, Stopped> {
        let Viewed { material, subject, copy, .. } = viewed;
        // What lies elsewhere is always shown from a copy.
        if let Some(path) = subject.location.local_path()
            && viewed.may_be_shown()
            && media::may_play_directly(&subject.info, &Source::File(path.to_owned()))
            && self.shared.engine.can_play(subject, cancel).await?
        {
            return Ok(path.to_owned());
        }
        self.change_quietly(|state| {
            // Who has cancelled it has decided what comes instead, and may have begun that.
            if !cancel.is_cancelled() {
                state.known(*material).copying = true;
            }
            Ok(())
        });
        let place = tokio::select! {
            () = cancel.cancelled() => return Err(Stopped::Cancelled),
            place = self.shared.preview_place.acquire() => place,
        };
        let _place = place.map_err(|_| closing())?;
        self.make_preview(*material, subject, viewed.sound, copy, cancel).await?;
        Ok(copy.clone())
    }

    /// Lets the player begin before a copy of what it shows is made.
    async fn give_way(&self, material: MaterialId, cancel: &CancellationToken) -> Result<(), Stopped> {
        let wait = async {
            tokio::time::sleep(ASKED_WITHIN).await;
            if self.lock().known(material).early.is_some() {
                tokio::time::sleep(HEAD_START).await;
            }
        };
        tokio::select! {
            () = cancel.cancelled() => Err(Stopped::Cancelled),
            () = wait => Ok(()),
        }
    }

    async fn make_preview(
        &self,
        material: MaterialId,
        subject: &Subject,
        sound: Option<usize>,
        copy: &Path,
        cancel: &CancellationToken,
    ) -> Result<(), Stopped> {
        let scratch = self.shared.engine.scratch()?;
        let target = scratch.path().join("preview.mp4");
        // The copy is kept under this content's name, so it must be this content.
        let source = self.shared.engine.source_of(subject, cancel).await?;
        if copied_within(&subject.info).is_none() {
            self.give_way(material, cancel).await?;
        }
        let task = Task::Prepare { source, info: subject.info.clone(), sound, target: target.clone() };
        let control = self.control(cancel);
        let remaining = Remaining::heeding(&control.pause);
        let on_progress = |progress: model::Progress| {
            self.tell(Event::Progress(ProgressItem {
                subject: ProgressSubject::Preview(material),
                progress,
                remaining: remaining.at(progress.fraction),
            }));
        };
        self.shared.engine.write(&task, &subject.shown(), &control, on_progress).await?;
        std::fs::rename(&target, copy).map_err(|error| Failure::of_write(&error, copy))?;
        Ok(())
    }
}
