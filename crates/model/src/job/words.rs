//! Why a range was chosen, in plain English.

use crate::{MediaTime, Reason, Signal, SoundEvent, TimeRange};

/// What a signal measures, as it stands in a sentence.
#[must_use]
pub const fn signal_in_words(signal: Signal) -> &'static str {
    match signal {
        Signal::Loudness => "loudness",
        Signal::Voice => "voice",
        Signal::Onset => "sudden sound",
        Signal::Motion => "motion",
        Signal::CutRate => "fast cutting",
        Signal::Fullness => "unbroken sound",
        Signal::Faces => "a close face",
        Signal::Words => "telling words",
        Signal::SoundEvents => "a striking sound",
    }
}

/// A sound event, as it stands in a sentence.
#[must_use]
pub const fn sound_event_in_words(event: SoundEvent) -> &'static str {
    match event {
        SoundEvent::Crowd => "a crowd",
        SoundEvent::Gunshot => "shots",
        SoundEvent::Explosion => "an explosion",
        SoundEvent::Crash => "a crash",
        SoundEvent::Blow => "a blow",
        SoundEvent::Siren => "a siren",
        SoundEvent::Alarm => "an alarm",
        SoundEvent::Telephone => "a telephone",
        SoundEvent::Door => "a door",
        SoundEvent::Clock => "a clock",
        SoundEvent::Dog => "a dog",
        SoundEvent::Cat => "a cat",
        SoundEvent::Bird => "a bird",
        SoundEvent::Animal => "an animal",
        SoundEvent::Vehicle => "a vehicle",
        SoundEvent::Train => "a train",
        SoundEvent::Aircraft => "an aircraft",
        SoundEvent::Tool => "a machine",
        SoundEvent::Fire => "a fire",
        _ => event.name(),
    }
}

/// `laughter 12 s in, the strongest in this video`: what, when in the range, and how it compares with the whole video.
#[must_use]
pub fn reason_in_words(reason: &Reason, range: TimeRange) -> String {
    let what = reason.event.map_or(signal_in_words(reason.signal), sound_event_in_words);
    let seconds = (reason.at - range.start).max(MediaTime::ZERO).as_seconds().floor();
    // Cut, not rounded: 99.7 % is not everything.
    let share = (reason.strength.clamp(0.0, 1.0) * 100.0).floor();
    if share < 100.0 {
        format!("{what} {seconds} s in, stronger than in {share} % of this video")
    } else {
        format!("{what} {seconds} s in, the strongest in this video")
    }
}
