//! What is accepted, and what it means.

use std::path::PathBuf;

use crate::job::*;
use crate::{MediaLocation, MediaTime, ObjectStore};

fn input(text: &str) -> Parsed<InputConfig> {
    InputConfig::parse(text).unwrap_or_else(|faults| panic!("{text} was refused: {faults}"))
}

fn output(text: &str) -> Parsed<OutputConfig> {
    OutputConfig::parse(text).unwrap_or_else(|faults| panic!("{text} was refused: {faults}"))
}

fn warnings<T>(parsed: &Parsed<T>) -> Vec<String> {
    parsed.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_not_given_has_the_contracts_default() {
    let parsed = input(r#"{"MediaArray":[{"MediaId":"0123456789ABCDEF0123456789abcdef"}]}"#);
    assert_eq!(parsed.config.strategy, Strategy::default());
    assert_eq!(parsed.warnings, []);
    let empty = input(r#"{"MediaArray":[{"MediaId":"0123456789abcdef0123456789abcdef"}],"Strategy":null}"#);
    assert_eq!(empty.config.strategy, Strategy::default(), "null is the same as not given");
}

#[test]
fn every_field_of_an_input_is_read() {
    let parsed = input(
        r#"{"MediaArray":[{"MediaURL":"file:///a%20b.mp4"},{"MediaId":"0123456789abcdef0123456789abcdef"}],
            "Strategy":{"Count":10,"ClipDuration":3.5,"EnableActionRecog":true,"AllowSpeechless":true,
                        "CustomActions":[" goal ","进球","👨‍👩‍👧‍👦🏳️‍🌈éab"]}}"#,
    );
    let InputConfig { media, strategy } = parsed.config;
    assert_eq!(
        media.iter().map(MediaReference::as_given).collect::<Vec<_>>(),
        ["file:///a%20b.mp4", "0123456789abcdef0123456789abcdef"]
    );
    assert_eq!(strategy.count, 10);
    assert_eq!(strategy.clip_duration, MediaTime::from_millis(3_500));
    assert!(strategy.enable_action_recognition && strategy.allow_speechless);
    assert_eq!(
        strategy.custom_actions,
        ["goal", "进球", "👨‍👩‍👧‍👦🏳️‍🌈éab"],
        "an action is trimmed, and what looks like one character counts as one"
    );
}

#[test]
fn an_address_leads_where_it_says() {
    let local = |path: &str| MediaLocation::LocalFile(PathBuf::from(path));
    let object = |store, bucket: &str, key: &str| MediaLocation::Object {
        store,
        bucket: bucket.to_owned(),
        key: key.to_owned(),
    };
    for (text, location) in [
        ("talk.mp4", local("talk.mp4")),
        ("/videos/100% done.mp4", local("/videos/100% done.mp4")),
        ("file:///a b.mp4", local("/a b.mp4")),
        ("FILE://localhost/a%2Bb%zz.mp4", local("/a+b%zz.mp4")),
        ("file:///what%3F#1.mp4", local("/what?#1.mp4")),
        ("https://host/a.mp4?x=1", MediaLocation::Web("https://host/a.mp4?x=1".to_owned())),
        ("s3://bucket/a/b.mp4", object(ObjectStore::S3, "bucket", "a/b.mp4")),
        ("oss://bucket/a.mp4", object(ObjectStore::Oss, "bucket", "a.mp4")),
    ] {
        let address = MediaAddress::parse(text).unwrap_or_else(|rule| panic!("{text}: {rule}"));
        assert_eq!(address.location(), &location, "{text}");
        assert_eq!(address.as_str(), text, "the answer names a material as it was given");
    }
}

#[test]
fn an_address_with_a_password_is_refused_and_the_password_is_not_repeated() {
    for address in ["http://me:secret@host/a.mp4", "https://secret@host", "HTTPS://secret@x@host/a@b.mp4?c@d"]
    {
        let request = format!(r#"{{"MediaArray":[{{"MediaURL":"{address}"}}]}}"#);
        let faults = InputConfig::parse(&request).expect_err("a secret may not be in an address").to_string();
        assert!(
            faults.contains("MediaArray[0].MediaURL: must not contain a user name or password"),
            "{faults}"
        );
        assert!(!faults.contains("secret") && faults.contains("://…@host"), "{faults}");
    }
    let _ = input(r#"{"MediaArray":[{"MediaURL":"https://host/@me/a.mp4?mail=me@host"}]}"#);
}

#[test]
fn an_id_wins_over_an_address() {
    let parsed =
        input(r#"{"MediaArray":[{"MediaURL":"a.mp4","MediaId":"0123456789abcdef0123456789abcdef"}]}"#);
    assert_eq!(parsed.config.media[0].as_given(), "0123456789abcdef0123456789abcdef");
    assert_eq!(warnings(&parsed), ["MediaArray[0].MediaURL: has no effect, because MediaId wins"]);
}

#[test]
fn what_does_nothing_is_told() {
    let parsed = input(
        r#"{"MediaArray":[{"MediaId":"0123456789abcdef0123456789abcdef","Mediaurl":"b"}],"ThemeConfig":{},
            "Strategy":{"Cuont":3,"FaceInfo":[],"HighlightDescription":"x"}}"#,
    );
    assert_eq!(
        warnings(&parsed),
        [
            "MediaArray[0].Mediaurl: is not a known field and has no effect",
            "Strategy.Cuont: is not a known field and has no effect",
            "Strategy.FaceInfo: has no effect in Standout",
            "Strategy.HighlightDescription: has no effect in Standout",
            "ThemeConfig: has no effect in Standout",
        ]
    );
}

#[test]
fn without_an_export_only_ranges_are_wanted() {
    assert_eq!(output("{}").config, OutputConfig::default());
    let parsed = output(r#"{"NeedExport":false,"OutputMediaTarget":"local-file","ObjectKey":"{index}"}"#);
    assert_eq!(parsed.config.target, None);
}

#[test]
fn every_field_of_an_output_is_read() {
    let parsed = output(
        r#"{"NeedExport":true,"OutputMediaTarget":"oss-object","Endpoint":"http://127.0.0.1:9000","Bucket":"b",
            "ObjectKey":"clips/{index}.mp4","ExportAsNewMedia":true,"Width":1280,"Height":720,
            "Video":{"Codec":"h.265","Bitrate":4000}}"#,
    );
    let target = Target::OssObject {
        endpoint: Some("http://127.0.0.1:9000".to_owned()),
        bucket: "b".to_owned(),
        key_template: "clips/{index}.mp4".to_owned(),
    };
    assert_eq!(
        parsed.config,
        OutputConfig {
            target: Some(target),
            export_as_new_media: true,
            width: Some(1280),
            height: Some(720),
            video: VideoEncoding { codec: VideoCodec::H265, rate: RateControl::Bitrate(4000) },
        }
    );
    assert_eq!(parsed.warnings, []);
}

#[test]
fn bits_are_spent_as_the_contract_says() {
    for (video, codec, rate, told) in [
        ("{}", VideoCodec::H264, RateControl::Crf(23.0), None),
        (r#"{"Codec":"H.265"}"#, VideoCodec::H265, RateControl::Crf(26.0), None),
        (r#"{"Crf":18.5}"#, VideoCodec::H264, RateControl::Crf(18.5), None),
        (
            r#"{"Crf":20,"Bitrate":900}"#,
            VideoCodec::H264,
            RateControl::Crf(20.0),
            Some("Video.Bitrate: has no effect, because Crf wins"),
        ),
        (
            r#"{"Codec":"copy","Crf":20}"#,
            VideoCodec::Copy,
            RateControl::Crf(20.0),
            Some("Video.Codec: is copy, so Crf and Bitrate have no effect"),
        ),
    ] {
        let parsed = output(&format!(r#"{{"Video":{video}}}"#));
        assert_eq!(parsed.config.video, VideoEncoding { codec, rate }, "{video}");
        assert_eq!(warnings(&parsed), Vec::from_iter(told), "{video}");
    }
}

#[test]
fn a_pasted_list_is_taken_apart() {
    let present = ["laugh".to_owned()];
    let list = ActionList::parse(" goal,进球，cry、goal\tlaugh;\r\nsprinting；dance\n\n,", &present);
    assert_eq!(list.accepted, ["goal", "进球", "cry", "dance"]);
    let refused: Vec<_> =
        list.refused.iter().map(|refused| (refused.action.as_str(), &*refused.rule)).collect();
    assert_eq!(refused, [("sprinting", "must have at most 5 characters")]);
}

#[test]
fn a_pasted_list_stops_at_the_fiftieth_action() {
    let many: Vec<String> = (0..60).map(|number| number.to_string()).collect();
    let list = ActionList::parse(&many[..55].join(","), &many[55..]);
    assert_eq!(list.accepted.len(), 45);
    assert_eq!(list.refused.len(), 10);
    assert_eq!(list.refused[0].rule, "must have at most 50 items");
    let all = Strategy { custom_actions: [&many[55..], &list.accepted].concat(), ..Strategy::default() };
    assert_eq!(all.check(), [], "what a list accepts, a strategy accepts");
}

#[test]
fn the_command_line_is_held_to_the_same_rules() {
    let strategy = Strategy { count: 11, ..Strategy::default() };
    let faults =
        InputConfig::new(vec![MediaReference::default(); 6], strategy).expect_err("three rules are broken");
    let fields: Vec<_> = faults.0.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields[0], "MediaArray");
    assert_eq!(fields[1], "MediaArray[0]");
    assert_eq!(fields.last(), Some(&"Strategy.Count"));
}
