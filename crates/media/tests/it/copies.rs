//! Clips in the source's own packets.

use std::path::{Path, PathBuf};

use media::{ClipReport, ClipRequest, Cut, MediaError, export_clip, probe};
use model::job::VideoCodec;
use model::{MediaTime, Rotation, TimeRange};
use testkit::{Clip, Container, Folder, Pictures, Sound, Timing, ffmpeg, ffprobe};

use crate::common::{
    analyse, assert_close, at_default, file, go_on, picture_facts, probed, seconds, shown_frames,
};

/// Four seconds, a key frame every two.
fn source_in(container: Container) -> Clip {
    let sound = Some(Sound::bursts([0.5, 1.52, 2.2, 3.0].map(seconds)));
    // Left to itself, the encoder would take a counter's change for a cut, and make a key frame of it.
    let options = ["-sc_threshold", "0"].map(str::to_owned).to_vec();
    Clip { container, sound, options, ..Clip::default() }
}

fn copy(source: &Path, range: TimeRange, target: &Path) -> Result<ClipReport, MediaError> {
    let source = probed(source);
    let wanted = ClipRequest { video: at_default(VideoCodec::Copy), ..source.request(range, target) };
    export_clip(&wanted, &mut go_on)
}

/// Copies a range, and compares what a player shows with the frames of the source from `first` up to the range's end.
fn check_shown(clip: &Clip, range: (f64, f64), extension: &str, first: u32, cut: Cut) -> (Folder, PathBuf) {
    let folder = Folder::new();
    check_shown_of(clip, &clip.write(&folder, "source"), range, extension, first, cut)
}

/// As [`check_shown`], of a clip that was made before.
fn check_shown_of(
    clip: &Clip,
    source: &Path,
    (from, to): (f64, f64),
    extension: &str,
    first: u32,
    cut: Cut,
) -> (Folder, PathBuf) {
    let folder = Folder::new();
    let target = folder.file(&format!("clip.{extension}"));
    let range = TimeRange::new(seconds(from), seconds(to));
    let what = format!("{from} to {to} s of {:?} in .{extension}", clip.container);
    let report = copy(source, range, &target).expect(&what);
    let expected: Vec<u32> = (first..clip.frames).filter(|&frame| clip.time_of(frame) < range.end).collect();
    let found = shown_frames(&target);
    let numbers: Vec<u32> = found.iter().filter_map(|(_, number)| *number).collect();
    assert_eq!(numbers, expected, "the frames of {what}");
    assert_eq!(report.cut, cut, "how {what} was cut");
    let begin = found[0].0;
    assert!(begin <= MediaTime::from_millis(25), "{what} begins at once, not at {} s", begin.as_seconds());
    for ((time, _), number) in found.iter().zip(&expected) {
        let shown = clip.time_of(*number) - clip.time_of(first);
        assert_close(*time - begin, shown, 2, &format!("frame {number} of {what}"));
    }
    assert_close(report.duration, range.end - clip.time_of(first), 2, "the reported length");
    (folder, target)
}

#[test]
fn an_edit_list_hides_what_came_before_the_range() {
    for container in [Container::Mp4, Container::Mkv, Container::Ts] {
        let (folder, clip) = (Folder::new(), source_in(container));
        let source = clip.write(&folder, "source");
        for extension in ["mp4", "mov"] {
            let lead = Cut::EditList { lead: seconds(0.6) };
            check_shown_of(&clip, &source, (2.6, 3.4), extension, 65, lead);
            check_shown_of(&clip, &source, (2.0, 3.0), extension, 50, Cut::Exact);
            check_shown_of(&clip, &source, (0.0, 0.52), extension, 0, Cut::Exact);
        }
    }
}

#[test]
fn a_copy_is_cut_between_frames() {
    let lead = |value| Cut::EditList { lead: seconds(value) };
    // In the middle of frame 30, which is on screen from 1.2 s on.
    check_shown(&source_in(Container::Mp4), (1.22, 2.22), "mp4", 30, lead(1.2));
    // Frame 31 of 30000/1001 is at 1.034367 s, which is shown and typed as 1.03.
    let ntsc = Clip { timing: Timing::Constant(30_000, 1_001), ..source_in(Container::Mp4) };
    let cut = Cut::EditList { lead: ntsc.time_of(31) };
    check_shown(&ntsc, (1.03, 1.5), "mp4", 31, cut);
    let varying = Clip { timing: Timing::Varying, frames: 60, ..source_in(Container::Mkv) };
    let cut = Cut::EditList { lead: varying.time_of(20) };
    check_shown(&varying, (1.6, 2.0), "mp4", 20, cut);
}

#[test]
fn formats_without_edit_lists_begin_at_the_key_frame() {
    let key = Cut::KeyFrame { lead: seconds(0.6) };
    let folder = Folder::new();
    for container in [Container::Mp4, Container::Mkv] {
        let source = source_in(container).write(&folder, "source");
        let target = folder.file("clip.mkv");
        let report = copy(&source, TimeRange::new(seconds(2.6), seconds(3.4)), &target).expect("it succeeds");
        assert_eq!(report.cut, key, "the lead is told");
        assert_close(report.duration, seconds(1.4), 2, "the length with the lead");
        let found = shown_frames(&target);
        assert_eq!(found[0].1, Some(50), "the first frame is the key frame at 2 s");
        assert!(found.iter().any(|(_, number)| *number == Some(84)), "the last frame of the range is there");
        assert!(found.len() <= 38, "only a few frames more than the range: {}", found.len());
    }
    let source = source_in(Container::Webm).write(&folder, "source");
    let target = folder.file("clip.webm");
    let report = copy(&source, TimeRange::new(seconds(2.6), seconds(3.4)), &target).expect("VP8 is copied");
    assert_eq!(report.cut, key, "WebM is cut like Matroska");
    assert_eq!(ffprobe(&target, "stream=codec_name"), ["vp8", "vorbis"], "nothing was encoded");
}

#[test]
fn copied_and_encoded_sound_stays_with_the_picture() {
    // AAC is copied into MP4; FLAC and the PCM of a transport stream are encoded.
    for (container, sound) in [(Container::Mp4, "aac"), (Container::Mkv, "aac"), (Container::Ts, "aac")] {
        let lead = Cut::EditList { lead: seconds(1.4) };
        let (_folder, target) = check_shown(&source_in(container), (1.4, 3.4), "mp4", 35, lead);
        assert_eq!(ffprobe(&target, "stream=codec_name"), ["h264", sound], "the codecs of a copy");
        let (info, _, kept) = analyse(&target).expect("the clip can be decoded");
        let heard = kept.burst_starts();
        assert_eq!(heard.len(), 3, "three tones lie in the range, heard at {heard:?}");
        for (heard, expected) in heard.into_iter().zip([0.12, 0.8, 1.6].map(seconds)) {
            assert_close(heard, expected, 8, &format!("a tone of {container:?}"));
        }
        assert_close(info.duration, seconds(2.0), 40, "the length of the copy");
    }
}

#[test]
fn packets_are_the_source_s_own() {
    let folder = Folder::new();
    let source = source_in(Container::Mp4).write(&folder, "source");
    let target = folder.file("clip.mp4");
    copy(&source, TimeRange::new(seconds(2.0), seconds(4.0)), &target).expect("the copy succeeds");
    let sizes = |path: &Path| -> Vec<String> {
        let lines = ffprobe(path, "packet=codec_type,size");
        lines.chunks_exact(2).filter(|pair| pair[0] == "video").map(|pair| pair[1].clone()).collect()
    };
    assert_eq!(sizes(&target), sizes(&source)[50..], "the second half, byte for byte as long");
}

#[test]
fn a_turned_source_stays_turned() {
    let folder = Folder::new();
    for rotation in [Rotation::Right, Rotation::Half, Rotation::Left] {
        let source = Clip { rotation, ..Clip::default() }.write(&folder, "turned");
        let target = folder.file("clip.mp4");
        let report = copy(&source, TimeRange::new(seconds(1.0), seconds(2.0)), &target).expect("it succeeds");
        assert_eq!(report.size, Some((320, 180)), "the size that is shown");
        let info = probe(&file(&target)).expect("the copy can be probed");
        assert_eq!(info.video.map(|video| video.rotation), Some(rotation), "the turn is kept");
        assert_eq!(shown_frames(&target)[0].1, Some(25), "and a player shows it upright");
        let refused = copy(&source, TimeRange::new(seconds(1.0), seconds(2.0)), &folder.file("clip.mkv"));
        assert!(matches!(refused, Err(MediaError::CannotCopy { .. })), "Matroska cannot say so: {refused:?}");
    }
}

#[test]
fn sound_alone_is_copied() {
    let folder = Folder::new();
    let clip = Clip { pictures: Pictures::None, ..source_in(Container::Mp4) };
    let source = clip.write(&folder, "sound");
    let target = folder.file("clip.mp4");
    let report = copy(&source, TimeRange::new(seconds(1.4), seconds(3.4)), &target).expect("it succeeds");
    assert_eq!(report.size, None, "there is no picture");
    let (_, _, kept) = analyse(&target).expect("the copy can be decoded");
    let heard = kept.burst_starts();
    assert_eq!(heard.len(), 3, "three tones lie in the range, heard at {heard:?}");
    assert_close(heard[0], seconds(0.12), 8, "the first tone");
}

#[test]
fn what_cannot_be_copied_is_refused_and_nothing_is_left() {
    let folder = Folder::new();
    let range = TimeRange::new(seconds(1.0), seconds(2.0));
    let source = source_in(Container::Webm).write(&folder, "source");
    let target = folder.file("clip.mp4");
    let refused = copy(&source, range, &target).expect_err("no player shows VP8 in MP4");
    assert!(refused.to_string().contains("cannot hold vp8. Let the name end in .mkv"), "{refused}");
    let raw = folder.file("raw.h264");
    let mp4 = Clip::default().write(&folder, "packed");
    ffmpeg(["-i", mp4.to_str().expect("UTF-8"), "-c", "copy", raw.to_str().expect("UTF-8")]);
    let refused = copy(&raw, range, &target).expect_err("a raw stream has no times");
    assert!(matches!(refused, MediaError::CannotCopy { .. }), "{refused:?}");
    assert!(!target.exists(), "nothing was written");
}

#[test]
fn h265_is_copied_under_the_name_that_quicktime_plays() {
    let folder = Folder::new();
    let options = ["-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hev1"];
    let options = options.map(str::to_owned).to_vec();
    let source = Clip { options, ..Clip::default() }.write(&folder, "source");
    let target = folder.file("clip.mov");
    copy(&source, TimeRange::new(seconds(0.0), seconds(2.0)), &target).expect("the copy succeeds");
    assert_eq!(picture_facts(&target, "codec_name,codec_tag_string"), ["hevc", "hvc1"]);
    assert_eq!(shown_frames(&target).len(), 50, "every frame is shown");
}
