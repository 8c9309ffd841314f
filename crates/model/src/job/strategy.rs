//! What the editor asks of choosing, with the contract's limits and defaults.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::MediaTime;

/// How many highlights, how long, and what to look for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strategy {
    /// Highlights per material, at most; within [`Strategy::COUNT`].
    pub count: u32,
    /// The length each should have; within [`Strategy::CLIP_DURATION`].
    pub clip_duration: MediaTime,
    /// Whether detected actions are wanted as tags.
    pub enable_action_recognition: bool,
    /// Preferred names for tags: at most [`Strategy::CUSTOM_ACTIONS`], each of at most
    /// [`Strategy::CUSTOM_ACTION_LENGTH`] graphemes, trimmed, not empty, no duplicates.
    pub custom_actions: Vec<String>,
    /// Go on with picture and sound alone where a material has neither voice nor subtitles.
    pub allow_speechless: bool,
}

impl Strategy {
    /// Highlights per material.
    pub const COUNT: RangeInclusive<u32> = 1..=10;
    /// Length of one highlight.
    pub const CLIP_DURATION: RangeInclusive<MediaTime> =
        MediaTime::from_whole_seconds(3)..=MediaTime::from_whole_seconds(60);
    /// How many custom actions there may be.
    pub const CUSTOM_ACTIONS: usize = 50;
    /// Graphemes in one custom action.
    pub const CUSTOM_ACTION_LENGTH: usize = 5;
}

impl Default for Strategy {
    fn default() -> Self {
        Self {
            count: 5,
            clip_duration: MediaTime::from_whole_seconds(15),
            enable_action_recognition: false,
            custom_actions: Vec::new(),
            allow_speechless: false,
        }
    }
}
