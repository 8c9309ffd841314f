//! What was recognised becomes part of the evidence.

use model::{Evidence, MediaTime, Signal, TimeRange, Transcript};

use super::sentences::sentences;
use crate::{inside, utterances, words};

/// The evidence with the sentences of a transcript as its cues and as the texts of its utterances, and with what its words tell. A subtitle wins: where
/// one was read, the evidence stays as it is.
///
/// It is done whenever evidence is loaded and never kept, so that another transcript can take the place of this one.
#[must_use]
pub fn with_transcript(mut evidence: Evidence, transcript: &Transcript) -> Evidence {
    if !evidence.cues.is_empty() {
        return evidence;
    }
    evidence.cues = inside(TimeRange::new(MediaTime::ZERO, evidence.duration), sentences(transcript));
    let heard: Vec<_> = evidence.utterances.iter().map(|utterance| utterance.range).collect();
    evidence.utterances = utterances::join(&heard, &evidence.cues, &evidence.silences);
    if let Some(words) = words(&evidence) {
        evidence.signals.insert(Signal::Words, words);
    }
    evidence
}
