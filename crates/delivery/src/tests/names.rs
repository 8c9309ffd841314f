//! Names that every desktop system accepts, whatever they are made of.

use std::collections::HashSet;
use std::path::Component;

use model::MediaTime;
use proptest::prelude::*;

use crate::{ClipFacts, NameTemplate};

fn clip<'a>(index: usize, name: &'a str, tag: Option<&'a str>) -> ClipFacts<'a> {
    ClipFacts { index, name, start: MediaTime::from_millis(3_723_456), tag, title: "" }
}

/// The name of one clip of the video `name`.
fn check(template: &str, name: &str, expected: &str) {
    let names = NameTemplate::parse(template).expect(template).names(&[clip(3, name, Some("laugh"))]);
    let written: Vec<_> = names[0].iter().map(|part| part.to_string_lossy()).collect();
    assert_eq!(written.join("/"), expected, "{template} with {name}");
}

#[test]
fn placeholders_are_filled() {
    check("clip-{index}", "talk", "clip-3.mp4");
    check("{media}/{start} {tag} {index}.mov", "talk", "talk/01-02-03.456 laugh 3.mov");
    check("{name}\\{index}", "talk", "talk/3.mp4");
    check(" a // ./ {index}.mp4 ", "talk", "a/3.mp4");
    check("{name}-{index}", "进球 ⚽ É", "进球 ⚽ É-3.mp4");
    let untagged = NameTemplate::parse("{tag}{index}").expect("a good template").names(&[clip(0, "", None)]);
    assert_eq!(untagged[0].to_string_lossy(), "untagged0.mp4");
}

#[test]
fn a_title_becomes_a_safe_part_of_the_name() {
    let named = |title| {
        let titled = ClipFacts { title, ..clip(3, "talk", None) };
        let names = NameTemplate::parse("{title}-{index}").expect("a good template").names(&[titled]);
        names[0].to_string_lossy().into_owned()
    };
    assert_eq!(named("The wail at noon"), "The wail at noon-3.mp4");
    assert_eq!(named("Who/what: \"why\"?"), "Who_what_ _why__-3.mp4");
    assert_eq!(named("../up"), "_._up-3.mp4");
    assert_eq!(named("进球！"), "进球！-3.mp4");
    assert_eq!(named(""), "untitled-3.mp4");
    assert!(named(&"é".repeat(200)).ends_with("é-3.mp4"), "a long title gives way, the number stays");
}

#[test]
fn hostile_video_names_are_made_safe() {
    for (name, expected) in [
        ("../../etc/passwd", "_._.._etc_passwd/3.mp4"),
        ("..", "_/3.mp4"),
        (".", "_/3.mp4"),
        ("", "_/3.mp4"),
        ("   ", "_/3.mp4"),
        (".hidden", "_hidden/3.mp4"),
        ("/absolute", "_absolute/3.mp4"),
        ("C:\\Windows", "C__Windows/3.mp4"),
        ("a\0b\nc\x7f", "a_b_c_/3.mp4"),
        ("what? <\"yes\">|*:", "what_ __yes_____/3.mp4"),
        ("trailing. . ", "trailing/3.mp4"),
        ("CON", "_CON/3.mp4"),
        ("nul.tar.gz", "_nul.tar.gz/3.mp4"),
        ("Com1", "_Com1/3.mp4"),
        ("LPT³ .x", "_LPT³ .x/3.mp4"),
        ("COM10", "COM10/3.mp4"),
        ("console", "console/3.mp4"),
        ("gpj.\u{202e}4pm", "gpj._4pm/3.mp4"),
        ("{index}", "{index}/3.mp4"),
    ] {
        check("{name}/{index}", name, expected);
    }
}

#[test]
fn a_file_is_no_device_either() {
    check("{name}{index}", "COM", "_COM3.mp4");
    check("aux.{index}", "", "_aux.3.mp4");
    check(".{index}", "", ".3.mp4");
}

#[test]
fn a_long_name_gives_way_and_the_rest_stays() {
    let name = "é".repeat(300);
    let names = NameTemplate::parse("{name} {start} {index}.mov").expect("a good template");
    let name = names.names(&[clip(12, &name, None)])[0].to_string_lossy().into_owned();
    assert!(name.len() <= 255, "{} bytes", name.len());
    assert!(name.len() > 250, "no more is cut than must be: {} bytes", name.len());
    assert!(name.ends_with("é 01-02-03.456 12.mov"), "{name}");
}

#[test]
fn a_template_of_many_times_still_fits() {
    let template = format!("{}{{index}}", "{start}".repeat(30));
    let names = NameTemplate::parse(&template)
        .expect("a good template")
        .names(&[clip(0, "", None), clip(1, "", None)]);
    assert!(names.iter().all(|name| name.as_os_str().len() <= 255), "{names:?}");
    assert_ne!(names[0], names[1]);
}

#[test]
fn a_visible_character_is_not_cut_in_two() {
    let family = "👨‍👩‍👧‍👦";
    let name = family.repeat(30);
    let names = NameTemplate::parse("{name}{index}").expect("a good template").names(&[clip(0, &name, None)]);
    let kept = names[0].to_string_lossy().replace(family, "");
    assert_eq!(kept, "0.mp4");
}

#[test]
fn no_two_clips_have_one_name() {
    let names = NameTemplate::parse("{name}{index}.mp4").expect("a good template").names(&[
        clip(10, "a", None),
        clip(0, "a1", None),
        clip(0, "A1", None),
        clip(1, "b", None),
    ]);
    let names: Vec<_> = names.iter().map(|name| name.to_string_lossy()).collect();
    assert_eq!(names, ["a10.mp4", "a10 (2).mp4", "A10 (3).mp4", "b1.mp4"]);
}

proptest! {
    #[test]
    fn any_name_is_safe(
        template in "[\\PC./\\\\]{0,12}(\\{name\\}|\\{tag\\}|/){0,3}\\{index\\}[\\PC.]{0,5}(\\{name\\}|)",
        videos in prop::collection::vec((".{0,90}", prop::option::of("\\PC{0,90}")), 1..6),
    ) {
        let Ok(template) = NameTemplate::parse(&template) else { return Ok(()) };
        let clips: Vec<_> = videos
            .iter()
            .enumerate()
            .map(|(index, (name, tag))| clip(index, name, tag.as_deref()))
            .collect();
        let names = template.names(&clips);
        prop_assert_eq!(names.len(), clips.len());
        let different: HashSet<_> = names.iter().map(|name| name.to_string_lossy().to_lowercase()).collect();
        prop_assert_eq!(different.len(), names.len(), "{:?}", names);
        for name in &names {
            prop_assert!(name.components().all(|part| matches!(part, Component::Normal(_))), "{:?}", name);
            prop_assert!(name.to_string_lossy().ends_with(template.extension()));
            for part in name.iter().map(|part| part.to_string_lossy()) {
                prop_assert!(part.len() <= 255 && !part.is_empty(), "{:?}", name);
                prop_assert!(!part.ends_with(['.', ' ']) && !part.starts_with(' '), "{:?}", name);
                prop_assert!(!part.contains(|c: char| c.is_control() || "/\\<>:\"|?*".contains(c)), "{:?}", name);
            }
        }
    }
}
