//! What the page may ask to be changed.

use engine::model::{self, TimeRange};
use engine::project::{self, MarkerId, MaterialId, RangeId};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Micros;
use super::range::Judgement;

/// What to look for.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Strategy {
    /// Highlights in each material, 1 to 10.
    count: u32,
    /// How long each should last, 3 to 60 s.
    clip_duration: Micros,
    enable_action_recognition: bool,
    custom_actions: Vec<String>,
    allow_speechless: bool,
}

impl From<&model::job::Strategy> for Strategy {
    fn from(strategy: &model::job::Strategy) -> Self {
        let model::job::Strategy {
            count,
            clip_duration,
            enable_action_recognition,
            custom_actions,
            allow_speechless,
        } = strategy.clone();
        Self {
            count,
            clip_duration: clip_duration.into(),
            enable_action_recognition,
            custom_actions,
            allow_speechless,
        }
    }
}

impl From<Strategy> for model::job::Strategy {
    fn from(strategy: Strategy) -> Self {
        let Strategy { count, clip_duration, enable_action_recognition, custom_actions, allow_speechless } =
            strategy;
        Self {
            count,
            clip_duration: clip_duration.into(),
            enable_action_recognition,
            custom_actions,
            allow_speechless,
        }
    }
}

/// One edit.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum EditCommand {
    SetStrategy { strategy: Strategy },
    AddRange { material: u32, start: Micros, end: Micros },
    SetRange { material: u32, range: u32, start: Micros, end: Micros },
    RemoveRange { material: u32, range: u32 },
    RemoveMaterial { material: u32 },
    AllowSpeechless { material: u32 },
    Judge { material: u32, range: u32, judgement: Judgement },
    SetTitle { material: u32, range: u32, title: String },
    SetNote { material: u32, range: u32, note: String },
    Rename { name: String },
    AddMarker { material: u32, at: Micros },
    MoveMarker { material: u32, marker: u32, at: Micros },
    NameMarker { material: u32, marker: u32, name: String },
    RemoveMarker { material: u32, marker: u32 },
    CompareSnapping { material: u32, range: u32 },
    CorrectWords { material: u32, start: Micros, end: Micros, text: String },
    RestoreWords { material: u32, start: Micros, end: Micros },
}

impl From<EditCommand> for project::EditCommand {
    fn from(command: EditCommand) -> Self {
        // Not `TimeRange::new`: an end before its start is refused by the project's rules, not mended here.
        let range = |start: Micros, end: Micros| TimeRange { start: start.into(), end: end.into() };
        match command {
            EditCommand::SetStrategy { strategy } => Self::SetStrategy(strategy.into()),
            EditCommand::AddRange { material, start, end } => {
                Self::AddRange { material: MaterialId(material), range: range(start, end) }
            }
            EditCommand::SetRange { material, range: id, start, end } => {
                Self::SetRange { material: MaterialId(material), id: RangeId(id), range: range(start, end) }
            }
            EditCommand::RemoveRange { material, range } => {
                Self::RemoveRange { material: MaterialId(material), id: RangeId(range) }
            }
            EditCommand::RemoveMaterial { material } => Self::RemoveMaterial(MaterialId(material)),
            EditCommand::AllowSpeechless { material } => Self::AllowSpeechless(MaterialId(material)),
            EditCommand::Judge { material, range, judgement } => Self::Judge {
                material: MaterialId(material),
                id: RangeId(range),
                judgement: judgement.into(),
            },
            EditCommand::SetTitle { material, range, title } => {
                Self::SetTitle { material: MaterialId(material), id: RangeId(range), title }
            }
            EditCommand::SetNote { material, range, note } => {
                Self::SetNote { material: MaterialId(material), id: RangeId(range), note }
            }
            EditCommand::Rename { name } => Self::Rename(name),
            EditCommand::AddMarker { material, at } => {
                Self::AddMarker { material: MaterialId(material), at: at.into() }
            }
            EditCommand::MoveMarker { material, marker, at } => {
                Self::MoveMarker { material: MaterialId(material), id: MarkerId(marker), at: at.into() }
            }
            EditCommand::NameMarker { material, marker, name } => {
                Self::NameMarker { material: MaterialId(material), id: MarkerId(marker), name }
            }
            EditCommand::RemoveMarker { material, marker } => {
                Self::RemoveMarker { material: MaterialId(material), id: MarkerId(marker) }
            }
            EditCommand::CompareSnapping { material, range } => {
                Self::CompareSnapping { material: MaterialId(material), id: RangeId(range) }
            }
            EditCommand::CorrectWords { material, start, end, text } => {
                Self::CorrectWords { material: MaterialId(material), range: range(start, end), text }
            }
            EditCommand::RestoreWords { material, start, end } => {
                Self::RestoreWords { material: MaterialId(material), range: range(start, end) }
            }
        }
    }
}

/// What an undo step did.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum EditName {
    AddMaterials,
    RemoveMaterial,
    SetStrategy,
    Find,
    AllowSpeechless,
    MoveRange,
    TrimRange,
    AddRange,
    RemoveRange,
    FindOthers,
    KeepRange,
    DropRange,
    UndecideRange,
    SetTitle,
    SetNote,
    Rename,
    AddMarker,
    MoveMarker,
    NameMarker,
    RemoveMarker,
    FindAlike,
    SnapRange,
    CompareSnapping,
    CorrectWords,
    RestoreWords,
    Recover,
}

impl From<project::EditName> for EditName {
    fn from(name: project::EditName) -> Self {
        match name {
            project::EditName::AddMaterials => Self::AddMaterials,
            project::EditName::RemoveMaterial => Self::RemoveMaterial,
            project::EditName::SetStrategy => Self::SetStrategy,
            project::EditName::Find => Self::Find,
            project::EditName::AllowSpeechless => Self::AllowSpeechless,
            project::EditName::MoveRange => Self::MoveRange,
            project::EditName::TrimRange => Self::TrimRange,
            project::EditName::AddRange => Self::AddRange,
            project::EditName::RemoveRange => Self::RemoveRange,
            project::EditName::FindOthers => Self::FindOthers,
            project::EditName::KeepRange => Self::KeepRange,
            project::EditName::DropRange => Self::DropRange,
            project::EditName::UndecideRange => Self::UndecideRange,
            project::EditName::SetTitle => Self::SetTitle,
            project::EditName::SetNote => Self::SetNote,
            project::EditName::Rename => Self::Rename,
            project::EditName::AddMarker => Self::AddMarker,
            project::EditName::MoveMarker => Self::MoveMarker,
            project::EditName::NameMarker => Self::NameMarker,
            project::EditName::RemoveMarker => Self::RemoveMarker,
            project::EditName::FindAlike => Self::FindAlike,
            project::EditName::SnapRange => Self::SnapRange,
            project::EditName::CompareSnapping => Self::CompareSnapping,
            project::EditName::CorrectWords => Self::CorrectWords,
            project::EditName::RestoreWords => Self::RestoreWords,
            project::EditName::Recover => Self::Recover,
        }
    }
}
