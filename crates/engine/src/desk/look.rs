//! Looking for what an editor's tags name: a tag that is new is looked for in the background, and the highlights get it when it
//! was.

use highlight::{Sights, Sought, sought};
use project::{Cause, MaterialId, ProjectId};
use tokio_util::sync::CancellationToken;

use super::Desk;
use super::state::{Known, State};
use crate::pictures::Seen;
use crate::{Failure, Notice, Stopped};

/// What looking is followed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Afterwards {
    /// Choosing again: tags were asked for.
    Choose,
    /// Saying again what there is to say: the ranges have their tags from before.
    Say,
}

/// A material in whose pictures something has not been looked for yet.
pub(super) struct Unseen {
    pub(super) material: MaterialId,
    pub(super) seen: Seen,
    pub(super) sought: Vec<Sought>,
}

/// A search of a material's pictures that failed.
pub(super) struct Unsearched {
    /// What was looked for.
    names: Vec<String>,
    failure: Failure,
}

impl Desk {
    /// Looks in the background for what the strategy asks for and nobody has looked for yet.
    pub(super) fn look_for_new_tags(&self, afterwards: Afterwards) {
        if !self.lock().unseen().is_empty() {
            tokio::spawn(self.clone().look(afterwards));
        }
    }

    async fn look(self, afterwards: Afterwards) {
        let _working = self.shared.working.read().await;
        // Whoever comes second finds everything seen, or looks for what the strategy asks for by then.
        let _place = self.shared.looking.lock().await;
        let cancel = CancellationToken::new();
        let mut failed = Vec::new();
        loop {
            let (project, mut unseen) = {
                let state = self.lock();
                (state.history.project().id.clone(), if state.closing { Vec::new() } else { state.unseen() })
            };
            unseen.retain(|it| !failed.contains(&(project.clone(), it.material)));
            if unseen.is_empty() {
                return;
            }
            for Unseen { material, seen, sought } in unseen {
                let names = sought.iter().map(|it| it.name.clone()).collect();
                let found = self.shared.engine.look_for(&seen, sought, &cancel).await;
                if self.lock().history.project().id != project {
                    // Another one is open by now, in which these ids mean other materials.
                    break;
                }
                match found {
                    Ok(sights) => self.take_sights(&project, material, sights, afterwards),
                    Err(Stopped::Cancelled) => return,
                    Err(Stopped::Failed(failure)) => {
                        self.shared.engine.not_used(&seen.encoder, &failure);
                        failed.push((project.clone(), material));
                        self.change_quietly(|state| {
                            if state.history.project().id == project {
                                state.known(material).unsearched = Some(Unsearched { names, failure });
                            }
                            Ok(())
                        });
                    }
                }
            }
        }
    }

    /// Takes what was seen in a material of `project`.
    fn take_sights(&self, project: &ProjectId, material: MaterialId, sights: Sights, afterwards: Afterwards) {
        self.change_quietly(|state| {
            if state.history.project().id != *project {
                return Ok(());
            }
            state.known(material).sights.0.extend(sights.0);
            match afterwards {
                Afterwards::Choose => {
                    let chosen = state.choose(material, Cause::LastEdit);
                    chosen.map_err(|error| Failure::of_edit(&error))
                }
                Afterwards::Say => {
                    state.renew_notices(material);
                    Ok(())
                }
            }
        });
    }
}

impl State {
    /// All there is to say about the ranges of a material, with what could not be looked for and is still asked for.
    pub(super) fn notices(&self, known: &Known) -> Vec<Notice> {
        let is_missed = |name: &String| {
            let asked = sought(&self.history.project().strategy);
            !known.sights.0.contains_key(name) && asked.iter().any(|it| it.name == *name)
        };
        let missed = known.unsearched.as_ref().filter(|search| search.names.iter().any(is_missed));
        let missed = missed.map(|search| Notice::PicturesNotSearched(search.failure.clone()));
        known.notices.iter().cloned().chain(missed).collect()
    }
}
