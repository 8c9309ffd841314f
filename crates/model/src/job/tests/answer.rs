//! The answer's JSON, byte by byte.

use crate::job::*;
use crate::{Highlight, MediaTime, Reason, Signal, SoundEvent, Tag, TimeRange};

fn range(start: i64, end: i64) -> TimeRange {
    TimeRange::new(MediaTime::from_micros(start), MediaTime::from_micros(end))
}

fn result(range: TimeRange) -> ResultRange {
    ResultRange {
        range,
        tags: Vec::new(),
        output_url: None,
        media_id: None,
        score: None,
        reasons: Vec::new(),
    }
}

#[test]
fn an_answer_has_the_contracts_keys_in_their_order() {
    let highlight = Highlight {
        range: range(12_000_000, 27_041_708),
        score: 0.912_345,
        tags: vec![Tag { name: "laugh".to_owned(), range: range(14_000_000, 16_000_000), confidence: 0.9 }],
        reasons: vec![Reason {
            signal: Signal::Loudness,
            event: None,
            strength: 0.987,
            at: MediaTime::from_micros(14_500_000),
        }],
    };
    let full = ResultRange {
        output_url: Some("file:///out/1.mp4".to_owned()),
        media_id: Some("0123".to_owned()),
        ..ResultRange::from(&highlight)
    };
    let answer = AiResult {
        highlight_results: vec![
            HighlightResult::found("a.mp4", vec![full, result(range(0, 3_000_000))], None),
            HighlightResult::found("b.mp4", Vec::new(), Some("Nothing stands out.".to_owned())),
            HighlightResult::failed("c.mp4", "fileNotFound", "There is no such file."),
        ],
    };
    assert_eq!(
        serde_json::to_string(&answer).expect("an answer can be written"),
        concat!(
            r#"{"HighlightResults":[{"Media":"a.mp4","TimeRanges":[{"In":0,"Out":3},"#,
            r#"{"In":12,"Out":27.041,"Tags":["laugh"],"OutputURL":"file:///out/1.mp4","MediaId":"0123","#,
            r#""Score":0.912,"Reasons":["loudness 2 s in, stronger than in 98 % of this video"]}]},"#,
            r#"{"Media":"b.mp4","TimeRanges":[],"Notice":"Nothing stands out."},"#,
            r#"{"Media":"c.mp4","TimeRanges":[],"Error":{"Code":"fileNotFound","Message":"There is no such file."}}]}"#
        )
    );
}

/// The shape of the service's own example: one clip of the first material, two of the second, whole seconds as integers,
/// one running number for all clips. What is ours and says nothing is not there.
#[test]
fn an_answer_of_the_services_own_example_has_its_shape() {
    let exported = |index: usize, start: i64, end: i64, tags: &[&str]| ResultRange {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        output_url: Some(format!("http://test-bucket.oss-cn-shanghai.aliyuncs.com/output_{index}.mp4")),
        media_id: Some(format!("{index:032x}")),
        ..result(range(start * 1_000_000, end * 1_000_000))
    };
    let first = "0123456789abcdef0123456789abcdef";
    let second = "oss://test-bucket/film.mp4";
    let answer = AiResult {
        highlight_results: vec![
            HighlightResult::found(first, vec![exported(0, 10, 25, &["打斗", "哭泣"])], None),
            HighlightResult::found(
                second,
                vec![exported(1, 0, 15, &[]), exported(2, 30, 45, &["Fight"])],
                None,
            ),
        ],
    };
    let expected = concat!(
        r#"{"HighlightResults":["#,
        r#"{"Media":"0123456789abcdef0123456789abcdef","TimeRanges":["#,
        r#"{"In":10,"Out":25,"Tags":["打斗","哭泣"],"#,
        r#""OutputURL":"http://test-bucket.oss-cn-shanghai.aliyuncs.com/output_0.mp4","#,
        r#""MediaId":"00000000000000000000000000000000"}]},"#,
        r#"{"Media":"oss://test-bucket/film.mp4","TimeRanges":["#,
        r#"{"In":0,"Out":15,"OutputURL":"http://test-bucket.oss-cn-shanghai.aliyuncs.com/output_1.mp4","#,
        r#""MediaId":"00000000000000000000000000000001"},"#,
        r#"{"In":30,"Out":45,"Tags":["Fight"],"#,
        r#""OutputURL":"http://test-bucket.oss-cn-shanghai.aliyuncs.com/output_2.mp4","#,
        r#""MediaId":"00000000000000000000000000000002"}]}]}"#,
    );
    assert_eq!(serde_json::to_string(&answer).expect("an answer can be written"), expected);
    let ranges_only = HighlightResult::found(first, vec![result(range(12_500_000, 27_000_000))], None);
    assert_eq!(
        serde_json::to_string(&ranges_only).expect("an answer can be written"),
        r#"{"Media":"0123456789abcdef0123456789abcdef","TimeRanges":[{"In":12.5,"Out":27}]}"#,
        "without an export there are time ranges alone"
    );
}

#[test]
fn seconds_have_at_most_three_decimals_and_stay_inside_the_material() {
    for (start, end, written) in [
        (0, 1_000_000, r#"{"In":0,"Out":1}"#),
        (41_708, 10_010_000, r#"{"In":0.042,"Out":10.01}"#),
        (100_000, 7_199_999_999, r#"{"In":0.1,"Out":7199.999}"#),
        (999_600, 2_000_999, r#"{"In":1,"Out":2}"#),
    ] {
        assert_eq!(serde_json::to_string(&result(range(start, end))).expect("a range"), written);
    }
}

#[test]
fn a_score_is_always_a_share() {
    for (score, written) in [(1.0, "1"), (0.5, "0.5"), (f32::NAN, "0"), (7.0, "1"), (-0.2, "0")] {
        let scored = ResultRange { score: Some(score), ..result(range(0, 1_000_000)) };
        let expected = format!(r#"{{"In":0,"Out":1,"Score":{written}}}"#);
        assert_eq!(serde_json::to_string(&scored).expect("a range"), expected);
    }
}

#[test]
fn reasons_are_words() {
    let laughter = Some(SoundEvent::Laughter);
    for (signal, event, strength, words) in [
        (Signal::Voice, None, 0.9999, "voice 12 s in, stronger than in 99 % of this video"),
        (Signal::CutRate, None, 1.0, "fast cutting 12 s in, the strongest in this video"),
        (Signal::SoundEvents, laughter, 1.0, "laughter 12 s in, the strongest in this video"),
        (
            Signal::SoundEvents,
            Some(SoundEvent::Gunshot),
            0.5,
            "shots 12 s in, stronger than in 50 % of this video",
        ),
    ] {
        let reason = Reason { signal, event, strength, at: MediaTime::from_millis(3_723_459) };
        assert_eq!(reason_in_words(&reason, range(3_711_000_000, 3_726_000_000)), words);
    }
}
