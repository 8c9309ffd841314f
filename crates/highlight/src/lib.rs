//! Choosing: from [`Evidence`] and a [`Strategy`] to highlights. Pure and deterministic: no input or output, no clock,
//! no randomness; the same evidence gives the same choice, quickly enough to follow a slider.
//!
//! It must not know where evidence comes from, what a file is, or how a range will be shown or cut.
//!
//! How it works: each signal becomes a curve from 0 to 1 of how much it stands out of what lasts around it and of what
//! is usual in this material (`curves`), above all where people talk (`talk`). Windows lie between edges where a cut feels
//! right (`edges`) and are worth what happens in them, in all signals together and in the strongest alone (`windows`). The
//! best set of them is found exactly (`selection`). All weights are in `weights`.

mod alike;
mod credits;
mod curves;
mod edges;
mod interest;
mod mistaken;
mod reasons;
mod repeats;
mod selection;
mod series_math;
mod snapping;
mod stretches;
mod striking;
mod tags;
mod talk;
mod weights;
mod windows;

use model::job::Strategy;
use model::{Evidence, Highlight, MediaTime, TimeRange};

pub use alike::{Example, LEAST_LIKENESS, Resembling, alike};
use curves::{Curve, curves};
use edges::Edge;
pub use interest::{Interest, interest};
use repeats::Courses;
pub use snapping::{SNAPPING_REACH, snapped};
use tags::Tags;
pub use tags::{ACTIONS, Action, Cause, NEUTRAL, Sights, Sought, Unrecognised, sought};
use windows::{Appraisal, Window};

/// What the editor has fixed by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Ranges that stay: they are counted in the strategy's count, and nothing chosen overlaps them.
    pub kept: Vec<TimeRange>,
    /// Ranges the editor does not want back: nothing chosen shows the same moment as one of them.
    pub dropped: Vec<TimeRange>,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// Sorted by start, not overlapping each other or a kept range.
    pub highlights: Vec<Highlight>,
    /// What the editor should know about it.
    pub notice: Option<Notice>,
    /// Actions that were asked for by name and that nothing can recognise here.
    pub unrecognised: Vec<Unrecognised>,
    /// There is sound, and the model that would tell its events has not heard it.
    pub lacks_sound_model: bool,
}

/// Why an answer is not all that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Nothing else stands out of the material, or no room is left for it. Kept ranges count as found.
    FewerThanAsked {
        /// How many were asked for.
        asked: u32,
        /// How many there are.
        found: u32,
    },
    /// The material is the same from beginning to end, or empty.
    NothingFound,
    /// The material is shorter than one clip: the whole of it is the highlight.
    ShorterThanClip,
}

/// The shortest and the longest a highlight may be: within 20 % of what is asked, at least two seconds of slack.
#[must_use]
pub fn length_band(clip_duration: MediaTime) -> (MediaTime, MediaTime) {
    let slack = slack(clip_duration);
    ((clip_duration - slack).max(MediaTime::from_micros(1)), clip_duration + slack)
}

fn slack(clip_duration: MediaTime) -> MediaTime {
    clip_duration.scaled(0.2).max(MediaTime::from_whole_seconds(2))
}

/// The best highlights of a material.
#[must_use]
pub fn choose(evidence: &Evidence, strategy: &Strategy) -> Choice {
    choose_around(evidence, strategy, &Constraints::default())
}

/// The best highlights beside those the editor has fixed.
#[must_use]
pub fn choose_around(evidence: &Evidence, strategy: &Strategy, constraints: &Constraints) -> Choice {
    choose_seeing(evidence, &Sights::default(), strategy, constraints)
}

/// The same, with what a picture-text encoder saw: it gives tags, and has no say in which moments are chosen.
#[must_use]
pub fn choose_seeing(
    evidence: &Evidence,
    sights: &Sights,
    strategy: &Strategy,
    constraints: &Constraints,
) -> Choice {
    let tags = Tags::of(evidence, sights, strategy);
    let mut choice = chosen(evidence, strategy, constraints);
    for highlight in &mut choice.highlights {
        highlight.tags = tags.within(highlight.range);
    }
    choice.unrecognised = tags.unrecognised(evidence, sights, strategy);
    choice.lacks_sound_model = tags::lacks_sound_model(evidence);
    choice
}

/// The choice, without tags.
fn chosen(evidence: &Evidence, strategy: &Strategy, constraints: &Constraints) -> Choice {
    let clip = strategy.clip_duration;
    let kept = constraints.kept.iter().filter(|range| !range.is_empty()).count();
    let asked = strategy.count as usize;
    let wanted = asked.saturating_sub(kept);
    let curves = curves(evidence, clip);
    let band = length_band(clip);
    if evidence.duration < band.0 {
        return whole(evidence, &curves, constraints, wanted);
    }
    let appraisal = Appraisal::new(&curves, clip, slack(clip));
    let repeats = Repeats { courses: Courses::of(evidence), appraisal: &appraisal, kept: &constraints.kept };
    let candidates = |edges: &[Edge]| -> Vec<Window> {
        let mut windows = appraisal.windows(edges, band, &constraints.kept);
        windows.retain(|window| !is_dropped(range_of(window, edges), &constraints.dropped));
        windows
    };
    let mut edges = edges::between_speech(evidence, slack(clip));
    let mut windows = candidates(&edges);
    // So many clips fit, whatever is said.
    let fit = usize::try_from(evidence.duration.as_micros() / band.1.as_micros().max(1)).unwrap_or(0).max(1);
    if 2 * room(&windows, &edges) < wanted.min(fit) {
        // Speech without pauses leaves far too few windows: then, and only then, edges inside it are allowed.
        edges.extend(edges::within_speech(evidence));
        edges.sort_by_key(|edge| edge.time);
        edges.dedup_by_key(|edge| edge.time);
        windows = candidates(&edges);
    }
    let chosen = selected(windows, &edges, wanted, &repeats);
    let highlights = chosen.into_iter().map(|range| Highlight {
        range,
        score: appraisal.score(range),
        tags: Vec::new(),
        reasons: reasons::reasons(evidence, &curves, range),
    });
    let highlights: Vec<Highlight> = highlights.collect();
    let notice = notice(asked, kept, highlights.len());
    Choice { highlights, notice, ..Choice::default() }
}

/// The best set of windows of which no two show the same thing, in order of time.
fn selected(
    mut windows: Vec<Window>,
    edges: &[Edge],
    wanted: usize,
    repeats: &Repeats<'_>,
) -> Vec<TimeRange> {
    let legal: Vec<f32> = windows.iter().map(|window| window.content).collect();
    let ordinary = series_math::percentile(&legal, weights::ORDINARY);
    let typical = series_math::percentile(&legal, 0.95);
    let strongest = legal.iter().copied().fold(0.0, f32::max);
    let least = weights::EVENT.min(weights::WEAK * strongest);
    windows.retain(|window| window.content > ordinary && window.content >= least);
    loop {
        let chosen = selection::best(&windows, edges, wanted, typical);
        let mut by_worth: Vec<Window> = chosen.iter().map(|i| windows[*i]).collect();
        by_worth.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        let ranges: Vec<TimeRange> = by_worth.iter().map(|window| range_of(window, edges)).collect();
        let replays = repeats.among(&ranges);
        if replays.is_empty() {
            return chosen.into_iter().map(|i| range_of(&windows[i], edges)).collect();
        }
        // Each round takes at least one of the chosen windows away, so that the rounds come to an end.
        windows.retain(|window| !replays.iter().any(|replay| shows(range_of(window, edges), *replay)));
    }
}

/// What must not be shown twice.
struct Repeats<'a> {
    courses: Courses,
    appraisal: &'a Appraisal,
    kept: &'a [TimeRange],
}

impl Repeats<'_> {
    /// Where the best of these ranges that is shown again is shown again, in the whole material; what the editor kept is
    /// better than any. Empty when all are different.
    fn among(&self, by_worth: &[TimeRange]) -> Vec<TimeRange> {
        let everywhere = TimeRange::new(MediaTime::ZERO, MediaTime::from_micros(i64::MAX));
        let kept = self.kept.iter().map(|range| (range, by_worth));
        let chosen = by_worth.iter().enumerate().map(|(place, range)| (range, &by_worth[place + 1..]));
        for (range, worse) in kept.chain(chosen) {
            let event = self.appraisal.event(*range);
            let again: Vec<TimeRange> =
                worse.iter().copied().filter(|other| self.courses.is_replayed(event, *other)).collect();
            if !again.is_empty() {
                return self.courses.replays(event, everywhere).into_iter().chain(again).collect();
            }
        }
        Vec::new()
    }
}

/// Whether a replay is seen in a range.
fn shows(range: TimeRange, replay: TimeRange) -> bool {
    let shared = range.intersection(replay).map_or(MediaTime::ZERO, TimeRange::duration);
    shared > replay.duration().scaled(weights::SEEN)
}

/// A material shorter than the shortest clip is one highlight, if anything is in it.
fn whole(evidence: &Evidence, curves: &[Curve], constraints: &Constraints, wanted: usize) -> Choice {
    let range = TimeRange::new(MediaTime::ZERO, evidence.duration);
    let is_taken = constraints.kept.iter().any(|kept| kept.overlaps(range));
    let has_anything = !evidence.signals.is_empty() || !evidence.cues.is_empty();
    if range.is_empty() || !has_anything || is_dropped(range, &constraints.dropped) {
        return Choice { notice: Some(Notice::NothingFound), ..Choice::default() };
    }
    if is_taken || wanted == 0 {
        return Choice::default();
    }
    let score = Appraisal::new(curves, evidence.duration, slack(evidence.duration)).score(range);
    let reasons = reasons::reasons(evidence, curves, range);
    let highlight = Highlight { range, score, tags: Vec::new(), reasons };
    Choice { highlights: vec![highlight], notice: Some(Notice::ShorterThanClip), ..Choice::default() }
}

fn notice(asked: usize, kept: usize, found: usize) -> Option<Notice> {
    let total = kept + found;
    match total {
        0 => Some(Notice::NothingFound),
        _ if total < asked => Some(Notice::FewerThanAsked { asked: asked as u32, found: total as u32 }),
        _ => None,
    }
}

fn range_of(window: &Window, edges: &[Edge]) -> TimeRange {
    TimeRange::new(edges[window.start].time, edges[window.end].time)
}

/// Whether a range shows what the editor threw away.
fn is_dropped(range: TimeRange, dropped: &[TimeRange]) -> bool {
    dropped.iter().any(|gone| range.shows_same_moment(*gone))
}

/// How many windows fit beside each other: the one that ends first, again and again.
fn room(windows: &[Window], edges: &[Edge]) -> usize {
    // Of those that end at an edge, the shortest leaves the most room.
    let mut latest: Vec<Option<usize>> = vec![None; edges.len()];
    for window in windows {
        latest[window.end] = latest[window.end].max(Some(window.start));
    }
    let (mut count, mut free) = (0, 0);
    for (end, start) in latest.into_iter().enumerate() {
        if start.is_some_and(|start| free <= start) {
            (count, free) = (count + 1, end);
        }
    }
    count
}
