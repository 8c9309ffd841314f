//! Which videos may come into a project.

use model::MediaTime;
use model::job::InputConfig;

use crate::{NewMaterial, Project};

/// The answer to an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Admission {
    /// May be added together, in this order.
    pub accepted: Vec<NewMaterial>,
    /// May not.
    pub refused: Vec<RefusedMaterial>,
}

/// A video that may not come in.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{rule}: {}", material.location)]
pub struct RefusedMaterial {
    /// The video.
    pub material: NewMaterial,
    /// The rule it breaks.
    #[source]
    pub rule: AdmissionRule,
}

/// A rule that a new video breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdmissionRule {
    /// The project is full.
    #[error("A project holds at most {} videos; remove one first", InputConfig::MEDIA.end())]
    TooMany,
    /// All videos together would last too long.
    #[error(
        "With this video the project would last {total}, and it may last at most {}; remove a video first",
        InputConfig::TOTAL_DURATION
    )]
    TooLong {
        /// How long all would last.
        total: MediaTime,
    },
    /// The same content is already there.
    #[error("This video is already in the project as {name}")]
    AlreadyImported {
        /// The file name it is known by.
        name: String,
    },
    /// There is nothing to look at or listen to in it.
    #[error("This file has no duration, so there is nothing to find in it; check that it plays")]
    Empty,
    /// There is neither picture nor sound in it.
    #[error("This file has neither picture nor sound; choose a video")]
    NoPictureOrSound,
}

impl Project {
    /// Sorts new videos into those that may be added and those that may not. They are taken in their order, so a later,
    /// shorter video may still find room where an earlier one did not.
    #[must_use]
    pub fn admit(&self, candidates: Vec<NewMaterial>) -> Admission {
        let mut admission = Admission { accepted: Vec::new(), refused: Vec::new() };
        for material in candidates {
            match self.rule_against(&material, &admission.accepted) {
                None => admission.accepted.push(material),
                Some(rule) => admission.refused.push(RefusedMaterial { material, rule }),
            }
        }
        admission
    }

    /// The rule that `new` breaks when `before` it others were accepted. A fault of the file itself is told before one of
    /// the company it comes in.
    fn rule_against(&self, new: &NewMaterial, before: &[NewMaterial]) -> Option<AdmissionRule> {
        if new.info.video.is_none() && new.info.audio.is_empty() {
            return Some(AdmissionRule::NoPictureOrSound);
        }
        if new.info.duration <= MediaTime::ZERO {
            return Some(AdmissionRule::Empty);
        }
        let present = self.materials.iter().map(|material| (&material.fingerprint, &material.location));
        let mut known = present.chain(before.iter().map(|other| (&other.fingerprint, &other.location)));
        if let Some((_, location)) = known.find(|(fingerprint, _)| **fingerprint == new.fingerprint) {
            return Some(AdmissionRule::AlreadyImported { name: location.name() });
        }
        if self.materials.len() + before.len() >= *InputConfig::MEDIA.end() {
            return Some(AdmissionRule::TooMany);
        }
        let others = before.iter().fold(self.total_duration(), |total, other| total + other.info.duration);
        let total = others + new.info.duration;
        (total > InputConfig::TOTAL_DURATION).then_some(AdmissionRule::TooLong { total })
    }
}
