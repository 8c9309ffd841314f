//! From certainty along time to stretches in which something happens.

use model::{Series, TimeRange};

use crate::weights::Certainty;

/// Where a certainty reaches `starts`, and from there as far as it does not fall below the share of it that `HOLDS`, with
/// its peak.
pub(crate) fn stretches(
    series: &Series,
    certainty: Certainty,
) -> impl Iterator<Item = (TimeRange, f32)> + '_ {
    let holds = certainty.starts * Certainty::HOLDS;
    let whole = series.values();
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < whole.len() {
            let start = next + whole[next..].iter().position(|value| *value >= holds)?;
            let length = whole[start..].iter().position(|value| *value < holds);
            let end = length.map_or(whole.len(), |length| start + length);
            next = end;
            let peak = whole[start..end].iter().copied().fold(0.0, f32::max);
            let range = TimeRange::new(series.time(start), series.time(end));
            if peak >= certainty.starts && range.duration() >= certainty.least {
                return Some((range, peak));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use model::MediaTime;

    use super::*;

    /// Digits are tenths of certainty, half a second each; expected are first and last hop and the peak.
    #[track_caller]
    fn check(strip: &str, expected: &[(i64, i64)]) {
        let hop = MediaTime::from_millis(500);
        let values = strip.bytes().map(|digit| f32::from(digit - b'0') / 10.0).collect();
        let series = Series::new(hop, values);
        let certainty = Certainty { starts: 0.6, least: MediaTime::from_millis(1000) };
        let found: Vec<_> = stretches(&series, certainty)
            .map(|(range, _)| (range.start.as_micros() / 500_000, range.end.as_micros() / 500_000))
            .collect();
        assert_eq!(found, expected, "the stretches of {strip}");
    }

    #[test]
    fn a_stretch_starts_where_it_is_certain_and_goes_on_while_it_is_likely() {
        check("0035763400", &[(2, 8)]);
        check("0034540000", &[]);
        check("0660006600", &[(1, 3), (6, 8)]);
        check("0009000000", &[]);
        check("6666", &[(0, 4)]);
        check("", &[]);
    }
}
