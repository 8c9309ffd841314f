//! Moments as the protocol writes them: UTC, whole seconds.

use engine::Timestamp;

/// As in `2026-01-02T03:04:05Z`; empty for a moment that no calendar holds.
pub(crate) fn written(moment: Timestamp) -> String {
    jiff::Timestamp::from_second(moment.0.div_euclid(1000))
        .map(|moment| moment.to_string())
        .unwrap_or_default()
}

/// The moment that a text of that form names; nothing else is a moment.
pub(crate) fn read(text: &str) -> Option<jiff::Timestamp> {
    // `2026-01-02T03:04:05Z`, and not what else the parser would take.
    let is_form = text.len() == 20 && text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T');
    text.parse().ok().filter(|_| is_form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_it_is_read() {
        let text = "2026-01-02T03:04:05Z";
        let moment = read(text).expect("a moment");
        assert_eq!(written(Timestamp(moment.as_millisecond() + 999)), text);
        for other in ["2026-01-02 03:04:05Z", "2026-01-02T03:04:05+00:00", "2026-13-02T03:04:05Z", "", "now"]
        {
            assert_eq!(read(other), None, "{other} is not of the protocol's form");
        }
    }
}
