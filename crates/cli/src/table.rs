//! The answer as a table for people.

use engine::model::job::{AiResult, HighlightResult, ResultRange};
use unicode_width::UnicodeWidthStr;

/// The titles of the columns.
const TITLES: [&str; 5] = ["Start", "End", "Length", "Score", "Why"];

/// One block a material, one line a highlight.
pub(crate) fn table(result: &AiResult) -> String {
    result.highlight_results.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn block(result: &HighlightResult) -> String {
    let mut lines = vec![result.media.clone()];
    if let Some(error) = &result.error {
        lines.push(format!("  failed: {}", error.message));
    }
    if !result.time_ranges.is_empty() {
        let rows: Vec<[String; 5]> =
            std::iter::once(TITLES.map(str::to_owned)).chain(result.time_ranges.iter().map(row)).collect();
        lines.extend(aligned(&rows));
    }
    lines.extend(
        result
            .time_ranges
            .iter()
            .filter_map(|range| range.output_url.as_ref())
            .map(|url| format!("  wrote {url}")),
    );
    lines.extend(result.notice.iter().map(|notice| format!("  {notice}")));
    lines.join("\n") + "\n"
}

fn row(range: &ResultRange) -> [String; 5] {
    let length = range.range.duration().as_seconds();
    let why = range.tags.iter().map(|tag| format!("[{tag}]")).chain(range.reasons.iter().cloned());
    [
        range.range.start.to_string(),
        range.range.end.to_string(),
        format!("{length:.2} s"),
        range.score.map(|score| format!("{score:.2}")).unwrap_or_default(),
        why.collect::<Vec<_>>().join("; "),
    ]
}

/// Columns side by side: numbers to the right, the last column as it is.
fn aligned(rows: &[[String; 5]]) -> Vec<String> {
    let last = TITLES.len() - 1;
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..last).map(width).collect();
    rows.iter()
        .map(|row| {
            let numbers = widths.iter().zip(row).map(|(width, cell)| format!("{cell:>width$}"));
            format!("  {}  {}", numbers.collect::<Vec<_>>().join("  "), row[last]).trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use engine::model::{MediaTime, TimeRange};

    use super::*;

    #[test]
    fn every_material_has_its_highlights_or_its_failure() {
        let range = ResultRange {
            range: TimeRange::new(MediaTime::from_millis(61_500), MediaTime::from_millis(76_000)),
            tags: Vec::new(),
            output_url: Some("/clips/0.mp4".to_owned()),
            media_id: None,
            score: Some(0.876),
            reasons: vec!["loudness at 1:05.00, the strongest of this video".to_owned()],
        };
        let result = AiResult {
            highlight_results: vec![
                HighlightResult::found(
                    "talk.mp4",
                    vec![range],
                    Some("1 of 5 highlights were found.".to_owned()),
                ),
                HighlightResult::failed("none.mp4", "FileNotFound", "The file is not there"),
            ],
        };
        let expected = "\
talk.mp4
    Start      End   Length  Score  Why
  1:01.50  1:16.00  14.50 s   0.88  loudness at 1:05.00, the strongest of this video
  wrote /clips/0.mp4
  1 of 5 highlights were found.

none.mp4
  failed: The file is not there
";
        assert_eq!(table(&result), expected);
    }
}
