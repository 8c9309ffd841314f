//! A request as it was received, apart from the connection it came over.

use bytes::Bytes;
use hyper::http::request::Parts;
use hyper::{Method, header};

use crate::signature::Signed;
use crate::{ApiError, Parameters};

/// The most headers of a request; clients send about fifteen.
pub(crate) const MOST_HEADERS: usize = 64;
const FORM: &str = "application/x-www-form-urlencoded";

/// A request of the protocol, whole, and read as far as its form goes.
#[derive(Debug)]
pub struct Received {
    method: Method,
    query: Parameters,
    headers: Vec<(String, String)>,
    body: Bytes,
    /// From query and form.
    pub parameters: Parameters,
}

impl Received {
    /// Reads a request to `/`.
    ///
    /// # Errors
    /// Its query, a header or its form cannot be read, or can be read in two ways.
    pub fn read(parts: &Parts, body: Bytes) -> Result<Self, ApiError> {
        let query = Parameters::parse(parts.uri.query().unwrap_or_default())?;
        let mut headers = Vec::with_capacity(parts.headers.len());
        for (name, value) in &parts.headers {
            let value = value.to_str().map_err(|_| {
                ApiError::malformed(format!("The header {name} holds other characters than ASCII's."))
            })?;
            headers.push((name.as_str().to_owned(), value.to_owned()));
        }
        let form = if body.is_empty() { Parameters::default() } else { read_form(parts, &body)? };
        let parameters = query.clone().joined(form)?;
        Ok(Self { method: parts.method.clone(), query, headers, body, parameters })
    }

    /// A header's value; `None` when it is not there or there twice.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values =
            self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim());
        values.next().filter(|value| !value.is_empty() && values.next().is_none())
    }

    /// The names of all headers.
    pub(crate) fn header_names(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(|(name, _)| name.as_str())
    }

    /// What the protocol carries in a header, or else in a parameter.
    pub(crate) fn common(&self, header: &str, parameter: &str) -> Result<&str, ApiError> {
        self.header(header)
            .or_else(|| self.parameters.get(parameter))
            .ok_or_else(|| ApiError::missing(parameter))
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// As somebody on the way would.
    #[cfg(test)]
    pub(crate) fn exchange_body(&mut self, body: &'static str) {
        self.body = Bytes::from_static(body.as_bytes());
    }

    /// What of it is signed.
    #[must_use]
    pub fn signed(&self) -> Signed<'_> {
        Signed { method: self.method.as_str(), query: &self.query, headers: &self.headers, body: &self.body }
    }
}

fn read_form(parts: &Parts, body: &[u8]) -> Result<Parameters, ApiError> {
    let named = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = named.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case(FORM) {
        return Err(ApiError::bad("UnsupportedMediaType", format!("A request's body must be {FORM}.")));
    }
    let text = std::str::from_utf8(body).map_err(|_| ApiError::malformed("The form is not UTF-8."))?;
    Parameters::parse(text)
}
