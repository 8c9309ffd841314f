//! What is seen: change between pictures, split into cuts and motion.

mod cuts;
mod dissolves;
mod fades;
mod light;
mod motion;
mod raster;
mod shift;
mod signature;
mod sway;

use std::collections::VecDeque;

use model::{Fade, MediaTime, Picture, TimeRange};

use cuts::SHORTEST_SHOT;
use dissolves::Dissolves;
use fades::{Fades, Found};
use raster::Raster;
use signature::Signature;
pub(crate) use sway::Movement;

/// Pictures nearer than this to the last measured one are left out of motion: slow speeds would drown in noise, and
/// doubled pictures of a converted frame rate would read as rest.
const MOTION_DISTANCE: MediaTime = MediaTime::from_millis(75);
/// Motion over a longer distance (sampled pictures) is brought to this one. What moves out of itself saturates, hence
/// the square root.
const MOTION_NOMINAL: f64 = 0.08;
/// Between pictures further apart than this nothing moved: a stream may leave out pictures that show the same.
const LONGEST_STEP: MediaTime = MediaTime::from_whole_seconds(2);
/// For so long after a jump the picture may come back to what it was: then it was a flash.
const FLASH: MediaTime = MediaTime::from_millis(500);
/// The same where all was black or white in between: flashes come in volleys, and lamps go out.
const BLANK_FLASH: MediaTime = MediaTime::from_millis(900);

/// How long pictures are remembered, and the one before them: longer than a flash.
const REMEMBERED: MediaTime = MediaTime::from_millis(1_000);

/// What lies between a picture and the one before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// The time of the picture before.
    pub(crate) from: MediaTime,
    /// The time of this picture.
    pub(crate) to: MediaTime,
    /// How different the two are, 0 to 1.
    pub(crate) change: f32,
    /// How much nearer to the picture before one of the following ones comes, as a share of the change; 1 when none does.
    pub(crate) lasting: f32,
    /// How alike the patterns of the two are whatever the light, -1 to 1; 0 where the change is too small to matter.
    pub(crate) likeness: f32,
}

/// Whether a cut may lie between two pictures: they look like different shots, or one of them is black or white all over.
/// Between pictures that hold fewer pixels than they say none does.
#[must_use]
pub fn may_hold_cut(before: &Picture<'_>, after: &Picture<'_>) -> bool {
    let Some((before, after)) = Raster::new(before).zip(Raster::new(after)) else { return false };
    let (before, after) = (Signature::new(&before), Signature::new(&after));
    let differ = cuts::LEAST_CHANGE <= before.difference(&after);
    before.is_blank() != after.is_blank() || differ && !cuts::shows_the_same(before.likeness(&after))
}

/// Follows the pictures, remembering the last seconds of them in a few numbers each.
pub(crate) struct Watching {
    recent: VecDeque<(MediaTime, Signature)>,
    reference: Option<(MediaTime, Raster)>,
    steps: Vec<Step>,
    movements: Vec<Movement>,
    fades: Fades,
    dissolves: Dissolves,
}

impl Watching {
    pub(crate) fn new() -> Self {
        Self {
            recent: VecDeque::new(),
            reference: None,
            steps: Vec::new(),
            movements: Vec::new(),
            fades: Fades::default(),
            dissolves: Dissolves::default(),
        }
    }

    /// Takes the next picture. One that does not come later than the last, or whose size and data disagree, is left out.
    pub(crate) fn picture(&mut self, picture: Picture<'_>) {
        let Some(raster) = Raster::new(&picture) else { return };
        if self.recent.back().is_some_and(|(time, _)| picture.time <= *time) {
            return;
        }
        let signature = Signature::new(&raster);
        self.step(picture.time, &signature);
        self.fades.picture(picture.time, &signature);
        self.dissolves.picture(picture.time, &signature);
        self.recent.push_back((picture.time, signature));
        while self.recent.get(1).is_some_and(|(time, _)| picture.time - *time > REMEMBERED) {
            self.recent.pop_front();
        }
        self.movement(picture.time, raster);
    }

    fn step(&mut self, time: MediaTime, signature: &Signature) {
        self.look_back(time, signature);
        if let Some((from, before)) = self.recent.back() {
            let change = before.difference(signature);
            let lasting = self.novelty(time, change, signature);
            let likeness = if change < cuts::LEAST_CHANGE { 0.0 } else { before.likeness(signature) };
            self.steps.push(Step { from: *from, to: time, change, lasting, likeness });
        }
    }

    /// How far this picture is from any of the last half second, as a share of the change: little when it goes back to
    /// what was there before a flash.
    fn novelty(&self, time: MediaTime, change: f32, signature: &Signature) -> f32 {
        if change < cuts::LEAST_CHANGE {
            return 1.0;
        }
        let was_blank = self.recent.back().is_some_and(|(_, before)| before.is_blank());
        let longest = if was_blank { BLANK_FLASH } else { FLASH };
        let recent = self.recent.iter().rev().skip(1).take_while(|(at, _)| time - *at <= longest);
        recent.map(|(_, before)| before.difference(signature) / change).fold(1.0, f32::min)
    }

    /// Tells the steps of the last half second whether the picture came back to what it was before them.
    fn look_back(&mut self, time: MediaTime, signature: &Signature) {
        for step in self.steps.iter_mut().rev().take_while(|step| time - step.to <= FLASH) {
            if step.change < cuts::LEAST_CHANGE {
                continue;
            }
            if let Some((_, before)) = self.recent.iter().find(|(at, _)| *at == step.from) {
                step.lasting = step.lasting.min(before.difference(signature) / step.change);
            }
        }
    }

    fn movement(&mut self, time: MediaTime, raster: Raster) {
        if let Some((from, before)) = &self.reference {
            let distance = time - *from;
            if distance < MOTION_DISTANCE {
                return;
            }
            if distance <= LONGEST_STEP {
                let nominal = (MOTION_NOMINAL / distance.as_seconds()).min(1.0).sqrt() as f32;
                let change = motion::change(before, &raster);
                self.movements.push(Movement {
                    from: *from,
                    to: time,
                    amount: change.amount * nominal,
                    least: change.least * nominal,
                    shift: change.shift,
                });
            }
        }
        self.reference = Some((time, raster));
    }

    /// What moved, without the flashes: a jump that goes back is light, not movement.
    pub(crate) fn movements(&self) -> Vec<Movement> {
        let mut flashes = self.steps.iter().filter(|step| cuts::is_flash(step)).peekable();
        let is_movement = |movement: &Movement| {
            while flashes.next_if(|flash| flash.to <= movement.from).is_some() {}
            flashes.peek().is_none_or(|flash| flash.from >= movement.to)
        };
        let mut movements = sway::without(&self.movements);
        movements.retain(is_movement);
        movements
    }

    /// Between which two pictures each cut lies, in order of time: hard cuts, the beginning of the shot after a fade, and the
    /// middle of dissolves that no other cut explains.
    pub(crate) fn cut_candidates(&self) -> Vec<TimeRange> {
        let dips = self.fades.found();
        let mut cuts = cuts::find(&self.steps);
        cuts.retain(|cut| !dips.iter().any(|dip| holds(dip.range(), *cut)));
        cuts.extend(dips.iter().filter_map(|dip| match dip {
            Found::Fade(_, cut) => *cut,
            Found::Light(_) => None,
        }));
        let dissolves = self.dissolves.found().into_iter().filter(|dissolve| {
            let around = TimeRange::new(dissolve.start - SHORTEST_SHOT, dissolve.end + SHORTEST_SHOT);
            let explains = |other: TimeRange| other.start < around.end && around.start < other.end;
            !cuts.iter().any(|cut| explains(*cut)) && !dips.iter().any(|dip| explains(dip.range()))
        });
        let middles: Vec<TimeRange> =
            dissolves.filter_map(|dissolve| self.picture_at(dissolve.middle())).collect();
        cuts.extend(middles);
        cuts.sort_by_key(|range| range.start);
        cuts
    }

    /// Fades to or from black or white, in order of time.
    pub(crate) fn fades(&self) -> Vec<Fade> {
        let fade = |found| match found {
            Found::Fade(fade, _) => Some(fade),
            Found::Light(_) => None,
        };
        self.fades.found().into_iter().filter_map(fade).collect()
    }

    /// The first picture from `time` on: in the middle of a dissolve no frame is more the first than its neighbours.
    fn picture_at(&self, time: MediaTime) -> Option<TimeRange> {
        let step = self.steps.get(self.steps.partition_point(|step| step.to < time))?;
        Some(TimeRange::new(step.to, step.to))
    }
}

/// Whether a cut between two pictures lies within the range.
fn holds(range: TimeRange, cut: TimeRange) -> bool {
    range.start <= cut.start && cut.end <= range.end
}
