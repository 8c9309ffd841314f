//! Templates that are accepted or refused.

use std::path::Path;

use crate::{Destination, NameTemplate, TemplateError};

fn refused(template: &str) -> TemplateError {
    NameTemplate::parse(template).expect_err(template)
}

#[test]
fn a_template_needs_its_index() {
    for template in ["", "clip.mp4", "{name}", "{name}/{tag}.mp4"] {
        let expected =
            if template.is_empty() { TemplateError::WithoutFileName } else { TemplateError::WithoutIndex };
        assert_eq!(refused(template), expected, "{template}");
    }
}

#[test]
fn a_template_stays_in_its_folder() {
    for template in [
        "/{index}.mp4",
        "\\{index}",
        "//server/share/{index}",
        "../{index}",
        "a/../{index}",
        "a\\..\\{index}",
        "a/ .. /{index}",
        "C:\\{index}",
        "c:{index}",
        "{index}/..",
    ] {
        assert_eq!(refused(template), TemplateError::OutsideFolder, "{template}");
    }
}

#[test]
fn a_template_names_a_file() {
    for template in ["{index}/", "{index}\\", "{index}/."] {
        assert_eq!(refused(template), TemplateError::WithoutFileName, "{template}");
    }
}

#[test]
fn braces_are_placeholders() {
    assert_eq!(refused("{index}-{date}"), TemplateError::UnknownPlaceholder("date".to_owned()));
    assert_eq!(refused("{Index}"), TemplateError::UnknownPlaceholder("Index".to_owned()));
    assert_eq!(refused("{index}{}"), TemplateError::UnknownPlaceholder(String::new()));
    for template in ["{index", "index}", "{index}}", "{{index}}", "{a{index}"] {
        assert_eq!(refused(template), TemplateError::UnmatchedBrace, "{template}");
    }
}

#[test]
fn the_words_tell_the_next_step() {
    for (template, words) in [
        (
            "clip",
            "The name must contain {index}, the running number of the clip; add it, as in clip-{index}.mp4",
        ),
        ("{index}{x}", "{x} is not known in a name; use {index}, {media}, {start}, {tag} or {title}"),
        ("{index", "The name has a brace without its partner; write placeholders as {index}"),
    ] {
        assert_eq!(refused(template).to_string(), words);
    }
}

#[test]
fn a_template_leaves_room_for_names() {
    let longest = format!("{}{{index}}", "x".repeat(191));
    assert!(NameTemplate::parse(&longest).is_ok());
    assert_eq!(refused(&format!("x{longest}")), TemplateError::TooLong { limit: 191 });
}

#[test]
fn a_template_fits_into_a_key() {
    let deep = |folders: usize| format!("{}{{index}}", "folder/".repeat(folders));
    assert!(NameTemplate::parse(&deep(13)).is_ok());
    assert_eq!(refused(&deep(14)), TemplateError::TooDeep);
}

#[test]
fn an_extension_is_seen_and_added() {
    for (template, extension) in [
        ("{index}.mp4", ".mp4"),
        ("{index}.MOV", ".MOV"),
        ("{index}", ".mp4"),
        ("a.b/{index}", ".mp4"),
        ("{name}.{index}", ".mp4"),
        ("{index} v1.2", ".mp4"),
        ("{index}.", ".mp4"),
        ("{index}.webm", ".webm"),
        ("{index}.a b", ".mp4"),
    ] {
        let parsed = NameTemplate::parse(template).expect(template);
        assert_eq!(parsed.extension(), extension, "{template}");
    }
}

#[test]
fn a_path_is_a_folder_and_a_template() {
    for (path, folder, template) in [
        ("/out/{index}.mp4", "/out/", "{index}.mp4"),
        ("out/a b/{name}/{index}", "out/a b/", "{name}/{index}"),
        ("clip-{index}.mp4", ".", "clip-{index}.mp4"),
        ("../out/{index}.mp4", "../out/", "{index}.mp4"),
        ("/{index}", "/", "{index}"),
    ] {
        let destination = Destination::parse(path).expect(path);
        assert_eq!(destination.folder, Path::new(folder), "the folder of {path} is the user's own choice");
        assert_eq!(destination.template, NameTemplate::parse(template).expect(template));
    }
    assert_eq!(Destination::parse("/out/{name}/../{index}"), Err(TemplateError::OutsideFolder));
    assert_eq!(Destination::parse("/out/clip.mp4"), Err(TemplateError::WithoutIndex));
}
