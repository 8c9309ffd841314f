//! From one HTTP request to one answer.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Map, Value};

use super::Shared;
use crate::ApiError;
use crate::actions::{Answer, act, ask};
use crate::authentication::authenticate;
use crate::metrics::{self, Gathered};
use crate::request::Received;

/// The most bytes of a request's body.
const MOST_BODY_BYTES: usize = 1024 * 1024;
/// How long a request's body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-acs-request-id");
const RETRY_AFTER: HeaderName = HeaderName::from_static("x-acs-retry-after");

type Body = Full<Bytes>;

impl Shared {
    pub(super) async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<Body> {
        match (request.method(), request.uri().path()) {
            (&(Method::GET | Method::HEAD), "/healthz") => {
                text("text/plain; charset=utf-8", "ok\n".to_owned())
            }
            (&(Method::GET | Method::HEAD), "/metrics") => self.metrics().await,
            _ => {
                let id = request_id();
                let answered = self.call(request).await;
                envelope(id, answered)
            }
        }
    }

    async fn metrics(&self) -> Response<Body> {
        let figures = self.runner.figures();
        match ask(&self.engine, move |engine| Gathered::new(engine, figures)).await {
            Ok(gathered) => text(metrics::CONTENT_TYPE, gathered.text()),
            Err(error) => envelope(request_id(), Err(error)),
        }
    }

    async fn call(&self, request: Request<Incoming>) -> Result<Answer, ApiError> {
        if request.uri().path() != "/" {
            let message = "Actions are asked for at /, figures at /metrics and /healthz.";
            return Err(ApiError::not_found("InvalidAction.NotFound", message));
        }
        if !matches!(*request.method(), Method::GET | Method::POST) {
            return Err(ApiError::method());
        }
        let (parts, body) = request.into_parts();
        let body = read_body(body).await?;
        let received = Received::read(&parts, body)?;
        // The keyring may let wait, and the library, too.
        let now = jiff::Timestamp::now();
        let key = tokio::task::block_in_place(|| authenticate(&*self.engine, &received, now))?;
        act(&self.engine, &self.runner, key, &received).await
    }
}

async fn read_body(body: Incoming) -> Result<Bytes, ApiError> {
    let whole = tokio::time::timeout(BODY_PATIENCE, Limited::new(body, MOST_BODY_BYTES).collect());
    match whole.await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(ApiError::too_large(MOST_BODY_BYTES)),
        Ok(Err(_)) => Err(ApiError::malformed("The request's body is cut off or cannot be read.")),
        Err(_) => Err(ApiError::too_slow()),
    }
}

/// The protocol's form of an answer or an error.
fn envelope(id: String, answered: Result<Answer, ApiError>) -> Response<Body> {
    let (status, mut fields, retry_after) = match answered {
        Ok(fields) => (StatusCode::OK, fields, None),
        Err(ApiError { status, code, message, retry_after }) => {
            let fields = [("Code".to_owned(), Value::from(code)), ("Message".to_owned(), message.into())];
            (status, Map::from_iter(fields), retry_after)
        }
    };
    let header = HeaderValue::from_str(&id);
    fields.insert("RequestId".to_owned(), id.into());
    let mut response = text("application/json; charset=utf-8", Value::from(fields).to_string());
    *response.status_mut() = status;
    if let Ok(id) = header {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    if let Some(milliseconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, milliseconds.into());
    }
    response
}

fn text(kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Full::new(body.into()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An id in the form of the service's: a random UUID in capitals.
fn request_id() -> String {
    let mut bits = [0; 16];
    if let Err(error) = getrandom::fill(&mut bits) {
        // The id only helps to find a request in a log; an answer without a good one is better than none.
        tracing::warn!(%error, "a request gets no id of its own");
    }
    let digits: String = bits.iter().map(|byte| format!("{byte:02X}")).collect();
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}
