//! The words for every broken rule, kept as snapshots to be read as a client reads them.

use std::fmt::Write;

use crate::MediaTime;
use crate::job::*;

fn report<T: std::fmt::Debug>(
    documents: &[&str],
    parse: impl Fn(&str) -> Result<Parsed<T>, Faults>,
) -> String {
    let mut report = String::new();
    for document in documents {
        let faults = parse(document).expect_err(document);
        assert!(faults.0.iter().all(|fault| !fault.to_string().contains('\n')), "a fault is one line");
        writeln!(report, "{document}\n  {}\n", faults.to_string().replace('\n', "\n  ")).expect("memory");
    }
    report
}

/// Compares with the snapshot of that name. The test's own source is kept out of it.
fn kept_as(name: &str, report: &str) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, report);
    });
}

#[test]
fn faults_of_an_input() {
    let seven: Vec<_> = ["x"; 7].into();
    let seven = format!(r#"{{"MediaArray":{seven:?}}}"#);
    let long = format!(r#"{{"MediaArray":[{{"MediaURL":"ftp://{}"}}]}}"#, "x".repeat(200));
    let many: Vec<_> = (0..51).map(|number| number.to_string()).collect();
    let many =
        format!(r#"{{"MediaArray":[{{"MediaURL":"a.mp4"}}],"Strategy":{{"CustomActions":{many:?}}}}}"#);
    kept_as(
        "input",
        &report(
            &[
                "",
                "{",
                "[]",
                "{}",
                r#"{"MediaArray":[]}"#,
                r#"{"MediaArray":"a.mp4"}"#,
                r#"{"MediaArray":[{}, {"MediaId":""}, {"MediaURL":7}, 5, null]}"#,
                r#"{"MediaArray":[{"MediaURL":"s3://bucket"},{"MediaURL":"file://host/a"},{"MediaURL":"http://"}]}"#,
                r#"{"MediaArray":[{"MediaId":"a"},{"MediaId":"0123456789abcdef0123456789abcdeg"}]}"#,
                &seven,
                &long,
                &many,
                r#"{"MediaArray":[{"MediaURL":"a.mp4"}],"Strategy":[]}"#,
                r#"{"MediaArray":[{"MediaURL":"a.mp4"}],"Strategy":{"Count":0,"ClipDuration":2.999}}"#,
                r#"{"MediaArray":[{"MediaURL":"a.mp4"}],"Strategy":{"Count":2.5,"ClipDuration":1e300}}"#,
                r#"{"MediaArray":[{"MediaURL":"a.mp4"}],"Strategy":{"Count":-1,"ClipDuration":61}}"#,
                r#"{"MediaArray":[{"MediaURL":"a.mp4"}],"Strategy":{"Count":"5","ClipDuration":"15","EnableActionRecog":1}}"#,
                r#"{"Strategy":{"Count":12,"CustomActions":["ok","",7,"sprinting","ok"," \n "],"AllowSpeechless":"no"}}"#,
            ],
            InputConfig::parse,
        ),
    );
}

#[test]
fn faults_of_an_output() {
    kept_as(
        "output",
        &report(
            &[
                "null",
                r#"{"NeedExport":"yes"}"#,
                r#"{"NeedExport":true}"#,
                r#"{"NeedExport":true,"OutputMediaTarget":"oss-object","ObjectKey":"clip.mp4"}"#,
                r#"{"NeedExport":true,"OutputMediaTarget":"vod-media","ObjectKey":"{index}"}"#,
                r#"{"Width":127,"Height":1081}"#,
                r#"{"Width":4098,"Height":"720","Video":{"Codec":"MPEG-2","Crf":52,"Bitrate":9}}"#,
                r#"{"Height":720,"Video":{"Codec":"copy"}}"#,
                r#"{"Video":"H.264"}"#,
            ],
            OutputConfig::parse,
        ),
    );
}

#[test]
fn a_strategy_made_by_hand_tells_its_faults() {
    let actions = [" a", "b", "b", ""].map(str::to_owned).to_vec();
    let strategy = Strategy {
        count: 0,
        clip_duration: MediaTime::from_whole_seconds(61),
        custom_actions: actions,
        ..Strategy::default()
    };
    let faults = Faults::none_of(strategy.check()).expect_err("every rule is broken");
    assert_eq!(
        faults.to_string().lines().collect::<Vec<_>>(),
        [
            "Strategy.Count: must be an integer from 1 to 10, not 0",
            "Strategy.ClipDuration: must be a number of seconds from 3 to 60, not 61",
            r#"Strategy.CustomActions[0]: must not begin or end with a space, not " a""#,
            r#"Strategy.CustomActions[2]: must differ from Strategy.CustomActions[1], not "b""#,
            r#"Strategy.CustomActions[3]: must not be empty, not """#,
        ]
    );
}
