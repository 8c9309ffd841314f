//! One file that the player may read.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::range::{self, Wanted};
use super::{Body, status_only};

/// Bytes read at once: large enough for a disk, small enough to give up quickly when the player seeks away.
const CHUNK: usize = 256 * 1024;

/// A file as it was when it was registered; another one in its place is not served.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RegisteredFile {
    path: PathBuf,
    identity: Identity,
}

/// What tells one file from another.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    length: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    device_and_inode: (u64, u64),
}

impl Identity {
    fn of(metadata: &std::fs::Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            device_and_inode: (metadata.dev(), metadata.ino()),
        }
    }
}

impl RegisteredFile {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        Ok(Self { path: path.to_owned(), identity: Identity::of(&metadata) })
    }

    pub(super) async fn answer(&self, request: &Request<Incoming>) -> Response<Body> {
        match self.try_answer(request).await {
            Ok(response) => response,
            Err(error) => {
                tracing::warn!(%error, path = %self.path.display(), "a file cannot be served to the player");
                status_only(StatusCode::NOT_FOUND)
            }
        }
    }

    async fn try_answer(&self, request: &Request<Incoming>) -> io::Result<Response<Body>> {
        let mut file = tokio::fs::File::open(&self.path).await?;
        if Identity::of(&file.metadata().await?) != self.identity {
            return Err(io::Error::other("it is no longer the file that was registered"));
        }
        let length = self.identity.length;
        let asked = request.headers().get(header::RANGE).and_then(|value| value.to_str().ok());
        let (status, part) = match range::parse(asked, length) {
            Wanted::Whole => (StatusCode::OK, 0..length),
            Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
            Wanted::Unsatisfiable => {
                let mut response = status_only(StatusCode::RANGE_NOT_SATISFIABLE);
                insert(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
                return Ok(response);
            }
        };
        let body = if *request.method() == Method::HEAD {
            Full::new(Bytes::new()).map_err(|never| match never {}).boxed()
        } else {
            file.seek(io::SeekFrom::Start(part.start)).await?;
            stream(file, part.end - part.start)
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        insert(&mut response, header::CONTENT_LENGTH, &(part.end - part.start).to_string());
        insert(&mut response, header::ACCEPT_RANGES, "bytes");
        insert(&mut response, header::CONTENT_TYPE, media_type(&self.path));
        if status == StatusCode::PARTIAL_CONTENT {
            let range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            insert(&mut response, header::CONTENT_RANGE, &range);
        }
        Ok(response)
    }
}

fn insert(response: &mut Response<Body>, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The next `length` bytes of a file, read as the player takes them.
fn stream(file: tokio::fs::File, length: u64) -> Body {
    let chunks = futures_util::stream::try_unfold((file, length), |(mut file, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let mut chunk = BytesMut::with_capacity(CHUNK);
        let read = (&mut file).take(left).read_buf(&mut chunk).await?;
        if read == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file became shorter"));
        }
        Ok(Some((Frame::data(chunk.freeze()), (file, left - read as u64))))
    });
    StreamBody::new(chunks).boxed()
}

/// The media type by the file's ending; the player looks into the file itself for the rest.
fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("mov") => "video/quicktime",
        Some("webm") => "video/webm",
        Some("mp3") => "audio/mpeg",
        Some("m4a") => "audio/mp4",
        Some("wav") => "audio/wav",
        Some("ogg" | "oga" | "opus") => "audio/ogg",
        Some("flac") => "audio/flac",
        _ => "video/mp4",
    }
}
