//! Uploads in parts, from their beginning to the object.

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use object_store::multipart::{MultipartStore, PartId};
use object_store::path::Path as ObjectPath;
use object_store::{PutMultipartOptions, PutPayload};

use super::parts::{SentPart, Stretch, Upload, part_size};
use super::source::Source;
use super::transport::{Trouble, observed};
use super::upload::{Delivered, UploadObserver, UploadRequest, UploadStopped, attributes};
use super::{Bucket, BucketError};
use crate::Existing;

/// Parts that are on their way together. Two keep a line busy while one waits for its answer; more would cost memory.
const AT_ONCE: usize = 2;

/// Why an upload in parts did not reach its end.
pub(super) enum Ended {
    /// The server does not know it any more.
    Unknown,
    Stopped(UploadStopped),
}

impl<E: Into<UploadStopped>> From<E> for Ended {
    fn from(error: E) -> Self {
        Self::Stopped(error.into())
    }
}

impl Bucket {
    pub(super) async fn begin(
        &self,
        request: &UploadRequest<'_>,
        size: u64,
        replaces: Option<String>,
    ) -> Result<Upload, BucketError> {
        let path = self.object_path(request.key)?;
        let options = PutMultipartOptions {
            attributes: attributes(request.content_type),
            ..PutMultipartOptions::default()
        };
        let create = self.store.create_multipart_opts(&path, options);
        let upload_id = self.call("write objects", Some(request.key), create).await?;
        Ok(Upload {
            key: request.key.to_owned(),
            upload_id,
            size,
            part_size: part_size(size),
            replaces,
            parts: Vec::new(),
        })
    }

    pub(super) async fn send_in_parts(
        &self,
        mut upload: Upload,
        request: &UploadRequest<'_>,
        source: &Source,
        observer: &mut dyn UploadObserver,
    ) -> Result<Delivered, Ended> {
        let path = self.object_path(request.key)?;
        observer.keep(&upload).map_err(UploadStopped::NotKept)?;
        observer.progressed(upload.sent(), upload.size);
        self.send_missing(&path, &mut upload, source, observer).await?;
        source.expect_unchanged().await?;
        self.complete(&path, &upload, request.existing).await?;
        Ok(self.delivered(request.key, upload.size))
    }

    /// Sends what is missing. When a part fails, those on their way are waited for, so that they need not be sent again.
    async fn send_missing(
        &self,
        path: &ObjectPath,
        upload: &mut Upload,
        source: &Source,
        observer: &mut dyn UploadObserver,
    ) -> Result<(), Ended> {
        let id = upload.upload_id.clone();
        let mut missing = upload.missing().into_iter();
        let mut under_way = FuturesUnordered::new();
        let mut failed = None;
        loop {
            while failed.is_none()
                && under_way.len() < AT_ONCE
                && observer.hold().is_none()
                && let Some(stretch) = missing.next()
            {
                under_way.push(self.send_part(path, &id, source, stretch));
            }
            match under_way.next().await {
                None if failed.is_some() || missing.as_slice().is_empty() => {
                    return failed.map_or(Ok(()), Err);
                }
                None => {
                    if let Some(hold) = observer.hold() {
                        hold.await;
                    }
                }
                Some(Ok(part)) => {
                    upload.enter(part);
                    observer.keep(upload).map_err(UploadStopped::NotKept)?;
                    observer.progressed(upload.sent(), upload.size);
                }
                Some(Err(ended)) => failed = failed.or(Some(ended)),
            }
        }
    }

    async fn send_part(
        &self,
        path: &ObjectPath,
        id: &String,
        source: &Source,
        stretch: Stretch,
    ) -> Result<SentPart, Ended> {
        let content = source.read(stretch).await?;
        let index = stretch.number.saturating_sub(1) as usize;
        let put = self.store.put_part(path, id, index, PutPayload::from_bytes(content.bytes));
        let PartId { content_id: receipt } =
            observed(put).await.map_err(|trouble| self.ended(path, trouble))?;
        Ok(SentPart { number: stretch.number, size: stretch.size, content: content.hash, receipt })
    }

    /// Makes the parts the object.
    async fn complete(&self, path: &ObjectPath, upload: &Upload, existing: Existing) -> Result<(), Ended> {
        if existing == Existing::Keep && self.look_up_if_allowed(&upload.key).await?.is_some() {
            return Err(self.exists_already(&upload.key).into());
        }
        let parts = upload.parts.iter().map(|part| PartId { content_id: part.receipt.clone() }).collect();
        let complete = self.store.complete_multipart(path, &upload.upload_id, parts);
        match observed(complete).await.map_err(|trouble| self.ended(path, trouble)) {
            Ok(_) => Ok(self.expect_object(&upload.key, upload.size).await?),
            Err(Ended::Unknown) if self.was_completed(upload).await? => Ok(()),
            Err(ended) => Err(ended),
        }
    }

    /// Whether an upload that the server does not know is one that it has finished, whose answer was lost.
    async fn was_completed(&self, upload: &Upload) -> Result<bool, BucketError> {
        let Some(found) = self.look_up(&upload.key).await? else { return Ok(false) };
        Ok(found.size == upload.size && (upload.replaces.is_none() || found.e_tag != upload.replaces))
    }

    fn ended(&self, path: &ObjectPath, trouble: Trouble) -> Ended {
        match trouble {
            Trouble::Refused(refusal) if refusal.forgot_upload() => Ended::Unknown,
            trouble => self.error("write objects", Some(path.as_ref()), trouble).into(),
        }
    }

    /// An upload that was begun a moment ago is not known any more: somebody tidies up, or the server is broken.
    pub(super) fn forgotten(&self, key: &str) -> BucketError {
        let (status, code) = (404, Some("NoSuchUpload".to_owned()));
        BucketError::Refused { action: "go on with the upload", status, code, place: self.place(Some(key)) }
    }
}
