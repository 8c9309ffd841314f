//! The header `Authorization`.

use crate::ApiError;

use super::ALGORITHM;

/// The longest key id that is looked up.
const MOST_KEY_CHARACTERS: usize = 128;
/// A SHA-256 in hexadecimal digits.
const SIGNATURE_DIGITS: usize = 64;
/// The most headers that are signed; clients sign about ten.
const MOST_HEADERS: usize = 64;

/// Who signed what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The access key's id.
    pub key: String,
    /// The names of the signed headers, in small letters, sorted.
    pub headers: Vec<String>,
    /// The signature, 64 hexadecimal digits.
    pub signature: String,
}

impl Authorization {
    /// Reads `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=a;b,Signature=…`.
    ///
    /// # Errors
    /// `IncompleteSignature`, saying what is missing or of another form.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        let wrong = |what: &str| ApiError::bad("IncompleteSignature", what.to_owned());
        let rest = text.trim().strip_prefix(ALGORITHM).and_then(|rest| rest.strip_prefix(' '));
        let rest = rest.ok_or_else(|| wrong(&format!("Sign with {ALGORITHM}.")))?;
        let (mut key, mut headers, mut signature) = (None, None, None);
        for part in rest.split(',') {
            let (name, value) =
                part.trim().split_once('=').ok_or_else(|| wrong("A part of Authorization has no value."))?;
            let place = match name {
                "Credential" => &mut key,
                "SignedHeaders" => &mut headers,
                "Signature" => &mut signature,
                _ => return Err(wrong("Authorization has a part that is not known.")),
            };
            if place.replace(value).is_some() {
                return Err(wrong("A part of Authorization is there twice."));
            }
        }
        let (Some(key), Some(headers), Some(signature)) = (key, headers, signature) else {
            return Err(wrong("Authorization needs Credential, SignedHeaders and Signature."));
        };
        if key.is_empty() || key.len() > MOST_KEY_CHARACTERS {
            return Err(wrong("Credential is no access key id."));
        }
        if signature.len() != SIGNATURE_DIGITS || !signature.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(wrong("Signature must be 64 hexadecimal digits."));
        }
        let headers: Vec<String> = headers.split(';').map(str::to_owned).collect();
        let is_name = |name: &String| !name.is_empty() && !name.bytes().any(|byte| byte.is_ascii_uppercase());
        // Strictly rising, so that no header is named twice.
        if headers.len() > MOST_HEADERS
            || !headers.iter().all(is_name)
            || !headers.is_sorted_by(|before, after| before < after)
        {
            return Err(wrong("SignedHeaders must be names in small letters, sorted, each once."));
        }
        Ok(Self { key: key.to_owned(), headers, signature: signature.to_ascii_lowercase() })
    }
}
