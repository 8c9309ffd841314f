//! Why a range was chosen, in plain English.

use crate::{Reason, Signal};

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
        Signal::Words => "unusual words",
    }
}

/// `loudness at 1:02.40, stronger than 98 % of this video`.
#[must_use]
pub fn reason_in_words(reason: &Reason) -> String {
    let (signal, at) = (signal_in_words(reason.signal), reason.at);
    // Cut, not rounded: 99.7 % is not everything.
    let share = (reason.strength.clamp(0.0, 1.0) * 100.0).floor();
    if share < 100.0 {
        format!("{signal} at {at}, stronger than {share} % of this video")
    } else {
        format!("{signal} at {at}, the strongest of this video")
    }
}
