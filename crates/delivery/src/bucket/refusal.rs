//! What may be known of a server's refusal.

use bytes::Bytes;
use http::response::Parts;
use http::{Method, StatusCode};

/// A refusal without the server's words: S3 repeats access key ids, signatures and whole requests in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The HTTP status.
    pub(super) status: u16,
    /// S3's own word for it, such as `NoSuchBucket`; absent in answers to HEAD.
    pub(super) code: Option<String>,
    /// The region that the bucket is in, where the server tells.
    pub(super) region: Option<String>,
    /// The host that the bucket is to be asked for at, where the server tells.
    pub(super) endpoint: Option<String>,
    /// Whether the refusal is about a checksum.
    pub(super) names_checksum: bool,
}

/// The longest code and region that are believed.
const WORD: usize = 64;
/// The longest name of a host (RFC 1035, section 2.3.4).
const HOST: usize = 253;

impl Refusal {
    /// The refusal in an answer, if it is one. S3 may answer a POST with success and an error in the body.
    pub(super) fn of(method: &Method, head: &Parts, body: &Bytes) -> Option<Self> {
        let text = String::from_utf8_lossy(body);
        let late = *method == Method::POST && text.contains("<Error>");
        if head.status.is_success() && !late {
            return None;
        }
        let header = head.headers.get("x-amz-bucket-region").and_then(|value| value.to_str().ok());
        Some(Self {
            status: head.status.as_u16(),
            code: element(&text, "Code").filter(|code| is_code(code)).map(str::to_owned),
            region: header
                .or_else(|| element(&text, "Region"))
                .filter(|region| is_region(region))
                .map(str::to_owned),
            endpoint: element(&text, "Endpoint").filter(|host| is_host(host)).map(str::to_owned),
            // Only what is said to people: what was signed names the checksum's header in any case.
            names_checksum: element(&text, "Message").is_some_and(names_checksum),
        })
    }

    /// The refusal as a body for the object store's client, which looks for some codes in order to try again.
    pub(super) fn as_body(&self) -> Bytes {
        let code = self.code.as_deref().unwrap_or_default();
        Bytes::from(format!("<Error><Code>{code}</Code></Error>"))
    }

    pub(super) fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND.as_u16()
    }

    /// Whether the server does not know the upload any more, or not all of its parts.
    pub(super) fn forgot_upload(&self) -> bool {
        matches!(self.code.as_deref(), Some("NoSuchUpload" | "InvalidPart"))
    }
}

fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = text.split_once(&format!("<{name}>"))?;
    let (inside, _) = after.split_once("</")?;
    Some(inside.trim())
}

/// Codes are words of letters, with dots at some servers. Anything else may be a part of the request.
fn is_code(text: &str) -> bool {
    (1..=WORD).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphabetic() || c == '.')
}

fn is_region(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=WORD).contains(&text.len()) && text.chars().all(plain)
}

fn is_host(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    text.len() <= HOST && text.contains('.') && text.chars().all(plain)
}

fn names_checksum(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.contains("checksum") || text.contains("x-amz-sdk")
}
