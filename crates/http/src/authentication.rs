//! Who sent a request, and that nobody changed it, kept it for later or sends it again.

use constant_time_eq::constant_time_eq;
use engine::{AccessSecret, Engine, Failure, Timestamp};
use jiff::SignedDuration;

use crate::request::Received;
use crate::signature::{Authorization, hash};
use crate::{ApiError, time};

/// How far a request's date may be from this machine's clock, before and after.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// The longest nonce that is remembered.
const MOST_NONCE_BYTES: usize = 128;
/// What has to be signed beside every `x-acs-` header, where it is there.
const ALWAYS_SIGNED: [&str; 2] = ["host", "content-type"];

/// What is asked of whoever knows the keys.
pub(crate) trait Keys {
    /// The secret of a key; `None` when there is no such key.
    fn secret(&self, id: &str) -> Result<Option<AccessSecret>, Failure>;
    /// Notes that a request was taken; false when it was taken before.
    fn take_nonce(&self, id: &str, nonce: &str, expires: Timestamp) -> Result<bool, Failure>;
}

impl Keys for Engine {
    fn secret(&self, id: &str) -> Result<Option<AccessSecret>, Failure> {
        self.access_secret(id)
    }

    fn take_nonce(&self, id: &str, nonce: &str, expires: Timestamp) -> Result<bool, Failure> {
        self.take_nonce(id, nonce, expires)
    }
}

/// The id of the key that signed the request.
pub(crate) fn authenticate(
    keys: &impl Keys,
    request: &Received,
    now: jiff::Timestamp,
) -> Result<String, ApiError> {
    let Authorization { key, headers, signature } = Authorization::parse(need(request, "authorization")?)?;
    let date = time::read(need(request, "x-acs-date")?).ok_or_else(|| {
        ApiError::bad("InvalidTimeStamp.Format", "x-acs-date must be UTC as in 2026-01-02T03:04:05Z.")
    })?;
    let nonce = need(request, "x-acs-signature-nonce")?;
    if nonce.len() > MOST_NONCE_BYTES {
        let message = format!("x-acs-signature-nonce may have at most {MOST_NONCE_BYTES} characters.");
        return Err(ApiError::bad("IncompleteSignature", message));
    }
    check_signed_names(request, &headers)?;
    if date.duration_since(now).abs() > WINDOW {
        let message =
            "The request's date is more than 15 minutes off. Set the clock, and send requests at once.";
        return Err(ApiError::bad("InvalidTimeStamp.Expired", message));
    }
    let body_hash = need(request, "x-acs-content-sha256")?.to_ascii_lowercase();
    if !constant_time_eq(body_hash.as_bytes(), hash(request.body()).as_bytes()) {
        return Err(mismatch("x-acs-content-sha256 is not the SHA-256 of the body that arrived."));
    }
    let secret = keys.secret(&key).map_err(|failure| ApiError::of_failure(&failure))?.ok_or_else(|| {
        ApiError::not_found("InvalidAccessKeyId.NotFound", "The access key is not known here.")
    })?;
    let expected = request.signed().signature(&headers, secret.secret_access_key())?;
    if !constant_time_eq(expected.as_bytes(), signature.as_bytes()) {
        return Err(mismatch("The signature is another one than this access key's secret makes."));
    }
    // Last, so that nobody without the secret can use up a nonce.
    let expires = Timestamp(date.as_millisecond().saturating_add(WINDOW.as_millis() as i64));
    let fresh = keys.take_nonce(&key, nonce, expires).map_err(|failure| ApiError::of_failure(&failure))?;
    if fresh {
        Ok(key)
    } else {
        let message = "This very request was taken already. Sign each request with a nonce of its own.";
        Err(ApiError::bad("SignatureNonceUsed", message))
    }
}

fn need<'a>(request: &'a Received, name: &str) -> Result<&'a str, ApiError> {
    request.header(name).ok_or_else(|| {
        let message = format!("The header {name} is needed exactly once. Every request is signed.");
        ApiError::bad("IncompleteSignature", message)
    })
}

/// What is not signed could be changed on the way.
fn check_signed_names(request: &Received, signed: &[String]) -> Result<(), ApiError> {
    let mut needed =
        request.header_names().filter(|name| ALWAYS_SIGNED.contains(name) || name.starts_with("x-acs-"));
    match needed.find(|name| !signed.iter().any(|known| known == name)) {
        Some(name) => {
            Err(ApiError::bad("IncompleteSignature", format!("The header {name} has to be signed as well.")))
        }
        None if signed.iter().any(|name| name == "host") => Ok(()),
        None => Err(ApiError::bad("IncompleteSignature", "The header host has to be there and signed.")),
    }
}

fn mismatch(message: &str) -> ApiError {
    ApiError::bad("SignatureDoesNotMatch", message)
}

#[cfg(test)]
mod tests;
