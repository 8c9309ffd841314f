//! Uploads: in one request or in parts, going on where they were cut, and confirmed by what the server says it has.

use std::error::Error;
use std::path::Path;

use futures_util::future::BoxFuture;
use object_store::multipart::MultipartStore;
use object_store::{Attribute, Attributes, ObjectMeta, ObjectStore, PutOptions, PutPayload};
use tokio_util::sync::CancellationToken;

use super::multipart::Ended;
use super::parts::{PART, Stretch, Upload};
use super::source::Source;
use super::transport::{Trouble, observed};
use super::{Bucket, BucketError};
use crate::Existing;

/// A file and where it goes.
#[derive(Debug, Clone)]
pub struct UploadRequest<'a> {
    /// The file.
    pub file: &'a Path,
    /// The object's key.
    pub key: &'a str,
    /// Its media type, such as `video/mp4`.
    pub content_type: &'a str,
    /// What to do with an object that has the key already.
    pub existing: Existing,
    /// An upload of the same file that was cut, as it was last told to the observer.
    pub resumed: Option<Upload>,
}

/// Whoever wants to know how an upload goes, and keeps its state.
pub trait UploadObserver: Send {
    /// The upload began in parts, or a part has arrived: keep this in place of what was kept before. The next part is not
    /// taken up before it returns.
    ///
    /// # Errors
    /// When it could not be kept; the upload stops.
    fn keep(&mut self, upload: &Upload) -> Result<(), Box<dyn Error + Send + Sync>>;

    /// So many bytes of so many have arrived.
    fn progressed(&mut self, sent: u64, size: u64);

    /// What to wait for before anything more is sent; `None` when that may be now. Parts that are on their way arrive meanwhile.
    fn hold(&self) -> Option<BoxFuture<'static, ()>> {
        None
    }
}

/// A file that has arrived: the server was asked, and has as many bytes as the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The object's address; see [`Bucket::url`].
    pub url: String,
    /// The object's key.
    pub key: String,
    /// Its bytes.
    pub size: u64,
}

/// Why an upload ended before the file had arrived.
#[derive(Debug, thiserror::Error)]
pub enum UploadStopped {
    /// It was cancelled; what has arrived can be gone on from.
    #[error("The upload was cancelled")]
    Cancelled,
    /// The bucket, the network or the file.
    #[error(transparent)]
    Failed(#[from] BucketError),
    /// The observer could not keep the state.
    #[error("How far the upload is could not be kept; free some space and upload again")]
    NotKept(#[source] Box<dyn Error + Send + Sync>),
}

impl Bucket {
    /// Uploads a file and asks the server afterwards whether it has it whole. Files below 8 MiB go up in one request,
    /// others in parts, of which two are on their way together. Cut connections, time-outs and a server's own trouble are
    /// tried again for a while; see [`super::RetryPolicy`].
    ///
    /// Given `resumed`, only what is missing is sent. It begins anew, with a line in the log, when the file does not hold
    /// any more what was sent of it, when another key is asked for, or when the server does not know the upload.
    ///
    /// With [`Existing::Keep`] the key is looked up before anything is sent and once more before the parts become the
    /// object; who writes to it between that and the end is not noticed. To keys that may not list the bucket S3 says of a
    /// missing object that they may not see it: that counts as missing.
    ///
    /// Parts that nobody goes on with stay at the server until [`Bucket::abandon`], or until the bucket's own rules remove
    /// them.
    ///
    /// # Errors
    /// [`UploadStopped`]. The file is only ever read.
    pub async fn upload(
        &self,
        request: UploadRequest<'_>,
        observer: &mut dyn UploadObserver,
        cancel: &CancellationToken,
    ) -> Result<Delivered, UploadStopped> {
        tokio::select! {
            biased;
            ended = self.upload_to_the_end(request, observer) => ended,
            () = cancel.cancelled() => Err(UploadStopped::Cancelled),
        }
    }

    /// Tells the server to throw away what arrived of an upload. One that it does not know is as good as thrown away.
    ///
    /// # Errors
    /// When the server cannot be told or refuses.
    pub async fn abandon(&self, upload: &Upload) -> Result<(), BucketError> {
        let path = self.object_path(&upload.key)?;
        match observed(self.store.abort_multipart(&path, &upload.upload_id)).await {
            Ok(()) => Ok(()),
            Err(Trouble::Refused(refusal)) if refusal.is_not_found() => Ok(()),
            Err(trouble) => Err(self.error("end uploads", Some(&upload.key), trouble)),
        }
    }

    async fn upload_to_the_end(
        &self,
        request: UploadRequest<'_>,
        observer: &mut dyn UploadObserver,
    ) -> Result<Delivered, UploadStopped> {
        let source = Source::open(request.file).await?;
        let found = self.look_up_if_allowed(request.key).await?;
        let resumed = self.still_good(request.resumed.as_ref(), request.key, &source).await?;
        if let (Some(found), Existing::Keep) = (&found, request.existing) {
            // A run that ended before it heard the last answer may have finished the object.
            let ours = resumed.is_some_and(|upload| upload.is_whole() && upload.size == found.size);
            return if ours {
                Ok(self.delivered(request.key, found.size))
            } else {
                Err(self.exists_already(request.key))
            };
        }
        if source.size() < PART {
            return self.send_whole(&request, &source, observer).await;
        }
        let replaces = found.and_then(|found| found.e_tag);
        if let Some(upload) = resumed {
            match self.send_in_parts(upload.clone(), &request, &source, observer).await {
                Err(Ended::Unknown) => {
                    tracing::warn!(key = request.key, "the server does not know the upload; it begins anew");
                    self.throw_away(upload).await;
                }
                Err(Ended::Stopped(stopped)) => return Err(stopped),
                Ok(delivered) => return Ok(delivered),
            }
        }
        let upload = self.begin(&request, source.size(), replaces).await?;
        match self.send_in_parts(upload, &request, &source, observer).await {
            Err(Ended::Unknown) => Err(self.forgotten(request.key).into()),
            Err(Ended::Stopped(stopped)) => Err(stopped),
            Ok(delivered) => Ok(delivered),
        }
    }

    /// The object that has the key, as far as these keys may see it.
    pub(super) async fn look_up_if_allowed(&self, key: &str) -> Result<Option<ObjectMeta>, BucketError> {
        match self.look_up(key).await {
            Err(BucketError::AccessDenied { .. }) => Ok(None),
            looked_up => looked_up,
        }
    }

    /// The upload to go on with; what cannot be gone on with is thrown away at the server.
    async fn still_good<'a>(
        &self,
        resumed: Option<&'a Upload>,
        key: &str,
        source: &Source,
    ) -> Result<Option<&'a Upload>, BucketError> {
        let Some(upload) = resumed else { return Ok(None) };
        if upload.key == key && upload.is_sound(source.size()) && source.holds(upload).await? {
            return Ok(Some(upload));
        }
        tracing::warn!(key, "the file is not the one whose upload was cut; it begins anew");
        self.throw_away(upload).await;
        Ok(None)
    }

    /// Abandons an upload that nobody goes on with.
    async fn throw_away(&self, upload: &Upload) {
        if let Err(error) = self.abandon(upload).await {
            tracing::warn!(%error, "what had arrived of the earlier upload was left at the server");
        }
    }

    async fn send_whole(
        &self,
        request: &UploadRequest<'_>,
        source: &Source,
        observer: &mut dyn UploadObserver,
    ) -> Result<Delivered, UploadStopped> {
        let size = source.size();
        observer.progressed(0, size);
        if let Some(hold) = observer.hold() {
            hold.await;
        }
        let path = self.object_path(request.key)?;
        let content = source.read(Stretch { number: 1, offset: 0, size }).await?;
        source.expect_unchanged().await?;
        let options = PutOptions { attributes: attributes(request.content_type), ..PutOptions::default() };
        let put = self.store.put_opts(&path, PutPayload::from_bytes(content.bytes), options);
        self.call("write objects", Some(request.key), put).await?;
        self.expect_object(request.key, size).await?;
        observer.progressed(size, size);
        Ok(self.delivered(request.key, size))
    }

    /// # Errors
    /// [`BucketError::SizeDiffers`] or [`BucketError::NotThere`] when the server does not have what was sent.
    pub(super) async fn expect_object(&self, key: &str, sent: u64) -> Result<(), BucketError> {
        let place = self.place(Some(key));
        match self.exists(key).await? {
            Some(found) if found == sent => Ok(()),
            Some(found) => Err(BucketError::SizeDiffers { sent, found, place }),
            None => Err(BucketError::NotThere { place }),
        }
    }

    pub(super) fn delivered(&self, key: &str, size: u64) -> Delivered {
        Delivered { url: self.url(key), key: key.to_owned(), size }
    }

    pub(super) fn exists_already(&self, key: &str) -> UploadStopped {
        BucketError::ObjectExists { place: self.place(Some(key)) }.into()
    }
}

/// What is said of the object. A media type that no header can carry is left out.
pub(super) fn attributes(content_type: &str) -> Attributes {
    let printable =
        !content_type.is_empty() && content_type.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    let content_type = if printable { content_type } else { "application/octet-stream" };
    Attributes::from_iter([(Attribute::ContentType, content_type.to_owned())])
}
