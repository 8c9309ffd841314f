//! Fades: a picture that loses or gains its light until all is black or white.
//!
//! In a fade the pattern of the picture stays and only its contrast shrinks. That tells it from a hard cut to black, which
//! has no steps between, from things that move before the camera, which change the pattern, and from light that
//! goes out and on again over the same scene, which comes back to what it was.

use std::collections::VecDeque;

use model::{Fade, MediaTime, TimeRange};

use super::signature::Signature;

/// No side of a fade is looked for longer than this.
const LONGEST_SIDE: MediaTime = MediaTime::from_millis(3_000);
/// A quicker change is a hard cut, or a lamp that is switched.
const SHORTEST_SIDE: MediaTime = MediaTime::from_millis(150);
/// Pictures nearer than this to each other are not compared: a slow fade of many pictures changes too little between them.
const APART: MediaTime = MediaTime::from_millis(75);
/// Contrast that no longer grows by this factor over [`APART`] has reached its end.
const GROWTH: f32 = 1.015;
/// What fades has at least this much contrast in full light.
const LEAST_CONTRAST: f32 = 12.0;
/// At least one picture on the way has this share of the full contrast, at least and at most.
const ON_THE_WAY: (f32, f32) = (0.06, 0.7);
/// Neighbouring pictures of a fade are as alike as this, whatever their contrast …
const LIKE: f32 = 0.8;
/// … as far as they have enough of it to compare.
const COMPARABLE: f32 = 4.0;
/// A dip that no picture shows at its deepest leaves this share of the contrast, and of the distance from black or white.
const DIP: f32 = 0.4;
/// Light that goes out and comes back over a picture as alike as this, within [`LIGHT`], is no fade.
const SAME: f32 = 0.8;
/// See [`SAME`].
const LIGHT: MediaTime = MediaTime::from_millis(2_000);

/// What a dip of the contrast turned out to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Found {
    /// A fade, and between which two pictures the next shot begins; `None` where no shot comes before or after.
    Fade(Fade, Option<TimeRange>),
    /// The light of one scene went out and on again: nothing in this time is a cut.
    Light(TimeRange),
}

impl Found {
    /// The time it takes.
    pub(crate) fn range(&self) -> TimeRange {
        match self {
            Self::Fade(fade, _) => fade.range,
            Self::Light(range) => *range,
        }
    }
}

/// One side of a fade: the picture in full light.
struct Side {
    time: MediaTime,
    look: Signature,
    /// False where the change is sudden.
    fades: bool,
}

/// A blank stretch, or the deepest picture between two sides, whose end is awaited.
struct Dip {
    before: Option<Side>,
    /// The first and the last picture of it.
    bottom: (MediaTime, MediaTime),
    /// False where no picture was quite blank.
    is_blank: bool,
    /// The pictures after it, as long as their contrast grows.
    after: Vec<(MediaTime, Signature)>,
}

/// Follows the pictures.
#[derive(Default)]
pub(crate) struct Fades {
    recent: VecDeque<(MediaTime, Signature)>,
    dip: Option<Dip>,
    found: Vec<Found>,
}

impl Fades {
    pub(crate) fn picture(&mut self, time: MediaTime, look: &Signature) {
        if self.dip.as_mut().is_some_and(|dip| !dip.takes(time, look)) {
            self.found.extend(self.dip.take().and_then(|dip| dip.meaning()));
        }
        if self.dip.is_none() {
            self.dip = self.dip_at(time, look);
        }
        self.recent.push_back((time, look.clone()));
        while self.recent.front().is_some_and(|(at, _)| time - *at > LONGEST_SIDE) {
            self.recent.pop_front();
        }
    }

    /// What was found so far, with the fade that the material ends in.
    pub(crate) fn found(&self) -> Vec<Found> {
        let last = self.dip.as_ref().and_then(Dip::meaning);
        self.found.iter().copied().chain(last).collect()
    }

    /// A dip begins with a blank picture, or shows after the deepest of pictures that are never quite blank.
    fn dip_at(&self, time: MediaTime, look: &Signature) -> Option<Dip> {
        if look.is_blank() {
            let before = side(time, self.recent.iter().rev());
            return Some(Dip { before, bottom: (time, time), is_blank: true, after: Vec::new() });
        }
        let mut backwards = self.recent.iter().rev();
        let (bottom, deepest) = backwards.next()?;
        let (_, previous) = self.recent.iter().rev().nth(1)?;
        if deepest.contrast >= look.contrast.min(previous.contrast) {
            return None;
        }
        let before = side(*bottom, backwards)?;
        let is_dark = deepest.mean <= DIP * before.look.mean;
        let is_bright = 255.0 - deepest.mean <= DIP * (255.0 - before.look.mean);
        let is_dip = before.fades && deepest.contrast <= DIP * before.look.contrast && (is_dark || is_bright);
        is_dip.then(|| Dip {
            before: Some(before),
            bottom: (*bottom, *bottom),
            is_blank: false,
            after: vec![(time, look.clone())],
        })
    }
}

impl Dip {
    /// Takes the next picture, when it belongs to the dip.
    fn takes(&mut self, time: MediaTime, look: &Signature) -> bool {
        let Some((at, last)) = self.after.last() else {
            if look.is_blank() {
                self.bottom.1 = time;
            } else {
                self.after.push((time, look.clone()));
            }
            return true;
        };
        if time - *at < APART {
            return true;
        }
        let grows = look.contrast > GROWTH * last.contrast && time - self.bottom.1 <= LONGEST_SIDE;
        if grows {
            self.after.push((time, look.clone()));
        }
        grows
    }

    /// `None` where no side is gradual.
    fn meaning(&self) -> Option<Found> {
        let (first, last) = self.bottom;
        let after = side(last, self.after.iter());
        let fades = |side: &Option<Side>| side.as_ref().is_some_and(|side| side.fades);
        let both = self.before.as_ref().zip(after.as_ref());
        let (out, back) = (fades(&self.before), fades(&after));
        if !(out || back) || !(self.is_blank || out && back) {
            return None;
        }
        if let Some((before, after)) = both {
            let soon = !self.is_blank || after.time - before.time <= LIGHT;
            if soon && before.look.likeness(&after.look) >= SAME {
                return Some(Found::Light(TimeRange::new(before.time, after.time)));
            }
        }
        let next = self.after.first().map_or(last, |(time, _)| *time);
        let end = if self.is_blank { next } else { last };
        let blank = TimeRange::new(first, end);
        let start = self.before.as_ref().filter(|_| out).map_or(first, |side| side.time);
        let end = after.as_ref().filter(|_| back).map_or(end, |side| side.time);
        let fade = Fade { range: TimeRange::new(start, end), blank };
        Some(Found::Fade(fade, both.map(|_| TimeRange::new(last, next))))
    }
}

/// What lies on one side of a dip, given its pictures from the dip on.
fn side<'a>(bottom: MediaTime, outwards: impl Iterator<Item = &'a (MediaTime, Signature)>) -> Option<Side> {
    let mut way: Vec<&(MediaTime, Signature)> = Vec::new();
    for picture in outwards.filter(|(_, look)| !look.is_blank()) {
        if let Some((time, look)) = way.last() {
            if picture.0.distance(*time) < APART {
                continue;
            }
            if picture.1.contrast <= GROWTH * look.contrast || picture.0.distance(bottom) > LONGEST_SIDE {
                break;
            }
        }
        way.push(picture);
    }
    let (time, look) = way.last()?;
    let share = |picture: &Signature| picture.contrast / look.contrast;
    let on_the_way =
        way.iter().any(|(_, picture)| ON_THE_WAY.0 <= share(picture) && share(picture) <= ON_THE_WAY.1);
    let comparable = way.windows(2).filter(|pair| pair[0].1.contrast.min(pair[1].1.contrast) >= COMPARABLE);
    let stays = comparable.map(|pair| pair[0].1.likeness(&pair[1].1)).all(|likeness| likeness >= LIKE);
    let is_long = time.distance(bottom) >= SHORTEST_SIDE;
    let fades = look.contrast >= LEAST_CONTRAST && on_the_way && stays && is_long;
    Some(Side { time: *time, look: look.clone(), fades })
}
