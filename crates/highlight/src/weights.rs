//! Every weight and threshold of choosing, each with its reason. Nothing is tuned anywhere else; those of sound events
//! stand in [`sounds`], those of what pictures show in [`pictures`].

mod pictures;
mod sounds;

use model::{MediaTime, Signal};

pub(crate) use pictures::SIGHTED;
pub(crate) use sounds::{AMID, Certainty, DESCRIBED, HEARD, Heard, PLAUSIBLE, WITHIN, heard};

// --- What counts as an event -------------------------------------------------------------------------------------

/// What lasts longer than the asked length times this is no event but a passage (a bed of music, an engine, a shaking
/// camera): it becomes the background that events are measured against.
pub(crate) const PASSAGE: f64 = 1.25;
/// Passages are never sought shorter or longer than this, so that very short clips still see a laugh of five seconds as
/// one event, and very long ones do not take a song for one.
pub(crate) const SHORTEST_PASSAGE: MediaTime = MediaTime::from_whole_seconds(10);
/// See [`SHORTEST_PASSAGE`].
pub(crate) const LONGEST_PASSAGE: MediaTime = MediaTime::from_whole_seconds(40);

/// Closing credits begin after this share of the material …
pub(crate) const CREDITS_AFTER: f64 = 0.6;
/// … and take at least as long as this, …
pub(crate) const CREDITS_LEAST: MediaTime = MediaTime::from_whole_seconds(30);
/// … and as so many shots of the usual length: a long take without words is rarely four times as long as the others.
pub(crate) const CREDITS_SHOTS: f64 = 8.0;
/// Singing under them is now and then taken for speech, but hardly for longer than this.
pub(crate) const CREDITS_SPEECH: MediaTime = MediaTime::from_whole_seconds(3);

/// How one signal becomes a curve from 0 to 1.
pub(crate) struct Measure {
    /// The signal.
    pub(crate) signal: Signal,
    /// Its share in the sum.
    pub(crate) weight: f32,
    /// Gaps that do not end a passage, in hops on either side: sentences of a loud speaker have pauses between them.
    pub(crate) gaps: usize,
    /// A rise over the background up to this is chance.
    pub(crate) dead: f32,
    /// How far over that it must rise to count whole, at least and at most, in the unit of its scale (dB,
    /// natural logarithm, …); between them, what the strongest moments of the material reach.
    pub(crate) full: (f32, f32),
    /// The share of the time that is usual: what is not above this percentile is background everywhere. Of levels of
    /// sound and of words it is the time in which people talk, of all else the material's.
    pub(crate) usual: f32,
    /// The power by which small rises are made smaller still.
    pub(crate) contrast: f32,
}

/// All measures. The sum asks for agreement of several signals, the peaks (below) let one alone win.
pub(crate) const MEASURES: [Measure; 7] = [
    // Laughter, applause, cheers and cries leave no gaps: they hold 3 to 10 dB more than the densest talk.
    Measure {
        signal: Signal::Fullness,
        weight: 0.40,
        gaps: 18,
        dead: 2.5,
        full: (4.0, 8.0),
        usual: 0.60,
        contrast: 0.8,
    },
    // A cry or a shot is loud before it is long; loud speech is loud as well, hence less than fullness.
    Measure {
        signal: Signal::Loudness,
        weight: 0.15,
        gaps: 18,
        dead: 2.0,
        full: (3.0, 7.0),
        usual: 0.60,
        contrast: 1.0,
    },
    // Action moves several times as much as what is usual; a restless camera leaves some motion behind as well.
    Measure {
        signal: Signal::Motion,
        weight: 0.30,
        gaps: 8,
        dead: 0.4,
        full: (0.6, 1.4),
        usual: 0.60,
        contrast: 2.0,
    },
    // Editors cut faster where more happens; alone it is as often a title sequence, hence little.
    Measure {
        signal: Signal::CutRate,
        weight: 0.03,
        gaps: 8,
        dead: 0.05,
        full: (0.3, 0.8),
        usual: 0.70,
        contrast: 1.0,
    },
    // Sudden sounds: shots, falls, clapping. Speech is full of onsets too, hence little.
    Measure {
        signal: Signal::Onset,
        weight: 0.05,
        gaps: 8,
        dead: 0.1,
        full: (0.2, 0.6),
        usual: 0.75,
        contrast: 1.0,
    },
    // A face that fills the picture shows how somebody takes it; people who talk to a camera do so all the time, hence little.
    // Shares of the picture's height: a half-length shot has a fifth, a close-up more than a third.
    Measure {
        signal: Signal::Faces,
        weight: 0.04,
        gaps: 8,
        dead: 0.05,
        full: (0.12, 0.30),
        usual: 0.60,
        contrast: 1.0,
    },
    // What is said, where a subtitle tells. Most of what is said is dull: a line must beat the other lines.
    Measure {
        signal: Signal::Words,
        weight: 0.20,
        gaps: 8,
        dead: 0.1,
        full: (0.15, 0.5),
        usual: 0.70,
        contrast: 1.6,
    },
];

/// The share of sound events in the sum: as much as any level of sound, since they tell what it is.
pub(crate) const STRIKING: f32 = 0.25;

/// A signal whose curve never rises by this much of its full scale says nothing about this material.
pub(crate) const FLAT: f32 = 0.1;

/// The part of a window's score that its strongest signal gives alone; the rest is the weighted sum. A silent action
/// or a quiet confession has only one signal to show.
pub(crate) const PEAK_SHARE: f32 = 0.55;
/// Signals that may win alone. Fast cuts or a rattling sound without anything else are what decoys are made of.
pub(crate) const MAY_WIN_ALONE: [Signal; 4] =
    [Signal::Fullness, Signal::Motion, Signal::Words, Signal::SoundEvents];

/// A signal that alone stands out through this share of the asked length is a whole event; the first seconds count most:
/// a laugh need not last longer.
pub(crate) const WHOLE: f32 = 0.8;
/// Sound events are shorter than what they are about: a laugh or a scream of four seconds makes a clip of fifteen.
pub(crate) const WHOLE_SOUND: f32 = 0.27;
/// In the sum more is better all the way, less and less so: the power of the share of the length.
pub(crate) const FILLING: f32 = 0.7;

// --- Where a window lies -----------------------------------------------------------------------------------------

/// The share of a window after which the middle of what happens should come: an event needs a lead-in more than an
/// aftermath.
pub(crate) const CENTRE: f64 = 0.56;
/// What a window loses when the middle of its event lies a whole window length away from there.
pub(crate) const OFF_CENTRE: f32 = 0.9;
/// What a window loses for a length at the edge of the band: the asked length is meant, the band is for good edges.
pub(crate) const OFF_LENGTH: f32 = 0.06;
/// What two poor edges cost together (an edge at a cut in a pause costs nothing).
pub(crate) const POOR_EDGES: f32 = 0.35;
/// What an edge inside an utterance costs where speech leaves no other: far more than any event brings.
pub(crate) const INSIDE_SPEECH: f32 = 2.0;

// --- Which windows together --------------------------------------------------------------------------------------

/// Two windows nearer than this show two halves of one thing …
pub(crate) const APART: MediaTime = MediaTime::from_whole_seconds(8);
/// … and touching ones lose this share of a typical score.
pub(crate) const TOUCHING: f32 = 0.5;
/// What two windows show is the same when the five seconds around the event of one are in the other: shorter pieces are
/// alike by chance, longer ones reach past a replay.
pub(crate) const REPLAYED: MediaTime = MediaTime::from_whole_seconds(5);
/// A window in which more than this share of a replay is seen shows it.
pub(crate) const SEEN: f64 = 0.2;
/// How alike (correlation) the courses of every signal must be: what is decoded again from another place of a file differs by
/// less than this, two laughs by more.
pub(crate) const ALIKE: f32 = 0.9;
/// A window must have more content than this share of all windows of the material: below, nothing happens there.
pub(crate) const ORDINARY: f32 = 0.5;
/// A window with this much content is an event, however strong the strongest is. Curves are measured against the talk
/// of the material, so that this means the same everywhere: calm talk, music and most banter stay below 0.29, the
/// weakest laughs and cries begin at 0.30.
pub(crate) const EVENT: f32 = 0.30;
/// Where nothing is strong, the strongest of the weak are shown: what has this share of the strongest one's content.
pub(crate) const WEAK: f32 = 0.5;
