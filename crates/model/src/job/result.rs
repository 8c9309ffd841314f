//! `AiResult`: the answer, with exactly the contract's keys, their order and its number forms.

use serde::{Serialize, Serializer};

use super::words::reason_in_words;
use crate::{Highlight, MediaTime, TimeRange};

/// What a job found, in the order of its materials.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AiResult {
    /// One entry a material.
    pub highlight_results: Vec<HighlightResult>,
}

/// What was found in one material.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct HighlightResult {
    /// The material as the request named it.
    pub media: String,
    /// The ranges, in order of time.
    pub time_ranges: Vec<ResultRange>,
    /// Why nothing could be found in this material.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<MaterialError>,
    /// Something to know about the answer, such as why there are fewer ranges than asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

impl HighlightResult {
    /// The answer for a material that was searched; the ranges are put in order.
    #[must_use]
    pub fn found(media: &str, mut ranges: Vec<ResultRange>, notice: Option<String>) -> Self {
        ranges.sort_by_key(|range| range.range);
        Self { media: media.to_owned(), time_ranges: ranges, error: None, notice }
    }

    /// The answer for a material that could not be searched.
    #[must_use]
    pub fn failed(media: &str, code: &str, message: &str) -> Self {
        let error = MaterialError { code: code.to_owned(), message: message.to_owned() };
        Self { media: media.to_owned(), time_ranges: Vec::new(), error: Some(error), notice: None }
    }
}

/// Why a material has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MaterialError {
    /// A fixed name for programs.
    pub code: String,
    /// The cause and the next step, for people.
    pub message: String,
}

/// One range of the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRange {
    /// Where it lies in its material.
    pub range: TimeRange,
    /// What was detected in it.
    pub tags: Vec<String>,
    /// Where its clip was written, when it was.
    pub output_url: Option<String>,
    /// The clip's id in the media library, when it was registered.
    pub media_id: Option<String>,
    /// How much it stands out, 0 to 1; `None` when it was made by hand.
    pub score: Option<f32>,
    /// Why it was chosen, in words.
    pub reasons: Vec<String>,
}

impl From<&Highlight> for ResultRange {
    fn from(highlight: &Highlight) -> Self {
        Self {
            range: highlight.range,
            tags: highlight.tags.iter().map(|tag| tag.name.clone()).collect(),
            output_url: None,
            media_id: None,
            score: Some(highlight.score),
            reasons: highlight
                .reasons
                .iter()
                .map(|reason| reason_in_words(reason, highlight.range))
                .collect(),
        }
    }
}

impl Serialize for ResultRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WrittenRange {
            start: Thousandths(nearest_millisecond(self.range.start)),
            end: Thousandths(millisecond_before(self.range.end)),
            tags: &self.tags,
            output_url: self.output_url.as_deref(),
            media_id: self.media_id.as_deref(),
            score: self.score.map(share),
            reasons: &self.reasons,
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WrittenRange<'a> {
    #[serde(rename = "In")]
    start: Thousandths,
    #[serde(rename = "Out")]
    end: Thousandths,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [String],
    #[serde(rename = "OutputURL", skip_serializing_if = "Option::is_none")]
    output_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<Thousandths>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    reasons: &'a [String],
}

/// A number with at most three decimals, written as an integer where it is whole.
#[derive(Clone, Copy)]
struct Thousandths(i64);

impl Serialize for Thousandths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1_000 == 0 {
            serializer.serialize_i64(self.0 / 1_000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1_000.0)
        }
    }
}

fn nearest_millisecond(time: MediaTime) -> i64 {
    (time.as_micros() + 500).div_euclid(1_000)
}

/// Ends are never rounded up: an end must not leave its material, nor reach into the next range.
fn millisecond_before(time: MediaTime) -> i64 {
    time.as_micros().div_euclid(1_000)
}

/// A figure from 0 to 1; what is no number counts as 0.
fn share(value: f32) -> Thousandths {
    Thousandths((f64::from(value).clamp(0.0, 1.0) * 1_000.0).round() as i64)
}
