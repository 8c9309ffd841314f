//! Looking for what an editor's tags name: a tag that is new is looked for in the background, and the highlights get it when it
//! was.

use highlight::Sought;
use project::{Cause, MaterialId};
use tokio_util::sync::CancellationToken;

use super::Desk;
use crate::pictures::Seen;
use crate::{Failure, Stopped};

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
        loop {
            let unseen = { self.lock().unseen() };
            if unseen.is_empty() || self.lock().closing {
                return;
            }
            for Unseen { material, seen, sought } in unseen {
                let sights = match self.shared.engine.look_for(&seen, sought, &cancel).await {
                    Ok(sights) => sights,
                    Err(Stopped::Cancelled) => return,
                    Err(Stopped::Failed(failure)) => {
                        tracing::warn!(%failure, "tags were not looked for in pictures");
                        return;
                    }
                };
                self.change_quietly(|state| {
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
    }
}
