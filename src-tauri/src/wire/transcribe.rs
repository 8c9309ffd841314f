//! Writing down what is said, as the page asks for it.

use engine::{ModelEntry, SpeechModelChoice, TranscriptionOptions};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What there is to choose from.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SpeechChoices {
    /// The models that are installed, the preferred first.
    models: Vec<SpeechModel>,
    /// The codes of the languages that may be asked for.
    languages: Vec<String>,
}

/// An installed model that writes down speech.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
struct SpeechModel {
    id: String,
    name: String,
    purpose: String,
    speed: Option<String>,
}

impl SpeechChoices {
    pub(crate) fn of(models: Vec<ModelEntry>, languages: Vec<&'static str>) -> Self {
        let model = |entry: ModelEntry| {
            let ModelEntry { id, name, purpose, speed, .. } = entry;
            SpeechModel { id, name, purpose, speed }
        };
        Self {
            models: models.into_iter().map(model).collect(),
            languages: languages.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// How speech is to be written down.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TranscriptionRequest {
    /// The id of an installed model.
    model: String,
    /// A language's code; null to find it out.
    language: Option<String>,
}

impl TranscriptionRequest {
    /// What can be asked for again; `None` where no model of the catalogue was meant, which the page never asks for.
    pub(crate) fn of(options: TranscriptionOptions) -> Option<Self> {
        let SpeechModelChoice::Id(model) = options.model else { return None };
        Some(Self { model, language: options.language })
    }
}

impl From<TranscriptionRequest> for TranscriptionOptions {
    fn from(TranscriptionRequest { model, language }: TranscriptionRequest) -> Self {
        Self { model: SpeechModelChoice::Id(model), language }
    }
}
