//! Something to know about the ranges of a material that is not an error.

use highlight::{Cause, Choice};
use model::job::Strategy;

use crate::Failure;

/// What there is to say about an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// There are fewer highlights than asked for.
    FewerThanAsked {
        /// How many were asked for.
        asked: u32,
        /// How many there are.
        found: u32,
    },
    /// There is no highlight.
    NothingFound,
    /// The material is shorter than one clip: the whole of it is the highlight.
    ShorterThanClip,
    /// No action is known by these names, in any language.
    ActionsUnknown(Vec<String>),
    /// These actions are told by their sound, and the model of sound events is not installed; none named means any action
    /// at all.
    ActionsNeedSoundModel(Vec<String>),
    /// Only pictures show these actions, and no model that recognises them is installed.
    ActionsNeedPictureModel(Vec<String>),
    /// The pictures were not looked through for what was asked for, because that failed.
    PicturesNotSearched(Failure),
}

impl Notice {
    /// All there is to say about a choice made with `strategy`.
    pub(crate) fn of_choice(strategy: &Strategy, choice: &Choice) -> Vec<Self> {
        let mut notices: Vec<Self> = choice
            .notice
            .map(|notice| match notice {
                highlight::Notice::FewerThanAsked { asked, found } => Self::FewerThanAsked { asked, found },
                highlight::Notice::NothingFound => Self::NothingFound,
                highlight::Notice::ShorterThanClip => Self::ShorterThanClip,
            })
            .into_iter()
            .collect();
        let names = |cause: Cause| -> Vec<String> {
            let named = choice.unrecognised.iter().filter(|action| action.cause == cause);
            named.map(|action| action.name.clone()).collect()
        };
        let by_cause = [
            Self::ActionsUnknown(names(Cause::Unknown)),
            Self::ActionsNeedSoundModel(names(Cause::NeedsSoundModel)),
            Self::ActionsNeedPictureModel(names(Cause::NeedsPictureModel)),
        ];
        notices.extend(by_cause.into_iter().filter(|notice| !notice.names_nothing()));
        let wants_any = strategy.enable_action_recognition && strategy.custom_actions.is_empty();
        if wants_any && choice.lacks_sound_model {
            notices.push(Self::ActionsNeedSoundModel(Vec::new()));
        }
        notices
    }

    fn names_nothing(&self) -> bool {
        match self {
            Self::ActionsUnknown(names)
            | Self::ActionsNeedSoundModel(names)
            | Self::ActionsNeedPictureModel(names) => names.is_empty(),
            _ => false,
        }
    }

    /// The same in a plain English sentence.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::FewerThanAsked { asked, found } => {
                format!("{found} of {asked} highlights were found; nothing else stands out.")
            }
            Self::ShorterThanClip => {
                "The video is shorter than one clip, so the whole of it is taken.".to_owned()
            }
            Self::NothingFound => "Nothing stands out in this video.".to_owned(),
            Self::ActionsUnknown(names) => {
                format!("No action is known by these names: {}. Try a more common word.", names.join(", "))
            }
            Self::ActionsNeedSoundModel(names) if names.is_empty() => {
                "Actions are told by their sounds, and the model of sound events is not installed.".to_owned()
            }
            Self::ActionsNeedSoundModel(names) => {
                format!(
                    "Recognising these actions takes the model of sound events, which is not installed: {}.",
                    names.join(", ")
                )
            }
            Self::ActionsNeedPictureModel(names) => {
                format!(
                    "Recognising these actions takes a model of pictures and words, and none is installed: {}.",
                    names.join(", ")
                )
            }
            Self::PicturesNotSearched(failure) => {
                let cause = failure.to_string();
                format!(
                    "The pictures could not be searched for actions. {cause}. Find highlights again to try once more."
                )
            }
        }
    }
}
