//! Where a media file is, as a person or a client writes it.

use std::fmt;
use std::path::PathBuf;

use crate::location::percent_decoded;
#[cfg(unix)]
use crate::path_text;
use crate::{MediaLocation, ObjectStore};

/// The address of a media file. It keeps the text as given, because the answer names the material by it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MediaAddress {
    text: String,
    location: MediaLocation,
}

/// The rule that [`MediaAddress::parse`] tells when an address is none.
const FORMS: &str =
    "must be a path, or an address that begins with file://, http://, https://, s3:// or oss://";

impl MediaAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// The rule it breaks: `must …`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let location = if text.trim().is_empty() {
            Err("must not be empty".to_owned())
        } else if text.contains('\0') {
            Err("must not contain a NUL character".to_owned())
        } else {
            locate(text)
        }?;
        Ok(Self { text: text.to_owned(), location })
    }

    /// A file of this machine. Text that is not Unicode is shown with replacement characters; the path itself is kept.
    #[must_use]
    pub fn local_file(path: PathBuf) -> Self {
        Self { text: path.to_string_lossy().into_owned(), location: MediaLocation::LocalFile(path) }
    }

    /// The address as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it leads to.
    #[must_use]
    pub fn location(&self) -> &MediaLocation {
        &self.location
    }
}

impl fmt::Debug for MediaAddress {
    /// Without the query of an address, which may hold a signature.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.location.fmt(f)
    }
}

impl fmt::Display for MediaAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn locate(text: &str) -> Result<MediaLocation, String> {
    let Some((scheme, rest)) = split_scheme(text) else {
        return Ok(MediaLocation::LocalFile(PathBuf::from(text)));
    };
    match scheme.to_ascii_lowercase().as_str() {
        "file" => file(rest),
        "http" | "https" if host(rest).is_empty() => {
            Err("must name a host after http:// or https://".to_owned())
        }
        // Addresses are kept, shown and answered with: a secret in them would go everywhere.
        "http" | "https" if host(rest).contains('@') => {
            Err("must not contain a user name or password".to_owned())
        }
        "http" | "https" => Ok(MediaLocation::Web(text.to_owned())),
        "s3" => object(ObjectStore::S3, rest),
        "oss" => object(ObjectStore::Oss, rest),
        _ => Err(FORMS.to_owned()),
    }
}

/// Text as it may be shown, whatever it is: with `…` in place of a user name and password.
pub(super) fn without_user(text: &str) -> String {
    let user = split_scheme(text).and_then(|(scheme, rest)| Some((scheme, host(rest).rfind('@')?, rest)));
    user.map_or_else(|| text.to_owned(), |(scheme, end, rest)| format!("{scheme}://…{}", &rest[end..]))
}

/// `scheme://rest`; `None` for a path. A Windows drive (`C:\`) is no scheme.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let others = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    (first && others).then_some((scheme, rest))
}

fn host(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn object(store: ObjectStore, rest: &str) -> Result<MediaLocation, String> {
    match rest.split_once('/') {
        Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => {
            Ok(MediaLocation::Object { store, bucket: bucket.to_owned(), key: key.to_owned() })
        }
        _ => Err("must name a bucket and a key, as in s3://bucket/key".to_owned()),
    }
}

/// The rest of a `file://` address. `?` and `#` are taken as part of the name: people paste such names, and a local file
/// has neither query nor fragment.
fn file(rest: &str) -> Result<MediaLocation, String> {
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return Err("must name a file of this machine, as in file:///folder/video.mp4".to_owned());
    }
    let bytes = percent_decoded(path);
    if bytes.len() < 2 || bytes.contains(&0) {
        return Err("must name a file after file://".to_owned());
    }
    let path = path_from(bytes).ok_or("must be UTF-8 after decoding its percent signs")?;
    Ok(MediaLocation::LocalFile(path))
}

/// The path in an address.
#[cfg(unix)]
fn path_from(bytes: Vec<u8>) -> Option<PathBuf> {
    path_text::path_from(bytes)
}

/// `/C:/folder` is `C:/folder` here.
#[cfg(not(unix))]
fn path_from(bytes: Vec<u8>) -> Option<PathBuf> {
    let text = String::from_utf8(bytes).ok()?;
    let drive = text.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if drive { text[1..].to_owned() } else { text }))
}
