//! Something to know about the ranges of a material that is not an error.

use model::job::Strategy;

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
    /// Nothing that is installed can recognise these actions; none named means any action at all.
    ActionsNotRecognised(Vec<String>),
}

impl Notice {
    /// All there is to say about a choice made with `strategy`.
    pub(crate) fn of_choice(strategy: &Strategy, choice: Option<highlight::Notice>) -> Vec<Self> {
        let mut notices: Vec<Self> = choice
            .map(|notice| match notice {
                highlight::Notice::FewerThanAsked { asked, found } => Self::FewerThanAsked { asked, found },
                highlight::Notice::NothingFound => Self::NothingFound,
                highlight::Notice::ShorterThanClip => Self::ShorterThanClip,
            })
            .into_iter()
            .collect();
        // No detector of actions is part of the evidence yet; saying so is better than an answer without a word.
        if strategy.enable_action_recognition || !strategy.custom_actions.is_empty() {
            notices.push(Self::ActionsNotRecognised(strategy.custom_actions.clone()));
        }
        notices
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
            Self::ActionsNotRecognised(actions) if actions.is_empty() => {
                "Nothing installed can recognise actions yet.".to_owned()
            }
            Self::ActionsNotRecognised(actions) => {
                format!("Nothing installed can recognise these actions: {}.", actions.join(", "))
            }
        }
    }
}
