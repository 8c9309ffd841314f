//! Places as people paste them, one a line.

use std::path::PathBuf;

use model::MediaLocation;
use model::job::MediaAddress;

use crate::{Code, Failure};

/// A file that stays out, and why.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The file as it was given.
    pub path: PathBuf,
    /// The rule it breaks or what is wrong with it.
    pub failure: Failure,
}

/// A line without the quotation marks that file managers and terminals put around paths.
fn unquoted(line: &str) -> &str {
    let line = line.trim();
    ['"', '\'']
        .into_iter()
        .find_map(|mark| line.strip_prefix(mark).and_then(|line| line.strip_suffix(mark)))
        .unwrap_or(line)
}

/// The videos that a pasted text names, and the lines that name none.
pub(crate) fn read_lines(text: &str) -> (Vec<MediaLocation>, Vec<Refusal>) {
    let (mut locations, mut refused) = (Vec::new(), Vec::new());
    for line in text.lines().map(unquoted).filter(|line| !line.is_empty()) {
        match read_address(line) {
            Ok(location) => locations.push(location),
            Err(failure) => refused.push(Refusal { path: line.into(), failure }),
        }
    }
    (locations, refused)
}

fn read_address(line: &str) -> Result<MediaLocation, Failure> {
    let address = MediaAddress::parse(line)
        .map_err(|rule| Failure::new(Code::InvalidRequest, format!("A pasted line {rule}.")))?;
    if address.location().local_path().is_some_and(|path| !path.is_absolute()) {
        let message = "This is no whole path. Paste one that begins at the root, or use Open….";
        return Err(Failure::new(Code::FileNotFound, message));
    }
    Ok(address.location().clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_line_is_read_as_people_copy_paths() {
        for (line, path) in [
            ("/videos/talk.mp4", "/videos/talk.mp4"),
            ("  '/videos/my talk.mp4' ", "/videos/my talk.mp4"),
            ("\"/videos/talk.mp4\"", "/videos/talk.mp4"),
            ("file:///videos/my%20talk.mp4", "/videos/my talk.mp4"),
            (" https://example.org/talk.mp4?v=1", "https://example.org/talk.mp4?v=1"),
            ("\"s3://bucket/talk.mp4\"", "s3://bucket/talk.mp4"),
        ] {
            assert_eq!(read_address(unquoted(line)).unwrap().to_bytes(), path.as_bytes(), "{line}");
        }
        for line in ["talk.mp4", "https://", "s3://bucket", "gopher://x/y"] {
            assert!(read_address(line).is_err(), "{line} must be refused");
        }
    }
}
