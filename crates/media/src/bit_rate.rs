//! Pictures of a given bit rate.
//!
//! Encoders left to themselves miss the rate of a short clip by a tenth and more: they learn what the pictures need only
//! while they encode them. So the result is measured, and encoded again with the rate corrected by as much as it was off.
//! Encoders that miss it by far without statistics survey the pictures in a quick pass first.
//!
//! Pictures that need fewer bits than they are offered (a still slide, a black screen) stay below the rate: an encoder at
//! its best quality is not made to fill the file with nothing.

use std::ops::ControlFlow;
use std::path::Path;

use model::SourceInfo;

use crate::encode::{Pass, preferred};
use crate::encoders::PictureRate;
use crate::transcode::{Plan, Written, transcode};
use crate::{MediaError, Source};

/// A share of the rate that is near enough.
const NEAR: f64 = 0.05;

/// A change of the share that is none.
const STUCK: f64 = 0.005;

/// Times that pictures are encoded at most, a survey not counted.
const ATTEMPTS: u32 = 4;

/// A correction beyond this does not come from an encoder that is off, but from pictures that need no more, or cannot do
/// with less.
const CORRECTION: f64 = 4.0;

/// A share of progress that a survey takes, being quick.
const SURVEY: f32 = 0.15;

/// Writes the clip of `plan` with pictures of `bits` a second, on average, within a tenth where the pictures need as many.
pub(crate) fn transcode_at(
    bits: u64,
    source: &Source,
    info: &SourceInfo,
    plan: &Plan,
    target: &Path,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Result<Written, MediaError> {
    let mut plan = plan.clone();
    let mut done = 0.0;
    if plan.size.is_some() && preferred(plan.settings.codec).is_some_and(|encoder| encoder.surveys) {
        plan.pass = Pass::Survey;
        let survey = transcode(source, info, &plan, target, &mut |part| progress(SURVEY * part));
        plan.pass = match survey {
            Ok(survey) => survey.statistics.map_or(Pass::Only, Pass::Surveyed),
            // There may still be sound.
            Err(MediaError::Damaged { .. }) => Pass::Only,
            Err(error) => return Err(error),
        };
        done = SURVEY;
    }
    let mut asked = bits as f64;
    let mut earlier: Option<f64> = None;
    let mut attempts = 0;
    loop {
        attempts += 1;
        plan.settings.rate = PictureRate::Bits(asked.round().max(1.0) as u64);
        // Nobody knows beforehand whether it must be done again: each attempt takes half of what is left.
        let share = (1.0 - done) / 2.0;
        let written = transcode(source, info, &plan, target, &mut |part| progress(done + share * part))?;
        done += share;
        let measured = rate_of(&written, &plan) / bits as f64;
        let near = (measured - 1.0).abs() <= NEAR;
        // A correction that changed nothing will not do so the next time: the pictures need no more.
        let stuck = earlier.is_some_and(|earlier| measured < 1.0 && (measured - earlier).abs() < STUCK);
        if near || stuck || measured <= 0.0 || attempts == ATTEMPTS {
            let _ = progress(1.0);
            return Ok(written);
        }
        earlier = Some(measured);
        asked /= measured.clamp(1.0 / CORRECTION, CORRECTION);
    }
}

/// Bits a second of the pictures.
fn rate_of(written: &Written, plan: &Plan) -> f64 {
    written.picture_bytes as f64 * 8.0 / plan.range.duration().as_seconds().max(0.001)
}
