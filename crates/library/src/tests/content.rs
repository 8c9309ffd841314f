//! Assets, projects, jobs and settings.

use model::{MediaLocation, MediaTime, SourceInfo};

use super::*;

fn info(seconds: i64) -> SourceInfo {
    SourceInfo {
        container: "mov,mp4".to_owned(),
        duration: MediaTime::from_whole_seconds(seconds),
        size: 9,
        video: None,
        audio: Vec::new(),
        text: Vec::new(),
    }
}

fn at(text: &str) -> MediaLocation {
    MediaLocation::from_bytes(text.as_bytes().to_vec()).expect("a location")
}

#[test]
fn an_asset_keeps_its_id_and_picture_when_its_file_moves() {
    let library = Library::in_memory().expect("a library");
    let register = |path: &str, now| {
        library.register_asset(&content("a"), &at(path), &info(5), Timestamp(now)).expect("registered")
    };
    let id = register("/old/a.mp4", 1);
    library.set_thumbnail(&id, b"jpeg").expect("kept");
    assert_eq!(register("/new/a.mp4", 2), id);
    let asset = library.asset(&id).expect("readable").expect("it is known");
    assert_eq!((asset.location, asset.added, asset.updated), (at("/new/a.mp4"), Timestamp(1), Timestamp(2)));
    assert_eq!(asset.info, info(5));
    assert_eq!(library.thumbnail(&id).expect("readable").as_deref(), Some(&b"jpeg"[..]));
}

#[test]
fn an_id_is_of_the_contracts_form() {
    let id = MediaId::of(&content("a"));
    assert_eq!(id.0.len(), 32);
    assert!(id.0.chars().all(|digit| digit.is_ascii_hexdigit()));
    assert_ne!(id, MediaId::of(&content("b")));
    let library = Library::in_memory().expect("a library");
    assert_eq!(library.asset(&id).expect("readable"), None);
    assert_eq!(library.thumbnail(&id).expect("readable"), None);
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_unicode_is_kept() {
    use std::os::unix::ffi::OsStringExt;
    let library = Library::in_memory().expect("a library");
    let path = PathBuf::from(std::ffi::OsString::from_vec(b"/caf\xe9.mp4".to_vec()));
    let location = MediaLocation::LocalFile(path);
    let id = library.register_asset(&content("a"), &location, &info(5), Timestamp(1)).expect("registered");
    assert_eq!(library.asset(&id).expect("readable").map(|asset| asset.location), Some(location));
}

#[test]
fn projects_are_listed_newest_first() {
    let library = Library::in_memory().expect("a library");
    for (id, name, updated) in [("a", "First", 1), ("b", "Second", 3), ("c", "Third", 2), ("a", "Again", 4)] {
        library.save_project(&document(id, name, updated)).expect("saved");
    }
    let names: Vec<_> =
        library.projects().expect("readable").into_iter().map(|project| project.name).collect();
    assert_eq!(names, ["Again", "Second", "Third"]);
    library.delete_project(&ProjectId("b".to_owned())).expect("deleted");
    assert_eq!(library.project(&ProjectId("b".to_owned())).expect("readable"), None);
}

#[test]
fn jobs_left_behind_are_found() {
    let library = Library::in_memory().expect("a library");
    library.save_project(&document("p", "Talk", 1)).expect("saved");
    for (id, state, created) in
        [("a", JobState::Executing, 2), ("b", JobState::Finished, 1), ("c", JobState::Executing, 1)]
    {
        library.save_job(&job(id, state, Some("p"), created)).expect("saved");
    }
    let left = library.jobs_in(JobState::Executing).expect("readable");
    assert_eq!(
        left,
        [job("c", JobState::Executing, Some("p"), 1), job("a", JobState::Executing, Some("p"), 2)]
    );
    let id = JobId("c".to_owned());
    assert!(library.set_job_state(&id, JobState::Cancelled, Timestamp(9)).expect("noted"));
    let cancelled = library.job(&id).expect("readable").expect("it is there");
    assert_eq!((cancelled.state, cancelled.updated), (JobState::Cancelled, Timestamp(9)));
    assert_eq!(library.jobs_in(JobState::Executing).expect("readable").len(), 1);
}

#[test]
fn a_job_goes_with_its_project_and_needs_it() {
    let library = Library::in_memory().expect("a library");
    library.save_job(&job("a", JobState::Created, Some("p"), 1)).expect_err("there is no such project");
    library.save_project(&document("p", "Talk", 1)).expect("saved");
    library.save_job(&job("a", JobState::Created, Some("p"), 1)).expect("saved");
    library.save_job(&job("b", JobState::Created, None, 1)).expect("a job needs no project");
    library.delete_project(&ProjectId("p".to_owned())).expect("deleted");
    assert_eq!(library.job(&JobId("a".to_owned())).expect("readable"), None);
    assert!(library.delete_job(&JobId("b".to_owned())).expect("deleted"));
    assert!(!library.delete_job(&JobId("b".to_owned())).expect("nothing to delete"));
}

#[test]
fn saving_a_project_again_keeps_its_jobs() {
    let library = Library::in_memory().expect("a library");
    library.save_project(&document("p", "Talk", 1)).expect("saved");
    library.save_job(&job("a", JobState::Created, Some("p"), 1)).expect("saved");
    library.save_project(&document("p", "Talk", 2)).expect("saved");
    assert!(library.job(&JobId("a".to_owned())).expect("readable").is_some());
}

#[test]
fn a_setting_is_replaced_and_forgotten() {
    let library = Library::in_memory().expect("a library");
    for value in [Some("a"), Some("b"), None] {
        library.set_setting("key", value).expect("kept");
        assert_eq!(library.setting("key").expect("readable").as_deref(), value);
    }
}

#[test]
fn assets_are_listed_by_when_they_came_until_they_are_removed() {
    let library = Library::in_memory().expect("a library");
    let ids: Vec<MediaId> = [("a", "/a.mp4"), ("b", "https://example.org/b.mp4"), ("c", "s3://bucket/c.mp4")]
        .into_iter()
        .zip(1..)
        .map(|((name, place), now)| {
            library.register_asset(&content(name), &at(place), &info(5), Timestamp(now)).expect("registered")
        })
        .collect();
    library.register_asset(&content("a"), &at("/moved.mp4"), &info(5), Timestamp(9)).expect("moved");
    let places = || {
        let assets = library.assets().expect("readable");
        assets.iter().map(|asset| asset.location.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(places(), ["s3://bucket/c.mp4", "https://example.org/b.mp4", "/moved.mp4"]);
    library.set_thumbnail(&ids[1], b"jpeg").expect("kept");
    assert!(library.remove_asset(&ids[0], false).expect("removed"));
    assert!(library.remove_asset(&ids[1], true).expect("removed"));
    assert!(!library.remove_asset(&ids[1], true).expect("nothing to remove"));
    assert_eq!(places(), ["s3://bucket/c.mp4"]);
    assert_eq!(library.asset(&ids[1]).expect("readable"), None);
    let picture = library.thumbnail(&ids[1]).expect("readable");
    assert!(picture.is_some(), "a project that shows the video keeps its picture");
    library.register_asset(&content("b"), &at("/b.mp4"), &info(5), Timestamp(10)).expect("added again");
    assert_eq!(places(), ["s3://bucket/c.mp4", "/b.mp4"]);
}

#[test]
fn an_upload_is_kept_until_it_is_forgotten() {
    let library = Library::in_memory().expect("a library");
    let upload = |id: &str, created| WaitingUpload {
        id: id.to_owned(),
        file: PathBuf::from(format!("/outbox/{id}.mp4")),
        document: "{}".to_owned(),
        progress: None,
        created: Timestamp(created),
    };
    library.save_upload(&upload("b", 2)).expect("kept");
    library.save_upload(&upload("a", 1)).expect("kept");
    library.set_upload_progress("a", Some("part 1")).expect("noted");
    let begun = WaitingUpload { progress: Some("part 1".to_owned()), ..upload("a", 1) };
    assert_eq!(library.uploads().expect("readable"), [begun.clone(), upload("b", 2)]);
    assert_eq!(library.upload("a").expect("readable"), Some(begun));
    library.delete_upload("a").expect("forgotten");
    assert_eq!(library.upload("a").expect("readable"), None);
}
