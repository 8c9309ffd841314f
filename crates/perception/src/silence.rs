//! Stretches without any sound to speak of, by the material's own measure.

use model::TimeRange;

use crate::sound::{Level, NO_SOUND_DB};
use crate::statistics::{join, percentile, runs};

/// A shorter rest is part of the rhythm of speech (steps of 10 ms).
const SHORTEST: usize = 25;
/// A sound as short as this does not break a silence: a click, a lip.
const CLICK: usize = 3;
/// The floor is what the softest twentieth of the material does not exceed; this far over it is still the room.
const OVER_FLOOR_DB: f32 = 6.0;
/// Silence lies at least this far under the loud parts: where everything is equally loud nothing is silent.
const UNDER_TOP_DB: f32 = 20.0;
/// Softer than this is silence in any material: the noise of 10 bits.
const ALWAYS_DB: f32 = -66.0;

/// Silences, ascending.
pub(crate) fn find(level: &Level) -> Vec<TimeRange> {
    let heard: Vec<f32> = level.values().iter().copied().filter(|db| *db > NO_SOUND_DB + 5.0).collect();
    let floor = percentile(&heard, 0.05).unwrap_or(NO_SOUND_DB);
    let top = percentile(&heard, 0.9).unwrap_or(NO_SOUND_DB);
    let threshold = (floor + OVER_FLOOR_DB).min(top - UNDER_TOP_DB).max(ALWAYS_DB);
    let quiet = join(runs(level.values().iter().map(|db| *db <= threshold)), CLICK);
    quiet
        .into_iter()
        .filter(|(from, to)| to - from >= SHORTEST)
        .map(|(from, to)| Level::range(from, to))
        .collect()
}
