//! Keys of objects that every bucket accepts, whatever they are made of.

use model::MediaTime;
use proptest::prelude::*;

use crate::{ClipFacts, NameTemplate};

fn clip<'a>(index: usize, name: &'a str, tag: Option<&'a str>) -> ClipFacts<'a> {
    ClipFacts { index, name, start: MediaTime::from_millis(3_723_456), tag, title: "" }
}

/// The key of one clip of the video `name` with a tag.
fn check(template: &str, name: &str, tag: &str, expected: &str) {
    let keys = NameTemplate::parse(template).expect(template).keys(&[clip(3, name, Some(tag))]);
    assert_eq!(keys, [expected], "{template} with {name} and {tag}");
}

#[test]
fn keys_are_names_with_slashes() {
    check("clips/2026/{media}/{index}-{tag}.mp4", "talk", "laugh", "clips/2026/talk/3-laugh.mp4");
    check("{media}\\{start} {index}", "talk", "", "talk/01-02-03.456 3.mp4");
    check(" a // ./ {index} ", "", "", "a/3.mp4");
}

#[test]
fn hostile_names_and_tags_stay_below_their_prefix() {
    for (name, tag, expected) in [
        ("talk", "../../x", "clips/talk/_._.._x-3.mp4"),
        ("../..", "a/b", "clips/_._/a_b-3.mp4"),
        ("..", "..", "clips/_/_.-3.mp4"),
        ("/", "\\", "clips/_/_-3.mp4"),
        ("", "", "clips/_/-3.mp4"),
        ("a\0b\nc\u{7f}", "\u{202e}gpj", "clips/a_b_c_/_gpj-3.mp4"),
        ("50% #1?", "a+b&c", "clips/50% #1_/a+b&c-3.mp4"),
        ("%2e%2e", "%2F", "clips/%2e%2e/%2F-3.mp4"),
    ] {
        check("clips/{media}/{tag}-{index}", name, tag, expected);
    }
}

#[test]
fn a_long_key_gives_way_and_keeps_its_number() {
    let long = "é".repeat(600);
    for template in ["{media}/{media}/{media}/{media}/{media}/{tag}/{media} {index}.mov", "{tag}{index}.mov"]
    {
        let template = NameTemplate::parse(template).expect("a good template");
        let keys = template.keys(&[clip(12, &long, Some(&long)), clip(13, &long, Some(&long))]);
        for (key, end) in keys.iter().zip(["12.mov", "13.mov"]) {
            assert!(key.len() <= 1_024 && key.ends_with(end), "{} bytes: {key}", key.len());
        }
    }
    let deep =
        NameTemplate::parse("{media}/{media}/{media}/{media}/{media}/{index}").expect("a good template");
    let key = &deep.keys(&[clip(0, &long, None)])[0];
    assert!(key.len() > 800, "no more is cut than must be: {} bytes", key.len());
}

proptest! {
    #[test]
    fn any_key_is_accepted(
        template in "[\\PC./\\\\]{0,12}(\\{media\\}|\\{tag\\}|/|/\\{tag\\}/){0,5}\\{index\\}[\\PC.]{0,5}(\\{media\\}|)",
        videos in prop::collection::vec((".{0,400}", prop::option::of(".{0,400}")), 1..5),
    ) {
        let Ok(template) = NameTemplate::parse(&template) else { return Ok(()) };
        let clips: Vec<_> =
            videos.iter().enumerate().map(|(index, (name, tag))| clip(index, name, tag.as_deref())).collect();
        let keys = template.keys(&clips);
        let different: std::collections::HashSet<_> = keys.iter().collect();
        prop_assert_eq!(different.len(), clips.len());
        for key in &keys {
            prop_assert!(key.len() <= 1_024, "{} bytes: {}", key.len(), key);
            prop_assert!(!key.contains(|c: char| c.is_control()) && !key.starts_with('/'), "{:?}", key);
            for part in key.split('/') {
                prop_assert!(!matches!(part, "" | "." | ".."), "{:?}", key);
            }
            prop_assert!(object_store::path::Path::parse(key).is_ok_and(|path| path.as_ref() == key), "{:?}", key);
        }
    }
}
