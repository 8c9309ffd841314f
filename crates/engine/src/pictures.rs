//! What pictures show: a material's pictures become vectors once, with whichever encoder is installed; a tag then costs the vectors
//! of its captions, which are kept as well.
//!
//! The encoder runs in workers only, also for captions: its files may be anybody's, and what runs them in the window's process
//! could take the window along.

use std::collections::BTreeMap;
use std::sync::Arc;

use highlight::{NEUTRAL, Sights, Sought, sought};
use model::job::Strategy;
use model::{PictureEmbeddings, Progress, Series};
use perception::{EMBEDDING_VERSION, LOGIT_SCALE, fit, together};
use tokio_util::sync::CancellationToken;

use crate::control::Control;
use crate::engine::{Engine, Perceived, read, unexpected_answer};
use crate::models::{ModelFile, ModelKind};
use crate::subject::Subject;
use crate::worker::{Answer, EmbeddingForm, Task};
use crate::{Code, Failure, Stopped};

/// A material's pictures as vectors, and what made them.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) encoder: ModelFile,
    pictures: Arc<PictureEmbeddings>,
}

/// Vectors of captions, by their words.
pub(crate) type Captions = BTreeMap<String, Vec<f32>>;

impl Engine {
    /// The encoder that is installed.
    pub(crate) async fn encoder(&self) -> Result<Option<ModelFile>, Failure> {
        let (files, _) = self.in_store(|store| store.files(&[ModelKind::PictureText])).await?;
        Ok(files.into_iter().next())
    }

    /// Has a worker load an encoder and try it.
    pub(crate) async fn try_encoder(
        &self,
        encoder: ModelFile,
        cancel: &CancellationToken,
    ) -> Result<(), Stopped> {
        let task = Task::TryEncoder { encoder };
        match self.worker.run(&task, cancel, |_| {}).await? {
            Answer::Usable => Ok(()),
            _ => Err(unexpected_answer().into()),
        }
    }

    /// What an encoder made of a material's pictures, as far as that is known. Where there are no pictures, it is.
    pub(crate) fn seen(&self, subject: &Subject, encoder: &ModelFile) -> Result<Option<Seen>, Failure> {
        let nothing = || PictureEmbeddings { hop: PictureEmbeddings::HOP, dimensions: 0, values: Vec::new() };
        let kept = match subject.info.video {
            None => Some(nothing()),
            Some(_) => self
                .library
                .picture_embeddings(&subject.fingerprint, &name(encoder))
                .map_err(|error| Failure::of_library(&error))?,
        };
        Ok(kept.map(|pictures| Seen { encoder: encoder.clone(), pictures: Arc::new(pictures) }))
    }

    /// Keeps the vectors that a worker wrote.
    pub(crate) fn keep_seen(
        &self,
        subject: &Subject,
        encoder: &ModelFile,
        form: EmbeddingForm,
        file: &std::path::Path,
    ) -> Result<Seen, Failure> {
        let EmbeddingForm { hop, dimensions } = form;
        let bytes = read(file)?;
        let (values, rest) = bytes.as_chunks::<4>();
        let values: Vec<f32> = values.iter().map(|value| f32::from_le_bytes(*value)).collect();
        let is_whole =
            if dimensions == 0 { values.is_empty() } else { values.len().is_multiple_of(dimensions) };
        if !rest.is_empty() || !is_whole || hop <= model::MediaTime::ZERO {
            return Err(
                Failure::new(Code::Internal, "The worker's vectors cannot be read.").at(&subject.shown())
            );
        }
        let pictures = PictureEmbeddings { hop, dimensions, values };
        self.library
            .set_picture_embeddings(&subject.fingerprint, &name(encoder), &pictures)
            .map_err(|error| Failure::of_library(&error))?;
        Ok(Seen { encoder: encoder.clone(), pictures: Arc::new(pictures) })
    }

    /// Adds the vectors of the pictures to what was perceived before there was this encoder. One that cannot be used costs what
    /// pictures show, and nothing else.
    pub(crate) async fn see(
        &self,
        subject: &Subject,
        perceived: Perceived,
        encoder: &ModelFile,
        control: &Control,
        on_progress: impl FnMut(Progress),
    ) -> Result<Perceived, Stopped> {
        let scratch = self.scratch()?;
        let embeddings = scratch.path().join("embeddings");
        let task = Task::Embed {
            source: self.source_of(subject, control).await?,
            info: subject.info.clone(),
            encoder: encoder.clone(),
            embeddings: embeddings.clone(),
        };
        match self.worker.run(&task, control, on_progress).await {
            Ok(Answer::Embedded(form)) => {
                Ok(perceived.with_seen(Some(self.keep_seen(subject, encoder, form, &embeddings)?)))
            }
            Ok(_) => Err(unexpected_answer().into()),
            Err(Stopped::Failed(failure)) => {
                self.not_used(encoder, &failure);
                Ok(perceived)
            }
            Err(stopped @ Stopped::Cancelled) => Err(stopped),
        }
    }

    /// Where a material's pictures show what a strategy asks for. An encoder that cannot be used shows nothing, which is said in
    /// the log and by what is told to be missing.
    pub(crate) async fn sights(
        &self,
        perceived: &Perceived,
        strategy: &Strategy,
        cancel: &CancellationToken,
    ) -> Result<Sights, Stopped> {
        let (Some(seen), sought) = (&perceived.seen, sought(strategy)) else { return Ok(Sights::default()) };
        if sought.is_empty() {
            return Ok(Sights::default());
        }
        match self.look_for(seen, sought, cancel).await {
            Err(Stopped::Failed(failure)) => {
                self.not_used(&seen.encoder, &failure);
                Ok(Sights::default())
            }
            looked => looked,
        }
    }

    /// Whatever an encoder fails by, damage, memory or silence, costs what pictures show, and never the rest.
    pub(crate) fn not_used(&self, encoder: &ModelFile, failure: &Failure) {
        tracing::warn!(%failure, "a picture-text encoder was not used");
        if failure.code == Code::ModelDamaged {
            self.models.distrust(encoder);
        }
    }

    /// How well the pictures of a material fit what is sought in them.
    pub(crate) async fn look_for(
        &self,
        seen: &Seen,
        sought: Vec<Sought>,
        cancel: &CancellationToken,
    ) -> Result<Sights, Stopped> {
        if seen.pictures.dimensions == 0 {
            let hop = seen.pictures.hop;
            return Ok(Sights(
                sought.into_iter().map(|it| (it.name, Series::new(hop, Vec::new()))).collect(),
            ));
        }
        let own = sought.iter().flat_map(|it| it.captions.iter().map(String::as_str));
        let captions = self.captions(&seen.encoder, NEUTRAL.iter().copied().chain(own), cancel).await?;
        let pictures = Arc::clone(&seen.pictures);
        let scored = tokio::task::spawn_blocking(move || scores(&pictures, &captions, &sought)).await;
        let scored = scored.map_err(|error| {
            Failure::new(Code::Internal, format!("Scoring pictures ended unexpectedly ({error})."))
        })?;
        Ok(scored)
    }

    /// The vectors of captions: from the library, and from a worker for those that are new.
    async fn captions<'a>(
        &self,
        encoder: &ModelFile,
        wanted: impl Iterator<Item = &'a str>,
        cancel: &CancellationToken,
    ) -> Result<Captions, Stopped> {
        let (mut known, mut missing) = (Captions::new(), Vec::new());
        let encoder_name = name(encoder);
        for caption in wanted {
            let kept = self.library.caption_embedding(&encoder_name, caption);
            match kept.map_err(|error| Failure::of_library(&error))? {
                Some(vector) => {
                    known.insert(caption.to_owned(), vector);
                }
                None if missing.iter().any(|it| it == caption) => {}
                None => missing.push(caption.to_owned()),
            }
        }
        if missing.is_empty() {
            return Ok(known);
        }
        let scratch = self.scratch()?;
        let file = scratch.path().join("vectors.json");
        let task = Task::EmbedCaptions {
            encoder: encoder.clone(),
            captions: missing.clone(),
            vectors: file.clone(),
        };
        let Answer::Written = self.worker.run(&task, cancel, |_| {}).await? else {
            return Err(unexpected_answer().into());
        };
        let vectors: Vec<Vec<f32>> = serde_json::from_slice(&read(&file)?).map_err(|error| {
            Failure::new(Code::Internal, format!("The worker's vectors cannot be read ({error})."))
        })?;
        if vectors.len() != missing.len() {
            return Err(unexpected_answer().into());
        }
        let fresh: Vec<(String, Vec<f32>)> = missing.into_iter().zip(vectors).collect();
        self.library
            .set_caption_embeddings(&encoder_name, &fresh)
            .map_err(|error| Failure::of_library(&error))?;
        known.extend(fresh);
        Ok(known)
    }
}

/// What tells vectors of an encoder apart from all others.
fn name(encoder: &ModelFile) -> String {
    format!("{EMBEDDING_VERSION}+{}", encoder.digest())
}

pub(crate) fn scores(pictures: &PictureEmbeddings, captions: &Captions, sought: &[Sought]) -> Sights {
    let vector = |caption: &str| captions.get(caption).cloned();
    let neutral: Vec<Vec<f32>> = NEUTRAL.iter().filter_map(|caption| vector(caption)).collect();
    let score = |sought: &Sought| {
        let own: Vec<Vec<f32>> = sought.captions.iter().filter_map(|caption| vector(caption)).collect();
        // What no vector was made of is nowhere to be seen.
        let nothing = |_| Series::new(pictures.hop, Vec::new());
        let fits = together(&own).map_or_else(nothing, |tag| fit(pictures, &tag, &neutral, LOGIT_SCALE));
        (sought.name.clone(), fits)
    };
    Sights(sought.iter().map(score).collect())
}
