//! Tells the page what happens: a snapshot for every change, progress at a pace that a person can follow.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use engine::{Desk, ProgressSubject};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::error::RecvError;

use crate::commands::Shell;
use crate::wire::{Event, ProgressItem, Snapshot};

/// The least time between two messages of progress.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);

/// The page that listens; at most one, since there is one window.
#[derive(Default)]
pub(crate) struct Listeners {
    channel: Mutex<Option<Channel<Event>>>,
}

impl Listeners {
    /// From now on `channel` is told, and no other.
    pub(crate) fn set(&self, channel: Channel<Event>) {
        *self.channel.lock().unwrap_or_else(PoisonError::into_inner) = Some(channel);
    }

    /// Tells the page; without one, or with one that is gone, nobody.
    pub(crate) fn tell(&self, event: Event) {
        let channel = self.channel.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(channel) = channel
            && let Err(error) = channel.send(event)
        {
            tracing::debug!(%error, "the page is not there to be told");
        }
    }
}

/// Passes the desk's events on until the desk is gone.
pub(crate) async fn pass_on(app: AppHandle, desk: Desk) {
    let mut events = desk.events();
    let mut latest: HashMap<ProgressSubject, engine::ProgressItem> = HashMap::new();
    let mut sequence = 0_u32;
    let mut tick = tokio::time::interval(PROGRESS_INTERVAL);
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(engine::Event::Progress(item)) => {
                    latest.insert(item.subject, item);
                }
                // After a lag the newest snapshot makes up for whatever was missed.
                Ok(engine::Event::Changed) | Err(RecvError::Lagged(_)) => {
                    flush(&app, &mut latest, &mut sequence);
                    let snapshot = Snapshot::of(desk.snapshot(), &app.state::<Shell>().server);
                    app.state::<Listeners>().tell(Event::Snapshot { snapshot: Box::new(snapshot) });
                }
                Err(RecvError::Closed) => return,
            },
            _ = tick.tick() => flush(&app, &mut latest, &mut sequence),
        }
    }
}

fn flush(app: &AppHandle, latest: &mut HashMap<ProgressSubject, engine::ProgressItem>, sequence: &mut u32) {
    if latest.is_empty() {
        return;
    }
    *sequence = sequence.wrapping_add(1);
    let items = latest.drain().map(|(_, item)| ProgressItem::from(item)).collect();
    app.state::<Listeners>().tell(Event::Progress { sequence: *sequence, items });
}
