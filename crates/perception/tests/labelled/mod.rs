//! Speech whose place is known by construction: recordings of clear speech, laid between sounds that are none and over
//! music and noise of a known distance in level.

#![allow(dead_code, reason = "not every user needs all of it")]

#[path = "../shared/mod.rs"]
pub(crate) mod shared;

use std::path::{Path, PathBuf};

use model::{Evidence, MediaTime, Samples};
use standout_perception::{Perceiver, VoiceDetector};

pub(crate) const RATE: usize = Samples::RATE as usize;
/// What is judged: a tenth of a second.
const HOP: usize = RATE / 10;
/// A pause of clear speech that counts as such; shorter ones belong to the utterance around them.
const PAUSE_HOPS: usize = 4;
/// Speech is what is no softer than this under the loudest of a clear recording.
const UNDER_TOP_DB: f32 = 35.0;

/// A track with the truth about each of its hops.
#[derive(Default)]
pub(crate) struct Track {
    pub(crate) samples: Vec<f32>,
    pub(crate) speech: Vec<bool>,
}

impl Track {
    /// Adds a recording in which nobody speaks.
    fn add_other(&mut self, samples: &[f32]) {
        self.add(samples, &vec![false; samples.len() / HOP]);
    }

    fn add(&mut self, samples: &[f32], speech: &[bool]) {
        let whole = samples.len() / HOP * HOP;
        self.samples.extend_from_slice(&samples[..whole]);
        self.speech.extend_from_slice(&speech[..whole / HOP]);
    }
}

/// Hops so near to where speech begins or ends are not judged: labels are no more exact than that (NIST's speech
/// activity evaluations leave half a second out).
const COLLAR_HOPS: usize = 2;

/// Counts of hops.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Score {
    hit: u32,
    false_alarm: u32,
    missed: u32,
}

impl Score {
    pub(crate) fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.false_alarm += other.false_alarm;
        self.missed += other.missed;
    }

    /// The share of what was taken for speech that is speech; 1 where nothing was taken.
    pub(crate) fn precision(self) -> f64 {
        share(self.hit, self.hit + self.false_alarm)
    }

    /// The share of the speech that was found; 1 where there is none.
    pub(crate) fn recall(self) -> f64 {
        share(self.hit, self.hit + self.missed)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// What a perceiver takes for utterances against the truth.
pub(crate) fn score(track: &Track, evidence: &Evidence) -> Score {
    let mut score = Score::default();
    for (hop, speech) in track.speech.iter().enumerate() {
        let near = hop.saturating_sub(COLLAR_HOPS)..(hop + COLLAR_HOPS + 1).min(track.speech.len());
        if track.speech[near].iter().any(|other| other != speech) {
            continue;
        }
        let middle = MediaTime::from_ticks((hop * HOP + HOP / 2) as i64, 1, RATE as i32);
        let found = evidence.utterances.iter().any(|utterance| utterance.range.contains(middle));
        match (found, *speech) {
            (true, true) => score.hit += 1,
            (true, false) => score.false_alarm += 1,
            (false, true) => score.missed += 1,
            (false, false) => {}
        }
    }
    score
}

/// The evidence of a track's sound, with the built-in detector or Silero's weights.
pub(crate) fn listen(samples: &[f32], silero: Option<&[u8]>, block: usize) -> Evidence {
    let mut perceiver = Perceiver::new();
    if let Some(bytes) = silero {
        let detector = VoiceDetector::from_bytes(bytes);
        perceiver = perceiver.with_voice_detector(
            detector.unwrap_or_else(|error| panic!("the detector was refused: {error}")),
        );
    }
    let mut at = 0;
    for values in samples.chunks(block) {
        perceiver.samples(Samples { time: MediaTime::from_ticks(at, 1, RATE as i32), values });
        at += values.len() as i64;
    }
    perceiver.finish(MediaTime::from_ticks(at, 1, RATE as i32), None, Vec::new())
}

/// Everything that tracks are made of.
pub(crate) struct Recordings {
    speech: Vec<(Vec<f32>, Vec<bool>)>,
    music: Vec<f32>,
    noises: Vec<Vec<f32>>,
}

/// Named tracks, each with its truth.
pub(crate) fn tracks(media: &Path) -> Vec<(&'static str, Track)> {
    let recordings = Recordings::read(media);
    let over_music = |db| recordings.mixed(std::slice::from_ref(&recordings.music), db);
    let over_noise = |db| recordings.mixed(&recordings.noises, db);
    vec![
        ("between silence and sounds", recordings.between()),
        ("over film music, 10 dB louder", over_music(10.0)),
        ("over film music, 5 dB louder", over_music(5.0)),
        ("over film music, as loud", over_music(0.0)),
        ("over noises, 10 dB louder", over_noise(10.0)),
        ("over noises, 5 dB louder", over_noise(5.0)),
    ]
}

impl Recordings {
    fn read(media: &Path) -> Self {
        let mut talkers = files(&media.join("talk/grid/GRID"));
        talkers.extend(
            ["jfk.wav", "es_test_clip.wav", "ja_test_clip.wav", "english_test1.wav", "test.mp3"]
                .map(|name| media.join("speech").join(name)),
        );
        let speech = talkers.iter().map(|file| {
            let samples = levelled(shared::samples(file));
            let truth = truth(&samples);
            (samples, truth)
        });
        let class = |name: &str| {
            let folder = files(&media.join("sound/esc10").join(name));
            folder.into_iter().step_by(10).map(|file| levelled(shared::samples(&file))).collect::<Vec<_>>()
        };
        // The film has no word in it; from its second minute on the music is full.
        let film = shared::samples(&media.join("film/big_buck_bunny.mp4"));
        Self {
            speech: speech.collect(),
            music: levelled(film[60 * RATE..300 * RATE].to_vec()),
            noises: [
                "001 - Dog bark",
                "002 - Rain",
                "003 - Sea waves",
                "007 - Helicopter",
                "010 - Fire crackling",
            ]
            .into_iter()
            .flat_map(class)
            .collect(),
        }
    }

    /// Speech, then silence, then another sound, and so on.
    fn between(&self) -> Track {
        let mut track = Track::default();
        for (index, (samples, truth)) in self.speech.iter().enumerate() {
            track.add(samples, truth);
            track.add_other(&vec![0.0; RATE]);
            track.add_other(&self.noises[index % self.noises.len()]);
            let from = index * 4 * RATE;
            track.add_other(&self.music[from..from + 4 * RATE]);
        }
        track
    }

    /// Speech over a bed that goes on for three seconds before and after it; the speech is so much louder.
    fn mixed(&self, beds: &[Vec<f32>], db: f32) -> Track {
        let gain = 10_f32.powf(-db / 20.0);
        let (mut track, mut at) = (Track::default(), 0);
        for (index, (samples, truth)) in self.speech.iter().enumerate() {
            let bed = &beds[index % beds.len()];
            let lead = vec![0.0; 3 * RATE];
            let padded = [&lead[..], samples, &lead].concat();
            let mix: Vec<f32> = padded
                .iter()
                .enumerate()
                .map(|(i, value)| value + gain * bed[(at + i) % bed.len()])
                .collect();
            at += mix.len();
            let quiet = [false; 3 * RATE / HOP];
            let truth = [&quiet[..], truth, &vec![false; mix.len() / HOP]].concat();
            track.add(&mix, &truth);
        }
        track
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|ending| ["mpg", "ogg", "wav"].map(Into::into).contains(&ending.to_owned()))
    });
    files.sort();
    files
}

/// Brought to the same level where it sounds: a root mean square of 0.05 over its louder half.
fn levelled(mut samples: Vec<f32>) -> Vec<f32> {
    let mut powers: Vec<f32> = samples.chunks(HOP).map(power).collect();
    powers.sort_by(f32::total_cmp);
    let louder = &powers[powers.len() / 2..];
    let level = (louder.iter().sum::<f32>() / louder.len() as f32).sqrt().max(1e-6);
    samples.iter_mut().for_each(|sample| *sample *= 0.05 / level);
    samples
}

fn power(samples: &[f32]) -> f32 {
    samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32
}

/// Where somebody speaks in a clear recording: by level, with short pauses closed.
fn truth(samples: &[f32]) -> Vec<bool> {
    let levels: Vec<f32> = samples.chunks(HOP).map(|hop| 10.0 * (power(hop) + 1e-10).log10()).collect();
    let top = levels.iter().copied().fold(f32::MIN, f32::max);
    let mut sorted = levels.clone();
    sorted.sort_by(f32::total_cmp);
    let floor = sorted[sorted.len() / 20];
    // A recording with a noisy room is speech where it rises well over the room.
    let threshold = (top - UNDER_TOP_DB).max((floor + 10.0).min(top - 15.0));
    let mut speech: Vec<bool> = levels.iter().map(|level| threshold < *level).collect();
    let mut last = None;
    for hop in 0..speech.len() {
        if speech[hop] {
            if let Some(last) = last
                && hop - last <= PAUSE_HOPS
            {
                speech[last..hop].fill(true);
            }
            last = Some(hop);
        }
    }
    speech
}
