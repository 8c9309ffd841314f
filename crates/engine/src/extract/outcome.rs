//! What came of one material of a job.

use model::Highlight;
use model::job::{HighlightResult, MediaReference, ResultRange};
use project::NewMaterial;

use crate::export::{ClipOrder, DeliveredClip};
use crate::subject::Subject;
use crate::{Failure, Notice};

/// A material of a job: the file it comes from and what came of it.
pub(super) struct Outcome {
    pub(super) reference: MediaReference,
    pub(super) material: Option<NewMaterial>,
    /// Why what is said in it is not known, though that was asked for.
    pub(super) untranscribed: Option<Failure>,
    pub(super) found: Result<(Vec<Highlight>, Vec<Notice>), Failure>,
    /// What became of the clips, by the highlight's place; empty when none were wanted.
    pub(super) clips: Vec<Result<DeliveredClip, Failure>>,
}

impl Outcome {
    pub(super) fn clip_orders(&self) -> Vec<ClipOrder> {
        let (Some(material), Ok((highlights, _))) = (&self.material, &self.found) else { return Vec::new() };
        highlights
            .iter()
            .map(|highlight| ClipOrder {
                subject: Subject::from(material),
                range: highlight.range,
                tag: highlight.tags.first().map(|tag| tag.name.clone()),
                title: String::new(),
            })
            .collect()
    }

    pub(super) fn to_result(&self) -> HighlightResult {
        let media = self.reference.as_given();
        match &self.found {
            Err(failure) => HighlightResult::failed(media, &failure.code.name(), &failure.to_string()),
            Ok((highlights, notices)) => {
                let ranges = highlights.iter().enumerate().map(|(index, highlight)| {
                    let clip = self.clips.get(index).and_then(|clip| clip.as_ref().ok());
                    ResultRange {
                        output_url: clip.map(|clip| clip.address.clone()),
                        media_id: clip.and_then(|clip| clip.media.as_ref()).map(|id| id.0.clone()),
                        ..ResultRange::from(highlight)
                    }
                });
                let words: Vec<String> =
                    notices.iter().map(Notice::in_words).chain(self.lost_clips(highlights)).collect();
                HighlightResult::found(media, ranges.collect(), (!words.is_empty()).then(|| words.join(" ")))
            }
        }
    }

    /// A sentence for each clip that was not delivered, so that the answer itself tells it.
    fn lost_clips<'a>(&'a self, highlights: &'a [Highlight]) -> impl Iterator<Item = String> + 'a {
        highlights.iter().zip(&self.clips).filter_map(|(highlight, clip)| {
            let failure = clip.as_ref().err()?;
            Some(format!("The clip of {} was not delivered: {failure}.", highlight.range))
        })
    }
}
