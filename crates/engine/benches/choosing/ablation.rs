//! Evidence with one part of it left out.

use std::borrow::Cow;

use model::{Evidence, Signal};

/// What is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ablation {
    /// Nothing.
    None,
    /// One signal.
    Signal(Signal),
    /// Everything that the model of sound events heard.
    SoundEvents,
}

impl Ablation {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        [Self::None, Self::SoundEvents].into_iter().chain(Signal::ALL.into_iter().map(Self::Signal))
    }

    /// The name of the folder of its answers.
    pub(crate) fn name(self) -> String {
        match self {
            Self::None => "all".to_owned(),
            Self::Signal(signal) => format!("without-{signal:?}").to_lowercase(),
            Self::SoundEvents => "without-events".to_owned(),
        }
    }

    /// Evidence without it; `None` where the evidence has no such part, so that nothing could be learned.
    pub(crate) fn applied(self, evidence: &Evidence) -> Option<Cow<'_, Evidence>> {
        match self {
            Self::None => Some(Cow::Borrowed(evidence)),
            Self::Signal(signal) => {
                let mut rest = evidence.clone();
                rest.signals.remove(&signal).map(|_| Cow::Owned(rest))
            }
            Self::SoundEvents if evidence.sound_events.is_empty() => None,
            Self::SoundEvents => {
                Some(Cow::Owned(Evidence { sound_events: Default::default(), ..evidence.clone() }))
            }
        }
    }
}
