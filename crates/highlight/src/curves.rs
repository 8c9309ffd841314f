//! From signals to curves: how much each stands out of its surroundings and of the whole material, 0 to 1.

use model::{Evidence, MediaTime, Signal, SoundEvent, TimeRange};

use crate::credits::credits;
use crate::series_math::{closing, opening, percentile, sliding_max, sliding_median, smooth};
use crate::striking::Striking;
use crate::talk::Talk;
use crate::weights::{FLAT, LONGEST_PASSAGE, MEASURES, Measure, PASSAGE, SHORTEST_PASSAGE, STRIKING};

/// Levels below this (LUFS or dB) are all the same: nothing to be heard.
const SOFTEST: f32 = -60.0;
/// Pauses between words and sentences are bridged up to twice this many hops.
const BRIDGE: usize = 8;
/// A signal measured over a window is weaker at the ends of what it measures: rises are widened by so many hops.
const WIDEN: usize = 6;
/// A median over this many hops on either side forgets the steps that a missed cut or a flash makes.
const FLICKER: usize = 5;
/// Hops of a second.
const SECOND: usize = 10;
/// Talk is seldom louder than what this share of its time stays below.
const USUAL_TALK: f32 = 0.65;
/// Sound softer than the usual talk by this much does not count, …
const SOFTER_DB: f32 = 1.0;
/// … and sound this much louder than that counts whole.
const LOUDER_DB: f32 = 3.0;
/// The share of a material that lies below its strongest moments.
const STRONGEST: f32 = 0.98;
/// Sound without any onset for so long (hops on either side) is a tone or a hum, however loud.
const LIVELY: usize = 6;
/// Less than this share of the usual motion is a still picture; a face that talks moves several times as much.
const STILL: f32 = 0.25;
/// Still pictures that follow each other at this many a second are cards, not shots of a slow film.
const CARDS: f32 = 0.8;
/// What lies this near to cards (in hops) still belongs to them: the first stands for a while, the last as well.
const CARD: usize = 15;
/// The share of the usual strength of onsets below which sound counts as lifeless.
const LIFELESS: f32 = 0.25;

/// One signal's curve.
pub(crate) struct Curve {
    pub(crate) signal: Signal,
    pub(crate) weight: f32,
    /// How much it stands out at each hop, 0 to 1.
    pub(crate) values: Vec<f32>,
    /// The signal itself, for its rank within the material.
    pub(crate) measured: Vec<f32>,
    /// What a whole degree is on the scale that all materials share, 0 to 1: where even the strongest moments are weak,
    /// they are the best of this material and still no match for those of another.
    pub(crate) scale: f32,
    /// Which sound event it is at each hop; empty for other signals.
    pub(crate) events: Vec<Option<SoundEvent>>,
}

/// The curves of all signals that say something about this material. `clip` is the length asked for.
pub(crate) fn curves(evidence: &Evidence, clip: MediaTime) -> Vec<Curve> {
    let passage = clip.scaled(PASSAGE).clamp(SHORTEST_PASSAGE, LONGEST_PASSAGE);
    let radius = (passage.as_micros() / Evidence::HOP.as_micros() / 2) as usize;
    let talk = Talk::within(evidence, hops(evidence));
    let presence = presence(evidence, &talk);
    let measured = MEASURES.iter().filter_map(|measure| curve(evidence, measure, radius, &talk, &presence));
    let mut curves: Vec<Curve> = measured.chain(striking(evidence, radius)).collect();
    if let Some(credits) = credits(evidence) {
        curves.iter_mut().for_each(|curve| curve.pass_over(credits));
    }
    curves
}

impl Curve {
    /// Nothing stands out in a range but what was told apart from music: sound events, and words.
    fn pass_over(&mut self, range: TimeRange) {
        if !matches!(self.signal, Signal::SoundEvents | Signal::Words) {
            let hop = |time: MediaTime| (time.as_micros() / Evidence::HOP.as_micros()).max(0) as usize;
            let count = self.values.len();
            self.values[hop(range.start).min(count)..hop(range.end).min(count)].fill(0.0);
        }
    }
}

/// The curve of sound events: their certainty means the same in every material, so that it is one as it stands.
fn striking(evidence: &Evidence, radius: usize) -> Option<Curve> {
    let Striking { values, events } = Striking::within(evidence, hops(evidence), radius)?;
    let measured = values.clone();
    Some(Curve { signal: Signal::SoundEvents, weight: STRIKING, values, measured, scale: 1.0, events })
}

/// How many hops the material has.
pub(crate) fn hops(evidence: &Evidence) -> usize {
    let hop = Evidence::HOP.as_micros();
    usize::try_from((evidence.duration.as_micros() + hop - 1) / hop).unwrap_or(0)
}

fn curve(
    evidence: &Evidence,
    measure: &Measure,
    radius: usize,
    talk: &Talk,
    presence: &[f32],
) -> Option<Curve> {
    let measured = scaled(evidence, measure.signal)?;
    let (mut values, scale) = standing_out(&measured, measure, radius, talk);
    if is_level(measure.signal) {
        for (value, presence) in values.iter_mut().zip(presence) {
            *value *= presence;
        }
    }
    let strongest = values.iter().copied().fold(0.0, f32::max);
    let events = Vec::new();
    (strongest > FLAT).then_some(Curve {
        signal: measure.signal,
        weight: measure.weight,
        values,
        measured,
        scale,
        events,
    })
}

/// Whether a signal is a level of sound.
fn is_level(signal: Signal) -> bool {
    matches!(signal, Signal::Loudness | Signal::Fullness)
}

/// The signal at every hop, on a scale where a difference means the same everywhere.
fn scaled(evidence: &Evidence, signal: Signal) -> Option<Vec<f32>> {
    let count = hops(evidence);
    let mut values = evidence.signals.get(&signal)?.values().to_vec();
    let last = values.last().copied()?;
    values.resize(count, last);
    for value in &mut values {
        *value = if value.is_finite() { *value } else { 0.0 };
    }
    Some(match signal {
        Signal::Loudness | Signal::Fullness => values.iter().map(|level| level.max(SOFTEST)).collect(),
        Signal::Motion => {
            smooth(&sliding_median(&values, FLICKER), 10).iter().map(|v| (1.0 + v.max(0.0)).ln()).collect()
        }
        Signal::Onset => smooth(&values, 5),
        _ => values,
    })
}

/// How far a signal rises over what lasts around it and over what is usual in the material, 0 to 1; what is heard and
/// said is compared with talk, what is seen with everything. A full degree is what the strongest moments of the material
/// reach, within limits: a little more than nothing is not everything. Its place on the scale of all materials comes with it.
fn standing_out(measured: &[f32], measure: &Measure, radius: usize, talk: &Talk) -> (Vec<f32>, f32) {
    let bridged = closing(measured, BRIDGE);
    let passages = if measure.gaps == BRIDGE {
        smooth(&bridged, BRIDGE)
    } else {
        smooth(&closing(measured, measure.gaps), BRIDGE)
    };
    let lasting = opening(&passages, radius);
    let view = if measure.signal == Signal::Fullness { measured } else { &bridged };
    let usual = if is_level(measure.signal) || measure.signal == Signal::Words {
        talk.percentile(view, measure.usual)
    } else {
        percentile(view, measure.usual)
    };
    let over = |(value, lasting): (&f32, &f32)| (value - lasting.max(usual) - measure.dead).max(0.0);
    let rise: Vec<f32> = view.iter().zip(&lasting).map(over).collect();
    let full = percentile(&rise, STRONGEST).clamp(measure.full.0, measure.full.1);
    // Most of a material does not rise at all: the power is spared there.
    let degree = |rise: f32| {
        if rise <= 0.0 {
            0.0
        } else if rise >= full {
            1.0
        } else if measure.contrast == 1.0 {
            rise / full
        } else {
            (rise / full).powf(measure.contrast)
        }
    };
    let degrees: Vec<f32> = rise.into_iter().map(degree).collect();
    (sliding_max(&degrees, WIDEN), (full / measure.full.1).powf(measure.contrast))
}

/// How much the sound at each hop can be an event at all, 0 to 1; 1 where nothing tells.
fn presence(evidence: &Evidence, talk: &Talk) -> Vec<f32> {
    let mut presence = vec![1.0; hops(evidence)];
    silence_hums(&mut presence, evidence);
    soften_the_soft(&mut presence, evidence, talk);
    pass_over_cards(&mut presence, evidence);
    presence
}

/// Still cards in rapid cuts are titles or an advertisement: the music under them is no event of the programme. Where
/// something happens in fast cuts, something moves between them.
fn pass_over_cards(values: &mut [f32], evidence: &Evidence) {
    let (Some(motion), Some(rate)) =
        (evidence.signals.get(&Signal::Motion), evidence.signals.get(&Signal::CutRate))
    else {
        return;
    };
    let still = percentile(motion.values(), 0.5) * STILL;
    let stillness: Vec<f32> = motion.values().iter().map(|v| if *v < still { 1.0 } else { 0.0 }).collect();
    let cards = smooth(&stillness, SECOND).into_iter().zip(rate.values());
    let is_card: Vec<f32> =
        cards.map(|(share, rate)| if share > 0.5 && *rate > CARDS { 1.0 } else { 0.0 }).collect();
    for (value, is_card) in values.iter_mut().zip(sliding_max(&is_card, CARD)) {
        *value *= 1.0 - is_card;
    }
}

/// A tone may be as loud as it likes: without onsets nothing happens in it.
fn silence_hums(values: &mut [f32], evidence: &Evidence) {
    let Some(onset) = evidence.signals.get(&Signal::Onset) else { return };
    let life = smooth(onset.values(), LIVELY);
    let lifeless = percentile(&life, 0.6) * LIFELESS;
    for (value, life) in values.iter_mut().zip(life) {
        if lifeless > 0.0 {
            *value *= (life / lifeless - 1.0).clamp(0.0, 1.0);
        }
    }
}

/// Quiet music is as gapless as applause, but nobody would turn the head: what is not at least as loud as the usual talk
/// of the material counts less.
fn soften_the_soft(values: &mut [f32], evidence: &Evidence, talk: &Talk) {
    let Some(loudness) = evidence.signals.get(&Signal::Loudness) else { return };
    let power: Vec<f32> =
        loudness.values().iter().map(|lufs| 10_f32.powf(lufs.max(SOFTEST) / 10.0)).collect();
    let level: Vec<f32> = smooth(&power, SECOND).iter().map(|power| 10.0 * power.max(1e-9).log10()).collect();
    let usual = talk.percentile(&level, USUAL_TALK);
    for (value, level) in values.iter_mut().zip(level) {
        *value *= ((level - usual + SOFTER_DB) / LOUDER_DB).clamp(0.0, 1.0);
    }
}
