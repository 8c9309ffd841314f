//! Clips on their way into a bucket. A clip is written into the outbox first and noted in the library, with every part
//! that was sent; it leaves both only when the bucket has confirmed it. So an upload that was cut off, by the network or by
//! the end of the program, goes on where it stopped.

use std::error::Error;
use std::path::{Path, PathBuf};

use delivery::{BucketError, BucketProfile, Existing, Upload, UploadObserver, UploadRequest, UploadStopped};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use library::{Library, WaitingUpload};
use model::{MediaLocation, Progress, Stage};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::hold::Hold;
use super::{ClipOptions, ClipOrder, DeliveredClip};
use crate::bucket::{OpenBucket, store_of};
use crate::control::{Control, Pause};
use crate::engine::{Engine, now};
use crate::source::Next;
use crate::{Code, Failure, Stopped};

/// What a waiting clip is and where it goes, as the library keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct UploadOrder {
    bucket: BucketProfile,
    key: String,
    replace: bool,
    register: bool,
}

/// A clip that waits on this machine for its bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingClip {
    /// Names it.
    pub id: String,
    /// Its file on this machine.
    pub file: PathBuf,
    /// The name that its bucket was set up under; that of the bucket itself when it was not.
    pub profile: String,
    /// The bucket's name on its server.
    pub bucket: String,
    /// The object's key.
    pub key: String,
    /// Its size in bytes.
    pub size: u64,
}

/// Noted in place of a state before the first byte of an upload in one piece is sent.
const BEGUN: &str = "begun";

impl Engine {
    /// The clips that wait on this machine for their bucket, the oldest first. One that is being sent right now does not
    /// wait, nor does one whose note a newer Standout has to read.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn waiting_clips(&self) -> Result<Vec<WaitingClip>, Failure> {
        let uploads = self.library.uploads().map_err(|error| Failure::of_library(&error))?;
        let mut waiting = Vec::new();
        for upload in uploads {
            let file = self.outbox_file(&upload);
            let size = match std::fs::metadata(&file) {
                Ok(metadata) => metadata.len(),
                Err(error) => {
                    // Its note stays: the folder of clips may have been moved away with another library, and come back.
                    tracing::warn!(%error, file = %file.display(), "a waiting clip is not there");
                    continue;
                }
            };
            let order = match read_order(&upload) {
                Ok(order) => order,
                Err(failure) => {
                    tracing::warn!(%failure, "a waiting clip is left as it is");
                    continue;
                }
            };
            if Hold::take(&file).is_err() {
                continue;
            }
            waiting.push(WaitingClip {
                id: upload.id,
                file,
                profile: order.bucket.name,
                bucket: order.bucket.bucket,
                key: order.key,
                size,
            });
        }
        Ok(waiting)
    }

    /// Gives a waiting clip up: its file is removed, and what was sent of it, too, where the bucket can be reached.
    ///
    /// # Errors
    /// When there is no such clip, or another program is sending it.
    pub async fn discard_upload(&self, id: &str) -> Result<(), Failure> {
        let hold = Hold::take(&self.outbox_file(&self.waiting(id)?))?;
        let upload = self.waiting(id)?;
        if let (Ok(order), Some(sent)) = (read_order(&upload), read_progress(&upload)) {
            match self.bucket_noted(&order.bucket) {
                Ok(bucket) => {
                    if let Err(error) = bucket.questions.abandon(&sent).await {
                        tracing::warn!(%error, "parts of a clip stay in the bucket");
                    }
                }
                Err(failure) => tracing::warn!(%failure, "parts of a clip stay in the bucket"),
            }
        }
        self.forget(&upload, hold);
        Ok(())
    }

    /// Writes a clip into the outbox, unless it waits there already, and answers its id.
    #[allow(clippy::too_many_arguments, reason = "everything that makes one delivery, passed through once")]
    pub(super) async fn prepare_upload(
        &self,
        clip: &ClipOrder,
        bucket: &OpenBucket,
        key: &str,
        options: &ClipOptions,
        existing: Existing,
        control: &Control,
        on_progress: impl FnMut(Progress),
    ) -> Result<String, Stopped> {
        let id = upload_id(clip, options, &bucket.client.url(key))?;
        let order = UploadOrder {
            bucket: bucket.profile.clone(),
            key: key.to_owned(),
            replace: existing == Existing::Replace,
            register: options.register,
        };
        let document = serde_json::to_string(&order).map_err(|error| not_json(&error))?;
        let extension = Path::new(key).extension().unwrap_or_default();
        let file = self.directories.outbox().join(&id).with_extension(extension);
        let _hold = Hold::take(&file)?;
        let known = self.library.upload(&id).map_err(|error| Failure::of_library(&error))?;
        let progress = match known.filter(|_| file.is_file()) {
            // What was sent counts, whatever is to become of an object of that name now.
            Some(waiting) => waiting.progress,
            None => {
                self.check_free(bucket, key, existing).await?;
                let options = ClipOptions { register: false, ..*options };
                self.write_clip(clip, &file, &options, Existing::Replace, control, on_progress).await?;
                None
            }
        };
        let upload = WaitingUpload { id: id.clone(), file, document, progress, created: now() };
        self.library.save_upload(&upload).map_err(|error| Failure::of_library(&error))?;
        Ok(id)
    }

    /// Learning only after minutes of encoding that a name is taken would be late.
    async fn check_free(&self, bucket: &OpenBucket, key: &str, existing: Existing) -> Result<(), Failure> {
        if existing == Existing::Replace {
            return Ok(());
        }
        let found = bucket.questions.exists(key).await.map_err(|error| Failure::of_bucket(&error))?;
        if found.is_none() {
            return Ok(());
        }
        let message =
            "An object of this name is there already. Allow replacing, or change the name template.";
        Err(Failure::new(Code::ObjectExists, message).at(Path::new(key)))
    }

    /// Sends a waiting clip to its bucket, registers it when that is wanted, and lets it go.
    ///
    /// # Errors
    /// When there is no such clip, its bucket cannot be reached, or it was cancelled; it waits on then.
    pub async fn send(
        &self,
        id: &str,
        cancel: &CancellationToken,
        on_progress: impl FnMut(Progress) + Send,
    ) -> Result<DeliveredClip, Stopped> {
        self.send_heeding(id, &cancel.into(), on_progress).await
    }

    /// As [`Self::send`], held on while work is paused.
    pub(crate) async fn send_heeding(
        &self,
        id: &str,
        control: &Control,
        mut on_progress: impl FnMut(Progress) + Send,
    ) -> Result<DeliveredClip, Stopped> {
        // Two programs that send the same parts would take them from each other.
        let hold = Hold::take(&self.outbox_file(&self.waiting(id)?))?;
        let upload = self.waiting(id)?;
        let file = self.outbox_file(&upload);
        let order = read_order(&upload)?;
        let bucket = self.bucket_noted(&order.bucket)?;
        // All that can fail comes before the object has its name.
        let looked = match order.register {
            true => Some(self.look(&MediaLocation::LocalFile(file.clone()), Next::Unknown, control).await?),
            false => None,
        };
        let begun = upload.progress.is_some();
        if !begun {
            self.note_progress(id, BEGUN)?;
        }
        let request = UploadRequest {
            file: &file,
            key: &order.key,
            content_type: content_type(&file),
            existing: if order.replace { Existing::Replace } else { Existing::Keep },
            resumed: read_progress(&upload),
        };
        let mut observer =
            Observer { library: &self.library, id, pause: &control.pause, on_progress: &mut on_progress };
        let sent = bucket.client.upload(request, &mut observer, control).await;
        match sent {
            Ok(_) => {}
            Err(UploadStopped::Failed(BucketError::ObjectExists { .. }))
                if begun && self.has_arrived(&bucket, &order.key, &file).await => {}
            Err(UploadStopped::Cancelled) => return Err(Stopped::Cancelled),
            Err(UploadStopped::Failed(error)) => {
                return Err(Failure::of_bucket(&error).at(Path::new(&order.key)).into());
            }
            Err(not_kept @ UploadStopped::NotKept(_)) => {
                return Err(Failure::new(Code::LibraryFailed, format!("{not_kept}.")).at(&file).into());
            }
        }
        let media = match looked {
            None => None,
            Some(looked) => {
                self.note_bucket(&bucket.profile)?;
                let location = MediaLocation::Object {
                    store: store_of(&bucket.profile),
                    bucket: bucket.profile.bucket.clone(),
                    key: order.key.clone(),
                };
                Some(self.remember(&location, &looked)?)
            }
        };
        self.forget(&upload, hold);
        Ok(DeliveredClip { address: bucket.client.url(&order.key), media })
    }

    /// Whether an object that is in the way is this very clip: its upload was begun before and the answer got lost.
    async fn has_arrived(&self, bucket: &OpenBucket, key: &str, file: &Path) -> bool {
        let size = std::fs::metadata(file).map(|metadata| metadata.len()).ok();
        let found = bucket.questions.exists(key).await.ok().flatten();
        size.is_some() && size == found
    }

    fn waiting(&self, id: &str) -> Result<WaitingUpload, Failure> {
        let found = self.library.upload(id).map_err(|error| Failure::of_library(&error))?;
        found.ok_or_else(|| Failure::new(Code::InvalidRequest, "No clip of this id waits to be uploaded."))
    }

    /// Where a waiting clip lies: in the outbox, wherever that is now.
    fn outbox_file(&self, upload: &WaitingUpload) -> PathBuf {
        let outbox = self.directories.outbox();
        upload.file.file_name().map_or_else(|| outbox.join(&upload.id), |name| outbox.join(name))
    }

    fn note_progress(&self, id: &str, progress: &str) -> Result<(), Failure> {
        self.library.set_upload_progress(id, Some(progress)).map_err(|error| Failure::of_library(&error))
    }

    /// Removes a clip from the outbox. What cannot be removed is logged: the clip itself is safe or given up.
    fn forget(&self, upload: &WaitingUpload, hold: Hold) {
        let file = self.outbox_file(upload);
        if let Err(error) = std::fs::remove_file(&file)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, file = %file.display(), "a clip stays in the outbox");
        }
        self.forget_note(&upload.id);
        hold.end();
    }

    fn forget_note(&self, id: &str) {
        if let Err(error) = self.library.delete_upload(id) {
            tracing::warn!(%error, "an upload stays noted");
        }
    }
}

/// Keeps in the library what a bucket has of a clip, and tells how far it is.
struct Observer<'a> {
    library: &'a Library,
    id: &'a str,
    pause: &'a Pause,
    on_progress: &'a mut (dyn FnMut(Progress) + Send),
}

impl UploadObserver for Observer<'_> {
    fn keep(&mut self, upload: &Upload) -> Result<(), Box<dyn Error + Send + Sync>> {
        let progress = serde_json::to_string(upload)?;
        Ok(self.library.set_upload_progress(self.id, Some(&progress))?)
    }

    fn progressed(&mut self, sent: u64, size: u64) {
        let fraction = if size == 0 { 1.0 } else { (sent as f64 / size as f64) as f32 };
        (self.on_progress)(Progress { stage: Stage::Uploading, fraction });
    }

    fn hold(&self) -> Option<BoxFuture<'static, ()>> {
        let pause = self.pause.clone();
        pause.is_set().then(|| async move { pause.becomes(false).await }.boxed())
    }
}

/// The media type of a clip, by its ending.
fn content_type(file: &Path) -> &'static str {
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    match ending.to_str().unwrap_or_default() {
        "mov" => "video/quicktime",
        "mkv" => "video/x-matroska",
        "webm" => "video/webm",
        _ => "video/mp4",
    }
}

/// Names a delivery by what is delivered and where to, so that the same order finds the clip of a run that was cut off.
fn upload_id(clip: &ClipOrder, options: &ClipOptions, address: &str) -> Result<String, Failure> {
    let subject = (&clip.subject.fingerprint, clip.range, options, address);
    let text = serde_json::to_vec(&subject).map_err(|error| not_json(&error))?;
    Ok(blake3::hash(&text).to_hex().chars().take(32).collect())
}

fn read_order(upload: &WaitingUpload) -> Result<UploadOrder, Failure> {
    serde_json::from_str(&upload.document).map_err(|error| {
        let message = format!("What is noted of a waiting clip cannot be read ({error}). Export it again.");
        Failure::new(Code::LibraryFailed, message).at(&upload.file)
    })
}

/// How far it came in parts; what cannot be read counts as none sent.
fn read_progress(upload: &WaitingUpload) -> Option<Upload> {
    upload.progress.as_deref().and_then(|progress| serde_json::from_str(progress).ok())
}

fn not_json(error: &serde_json::Error) -> Failure {
    Failure::new(Code::Internal, format!("An upload cannot be written as JSON ({error})."))
}
