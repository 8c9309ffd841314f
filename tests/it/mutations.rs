//! Configurations that went wrong on their way: whatever becomes of a valid one, the command line works or says what is
//! wrong.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use testkit::Folder;

use crate::support::{CommandLine, speechless};

/// How many mutated configurations are tried.
const CASES: u32 = 200;

/// A place in a document: which child to go down to, step by step.
type Place = Vec<prop::sample::Index>;

#[derive(Debug, Clone)]
enum Mutation {
    Replace(Place, Value),
    Remove(Place),
    Add(Place, String, Value),
    Repeat(Place, usize),
    /// The text itself is cut or gets a stray character.
    Cut(prop::sample::Index),
    Insert(prop::sample::Index, char),
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-100_i64..6_000).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "\u{0}",
            "../../{index}",
            "{index}",
            "{",
            "copy",
            "AV1",
            "H.264",
            "/",
            "😀".repeat(40).leak()
        ])
        .prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[[[[]]]]])),
        Just(json!({ "MediaURL": "gone.mp4" })),
    ]
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = || prop::collection::vec(any::<prop::sample::Index>(), 1..4);
    prop_oneof![
        4 => (place(), odd_value()).prop_map(|(place, value)| Mutation::Replace(place, value)),
        2 => place().prop_map(Mutation::Remove),
        2 => (place(), "[A-Za-z]{1,8}", odd_value()).prop_map(|(place, key, value)| Mutation::Add(place, key, value)),
        1 => (place(), 1_usize..8).prop_map(|(place, times)| Mutation::Repeat(place, times)),
        1 => any::<prop::sample::Index>().prop_map(Mutation::Cut),
        1 => (any::<prop::sample::Index>(), any::<char>()).prop_map(|(at, stray)| Mutation::Insert(at, stray)),
    ]
}

/// The value at a place, as deep as the document goes.
fn at<'a>(document: &'a mut Value, place: &[prop::sample::Index]) -> &'a mut Value {
    let Some((step, rest)) = place.split_first() else { return document };
    let length = match document {
        Value::Object(map) => map.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    };
    if length == 0 {
        return document;
    }
    let index = step.index(length);
    match document {
        Value::Object(map) => at(map.values_mut().nth(index).unwrap(), rest),
        Value::Array(items) => at(&mut items[index], rest),
        other => other,
    }
}

fn mutated(valid: &Value, mutations: &[Mutation]) -> String {
    let mut document = valid.clone();
    for mutation in mutations {
        match mutation {
            Mutation::Replace(place, value) => *at(&mut document, place) = value.clone(),
            Mutation::Remove(place) => match at(&mut document, &place[1..]) {
                Value::Object(map) if !map.is_empty() => {
                    let key = map.keys().nth(place[0].index(map.len())).unwrap().clone();
                    map.remove(&key);
                }
                Value::Array(items) if !items.is_empty() => {
                    items.remove(place[0].index(items.len()));
                }
                other => *other = Value::Null,
            },
            Mutation::Add(place, key, value) => {
                if let Value::Object(map) = at(&mut document, place) {
                    map.insert(key.clone(), value.clone());
                }
            }
            Mutation::Repeat(place, times) => {
                if let Value::Array(items) = at(&mut document, place) {
                    let again = items.clone();
                    (0..*times).for_each(|_| items.extend(again.iter().cloned()));
                }
            }
            Mutation::Cut(_) | Mutation::Insert(..) => {}
        }
    }
    let mut text: Vec<char> = document.to_string().chars().collect();
    for mutation in mutations {
        match mutation {
            Mutation::Cut(place) => text.truncate(place.index(text.len() + 1)),
            Mutation::Insert(place, stray) => text.insert(place.index(text.len() + 1), *stray),
            _ => {}
        }
    }
    text.into_iter().collect()
}

#[test]
fn a_mutated_job_works_or_says_what_is_wrong() {
    let (line, folder) = (CommandLine::new(), Folder::new());
    let video = speechless(&folder, "talk", 4);
    let input = json!({
        "MediaArray": [{ "MediaURL": video }],
        "Strategy": {
            "Count": 1, "ClipDuration": 3, "EnableActionRecog": true, "CustomActions": ["laugh", "cry"],
            "AllowSpeechless": true,
        },
    });
    let output = json!({
        "NeedExport": true,
        "OutputMediaTarget": "local-file",
        "ObjectKey": "clips/{index}.mp4",
        "ExportAsNewMedia": false,
        "Width": 320,
        "Video": { "Codec": "H.264", "Crf": 40 },
    });
    let source = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: CASES, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let mutations = || prop::collection::vec(mutation(), 0..3);
    let endings = [const { Cell::new(0_u32) }; 3];
    TestRunner::new_with_rng(config, source)
        .run(&(mutations(), mutations()), |(of_input, of_output)| {
            let files = [folder.file("in.json"), folder.file("out.json")];
            let documents = [mutated(&input, &of_input), mutated(&output, &of_output)];
            for (file, document) in files.iter().zip(&documents) {
                std::fs::write(file, document).unwrap();
            }
            // Whatever a mutated name means, it means it in here.
            let place = Folder::new();
            let [input, output] = files.each_ref().map(|file| file.to_str().unwrap());
            let mut command = line.command(&["extract", "--input-config", input, "--output-config", output]);
            let ran = crate::support::Ran::from(command.current_dir(place.path()).output().unwrap());
            prop_assert!((0..=2).contains(&ran.code), "{documents:#?}\n{ran:#?}");
            prop_assert!(!ran.errors.contains("panicked"), "{documents:#?}\n{ran:#?}");
            match ran.code {
                2 => prop_assert!(
                    ran.output.is_empty() && ran.errors.lines().all(|line| line.starts_with("standout: ")),
                    "only faults are told: {documents:#?}\n{ran:#?}"
                ),
                1 => prop_assert!(ran.errors.contains("standout: "), "{documents:#?}\n{ran:#?}"),
                _ => prop_assert!(serde_json::from_str::<Value>(&ran.output).is_ok(), "{ran:#?}"),
            }
            let ending = &endings[usize::try_from(ran.code).unwrap()];
            ending.set(ending.get() + 1);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    let endings = endings.each_ref().map(Cell::get);
    assert!(endings[0] > 0 && endings[2] > CASES / 4, "some work and many are refused: {endings:?}");
}
