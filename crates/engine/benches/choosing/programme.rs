//! A programme with known highlights, and what is perceived in it.

use std::collections::BTreeMap;
use std::error::Error;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use media::Source;
use model::job::Strategy;
use model::{ColourPicture, Evidence, MediaTime, Picture, Samples, TimeRange};
use perception::{DETECTOR_VERSION, FaceDetector, Perceiver, SoundEvents};
use serde::Deserialize;

/// What `truth.json` tells that is needed here.
#[derive(Deserialize)]
struct Truth {
    count: u32,
    clip_duration: i64,
    /// The file of each variant, beside the truth.
    files: BTreeMap<String, PathBuf>,
    planted: Vec<Planted>,
}

/// A planted highlight; times are in seconds.
#[derive(Deserialize)]
pub(crate) struct Planted {
    pub(crate) kind: String,
    start: f64,
    end: f64,
}

impl Planted {
    pub(crate) fn range(&self) -> TimeRange {
        let time = |seconds| MediaTime::from_seconds(seconds).unwrap_or(MediaTime::ZERO);
        TimeRange::new(time(self.start), time(self.end))
    }
}

/// The models that take part, as the bytes of their files.
pub(crate) struct Models {
    pub(crate) sound_events: Option<Vec<u8>>,
    pub(crate) faces: Option<Vec<u8>>,
}

impl Models {
    /// A part of the names of files that hang on them.
    fn name(&self) -> &'static str {
        match (&self.sound_events, &self.faces) {
            (None, None) => "no-model",
            (Some(_), None) => "sound-events",
            (None, Some(_)) => "faces",
            (Some(_), Some(_)) => "sound-events-and-faces",
        }
    }

    fn perceiver(&self) -> Result<Perceiver, Box<dyn Error>> {
        let mut perceiver = Perceiver::new();
        if let Some(bytes) = &self.sound_events {
            perceiver = perceiver.with_sound_events(SoundEvents::from_bytes(bytes)?);
        }
        if let Some(bytes) = &self.faces {
            perceiver = perceiver.with_faces(FaceDetector::from_bytes(bytes)?);
        }
        Ok(perceiver)
    }
}

/// One programme.
pub(crate) struct Programme {
    pub(crate) name: String,
    folder: PathBuf,
    truth: Truth,
}

impl Programme {
    /// All programmes of a folder, in the order of their names.
    pub(crate) fn all(folder: &Path) -> Result<Vec<Self>, Box<dyn Error>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let folder = entry?.path();
            let file = folder.join("truth.json");
            if file.is_file() {
                let truth = serde_json::from_slice(&std::fs::read(file)?)?;
                let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                found.push(Self { name, folder, truth });
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    pub(crate) fn variants(&self) -> Vec<String> {
        self.truth.files.keys().filter(|name| self.file(name).is_file()).cloned().collect()
    }

    pub(crate) fn strategy(&self) -> Strategy {
        Strategy {
            count: self.truth.count,
            clip_duration: MediaTime::from_whole_seconds(self.truth.clip_duration),
            enable_action_recognition: true,
            ..Strategy::default()
        }
    }

    pub(crate) fn planted(&self) -> &[Planted] {
        &self.truth.planted
    }

    /// What is perceived in a variant, from an earlier run where the detectors are the same.
    pub(crate) fn evidence(&self, variant: &str, models: &Models) -> Result<Evidence, Box<dyn Error>> {
        let kept = format!("evidence-{variant}-{DETECTOR_VERSION}-{}.json", models.name());
        let kept = self.folder.join(kept);
        if kept.is_file() {
            return Ok(serde_json::from_slice(&std::fs::read(kept)?)?);
        }
        let evidence = perceive(&self.file(variant), models)?;
        std::fs::write(kept, serde_json::to_vec(&evidence)?)?;
        Ok(evidence)
    }

    fn file(&self, variant: &str) -> PathBuf {
        self.folder.join(self.truth.files.get(variant).map_or(Path::new(variant), PathBuf::as_path))
    }
}

/// One pass over a file, as a worker does it; a subtitle of the same name beside the file wins.
fn perceive(file: &Path, models: &Models) -> Result<Evidence, Box<dyn Error>> {
    let source = Source::File(file.to_owned());
    let info = media::probe(&source)?;
    let mut pass = Pass(models.perceiver()?);
    let decoded = media::decode(&source, &info, &mut pass)?;
    let candidates = pass.0.cut_candidates();
    let cuts = media::refine_cuts(&source, &info, &candidates, &mut |_| ControlFlow::Continue(()))?;
    let beside = file.with_extension("srt");
    let cues = if beside.is_file() { media::read_subtitles(&beside)? } else { decoded.cues };
    Ok(pass.0.finish(decoded.duration, Some(cuts), cues))
}

struct Pass(Perceiver);

impl media::DecodeSink for Pass {
    fn samples(&mut self, samples: Samples<'_>) {
        self.0.samples(samples);
    }

    fn picture(&mut self, picture: Picture<'_>) {
        self.0.picture(picture);
    }

    fn colour_interval(&self) -> Option<MediaTime> {
        self.0.colour_interval()
    }

    fn colour_picture(&mut self, picture: ColourPicture<'_>) {
        self.0.colour_picture(picture);
    }

    fn may_hold_cut(&self) -> Option<media::MayHoldCut> {
        Some(perception::may_hold_cut)
    }

    fn progress(&mut self, _: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
