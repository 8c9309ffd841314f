//! What was asked of the server.

use std::collections::BTreeMap;

use hyper::Request;
use hyper::header::{AUTHORIZATION, CONTENT_LENGTH, HOST};

/// A request as it came in, without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Request {
    /// `GET`, `PUT`…
    pub method: String,
    /// The host that was asked for, with its port.
    pub host: String,
    /// The path as it was sent, percent-encoded.
    pub path: String,
    /// The query, as it was sent.
    pub query: BTreeMap<String, String>,
    /// Headers by their lower-case names.
    pub headers: BTreeMap<String, String>,
    /// Bytes that the body was said to have.
    pub length: u64,
}

impl S3Request {
    pub(super) fn of<B>(request: &Request<B>) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), value.to_owned())
        };
        let text =
            |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = request.headers().iter();
        let headers: BTreeMap<_, _> =
            headers.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        Self {
            method: request.method().to_string(),
            host: headers.get(HOST.as_str()).cloned().unwrap_or_default(),
            path: request.uri().path().to_owned(),
            query: query.split('&').filter(|text| !text.is_empty()).map(pair).collect(),
            length: headers.get(CONTENT_LENGTH.as_str()).and_then(|text| text.parse().ok()).unwrap_or(0),
            headers,
        }
    }

    /// The number of the part that it brings.
    #[must_use]
    pub fn part(&self) -> Option<u32> {
        let number = self.query.get("partNumber").filter(|_| self.method == "PUT")?;
        number.parse().ok()
    }

    /// Whether it makes parts an object.
    #[must_use]
    pub fn completes(&self) -> bool {
        self.method == "POST" && self.query.contains_key("uploadId")
    }

    /// Whether it comes with a checksum beside the one in its signature.
    #[must_use]
    pub fn has_checksum(&self) -> bool {
        self.headers.keys().any(|name| name.starts_with("x-amz-checksum-"))
    }

    /// The bucket that it is about, from before the host or from the path.
    pub(super) fn bucket(&self) -> &str {
        let before_host = self.host.split_once(".localhost").map(|(bucket, _)| bucket);
        before_host.or_else(|| self.path.split('/').nth(1)).unwrap_or_default()
    }

    /// What it was signed with and for: `AKIA…/20260101/us-east-1/s3/aws4_request`.
    fn scope(&self) -> Option<String> {
        let in_query = self.query.get("X-Amz-Credential").map(|scope| scope.replace("%2F", "/"));
        in_query.or_else(|| {
            let header = self.headers.get(AUTHORIZATION.as_str())?;
            let (_, after) = header.split_once("Credential=")?;
            after.split(',').next().map(str::to_owned)
        })
    }

    pub(super) fn access_key_id(&self) -> Option<String> {
        self.scope()?.split('/').next().map(str::to_owned)
    }

    pub(super) fn region(&self) -> Option<String> {
        self.scope()?.split('/').nth(2).map(str::to_owned)
    }
}
