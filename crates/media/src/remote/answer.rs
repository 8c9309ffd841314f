//! What the headers of an answer to a range request say.

use std::ops::Range;
use std::time::Duration;

use ureq::http::HeaderMap;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_RANGE, ETAG, LAST_MODIFIED, RETRY_AFTER};

use super::RemoteVersion;

/// Which bytes an answer holds, of how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentRange {
    /// `None` where the server has no byte of the range that was asked for.
    pub(crate) bytes: Option<Range<u64>>,
    pub(crate) size: u64,
}

/// `bytes 0-99/1000` or `bytes */1000`, as RFC 9110 (section 14.4) writes them; `None` for anything else, such as a
/// file whose size the server does not know.
pub(crate) fn content_range(headers: &HeaderMap) -> Option<ContentRange> {
    let value = headers.get(CONTENT_RANGE)?.to_str().ok()?.trim();
    let (unit, rest) = value.split_once(' ')?;
    let (range, size) = rest.trim().split_once('/')?;
    let size: u64 = size.trim().parse().ok()?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    if range.trim() == "*" {
        return Some(ContentRange { bytes: None, size });
    }
    let (first, last) = range.trim().split_once('-')?;
    let (first, last): (u64, u64) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last && last < size).then(|| ContentRange { bytes: Some(first..last + 1), size })
}

/// Which version an answer is of.
pub(crate) fn version(headers: &HeaderMap, size: u64) -> RemoteVersion {
    let tag = [ETAG, LAST_MODIFIED]
        .iter()
        .find_map(|name| headers.get(name).and_then(|value| value.to_str().ok()))
        .map(str::to_owned);
    RemoteVersion { size, tag }
}

/// True when the bytes are packed, so that their places are not the file's.
pub(crate) fn is_packed(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|encoding| {
        !encoding.to_str().is_ok_and(|name| name.trim().eq_ignore_ascii_case("identity"))
    })
}

/// The seconds that a busy server asks to be left alone; dates are left out, the clocks need not agree.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_ranges_are_believed() {
        let check = |value: &str, expected: Option<(Option<Range<u64>>, u64)>| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_RANGE, value.parse().expect("a header's value"));
            let found = content_range(&headers).map(|range| (range.bytes, range.size));
            assert_eq!(found, expected, "what {value:?} means");
        };
        check("bytes 0-99/1000", Some((Some(0..100), 1000)));
        check("Bytes 5-5/6", Some((Some(5..6), 6)));
        check("bytes */0", Some((None, 0)));
        check("bytes 0-99/*", None);
        check("bytes 9-5/100", None);
        check("bytes 0-100/100", None);
        check("bytes 0-18446744073709551615/100", None);
        check("lines 0-9/100", None);
        check("nonsense", None);
    }

    #[test]
    fn the_tag_is_the_etag_or_else_the_time() {
        let mut headers = HeaderMap::new();
        assert_eq!(version(&headers, 7).tag, None, "a server may say neither");
        headers.insert(LAST_MODIFIED, "Mon, 02 Jan 2026 03:04:05 GMT".parse().expect("a header's value"));
        assert_eq!(version(&headers, 7).tag.as_deref(), Some("Mon, 02 Jan 2026 03:04:05 GMT"));
        headers.insert(ETAG, "\"one\"".parse().expect("a header's value"));
        assert_eq!(version(&headers, 7), RemoteVersion { size: 7, tag: Some("\"one\"".to_owned()) });
    }
}
