//! What lies between the object store's client and the network: every answer is taken whole, and of a refusal only what
//! may be shown goes any further.

use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use http::Method;
use http_body_util::{BodyExt, Limited};
use object_store::ClientOptions;
use object_store::client::{
    DnsFuture, DnsResolver, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpService, ReqwestConnector,
};

use super::profile::is_localhost;
use super::refusal::Refusal;

/// Why a call did not get what it asked for.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The server answered, and not with success.
    Refused(Refusal),
    /// No connection came about.
    Unreachable(io::Error),
    /// The connection ended, or nothing came over it for too long.
    Interrupted(io::Error),
    /// The server answered with success and in words that are not S3's.
    NotUnderstood,
}

type Seen = Arc<Mutex<Option<Trouble>>>;

tokio::task_local! {
    /// The trouble that the last request of the call under way met. The object store's own errors repeat what the server
    /// said, keys and all, so they are dropped unread; this says why instead.
    static SEEN: Seen;
}

/// Makes a call of the object store's client and says what went wrong in terms that may be shown.
pub(super) async fn observed<T>(call: impl Future<Output = object_store::Result<T>>) -> Result<T, Trouble> {
    let seen = Seen::default();
    let outcome = SEEN.scope(seen.clone(), call).await;
    outcome.map_err(|_may_hold_secrets| {
        let trouble = seen.lock().unwrap_or_else(PoisonError::into_inner).take();
        trouble.unwrap_or(Trouble::NotUnderstood)
    })
}

fn note(trouble: Option<Trouble>) {
    // Outside of `observed` nobody asks.
    let _ = SEEN.try_with(|seen| *seen.lock().unwrap_or_else(PoisonError::into_inner) = trouble);
}

/// Connects as the object store would and observes what is exchanged.
#[derive(Debug)]
pub(super) struct ObservingConnector;

impl HttpConnector for ObservingConnector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let inner = ReqwestConnector::default().connect(options)?;
        Ok(HttpClient::new(Observer(inner)))
    }
}

#[derive(Debug)]
struct Observer(HttpClient);

#[async_trait]
impl HttpService for Observer {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let method = request.method().clone();
        match self.exchange(request).await {
            Ok((head, body)) => {
                let refusal = Refusal::of(&method, &head, &body);
                let body = refusal.as_ref().map_or(body, Refusal::as_body);
                note(refusal.map(Trouble::Refused));
                Ok(HttpResponse::from_parts(head, body.into()))
            }
            Err(error) => {
                note(Some(trouble_of(&error)));
                Err(worth_another_try(error))
            }
        }
    }
}

/// Bytes of an answer that are taken: S3's own are a few kilobytes, the longest a list of a thousand keys.
const ANSWER: usize = 4 << 20;

impl Observer {
    async fn exchange(&self, request: HttpRequest) -> Result<(http::response::Parts, Bytes), HttpError> {
        let bodiless = request.method() == Method::HEAD;
        let (head, body) = self.0.execute(request).await?.into_parts();
        if bodiless {
            return Ok((head, Bytes::new()));
        }
        let whole = Limited::new(body, ANSWER).collect().await;
        let whole = whole.map_err(|source| HttpError::new_boxed(HttpErrorKind::Interrupted, source))?;
        Ok((head, whole.to_bytes()))
    }
}

/// A connection that ended in a way the client has no name for ended all the same: all our requests may be repeated.
fn worth_another_try(error: HttpError) -> HttpError {
    match error.kind() {
        HttpErrorKind::Unknown | HttpErrorKind::Decode => HttpError::new(HttpErrorKind::Interrupted, error),
        _ => error,
    }
}

fn trouble_of(error: &HttpError) -> Trouble {
    let cause = deepest(error);
    match error.kind() {
        HttpErrorKind::Connect => Trouble::Unreachable(cause),
        _ => Trouble::Interrupted(cause),
    }
}

/// The deepest cause of a failure, in words: it is the system's or the TLS library's, and those above it only say that
/// sending failed.
pub(super) fn deepest(error: &(dyn std::error::Error + 'static)) -> io::Error {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    io::Error::other(cause.to_string())
}

/// The system's resolver, but for names below `localhost`: not every system knows that they are this machine
/// (RFC 6761, section 6.3), and a local server may want the bucket before its host.
#[derive(Debug)]
pub(super) struct Resolver;

impl DnsResolver for Resolver {
    fn resolve(&self, host: &str) -> DnsFuture {
        let host = host.to_owned();
        Box::pin(async move {
            let name = if is_localhost(&host) { "localhost" } else { &host };
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect::<Vec<IpAddr>>())
        })
    }
}
