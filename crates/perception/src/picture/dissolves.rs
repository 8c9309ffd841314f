//! Dissolves: one shot shown over the other while it goes.
//!
//! Each picture of a dissolve is a blend of its ends. So is, nearly, a picture of a camera that pans over something
//! smooth, and of a scene whose light changes; but only in a dissolve do the ends show different patterns while the
//! contrast between them sinks, as it does when two pictures that know nothing of each other are averaged.

use std::collections::VecDeque;

use model::{MediaTime, TimeRange};

use super::signature::Signature;

/// Blends are looked for over so much time.
const WINDOW: MediaTime = MediaTime::from_millis(1_000);
/// The ends of a second that is a blend differ at least so much (mean of block differences, 0 to 1).
const LEAST_BLEND: f32 = 0.06;
/// Windows that are blends belong together when no more time lies between their ends.
const GAP: MediaTime = MediaTime::from_millis(300);
/// A longer stretch of blends is a scene that changes by itself.
const LONGEST: MediaTime = MediaTime::from_millis(5_000);
/// The ends of a dissolve are at most as alike as this.
const MOST_LIKE: f32 = 0.6;
/// The variance in the middle of a dissolve is at most this share of the mean of its ends': half of it for shots that
/// have nothing in common, all of it for a camera that moves.
const SINKING: f32 = 0.84;

/// Follows the pictures.
#[derive(Default)]
pub(crate) struct Dissolves {
    recent: VecDeque<(MediaTime, Signature)>,
    run: Option<Run>,
    found: Vec<TimeRange>,
}

/// Consecutive windows that are blends.
struct Run {
    start: MediaTime,
    end: MediaTime,
    first: Signature,
    last: Signature,
    /// Times and variances of its pictures.
    variances: Vec<(MediaTime, f32)>,
}

impl Dissolves {
    pub(crate) fn picture(&mut self, time: MediaTime, look: &Signature) {
        self.recent.push_back((time, look.clone()));
        while self.recent.get(1).is_some_and(|(at, _)| time - *at >= WINDOW) {
            self.recent.pop_front();
        }
        if self.is_blend(time, look) {
            self.extend(time, look);
        } else if self.run.as_ref().is_some_and(|run| time - run.end > GAP) {
            self.found.extend(self.run.take().and_then(|run| run.dissolve()));
        }
    }

    /// When each dissolve begins and ends, about.
    pub(crate) fn found(&self) -> Vec<TimeRange> {
        self.found.iter().copied().chain(self.run.as_ref().and_then(Run::dissolve)).collect()
    }

    /// Whether the picture in the middle of the last second is the mean of its ends.
    fn is_blend(&self, time: MediaTime, look: &Signature) -> bool {
        let Some((start, first)) = self.recent.front().filter(|_| self.recent.len() >= 5) else {
            return false;
        };
        if first.is_blank() || look.is_blank() {
            return false;
        }
        let middle = TimeRange::new(*start, time).middle();
        let nearest = self.recent.iter().min_by_key(|(at, _)| at.distance(middle));
        nearest.is_some_and(|(_, nearest)| first.blend(nearest, look) >= LEAST_BLEND)
    }

    fn extend(&mut self, time: MediaTime, look: &Signature) {
        let Some((start, first)) = self.recent.front() else { return };
        let run = self.run.get_or_insert_with(|| Run {
            start: *start,
            end: *start,
            first: first.clone(),
            last: look.clone(),
            variances: Vec::new(),
        });
        let known = run.variances.last().map(|(at, _)| *at);
        let new = self.recent.iter().filter(|(at, _)| known.is_none_or(|known| known < *at));
        run.variances.extend(new.map(|(at, look)| (*at, look.contrast.powi(2))));
        (run.end, run.last) = (time, look.clone());
    }
}

impl Run {
    /// `None` where something else explains the blends.
    fn dissolve(&self) -> Option<TimeRange> {
        let whole = TimeRange::new(self.start, self.end);
        let (_, middle) = self.variances.iter().min_by_key(|(at, _)| at.distance(whole.middle()))?;
        let ends = (self.first.contrast.powi(2) + self.last.contrast.powi(2)) / 2.0;
        let is_dissolve = whole.duration() <= LONGEST
            && self.first.likeness(&self.last) <= MOST_LIKE
            && *middle <= SINKING * ends;
        is_dissolve.then_some(whole)
    }
}
