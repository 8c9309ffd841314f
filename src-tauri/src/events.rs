//! Tells the page what happens: a snapshot for every change, progress at a pace that a person can follow.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use engine::{Desk, ProgressSubject};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::MissedTickBehavior;

use crate::shell::Shell;
use crate::wire::{Event, ModelProgress, ProgressItem, Snapshot};

/// The least time between two messages of progress.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);

/// How often the library is asked whether a job has changed, since another process may run it.
const JOBS_INTERVAL: Duration = Duration::from_millis(500);

/// The page that listens; at most one, since there is one window.
#[derive(Default)]
pub(crate) struct Listeners {
    page: Mutex<Page>,
}

#[derive(Default)]
struct Page {
    channel: Option<Channel<Event>>,
    /// Refusals from before there was a page. Nothing else says them again: a snapshot is fetched, progress goes on.
    unheard: Vec<Event>,
}

impl Listeners {
    /// From now on `channel` is told, and no other.
    pub(crate) fn set(&self, channel: Channel<Event>) {
        let unheard = {
            let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
            page.channel = Some(channel);
            std::mem::take(&mut page.unheard)
        };
        unheard.into_iter().for_each(|event| self.tell(event));
    }

    /// Tells the page; refusals wait for one, and with one that is gone nobody is told.
    pub(crate) fn tell(&self, event: Event) {
        let channel = {
            let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
            match &page.channel {
                Some(channel) => channel.clone(),
                None => {
                    if matches!(event, Event::Refused { .. }) {
                        page.unheard.push(event);
                    }
                    return;
                }
            }
        };
        if let Err(error) = channel.send(event) {
            tracing::debug!(%error, "the page is not there to be told");
        }
    }
}

/// Passes the desk's events on until the desk is gone.
pub(crate) async fn pass_on(app: AppHandle, desk: Desk) {
    let mut events = desk.events();
    let mut latest = Latest::default();
    let mut tick = tokio::time::interval(PROGRESS_INTERVAL);
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(engine::Event::Progress(item)) => {
                    latest.work.insert(item.subject, item);
                }
                Ok(engine::Event::Transfer { model, progress }) => {
                    latest.models.insert(model, progress);
                }
                Ok(engine::Event::Models) => {
                    latest.models.clear();
                    app.state::<Listeners>().tell(Event::Models);
                }
                // After a lag the newest snapshot makes up for whatever was missed.
                Ok(engine::Event::Changed) | Err(RecvError::Lagged(_)) => {
                    latest.flush(&app);
                    let snapshot = Snapshot::of(desk.snapshot(), &app.state::<Shell>().server);
                    app.state::<Listeners>().tell(Event::Snapshot { snapshot: Box::new(snapshot) });
                }
                Err(RecvError::Closed) => return,
            },
            _ = tick.tick() => latest.flush(&app),
        }
    }
}

/// Tells of every change of the library's jobs until the program ends.
pub(crate) async fn watch_jobs(app: AppHandle) {
    let mut tick = tokio::time::interval(JOBS_INTERVAL);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = None;
    loop {
        tick.tick().await;
        match app.state::<Shell>().desk.engine().jobs_mark() {
            Ok(mark) if known != Some(mark) => {
                known = Some(mark);
                app.state::<Listeners>().tell(Event::Jobs);
            }
            Ok(_) => {}
            Err(failure) => tracing::debug!(%failure, "the jobs cannot be looked at"),
        }
    }
}

/// The last word on everything that came further since the page was told.
#[derive(Default)]
struct Latest {
    work: HashMap<ProgressSubject, engine::ProgressItem>,
    sequence: u32,
    /// By the models' ids.
    models: HashMap<String, engine::TransferProgress>,
}

impl Latest {
    fn flush(&mut self, app: &AppHandle) {
        if !self.work.is_empty() {
            self.sequence = self.sequence.wrapping_add(1);
            let items = self.work.drain().map(|(_, item)| ProgressItem::from(item)).collect();
            app.state::<Listeners>().tell(Event::Progress { sequence: self.sequence, items });
        }
        if !self.models.is_empty() {
            let item = |(model, progress): (String, engine::TransferProgress)| ModelProgress {
                model,
                progress: progress.into(),
            };
            let items = self.models.drain().map(item).collect();
            app.state::<Listeners>().tell(Event::ModelProgress { items });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use engine::{Code, Failure};
    use tauri::ipc::InvokeResponseBody;

    use super::*;
    use crate::wire::Refusal;

    fn refused(path: &str) -> Event {
        let failure = Failure::new(Code::NotMedia, "This is not a video.");
        Event::Refused { refused: vec![Refusal::from(engine::Refusal { path: path.into(), failure })] }
    }

    #[test]
    fn a_file_refused_before_there_is_a_page_is_told_to_the_page() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let listeners = Listeners::default();
        listeners.tell(refused("early.txt"));
        listeners.tell(Event::Progress { sequence: 1, items: Vec::new() });
        listeners.set(Channel::new(move |body| {
            if let InvokeResponseBody::Json(json) = body {
                ear.lock().unwrap().push(json);
            }
            Ok(())
        }));
        listeners.tell(refused("late.txt"));
        let heard = heard.lock().unwrap();
        assert_eq!(heard.len(), 2, "old progress means nothing to a new page: {heard:?}");
        assert!(heard[0].contains("early.txt") && heard[1].contains("late.txt"), "{heard:?}");
    }
}
