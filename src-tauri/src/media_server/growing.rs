//! A file that is played while it is being written.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::io::AsyncReadExt;
use tokio::sync::watch;

use super::{Body, status_only};

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;
/// How long nothing new is waited for before the file is looked at again.
const GLANCE: Duration = Duration::from_millis(20);

pub(super) struct GrowingFile {
    path: PathBuf,
    /// True once nothing more is written.
    whole: watch::Receiver<bool>,
}

impl GrowingFile {
    pub(super) fn new(path: &Path, whole: watch::Receiver<bool>) -> Self {
        Self { path: path.to_owned(), whole }
    }

    /// Everything from the beginning on, as it comes: nobody knows how long it will be, so that there are no ranges.
    pub(super) async fn answer(&self, request: &Request<Incoming>) -> Response<Body> {
        let file = match tokio::fs::File::open(&self.path).await {
            Ok(file) => file,
            Err(error) => {
                tracing::debug!(%error, "what was begun for the player is gone");
                return status_only(StatusCode::NOT_FOUND);
            }
        };
        let body = if *request.method() == Method::HEAD {
            Full::new(Bytes::new()).map_err(|never| match never {}).boxed()
        } else {
            follow(file, self.whole.clone())
        };
        let mut response = Response::new(body);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("video/mp4"));
        response
    }
}

/// The bytes of a file until it is whole.
fn follow(file: tokio::fs::File, whole: watch::Receiver<bool>) -> Body {
    let chunks = futures_util::stream::try_unfold((file, whole), |(mut file, mut whole)| async move {
        let mut chunk = BytesMut::with_capacity(CHUNK);
        loop {
            // Asked before reading: what was written until then is read in any case.
            let ended = *whole.borrow();
            if file.read_buf(&mut chunk).await? > 0 {
                return Ok(Some((Frame::data(chunk.freeze()), (file, whole))));
            }
            if ended {
                return Ok::<_, io::Error>(None);
            }
            // Who writes may be gone; then nothing more comes.
            if let Ok(Err(_)) = tokio::time::timeout(GLANCE, whole.changed()).await {
                return Ok(None);
            }
        }
    });
    StreamBody::new(chunks).boxed()
}
