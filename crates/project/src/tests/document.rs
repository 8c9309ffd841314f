//! The project's document.

use serde_json::{Value, json};

use super::*;

fn edited_project() -> Project {
    let (mut history, material) = one_video();
    history
        .set_found(material, vec![highlight(10, 20), highlight(40, 50)], Cause::Find { run: 1 })
        .expect("found");
    let id = history.project().materials[0].ranges[0].id;
    history.apply(EditCommand::SetRange { material, id, range: range(11, 20) }, None).expect("trimmed");
    history.apply(EditCommand::AddRange { material, range: range(60, 70) }, None).expect("added");
    history.apply(EditCommand::SnapRange { material, id, range: range(12, 20) }, None).expect("snapped");
    Project { name: "Coast".to_owned(), ..Project::clone(history.project()) }
}

/// The words for a document that was changed on its way.
fn refused(change: impl Fn(&mut Value)) -> String {
    let text = to_json(&edited_project()).expect("a project can be written");
    let mut document: Value = serde_json::from_str(&text).expect("it is JSON");
    change(&mut document);
    from_json(&document.to_string()).expect_err("the document is not as it was written").to_string()
}

#[test]
fn a_document_gives_the_project_back() {
    let project = edited_project();
    let text = to_json(&project).expect("a project can be written");
    assert!(text.starts_with(r#"{"version":5,"#), "the version comes first: {text}");
    assert_eq!(from_json(&text).expect("it can be read"), project);
}

#[test]
fn a_newer_document_is_refused() {
    assert_eq!(
        refused(|document| document["version"] = json!(6)),
        "This project was saved by a newer Standout (format 6, this one knows 5); update Standout"
    );
}

#[test]
fn a_document_that_is_none_of_ours_is_refused() {
    for text in ["", "[]", "{", r#"{"version":1}"#, r#"{"version":"1"}"#, r#"{"version":-1}"#, "null"] {
        let words = from_json(text).expect_err(text).to_string();
        assert!(words.starts_with("This is not a project of Standout"), "{text}: {words}");
    }
}

#[test]
fn a_document_that_breaks_a_rule_is_refused() {
    let words =
        refused(|document| document["materials"][0]["ranges"][0]["range"]["end"] = json!(999_000_000));
    assert!(words.starts_with("This project is damaged: The range 0:12.00–16:39.00 reaches out"), "{words}");
    let words = refused(|document| document["strategy"]["count"] = json!(0));
    assert!(words.contains("Strategy.Count"), "{words}");
    let words = refused(|document| {
        document["materials"][0]["ranges"][0]["id"] = document["materials"][0]["ranges"][1]["id"].clone();
    });
    assert_eq!(words, "This project is damaged: an id is used twice");
}

#[test]
fn new_ids_follow_those_of_the_document() {
    let mut history = History::new(edited_project());
    let material = history.project().materials[0].id;
    history.apply(EditCommand::AddRange { material, range: range(80, 90) }, None).expect("added");
    let ids: Vec<_> = history.project().materials[0].ranges.iter().map(|range| range.id.0).collect();
    assert_eq!(ids, [1, 2, 3, 4]);
}

#[test]
fn the_ranges_of_the_third_version_are_undecided_and_unnamed() {
    let project = edited_project();
    let mut document: Value = serde_json::from_str(&to_json(&project).expect("written")).expect("JSON");
    document["version"] = json!(3);
    for range in document["materials"][0]["ranges"].as_array_mut().expect("ranges") {
        for field in ["judgement", "title", "note"] {
            assert!(range.as_object_mut().expect("a range").remove(field).is_some(), "{field} is written");
        }
    }
    assert_eq!(from_json(&document.to_string()).expect("it can be read"), project);
}

#[test]
fn a_project_of_the_fourth_version_has_no_markers() {
    let project = edited_project();
    let mut document: Value = serde_json::from_str(&to_json(&project).expect("written")).expect("JSON");
    document["version"] = json!(4);
    let material = document["materials"][0].as_object_mut().expect("a material");
    assert!(material.remove("markers").is_some(), "markers are written");
    assert_eq!(from_json(&document.to_string()).expect("it can be read"), project);
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_unicode_is_kept() {
    use std::os::unix::ffi::OsStringExt;
    let mut project = edited_project();
    let odd = PathBuf::from(std::ffi::OsString::from_vec(b"/videos/caf\xe9.mp4".to_vec()));
    project.materials[0].location = MediaLocation::LocalFile(odd.clone());
    project.materials[0].subtitles = Subtitles::Sidecar(odd);
    let text = to_json(&project).expect("a project can be written");
    assert_eq!(from_json(&text).expect("it can be read"), project);
}

#[test]
fn the_names_of_the_second_version_become_tags_of_the_whole_range() {
    let project = edited_project();
    let mut document: Value = serde_json::from_str(&to_json(&project).expect("written")).expect("JSON");
    document["version"] = json!(2);
    for material in document["materials"].as_array_mut().expect("materials") {
        for range in material["ranges"].as_array_mut().expect("ranges") {
            for tag in range["tags"].as_array_mut().expect("tags") {
                *tag = tag["name"].clone();
            }
        }
    }
    let read = from_json(&document.to_string()).expect("it can be read");
    let tags = |project: &Project| -> Vec<Tag> {
        let ranges = project.materials.iter().flat_map(|material| &material.ranges);
        ranges.flat_map(|range| range.tags_inside().cloned()).collect()
    };
    assert!(!tags(&read).is_empty(), "the tags are still there");
    for (tag, before) in tags(&read).iter().zip(tags(&project)) {
        assert_eq!(tag.name, before.name);
    }
}

#[test]
fn a_document_of_the_first_version_keeps_its_files() {
    let project = edited_project();
    let mut document: Value = serde_json::from_str(&to_json(&project).expect("written")).expect("JSON");
    document["version"] = json!(1);
    let material = document["materials"][0].as_object_mut().expect("a material");
    let location = material.remove("location").expect("a location");
    material.insert("path".to_owned(), location);
    assert_eq!(from_json(&document.to_string()).expect("it can be read"), project);
}

#[test]
fn a_video_elsewhere_is_kept() {
    let mut project = edited_project();
    for address in ["https://example.org/a.mp4?v=1", "s3://bucket/folder/a.mp4"] {
        let location = MediaLocation::from_bytes(address.into()).expect("an address");
        assert_eq!(location.local_path(), None);
        project.materials[0].location = location;
        let text = to_json(&project).expect("a project can be written");
        assert_eq!(from_json(&text).expect("it can be read"), project, "{address}");
    }
}

#[test]
fn no_word_of_the_fourth_version_is_put_right_and_its_name_is_no_english_word() {
    let project = Project { name: String::new(), ..edited_project() };
    let mut document: Value = serde_json::from_str(&to_json(&project).expect("written")).expect("JSON");
    document["version"] = json!(4);
    document["name"] = json!("Untitled");
    let material = document["materials"][0].as_object_mut().expect("a material");
    assert!(material.remove("corrections").is_some(), "corrections are written");
    assert_eq!(from_json(&document.to_string()).expect("it can be read"), project);
}
