//! Perception: decoded samples, small pictures and cues become [`Evidence`].
//!
//! It knows nothing of files, of FFmpeg, of what the editor asks for, or of any clock: the same samples and pictures
//! give the same evidence. A network whose weights are not inside ([`SoundEvents`], [`VoiceDetector`],
//! [`FaceDetector`], [`PictureEncoder`], [`SpeechModel`]) is handed in as bytes; without it only its evidence is missing. Everything is measured as it streams by; what is kept
//! is a few numbers a second (about 5 MB an hour), so that a two-hour material needs no more room than a short one in
//! practice.
//!
//! A [`Perceiver`] takes samples and pictures in any interleaving, each in order of time. Pictures may be sampled at
//! irregular distances (a decoder that skips some): [`Perceiver::cut_candidates`] then says between which two pictures
//! each cut lies, and [`Perceiver::finish`] takes the exact times when somebody found them.

mod faces;
mod onnx;
mod picture;
mod picture_text;
mod signals;
mod silence;
mod sound;
mod sound_events;
mod speech;
mod statistics;
mod text;
mod transcription;
mod utterances;
mod whisper;

use std::collections::BTreeMap;

use model::{
    ColourPicture, Cue, Evidence, Fade, MediaTime, Picture, PictureEmbeddings, Samples, Series, Signal,
    SoundEvent, TimeRange,
};

use faces::Following;
pub use faces::{Face, FaceDetector, FaceModelError};
pub use onnx::{OnnxError, byte_products_overflow};
use picture::Watching;
pub use picture::may_hold_cut;
use picture_text::Embedding;
pub use picture_text::{
    EMBEDDING_VERSION, LOGIT_SCALE, PictureEncoder, PictureTextError, TextEncoder, Tokenizer, TokenizerError,
    fit, together,
};
use sound::Aside;
pub use sound::{VoiceDetector, VoiceModelError};
pub use sound_events::{PatchScores, SoundClassifier, SoundEvents, SoundModelError};
pub use text::words;
pub use transcription::{
    SpeechModel, SpeechModelError, Transcriber, TranscriptionError, TranscriptionRequest, sentences,
    speech_languages, with_transcript,
};
pub use whisper::ProcessorTooOld;

/// The version of everything measured here: raised when the same media would give other evidence, so that kept
/// evidence is measured again.
pub const DETECTOR_VERSION: u32 = 9;

/// So much of a material may follow the time of its last picture.
const LAST_PICTURE: MediaTime = MediaTime::from_millis(500);

/// Watches and listens to one material.
pub struct Perceiver {
    hearing: Aside,
    watching: Watching,
    faces: Option<Following>,
    embedding: Option<Embedding>,
}

impl Default for Perceiver {
    fn default() -> Self {
        Self::new()
    }
}

impl Perceiver {
    /// Nothing seen or heard yet.
    #[must_use]
    pub fn new() -> Self {
        Self { hearing: Aside::new(), watching: Watching::new(), faces: None, embedding: None }
    }

    /// Listens for sound events as well. Evidence then depends on the model: what keeps it has to tell models apart.
    #[must_use]
    pub fn with_sound_events(mut self, sound_events: SoundEvents) -> Self {
        self.hearing.equip(|hearing| hearing.listen_for(sound_events));
        self
    }

    /// Looks for faces as well. Evidence then depends on the model, as with [`Self::with_sound_events`].
    #[must_use]
    pub fn with_faces(mut self, detector: FaceDetector) -> Self {
        self.faces = Some(Following::new(detector));
        self
    }

    /// Embeds pictures as well, for [`Self::picture_embeddings`]. The evidence stays the same.
    #[must_use]
    pub fn with_picture_encoder(mut self, encoder: PictureEncoder) -> Self {
        self.embedding = Some(Embedding::new(encoder));
        self
    }

    /// Whether pictures are embedded.
    #[must_use]
    pub const fn has_picture_encoder(&self) -> bool {
        self.embedding.is_some()
    }

    /// What the picture encoder made of a material of this length; `None` without one, and where no picture was seen.
    #[must_use]
    pub fn picture_embeddings(&self, duration: MediaTime) -> Option<PictureEmbeddings> {
        self.embedding.as_ref()?.finish(duration)
    }

    /// How far apart it wants pictures in colour; `None` when it has no use for them.
    #[must_use]
    pub fn colour_interval(&self) -> Option<MediaTime> {
        let faces = self.faces.as_ref().map(|_| FaceDetector::INTERVAL);
        faces.into_iter().chain(self.embedding.as_ref().map(|_| PictureEmbeddings::HOP)).min()
    }

    /// Takes a picture in colour, upright, with square pixels and a shorter side of about 224 pixels. More than
    /// [`Self::colour_interval`] asks for are left out.
    pub fn colour_picture(&mut self, picture: ColourPicture<'_>) {
        if let Some(faces) = &mut self.faces {
            faces.picture(&picture);
        }
        if let Some(embedding) = &mut self.embedding {
            embedding.picture(&picture);
        }
    }

    /// Has this detector tell where somebody speaks, in place of the built-in one. Evidence then depends on its weights:
    /// what keeps it has to tell them apart.
    #[must_use]
    pub fn with_voice_detector(mut self, detector: VoiceDetector) -> Self {
        self.hearing.equip(|hearing| hearing.detect_voice_with(detector));
        self
    }

    /// Takes the next samples. A gap since the last ones counts as silence; overlap is left out.
    pub fn samples(&mut self, samples: Samples<'_>) {
        self.hearing.samples(samples);
    }

    /// Takes the next picture. Around 10 to 25 a second of about 128x72 are plenty; a picture that does not come later
    /// than the last, or that holds fewer pixels than it says, is left out.
    pub fn picture(&mut self, picture: Picture<'_>) {
        self.watching.picture(picture);
    }

    /// Between which two pictures each cut lies, in order of time: the time of the last picture before it and of the
    /// first one after it.
    #[must_use]
    pub fn cut_candidates(&self) -> Vec<TimeRange> {
        self.watching.cut_candidates()
    }

    /// The evidence of a material of this length.
    ///
    /// `cuts`: exact times of the first picture of every shot but the first; `None` takes the pictures after each of
    /// [`Self::cut_candidates`]. `cues`: the subtitle, in order of time. Cues and cuts outside the material are left out.
    #[must_use]
    pub fn finish(self, duration: MediaTime, cuts: Option<Vec<MediaTime>>, cues: Vec<Cue>) -> Evidence {
        let whole = TimeRange::new(MediaTime::ZERO, duration);
        let mut cuts =
            cuts.unwrap_or_else(|| self.cut_candidates().into_iter().map(|range| range.end).collect());
        cuts.retain(|cut| whole.contains(*cut) && *cut > MediaTime::ZERO);
        cuts.sort_unstable();
        cuts.dedup();
        let cues = inside(whole, cues);
        let count = signals::hops(duration);
        let mut measured = BTreeMap::new();
        let movements = self.watching.movements();
        if !movements.is_empty() {
            measured.insert(Signal::Motion, signals::motion(&movements, &cuts, count));
            measured.insert(Signal::CutRate, signals::cut_rate(&cuts, count));
        }
        if let Some(faces) = self.faces.as_ref().and_then(|faces| faces.series(&cuts, count)) {
            measured.insert(Signal::Faces, faces);
        }
        let fades = fades_inside(whole, self.watching.fades());
        let (mut spoken, mut silences, mut sound_events) = (Vec::new(), Vec::new(), BTreeMap::new());
        if let Some(mut heard) = self.hearing.finish() {
            sound_events = events_inside(duration, std::mem::take(&mut heard.sound_events));
            let voice = speech::probability(&heard);
            spoken = clipped(whole, speech::stretches(&heard, &voice));
            silences = clipped(whole, silence::find(&heard.level));
            measured.extend(sound_signals(heard, voice, count));
        }
        let utterances = utterances::join(&spoken, &cues, &silences);
        let mut evidence =
            Evidence { duration, signals: measured, sound_events, cuts, fades, utterances, silences, cues };
        if let Some(words) = words(&evidence) {
            evidence.signals.insert(Signal::Words, words);
        }
        evidence
    }
}

fn sound_signals(heard: sound::Heard, voice: Vec<f32>, count: usize) -> [(Signal, Series); 4] {
    // Where the sound ends before the picture, nothing is heard.
    [
        (Signal::Loudness, signals::series(heard.loudness, count, sound::NO_SOUND_LUFS)),
        (Signal::Fullness, signals::series(heard.level.fullness(), count, sound::NO_SOUND_DB)),
        (Signal::Voice, signals::series(voice, count, 0.0)),
        (Signal::Onset, signals::series(heard.onset, count, 0.0)),
    ]
}

/// Events of a material of this length. Where the sound ends before the picture they end too.
fn events_inside(
    duration: MediaTime,
    mut events: BTreeMap<SoundEvent, Series>,
) -> BTreeMap<SoundEvent, Series> {
    let whole = TimeRange::new(MediaTime::ZERO, duration);
    for series in events.values_mut() {
        *series = Series::new(series.hop(), series.slice(whole).to_vec());
    }
    events
}

/// Cues within the material, in order, without empty ones.
fn inside(whole: TimeRange, cues: Vec<Cue>) -> Vec<Cue> {
    let mut kept: Vec<Cue> = cues
        .into_iter()
        .filter_map(|cue| whole.intersection(cue.range).map(|range| Cue { range, ..cue }))
        .collect();
    kept.sort_by_key(|cue| cue.range.start);
    kept
}

/// Fades within the material. One that nothing is shown after lasts to the end.
fn fades_inside(whole: TimeRange, fades: Vec<Fade>) -> Vec<Fade> {
    let mut fades: Vec<Fade> = fades
        .into_iter()
        .filter_map(|Fade { range, blank }| {
            let blank = TimeRange::new(blank.start, blank.end.min(whole.end));
            whole.intersection(range).map(|range| Fade { range, blank })
        })
        .collect();
    let end = whole.end;
    if let Some(last) = fades.last_mut().filter(|fade| fade.range.end == fade.blank.end) {
        // Pictures say when they begin, not when they end: the last one is taken for shown to the end.
        if end - last.range.end < LAST_PICTURE {
            *last = Fade {
                range: TimeRange::new(last.range.start, end),
                blank: TimeRange::new(last.blank.start, end),
            };
        }
    }
    fades
}

fn clipped(whole: TimeRange, ranges: Vec<TimeRange>) -> Vec<TimeRange> {
    ranges.into_iter().filter_map(|range| whole.intersection(range)).collect()
}
