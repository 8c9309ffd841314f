//! Copies for the player.

use media::{plays_directly, prepare_preview, probe, stream_preview};
use model::{Rotation, TimeRange};
use testkit::{Clip, Container, Folder, Sound, ffmpeg, ffprobe};

use crate::common::{analyse, assert_close, file, frame_numbers, go_on, seconds};

fn check_preview(clip: &Clip) {
    let folder = Folder::new();
    let source = clip.write(&folder, "source");
    let info = probe(&file(&source)).expect("the clip can be probed");
    let target = folder.file("preview.mp4");
    prepare_preview(&file(&source), &info, None, &target, &mut go_on).expect("a preview can be made");
    let frames = frame_numbers(&target);
    assert_eq!(frames.len(), clip.frames as usize, "every frame of {clip:?} is in its preview");
    for (time, number) in frames {
        let number = number.expect("a frame of the preview shows its number");
        assert_close(time, clip.time_of(number), 2, "a frame of the preview");
    }
    let preview = probe(&file(&target)).expect("the preview can be probed");
    assert!(plays_directly(&preview, &file(&target)), "the player shows the preview: {preview:?}");
    let (_, _, kept) = analyse(&target).expect("the preview can be decoded");
    let bursts = clip.sound.as_ref().map(|sound| sound.bursts.clone()).unwrap_or_default();
    for (heard, expected) in kept.burst_starts().into_iter().zip(bursts) {
        assert_close(heard, expected, 10, "a tone of the preview");
    }
}

#[test]
fn a_preview_has_every_frame_at_the_time_of_the_source() {
    let sound = Some(Sound::bursts([0.5, 2.0].map(seconds)));
    for container in [Container::Mkv, Container::Ts, Container::Avi] {
        check_preview(&Clip { container, sound: sound.clone(), ..Clip::default() });
    }
    check_preview(&Clip { rotation: Rotation::Left, ..Clip::default() });
}

#[test]
fn a_stretch_that_grows_begins_with_the_frame_asked_for() {
    let folder = Folder::new();
    for container in [Container::Ts, Container::Avi] {
        let clip = Clip { container, sound: Some(Sound::bursts([seconds(2.0)])), ..Clip::default() };
        let source = clip.write(&folder, "source");
        let info = probe(&file(&source)).expect("the clip can be probed");
        let target = folder.file("early.mp4");
        let range = TimeRange::new(seconds(1.0), seconds(3.0));
        stream_preview(&file(&source), &info, range, None, &target, &mut go_on).expect("it can be made");
        let numbers: Vec<_> = frame_numbers(&target).into_iter().map(|(_, number)| number).collect();
        let expected: Vec<_> = (25..75).map(Some).collect();
        assert_eq!(numbers, expected, "the frames from one second to three of {container:?}");
    }
}

#[test]
fn a_large_source_becomes_small() {
    let folder = Folder::new();
    let source =
        Clip { container: Container::Ts, size: (1280, 720), ..Clip::default() }.write(&folder, "source");
    let info = probe(&file(&source)).expect("the clip can be probed");
    let target = folder.file("preview.mp4");
    prepare_preview(&file(&source), &info, None, &target, &mut go_on).expect("a preview can be made");
    assert_eq!(ffprobe(&target, "stream=width,height"), ["960", "540"]);
}

#[test]
fn a_preview_has_the_sound_that_was_chosen() {
    let folder = Folder::new();
    let bursts = [[0.5, 2.0], [1.0, 3.0]].map(|bursts| bursts.map(seconds));
    let [first, second] = bursts.map(|bursts| {
        let clip = Clip { sound: Some(Sound::bursts(bursts)), container: Container::Mkv, ..Clip::default() };
        clip.write(&folder, &format!("sound-{}", bursts[0].as_micros()))
    });
    let both = folder.file("both.mkv");
    let inputs = [&first, &second, &both].map(|path| path.to_str().expect("UTF-8").to_owned());
    ffmpeg(["-i", &inputs[0], "-i", &inputs[1], "-map", "0", "-map", "1:a", "-c", "copy", &inputs[2]]);
    let info = probe(&file(&both)).expect("the clip can be probed");
    assert_eq!(info.audio.len(), 2, "it has two sound tracks");
    for (audio, bursts) in info.audio.iter().zip(bursts) {
        let target = folder.file("preview.mp4");
        prepare_preview(&file(&both), &info, Some(audio.index), &target, &mut go_on)
            .expect("a preview can be made");
        let (_, _, kept) = analyse(&target).expect("the preview can be decoded");
        assert_eq!(kept.burst_starts().len(), bursts.len(), "every tone of the chosen track is heard");
        for (heard, expected) in kept.burst_starts().into_iter().zip(bursts) {
            assert_close(heard, expected, 10, "a tone of the chosen track");
        }
    }
}

#[test]
fn plain_files_play_as_they_are_and_others_do_not() {
    let folder = Folder::new();
    let check = |clip: Clip, name: &str, expected: bool| {
        let path = clip.write(&folder, name);
        let info = probe(&file(&path)).expect("the clip can be probed");
        assert_eq!(plays_directly(&info, &file(&path)), expected, "whether {name} plays as it is: {info:?}");
    };
    check(Clip::default(), "mp4", true);
    check(Clip { container: Container::Webm, ..Clip::default() }, "webm", true);
    check(Clip { container: Container::Mkv, ..Clip::default() }, "mkv", false);
    check(Clip { container: Container::Ts, ..Clip::default() }, "ts", false);
    check(Clip { rotation: Rotation::Right, ..Clip::default() }, "turned", false);
    let fragmented = ["-movflags", "frag_keyframe+empty_moov"].map(str::to_owned).to_vec();
    check(Clip { options: fragmented, ..Clip::default() }, "fragmented", false);
    let ten_bits = ["-pix_fmt", "yuv420p10le"].map(str::to_owned).to_vec();
    check(Clip { options: ten_bits, ..Clip::default() }, "ten-bits", false);
}
