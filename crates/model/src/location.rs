//! Where a media file is.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::path_text;

/// Where a media file is. Documents keep it as one text: a path, or an address that begins with `http://`, `https://`,
/// `s3://` or `oss://`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum MediaLocation {
    /// A file of this machine, from a path or a `file://` address (decoded).
    LocalFile(PathBuf),
    /// An `http://` or `https://` address.
    Web(String),
    /// An object in a bucket, from `s3://bucket/key` or `oss://bucket/key`.
    Object {
        /// Whose bucket.
        store: ObjectStore,
        /// Its name.
        bucket: String,
        /// The object's key, without a leading `/`.
        key: String,
    },
}

/// Whose bucket an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectStore {
    /// `s3://`
    S3,
    /// `oss://`
    Oss,
}

impl ObjectStore {
    /// What its addresses begin with, before `://`.
    #[must_use]
    pub const fn scheme(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Oss => "oss",
        }
    }
}

impl MediaLocation {
    /// The file's path when it is one of this machine.
    #[must_use]
    pub fn local_path(&self) -> Option<&Path> {
        match self {
            Self::LocalFile(path) => Some(path),
            Self::Web(_) | Self::Object { .. } => None,
        }
    }

    /// The file's name, for people.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::LocalFile(path) => path_text::name_of(path),
            Self::Web(address) => last_part(without_query(address)),
            Self::Object { key, .. } => last_part(key),
        }
    }

    /// The file's name without its ending, for names that follow from it.
    #[must_use]
    pub fn stem(&self) -> String {
        let name = self.name();
        Path::new(&name).file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned())
    }

    /// Its lasting form: a path's own bytes, or the address.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::LocalFile(path) => path.as_os_str().as_encoded_bytes().to_vec(),
            Self::Web(address) => address.clone().into_bytes(),
            Self::Object { store, bucket, key } => object_address(*store, bucket, key).into_bytes(),
        }
    }

    /// Reads what [`MediaLocation::to_bytes`] gave; `None` for a path that only another system can hold.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let address = std::str::from_utf8(&bytes).ok().and_then(Self::of_address);
        address.or_else(|| path_text::path_from(bytes).map(Self::LocalFile))
    }

    /// A location elsewhere; a path is none.
    fn of_address(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let object = |store| {
            let (bucket, key) = rest.split_once('/')?;
            Some(Self::Object { store, bucket: bucket.to_owned(), key: key.to_owned() })
        };
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => Some(Self::Web(text.to_owned())),
            "s3" => object(ObjectStore::S3),
            "oss" => object(ObjectStore::Oss),
            _ => None,
        }
    }
}

impl fmt::Display for MediaLocation {
    /// For messages: without the query of an address, which may hold a signature.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LocalFile(path) => path.display().fmt(f),
            Self::Web(address) => f.write_str(without_query(address)),
            Self::Object { store, bucket, key } => f.write_str(&object_address(*store, bucket, key)),
        }
    }
}

impl fmt::Debug for MediaLocation {
    /// As for messages: what is logged must hold no signature either.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MediaLocation({self})")
    }
}

impl Serialize for MediaLocation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::LocalFile(path) => path_text::serialize(path, serializer),
            Self::Web(address) => serializer.serialize_str(address),
            Self::Object { store, bucket, key } => {
                serializer.serialize_str(&object_address(*store, bucket, key))
            }
        }
    }
}

impl<'de> Deserialize<'de> for MediaLocation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = path_text::deserialize(deserializer)?;
        Ok(path.to_str().and_then(Self::of_address).unwrap_or(Self::LocalFile(path)))
    }
}

fn object_address(store: ObjectStore, bucket: &str, key: &str) -> String {
    format!("{}://{bucket}/{key}", store.scheme())
}

fn without_query(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

fn last_part(address: &str) -> String {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    String::from_utf8_lossy(&percent_decoded(name)).into_owned()
}

/// Decodes `%41`; a percent sign without two hexadecimal digits after it stays.
pub(crate) fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> MediaLocation {
        MediaLocation::from_bytes(text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn a_location_comes_back_from_its_lasting_form() {
        for text in [
            "/videos/talk.mp4",
            "relative/talk.mp4",
            "https://example.org/a/talk%20one.mp4?v=2",
            "s3://bucket/folder/talk.mp4",
            "oss://bucket/talk.mp4",
            "/odd/http://name.mp4",
        ] {
            let location = located(text);
            assert_eq!(location.to_bytes(), text.as_bytes(), "{text}");
            let json = serde_json::to_string(&location).unwrap();
            assert_eq!(json, format!("\"{text}\""), "a document keeps it as one text");
            assert_eq!(serde_json::from_str::<MediaLocation>(&json).unwrap(), location);
        }
        assert_eq!(located("/odd/http://name.mp4").local_path(), Some(Path::new("/odd/http://name.mp4")));
    }

    #[test]
    fn a_location_is_named_by_its_last_part_and_shown_without_a_signature() {
        for (text, name, stem, shown) in [
            ("/videos/talk.one.mp4", "talk.one.mp4", "talk.one", "/videos/talk.one.mp4"),
            (
                "https://example.org/a/talk%20one.mp4?signature=secret",
                "talk one.mp4",
                "talk one",
                "https://example.org/a/talk%20one.mp4",
            ),
            ("https://example.org", "example.org", "example", "https://example.org"),
            ("s3://bucket/folder/talk.mp4", "talk.mp4", "talk", "s3://bucket/folder/talk.mp4"),
        ] {
            let location = located(text);
            assert!(!format!("{location:?}").contains("secret"), "{location:?}");
            assert_eq!(
                (location.name().as_str(), location.stem().as_str(), location.to_string().as_str()),
                (name, stem, shown),
                "{text}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_unicode_is_kept() {
        let bytes = b"/videos/caf\xe9.mp4".to_vec();
        let location = MediaLocation::from_bytes(bytes.clone()).unwrap();
        assert_eq!(location.to_bytes(), bytes);
        let json = serde_json::to_string(&location).unwrap();
        assert_eq!(serde_json::from_str::<MediaLocation>(&json).unwrap(), location);
    }
}
