//! `ACS3-HMAC-SHA256`: what a client signs, and the signature itself.
//!
//! The text that is signed has six parts, one a line: method, path, canonical query, canonical headers (each a line), the
//! names of the signed headers, and the SHA-256 of the body in hexadecimal digits. Its SHA-256 behind the algorithm's name is
//! what the secret is applied to.

mod authorization;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::{ApiError, Parameters};

pub use authorization::Authorization;

/// The algorithm's name, the only one that is known.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// What of a request is signed.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// The request's method, in capitals.
    pub method: &'a str,
    /// The query's parameters; those of a form are signed by the body's hash.
    pub query: &'a Parameters,
    /// All headers, their names in small letters; which of them are signed is said apart.
    pub headers: &'a [(String, String)],
    /// The body.
    pub body: &'a [u8],
}

impl Signed<'_> {
    /// The text that is signed, with the headers of these names in this order.
    ///
    /// # Errors
    /// A named header is not there, or there twice.
    pub fn canonical_request(&self, names: &[String]) -> Result<String, ApiError> {
        let mut headers = String::new();
        for name in names {
            let mut values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value);
            let (Some(value), None) = (values.next(), values.next()) else {
                let message = format!("The signed header {name} must be there exactly once.");
                return Err(ApiError::bad("IncompleteSignature", message));
            };
            headers.extend([name, ":", value.trim(), "\n"]);
        }
        let (method, query, names) = (self.method, self.query.canonical(), names.join(";"));
        Ok([method, "/", &query, &headers, &names, &hash(self.body)].join("\n"))
    }

    /// The signature by `secret`, in hexadecimal digits, over the headers of these names.
    ///
    /// # Errors
    /// As [`Self::canonical_request`].
    pub fn signature(&self, names: &[String], secret: &str) -> Result<String, ApiError> {
        let text = format!("{ALGORITHM}\n{}", hash(self.canonical_request(names)?.as_bytes()));
        // A key of any length can be used, so the error cannot come.
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| ApiError::internal())?;
        mac.update(text.as_bytes());
        Ok(hexadecimal(&mac.finalize().into_bytes()))
    }
}

/// SHA-256 in hexadecimal digits.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
