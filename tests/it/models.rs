//! Models: those that are installed add their evidence; those that are missing or damaged cost it and nothing else.

use std::path::{Path, PathBuf};

use engine::model::{Series, Signal, SoundEvent};
use engine::{Analysis, Desk, EvidenceGap, GapReason, ModelKind, Options, Snapshot};
use testkit::{Folder, shared_media, shared_models};

use crate::support::{CommandLine, find, open_desk, options};

/// An engine's options with models from these folders.
fn with_models(home: &Folder, folders: &[&Path]) -> Options {
    let options = options(home.path());
    let folders = folders.iter().map(|folder| PathBuf::from(*folder)).collect();
    Options { directories: options.directories.with_models(folders), ..options }
}

/// A desk on which `video` was analysed.
async fn analysed(options: Options, video: &Path) -> (Desk, Snapshot) {
    let desk = open_desk(options).await;
    if desk.snapshot().project.materials.is_empty() {
        let imported = desk.import(vec![video.to_owned()]).await.expect("a project can be saved");
        assert!(imported.refused.is_empty(), "{:?}", imported.refused);
    }
    let snapshot = find(&desk).await;
    (desk, snapshot)
}

/// How certain the event is at most; zero when nothing listens for it.
fn strongest(desk: &Desk, event: SoundEvent) -> f32 {
    let material = desk.snapshot().project.materials[0].id;
    let evidence = desk.evidence(material).expect("the material was analysed");
    let heard = evidence.sound_events.get(&event);
    heard.map_or(0.0, |series| series.values().iter().copied().fold(0.0, f32::max))
}

async fn gaps(desk: &Desk) -> Vec<EvidenceGap> {
    desk.engine().evidence_gaps().await.expect("the library can be written")
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_events_are_heard_when_their_model_is_there() {
    let (Some(models), Some(media)) = (shared_models(), shared_media()) else { return };
    let (home, scream) = (Folder::new(), media.join("sound/sfx/scream.wav"));

    let (desk, _) = analysed(with_models(&home, &[&models]), &scream).await;
    assert!(strongest(&desk, SoundEvent::Screaming) > 0.3, "the scream is heard");
    let missing = gaps(&desk).await;
    assert!(missing.iter().all(|gap| gap.kind != ModelKind::SoundEvents), "no model is missed: {missing:?}");
    desk.close().await;

    let desk = open_desk(with_models(&home, &[])).await;
    assert!(
        strongest(&desk, SoundEvent::Screaming) > 0.3,
        "what was heard is shown until it is looked for again"
    );
    desk.close().await;
    let (desk, _) = analysed(with_models(&home, &[]), &scream).await;
    assert_eq!(
        strongest(&desk, SoundEvent::Screaming),
        0.0,
        "evidence of another set of models is not taken"
    );
    let missing = gaps(&desk).await;
    let gap = missing.iter().find(|gap| gap.kind == ModelKind::SoundEvents).expect("it is said");
    assert_eq!((gap.model.as_str(), &gap.reason), ("yamnet", &GapReason::Missing));
    desk.close().await;

    // A renamed copy in the library's own folder serves as well as the listed one.
    let own = home.path().join("data/models");
    std::fs::create_dir_all(&own).expect("a folder can be made");
    std::fs::copy(models.join("yamnet/yamnet.tflite"), own.join("ears")).expect("a file can be copied");
    let (desk, _) = analysed(with_models(&home, &[]), &scream).await;
    assert!(strongest(&desk, SoundEvent::Screaming) > 0.3, "the copy is recognised by its content");
}

#[tokio::test(flavor = "multi_thread")]
async fn faces_are_seen_when_their_model_is_there() {
    let (Some(models), Some(media)) = (shared_models(), shared_media()) else { return };
    let talking = media.join("talk/grid/GRID/sbia1a.mpg");
    for (folders, expected) in [(vec![models.as_path()], true), (Vec::new(), false)] {
        let home = Folder::new();
        let (desk, _) = analysed(with_models(&home, &folders), &talking).await;
        let evidence = desk.evidence(desk.snapshot().project.materials[0].id).expect("it was analysed");
        let faces = evidence.signals.get(&Signal::Faces);
        assert_eq!(faces.is_some(), expected, "faces are looked for only with the model");
        let shares = faces.map(Series::values).unwrap_or_default();
        assert!(shares.iter().all(|share| *share > 0.35), "the speaker's face fills the picture: {shares:?}");
        desk.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_model_costs_its_evidence_and_not_the_job() {
    let (Some(models), Some(media)) = (shared_models(), shared_media()) else { return };
    let (home, folder) = (Folder::new(), Folder::new());
    let damaged = folder.file("yamnet.tflite");
    let mut bytes = std::fs::read(models.join("yamnet/yamnet.tflite")).expect("the model can be read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&damaged, &bytes).expect("a temporary file can be written");

    let talk = media.join("talk/example.mp4");
    let (desk, snapshot) = analysed(with_models(&home, &[folder.path()]), &talk).await;
    assert_eq!(snapshot.materials[0].analysis, Analysis::Done, "the job is done without the model");
    assert!(!snapshot.project.materials[0].ranges.is_empty(), "and finds something");
    assert_eq!(strongest(&desk, SoundEvent::Speech), 0.0, "one wrong bit and the model is not used");
    let missing = gaps(&desk).await;
    let gap = missing.iter().find(|gap| gap.kind == ModelKind::SoundEvents).expect("it is said");
    assert_eq!(gap.reason, GapReason::Damaged(damaged), "the file is named");
}

#[test]
fn the_command_line_finds_models_and_says_once_what_is_missing() {
    let (Some(models), Some(media)) = (shared_models(), shared_media()) else { return };
    let line = CommandLine::new();
    let (one, two) = (media.join("talk/example.mp4"), media.join("sound/sfx/scream.wav"));
    let extract = |listed: Option<&Path>| {
        let mut command = line.command(&["extract", "--allow-speechless", "--count", "1"]);
        command.args([&one, &two]);
        if let Some(listed) = listed {
            command.env("STANDOUT_MODELS", listed);
        }
        let output = command.output().expect("the command line starts");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let said = extract(None);
    assert_eq!(said.matches("Sound events are left out").count(), 1, "once for both videos: {said}");
    assert!(said.contains("standout models download yamnet"), "with the next step: {said}");
    let said = extract(Some(&models));
    assert!(!said.contains("Sound events"), "nothing is missing: {said}");
}
