//! Where a window may start and end: at cuts, in pauses and silences, never inside an utterance.

use model::{Evidence, MediaTime, TimeRange};

/// A point this near to speech still sounds cut off; shorter pauses give only their middle.
const CLEAR: MediaTime = MediaTime::from_millis(60);
/// In a pause a window ends or starts about so far from the words: a breath.
const BREATH: MediaTime = MediaTime::from_millis(250);
/// A shorter pause is a breath within a sentence: an edge there sounds cut off as well.
const SHORTEST_PAUSE: MediaTime = MediaTime::from_millis(250);
/// Where nobody speaks for long, a point every so often is enough to choose from …
const GRID: MediaTime = MediaTime::from_millis(700);
/// … and so many lengths of a clip, however far they lie apart: with all of them, an hour without a word takes too long.
const LENGTHS: f64 = 8.0;
/// Two points nearer than this are one; the better is kept.
const SAME: MediaTime = MediaTime::from_millis(120);
/// Within so far of a cut or a silence a point is as good as at it.
const NEAR: MediaTime = MediaTime::from_millis(200);

/// A possible edge of a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Edge {
    pub(crate) time: MediaTime,
    /// How abrupt it feels to start or end here: 0 at a cut in a pause, 1 in the middle of a sound.
    pub(crate) roughness: f32,
    /// Inside an utterance: only where speech leaves too few others.
    pub(crate) inside_speech: bool,
}

/// All good edges, ascending, the material's own ends first and last, for clips that may be so much shorter or longer.
pub(crate) fn between_speech(evidence: &Evidence, slack: MediaTime) -> Vec<Edge> {
    let grid = GRID.max(slack.scaled(2.0 / LENGTHS));
    let mut times = Vec::new();
    for pause in pauses(evidence).into_iter().filter(|pause| !is_breath(evidence, *pause)) {
        times.extend(in_pause(pause, grid));
    }
    let cuts: Vec<MediaTime> =
        evidence.cuts.iter().copied().filter(|cut| !is_spoken(evidence, *cut, CLEAR)).collect();
    // A few pictures of another shot at the end of a clip look like a mistake: beside a cut only the cut itself is taken.
    times.retain(|time| !near(&cuts, *time));
    times.extend([MediaTime::ZERO, evidence.duration]);
    times.extend(cuts);
    distinct(times.into_iter().map(|time| edge(evidence, time, false)).collect())
}

/// Edges where no pause is: breaths, cue edges and cuts inside utterances, else the softest moments of them.
pub(crate) fn within_speech(evidence: &Evidence) -> Vec<Edge> {
    let mut times: Vec<MediaTime> =
        evidence.cues.iter().flat_map(|cue| [cue.range.start, cue.range.end]).collect();
    times.extend(&evidence.cuts);
    for utterance in &evidence.utterances {
        times.extend(softest_moments(evidence, utterance.range));
    }
    let whole = TimeRange::new(MediaTime::ZERO, evidence.duration);
    times.retain(|time| whole.contains(*time) && is_spoken(evidence, *time, MediaTime::ZERO));
    let breaths = pauses(evidence).into_iter().filter(|pause| is_breath(evidence, *pause));
    times.extend(breaths.map(TimeRange::middle));
    distinct(times.into_iter().map(|time| edge(evidence, time, true)).collect())
}

/// Stretches in which nobody speaks, from the beginning to the end of the material.
fn pauses(evidence: &Evidence) -> Vec<TimeRange> {
    let mut pauses = Vec::with_capacity(evidence.utterances.len() + 1);
    let mut start = MediaTime::ZERO;
    for utterance in &evidence.utterances {
        pauses.push(TimeRange::new(start, utterance.range.start));
        start = start.max(utterance.range.end);
    }
    pauses.push(TimeRange::new(start, evidence.duration));
    pauses.retain(|pause| !pause.is_empty());
    pauses
}

/// Whether a pause is too short to end or start in. Beside the material's own ends any pause is long enough.
fn is_breath(evidence: &Evidence, pause: TimeRange) -> bool {
    let at_end = pause.start == MediaTime::ZERO || pause.end == evidence.duration;
    pause.duration() < SHORTEST_PAUSE && !at_end
}

fn in_pause(pause: TimeRange, grid: MediaTime) -> Vec<MediaTime> {
    if pause.duration() < BREATH + BREATH {
        return vec![pause.middle()];
    }
    let (first, last) = (pause.start + BREATH, pause.end - BREATH);
    let steps = ((last - first).as_micros() / grid.as_micros()).max(1);
    (0..=steps).map(|i| first + MediaTime::from_micros((last - first).as_micros() * i / steps)).collect()
}

/// Whether somebody speaks at a time or nearer than `clear` to it.
fn is_spoken(evidence: &Evidence, time: MediaTime, clear: MediaTime) -> bool {
    let next = evidence.utterances.partition_point(|utterance| utterance.range.end + clear <= time);
    evidence.utterances.get(next).is_some_and(|utterance| utterance.range.start - clear < time)
}

fn edge(evidence: &Evidence, time: MediaTime, inside_speech: bool) -> Edge {
    let at_end = time == MediaTime::ZERO || time == evidence.duration;
    let at_cut = near(&evidence.cuts, time) || at_end;
    let next = evidence.silences.partition_point(|silence| silence.end + NEAR < time);
    let in_silence = evidence.silences.get(next).is_some_and(|silence| silence.start - NEAR <= time);
    // A pause in speech may be full of applause; a silence is not.
    let roughness = match (at_cut, in_silence) {
        (true, true) => 0.0,
        (false, true) => 0.2,
        (true, false) => 0.5,
        (false, false) => 1.0,
    };
    Edge { time, roughness, inside_speech }
}

fn near(ascending: &[MediaTime], time: MediaTime) -> bool {
    let next = ascending.partition_point(|other| *other + NEAR < time);
    ascending.get(next).is_some_and(|other| *other - NEAR <= time)
}

/// Sorted, and of points that are practically the same only the smoothest. The material's ends always stay.
fn distinct(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_by(|a, b| a.time.cmp(&b.time).then(a.roughness.total_cmp(&b.roughness)));
    let end = edges.last().map(|edge| edge.time);
    let mut kept: Vec<Edge> = Vec::with_capacity(edges.len());
    for edge in edges {
        match kept.last_mut() {
            Some(last) if edge.time - last.time < SAME => {
                let is_better = edge.roughness < last.roughness && last.time > MediaTime::ZERO;
                if is_better || Some(edge.time) == end {
                    *last = edge;
                }
            }
            _ => kept.push(edge),
        }
    }
    kept
}

/// About one moment a second of an utterance, where it is softest.
fn softest_moments(evidence: &Evidence, range: TimeRange) -> Vec<MediaTime> {
    const APART: usize = 10;
    let Some(loudness) = evidence.signals.get(&model::Signal::Loudness) else { return Vec::new() };
    let first = loudness.index(range.start);
    let pieces = loudness.slice(range).chunks(APART).enumerate();
    let softest = pieces.filter_map(|(piece, values)| {
        let (at, _) = values.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1))?;
        Some(loudness.time(first + piece * APART + at) + Evidence::HOP.scaled(0.5))
    });
    softest.collect()
}
