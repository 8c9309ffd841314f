//! Paths in documents: as text where they are Unicode, as bytes where they are not, so that no file name of the editor's
//! disk makes a document impossible to save. For `#[serde(with = "model::path_text")]`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Bytes { bytes: Vec<u8> },
}

/// Writes a path.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    let written = match path.to_str() {
        Some(text) => Written::Text(text.to_owned()),
        None => Written::Bytes { bytes: path.as_os_str().as_encoded_bytes().to_vec() },
    };
    written.serialize(serializer)
}

/// Reads a path.
///
/// # Errors
/// When it is none, or one that only another system can hold.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    match Written::deserialize(deserializer)? {
        Written::Text(text) => Ok(text.into()),
        Written::Bytes { bytes } => {
            path_from(bytes).ok_or_else(|| D::Error::custom("a path of another system"))
        }
    }
}

/// The path that these bytes are on this system; `None` when they cannot be one. File names are bytes on Unix, not
/// necessarily UTF-8.
#[must_use]
#[cfg(unix)]
pub fn path_from(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(bytes).into())
}

/// The path that these bytes are on this system; `None` when they cannot be one.
#[must_use]
#[cfg(not(unix))]
pub fn path_from(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

/// A file's name for people: whatever is not Unicode is replaced.
pub(crate) fn name_of(path: &Path) -> String {
    let name: &OsStr = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
