//! When something counts as seen by a picture-text encoder.

use model::MediaTime;

use super::Certainty;

/// How well the captions of an action must fit a picture: their share in a softmax over them and all neutral captions, as in
/// CLIP's zero-shot classification. At CLIP's scale of 100 nine tenths mean a cosine that lies 0.022 above that of the best
/// neutral caption, and 0.043 above all of them where they fit alike; captions that merely share a word with a picture differ by less.
/// This rests on that geometry and on no labelled video: wrong tags cost an editor more than missing ones, hence the strict
/// side. One picture is enough: they lie two seconds apart, and a kiss or a fall is over by then.
pub(crate) const SIGHTED: Certainty = Certainty { starts: 0.9, least: MediaTime::from_whole_seconds(1) };
