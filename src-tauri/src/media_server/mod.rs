//! Hands media files to the window's player over loopback HTTP.
//!
//! WebKitGTK plays media from no custom scheme, so the player needs a real server. It answers to nobody else: it binds a
//! loopback port, every address carries a session token and a file token of 128 random bits each, only files that the
//! application registered are served, and a file is checked again each time it is opened.

mod file;
mod growing;
mod range;

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use constant_time_eq::constant_time_eq;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use file::RegisteredFile;
use growing::GrowingFile;

/// A player opens a handful of connections; more is a mistake or an attack.
const MOST_CONNECTIONS: usize = 32;
/// How long a connection may take to send its request's head, also between two requests.
const IDLE: Duration = Duration::from_secs(60);
/// The most bytes a request's head may have.
const MOST_HEAD_BYTES: usize = 16 * 1024;

type Body = BoxBody<Bytes, io::Error>;

/// What is served under one address.
#[derive(Clone)]
enum Served {
    File(Arc<RegisteredFile>),
    Growing(Arc<GrowingFile>),
}

/// The server; it ends with the runtime it was started on.
#[derive(Clone)]
pub(crate) struct MediaServer {
    shared: Arc<Shared>,
}

struct Shared {
    address: SocketAddr,
    session: String,
    /// The page's origin, the only one that may read what is served.
    page_origin: &'static str,
    files: Mutex<HashMap<String, Served>>,
}

impl MediaServer {
    /// Binds a free loopback port and serves in the background.
    pub(crate) async fn start(page_origin: &'static str) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let shared = Arc::new(Shared {
            address: listener.local_addr()?,
            session: token()?,
            page_origin,
            files: Mutex::default(),
        });
        tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { shared })
    }

    /// The address under which the player finds `path`; the same again for the same unchanged file.
    pub(crate) fn register(&self, path: &Path) -> io::Result<String> {
        let file = RegisteredFile::open(path)?;
        let mut files = self.shared.files.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |known: &Served| matches!(known, Served::File(known) if **known == file);
        let known = files.iter().find(|(_, known)| is_it(known)).map(|(token, _)| token.clone());
        let token = match known {
            Some(token) => token,
            None => {
                let fresh = token()?;
                files.insert(fresh.clone(), Served::File(Arc::new(file)));
                fresh
            }
        };
        Ok(self.address_of(&token))
    }

    /// The address of a file that is still being written until `whole` says otherwise. It takes the place of the one before: one stretch
    /// is watched at a time.
    pub(crate) fn register_growing(&self, path: &Path, whole: watch::Receiver<bool>) -> io::Result<String> {
        let fresh = token()?;
        let mut files = self.shared.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|_, served| matches!(served, Served::File(_)));
        files.insert(fresh.clone(), Served::Growing(Arc::new(GrowingFile::new(path, whole))));
        Ok(self.address_of(&fresh))
    }

    fn address_of(&self, token: &str) -> String {
        format!("http://{}/m/{}/{token}/media", self.shared.address, self.shared.session)
    }
}

/// 128 random bits in hexadecimal digits.
fn token() -> io::Result<String> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(io::Error::other)?;
    Ok(bits.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    converse(stream, shared).await;
                    drop(place);
                });
            }
            Err(error) => tracing::warn!(%error, "a connection of the player was not accepted"),
        }
    }
}

async fn converse(stream: TcpStream, shared: Arc<Shared>) {
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, Infallible>(shared.answer(&request).await) }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .max_buf_size(MOST_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection of the player ended early");
    }
}

impl Shared {
    async fn answer(&self, request: &Request<Incoming>) -> Response<Body> {
        let mut response = match self.find(request) {
            Ok(Served::File(file)) => file.answer(request).await,
            Ok(Served::Growing(file)) => file.answer(request).await,
            Err(status) => status_only(status),
        };
        self.protect(response.headers_mut());
        response
    }

    /// The file a request may have, or why it may not.
    fn find(&self, request: &Request<Incoming>) -> Result<Served, StatusCode> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        let headers = request.headers();
        let is =
            |name, expected: &str| headers.get(name).map(|value| value.as_bytes() == expected.as_bytes());
        if is(header::HOST, &self.address.to_string()) != Some(true)
            || is(header::ORIGIN, self.page_origin) == Some(false)
        {
            return Err(StatusCode::FORBIDDEN);
        }
        let mut parts = request.uri().path().split('/').skip(1);
        let (Some("m"), Some(session), Some(file)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(StatusCode::NOT_FOUND);
        };
        if !constant_time_eq(session.as_bytes(), self.session.as_bytes()) {
            return Err(StatusCode::NOT_FOUND);
        }
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let found = files.iter().find(|(token, _)| constant_time_eq(token.as_bytes(), file.as_bytes()));
        found.map(|(_, served)| served.clone()).ok_or(StatusCode::NOT_FOUND)
    }

    fn protect(&self, headers: &mut HeaderMap) {
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static(self.page_origin));
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
    }
}

fn status_only(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Empty::new().map_err(|never| match never {}).boxed());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests;
