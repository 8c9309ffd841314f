//! Speech is written down on request, by a worker, once for each model and language. The small test weights hear nothing:
//! what matters here is what is asked, refused, cancelled and remembered.

use std::path::PathBuf;

use engine::{Analysis, Code, Desk, SpeechModelChoice, TranscriptionOptions};
use testkit::{Folder, shared_media, shared_models};

use crate::support::{CommandLine, open_desk, options, speechless, until};

fn weights(name: &str) -> Option<PathBuf> {
    Some(shared_models()?.join("whisper").join(name))
}

fn request(model: PathBuf, language: Option<&str>) -> TranscriptionOptions {
    let language = language.map(str::to_owned);
    TranscriptionOptions { model: SpeechModelChoice::File(model), language }
}

async fn desk_with(home: &Folder, video: PathBuf) -> Desk {
    let desk = open_desk(options(home.path())).await;
    let imported = desk.import(vec![video]).await.expect("a project can be saved");
    assert!(imported.refused.is_empty(), "{:?}", imported.refused);
    desk
}

/// Transcribes and waits for how it ended.
async fn transcribed(desk: &Desk, options: &TranscriptionOptions) -> Analysis {
    desk.transcribe(options).await.expect("transcribing begins");
    let snapshot = until(desk, "the end of transcribing", |snapshot| !snapshot.transcribing).await;
    snapshot.materials[0].transcription.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_transcribes_on_request_and_remembers_it() {
    let (Some(media), Some(tiny)) = (shared_media(), weights("for-tests-ggml-tiny.bin")) else { return };
    let home = Folder::new();
    let desk = desk_with(&home, media.join("speech/jfk.wav")).await;
    assert_eq!(desk.snapshot().materials[0].transcription, Analysis::None, "nothing is written down unasked");
    assert_eq!(transcribed(&desk, &request(tiny.clone(), Some("en"))).await, Analysis::Done);
    assert_eq!(desk.snapshot().materials[0].transcript_language.as_deref(), Some("en"));
    desk.close().await;

    // Another start remembers it, and the same request needs no worker.
    let desk = open_desk(options(home.path())).await;
    assert_eq!(desk.snapshot().materials[0].transcript_language.as_deref(), Some("en"));
    let begun = std::time::Instant::now();
    assert_eq!(transcribed(&desk, &request(tiny, Some("en"))).await, Analysis::Done);
    assert!(begun.elapsed().as_secs() < 5, "what was written down once is not heard again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transcription_is_given_up_on_request() {
    let (Some(media), Some(base)) = (shared_media(), weights("for-tests-ggml-base.bin")) else { return };
    let home = Folder::new();
    let desk = desk_with(&home, media.join("speech/multilingual.mp3")).await;
    desk.transcribe(&request(base, None)).await.expect("transcribing begins");
    until(&desk, "work to begin", |snapshot| {
        matches!(snapshot.materials[0].transcription, Analysis::Running(_))
    })
    .await;
    let busy = desk.new_project().expect_err("work is under way");
    assert_eq!(busy.code, Code::Busy);
    let _cancelling = desk.cancel_transcription();
    let snapshot = until(&desk, "the end of transcribing", |snapshot| !snapshot.transcribing).await;
    assert_eq!(snapshot.materials[0].transcription, Analysis::Cancelled);
    assert_eq!(snapshot.materials[0].transcript_language, None, "nothing half-written is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_transcribed_says_why() {
    let (Some(models), Some(tiny)) = (shared_models(), weights("for-tests-ggml-tiny.bin")) else { return };
    let (home, folder) = (Folder::new(), Folder::new());
    let desk = desk_with(&home, speechless(&folder, "tones.mp4", 4)).await;
    let truncated = folder.file("cut.bin");
    let whole = std::fs::read(&tiny).expect("the weights are readable");
    std::fs::write(&truncated, &whole[..whole.len() / 2]).expect("a temporary file can be written");

    for (options, code) in [
        (TranscriptionOptions::default(), Code::ModelMissing),
        (request(folder.file("none.bin"), None), Code::FileNotFound),
        (request(tiny.clone(), Some("tlh")), Code::InvalidRequest),
        (
            TranscriptionOptions { model: SpeechModelChoice::Id("yamnet".to_owned()), language: None },
            Code::InvalidRequest,
        ),
        (
            TranscriptionOptions { model: SpeechModelChoice::Id("whisper-tiny".to_owned()), language: None },
            Code::ModelMissing,
        ),
        (
            TranscriptionOptions { model: SpeechModelChoice::Id("none".to_owned()), language: None },
            Code::ModelUnknown,
        ),
    ] {
        let refused = desk.transcribe(&options).await.expect_err("it cannot begin");
        assert_eq!(refused.code, code, "{options:?}: {refused}");
    }
    let Analysis::Failed(failure) = transcribed(&desk, &request(tiny, None)).await else {
        panic!("nobody speaks in tones")
    };
    assert_eq!(failure.code, Code::Speechless);
    desk.close().await;

    let Some(media) = shared_media() else { return };
    let home = Folder::new();
    let desk = desk_with(&home, media.join("speech/jfk.wav")).await;
    for (file, code) in
        [(truncated, Code::ModelDamaged), (models.join("yamnet/yamnet.tflite"), Code::ModelUnknown)]
    {
        let Analysis::Failed(failure) = transcribed(&desk, &request(file.clone(), None)).await else {
            panic!("{} is no model of speech", file.display())
        };
        assert_eq!((failure.code, failure.path), (code, Some(file)), "{}", failure.message);
    }
}

#[test]
fn the_command_line_transcribes_with_a_file_and_tells_what_it_cannot() {
    let (Some(media), Some(tiny)) = (shared_media(), weights("for-tests-ggml-tiny.bin")) else { return };
    let line = CommandLine::new();
    let video = media.join("speech/jfk.wav").display().to_string();
    let with = |model: &str| format!("--transcribe={model}");
    let ran = line.run(&[
        "extract",
        &with(&tiny.display().to_string()),
        "--language",
        "en",
        "--count",
        "1",
        &video,
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.errors.contains("Transcribing"), "it says what takes long: {}", ran.errors);
    assert!(!ran.errors.contains("whisper_"), "native code keeps its log to itself: {}", ran.errors);
    let ranges = &ran.json()["HighlightResults"][0]["TimeRanges"];
    assert_eq!(ranges.as_array().map(Vec::len), Some(1), "{ran:?}");

    let ran = line.run(&["extract", "--transcribe", &video]);
    assert!(ran.code != 0 && ran.errors.contains("standout models download whisper-base"), "{ran:?}");
    let ran = line.run(&["extract", &with("/none/ggml.bin"), &video]);
    assert!(ran.code != 0 && ran.errors.contains("/none/ggml.bin"), "{ran:?}");
}
