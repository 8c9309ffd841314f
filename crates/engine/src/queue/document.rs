//! A queued job as the library keeps it.

use library::Job;
use serde::{Deserialize, Serialize};

use super::{JobAnswer, JobRequest};
use crate::{Code, Failure};

/// What was asked and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    pub(super) input: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) output: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) user_data: Option<String>,
    #[serde(default)]
    pub(super) owner: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<JobAnswer>,
}

impl Document {
    pub(super) fn of(request: &JobRequest) -> Self {
        let JobRequest { input, output, user_data, owner, token: _ } = request.clone();
        Self { input, output, user_data, owner, answer: None }
    }

    pub(super) fn read(job: &Job) -> Result<Self, Failure> {
        serde_json::from_str(&job.document).map_err(|error| {
            let message =
                format!("The job {} cannot be read ({error}). Delete it and submit it again.", job.id.0);
            Failure::new(Code::LibraryFailed, message)
        })
    }

    pub(super) fn to_json(&self) -> Result<String, Failure> {
        serde_json::to_string(self).map_err(|error| {
            Failure::new(Code::Internal, format!("The job cannot be written as JSON ({error})."))
        })
    }

    pub(super) fn request(&self) -> JobRequest {
        let Self { input, output, user_data, owner, answer: _ } = self.clone();
        JobRequest { input, output, user_data, owner, token: None }
    }
}
