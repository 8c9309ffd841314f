//! What came of a queued job.

use library::JobState;
use model::job::{AiResult, OutputConfig};
use serde::{Deserialize, Serialize};

use crate::{Code, Extracted, Failure};

/// The end of a queued job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobAnswer {
    /// The contract's `AiResult` as a text of JSON, where the job came so far.
    pub result: Option<String>,
    /// The id of the first clip that was taken into the media library.
    pub media_id: Option<String>,
    /// Where the first clip was delivered to.
    pub media_url: Option<String>,
    /// How long the materials last in all that were searched, in seconds.
    pub searched: f64,
    /// Why it failed; `None` when it did not.
    pub failure: Option<Failure>,
}

impl JobAnswer {
    /// The answer of a job that failed as a whole.
    pub(super) fn failed(failure: Failure) -> Self {
        Self { result: None, media_id: None, media_url: None, searched: 0.0, failure: Some(failure) }
    }

    /// The answer of a job that was done. It has failed when no material could be searched, or clips were wanted and not one
    /// was delivered.
    pub(super) fn of(extracted: &Extracted, output: &OutputConfig) -> Self {
        let Extracted { result, failures, searched, gaps: _ } = extracted;
        let json = match serde_json::to_string(result) {
            Ok(json) => json,
            Err(error) => {
                let message = format!("The result cannot be written as JSON ({error}).");
                return Self::failed(Failure::new(Code::Internal, message));
            }
        };
        let failure = if is_failed(result, output) { failures.first().cloned() } else { None };
        let mut ranges = result.highlight_results.iter().flat_map(|material| &material.time_ranges);
        let mut with_media = ranges.clone();
        Self {
            result: Some(json),
            media_id: with_media.find_map(|range| range.media_id.clone()),
            media_url: ranges.find_map(|range| range.output_url.clone()),
            searched: searched.as_seconds(),
            failure,
        }
    }

    /// The state of a job that ended so.
    pub(super) const fn state(&self) -> JobState {
        if self.failure.is_some() { JobState::Failed } else { JobState::Finished }
    }
}

fn is_failed(result: &AiResult, output: &OutputConfig) -> bool {
    let materials = &result.highlight_results;
    let mut ranges = materials.iter().flat_map(|material| &material.time_ranges).peekable();
    let nothing_delivered =
        output.target.is_some() && ranges.peek().is_some() && ranges.all(|range| range.output_url.is_none());
    nothing_delivered || materials.iter().all(|material| material.error.is_some())
}
