//! Whatever comes in, the answer is a configuration that keeps the rules or a list of faults.

use proptest::prelude::{Just, any, prop, proptest};
use proptest::strategy::Strategy as ProptestStrategy;
use proptest::{prop_assert, prop_assert_eq, prop_oneof};
use serde_json::{Value, json};

use crate::job::{ActionList, InputConfig, MediaAddress, OutputConfig, Strategy};

/// Any JSON, not very deep.
fn any_json() -> impl ProptestStrategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "(file|s3|oss|http|ftp)://.{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..7).prop_map(Value::from),
            prop::collection::hash_map(field(), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn field() -> impl ProptestStrategy<Value = String> {
    const FIELDS: &[&str] = &[
        "MediaArray",
        "MediaId",
        "MediaURL",
        "Strategy",
        "Count",
        "ClipDuration",
        "CustomActions",
        "EnableActionRecog",
        "AllowSpeechless",
        "NeedExport",
        "OutputMediaTarget",
        "Bucket",
        "ObjectKey",
        "Width",
        "Height",
        "Video",
        "Codec",
        "Crf",
        "Bitrate",
        "ExportAsNewMedia",
        "Endpoint",
        "Other",
    ];
    prop::sample::select(FIELDS).prop_map(str::to_owned)
}

/// Puts `value` under `key` somewhere in a good document.
fn mutated(place: usize, key: String, value: Value) -> Value {
    let mut document = json!({
        "MediaArray": [{"MediaURL": "a.mp4"}],
        "Strategy": {"Count": 5, "ClipDuration": 15, "CustomActions": ["goal"]},
        "NeedExport": true, "OutputMediaTarget": "local-file", "ObjectKey": "{index}.mp4", "Video": {"Crf": 20},
    });
    let target = match place {
        0 => &mut document,
        1 => &mut document["Strategy"],
        2 => &mut document["MediaArray"][0],
        _ => &mut document["Video"],
    };
    target[key] = value;
    document
}

proptest! {
    #[test]
    fn a_mutated_request_is_either_good_or_refused(place in 0..4_usize, key in field(), value in any_json()) {
        let text = mutated(place, key, value).to_string();
        match InputConfig::parse(&text) {
            Ok(parsed) => {
                prop_assert_eq!(parsed.config.strategy.check(), []);
                prop_assert!(InputConfig::new(parsed.config.media, parsed.config.strategy).is_ok());
            }
            Err(faults) => prop_assert!(!faults.0.is_empty()),
        }
        if let Err(faults) = OutputConfig::parse(&text) {
            prop_assert!(!faults.0.is_empty());
        }
    }

    #[test]
    fn any_text_is_taken_apart(text in "\\PC{0,80}") {
        let _ = InputConfig::parse(&text);
        let list = ActionList::parse(&text, &[]);
        let strategy = Strategy { custom_actions: list.accepted, ..Strategy::default() };
        prop_assert_eq!(strategy.check(), []);
        let _ = MediaAddress::parse(&text);
        let _ = MediaAddress::parse(&format!("file://{text}"));
    }
}
