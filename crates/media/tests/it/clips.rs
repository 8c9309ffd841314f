//! Exported clips, frame by frame and sample by sample.

use std::ops::ControlFlow;

use media::{ClipReport, ClipRequest, Cut, MediaError, export_clip};
use model::{MediaTime, Rotation, TimeRange};
use testkit::{Clip, Container, Folder, Pictures, Sound, Timing, ffprobe};

use crate::common::{Probed, analyse, assert_close, frame_numbers, go_on, probed, seconds};

/// Exports a range of a clip and compares every frame with those the source shows in that range.
fn check_frames(clip: &Clip, from: f64, to: f64) -> ClipReport {
    let folder = Folder::new();
    check_frames_of(clip, &probed(clip.write(&folder, "source")), from, to)
}

/// As [`check_frames`], of a clip that was made before.
fn check_frames_of(clip: &Clip, source: &Probed, from: f64, to: f64) -> ClipReport {
    let folder = Folder::new();
    let range = TimeRange::new(seconds(from), seconds(to));
    let target = folder.file(".clip.part-1.mp4");
    let report = export_clip(&source.request(range, &target), &mut go_on).expect("the export succeeds");
    let named = folder.file("clip.mp4");
    std::fs::rename(&target, &named).expect("the caller gives the file its name");
    let at_start = (0..clip.frames).rev().find(|&frame| clip.time_of(frame) <= range.start).unwrap_or(0);
    let expected: Vec<u32> =
        (at_start..clip.frames).filter(|&frame| clip.time_of(frame) < range.end).collect();
    let found = frame_numbers(&named);
    let numbers: Vec<u32> = found.iter().filter_map(|(_, number)| *number).collect();
    assert_eq!(numbers, expected, "the frames of {from} to {to} s of {clip:?}");
    assert_eq!(report.frames as usize, expected.len(), "the report counts the frames");
    assert_eq!(report.cut, Cut::Exact, "what is encoded is cut exactly");
    for ((time, _), number) in found.iter().zip(expected) {
        let shown = (clip.time_of(number) - range.start).max(MediaTime::ZERO);
        assert_close(*time, shown, 5, "a frame of the clip");
    }
    let length = seconds(ffprobe(&named, "format=duration")[0].parse().expect("a number of seconds"));
    assert_close(length, range.duration(), 30, "the end of the clip");
    report
}

fn with_sound(container: Container) -> Clip {
    let bursts = [0.5, 1.52, 2.2, 3.0].map(seconds);
    Clip { container, sound: Some(Sound::bursts(bursts)), ..Clip::default() }
}

#[test]
fn every_container_gives_exactly_the_frames_of_the_range() {
    for container in [Container::Mp4, Container::Mkv, Container::Ts, Container::Webm, Container::Avi] {
        let (folder, clip) = (Folder::new(), with_sound(container));
        let source = probed(clip.write(&folder, "source"));
        check_frames_of(&clip, &source, 1.0, 3.0);
        check_frames_of(&clip, &source, 2.52, 2.92);
        check_frames_of(&clip, &source, 0.0, 0.4);
    }
}

#[test]
fn a_range_that_starts_inside_a_frame_shows_that_frame_first() {
    check_frames(&Clip::default(), 1.02, 2.01);
    check_frames(&Clip { container: Container::Mkv, ..Clip::default() }, 3.379, 3.99);
}

#[test]
fn a_start_rounded_a_little_too_early_does_not_flash_the_frame_before() {
    let folder = Folder::new();
    let source =
        probed(Clip { timing: Timing::Constant(30_000, 1_001), ..Clip::default() }.write(&folder, "source"));
    // Frame 31 is at 1.034367 s, which is shown and typed as 1.03.
    let target = folder.file("clip.mp4");
    let range = TimeRange::new(seconds(1.03), seconds(1.5));
    export_clip(&source.request(range, &target), &mut go_on).expect("the export succeeds");
    assert_eq!(frame_numbers(&target)[0], (MediaTime::ZERO, Some(31)));
}

#[test]
fn varying_and_fractional_frame_rates_keep_their_times() {
    for container in [Container::Mp4, Container::Mkv] {
        check_frames(&Clip { timing: Timing::Varying, container, frames: 60, ..Clip::default() }, 1.0, 3.3);
        let ntsc = Timing::Constant(30_000, 1_001);
        check_frames(&Clip { timing: ntsc, container, ..Clip::default() }, 1.49, 2.9);
    }
}

#[test]
fn turned_pictures_are_written_upright() {
    for rotation in [Rotation::Right, Rotation::Half, Rotation::Left] {
        let report = check_frames(&Clip { rotation, ..Clip::default() }, 1.0, 2.0);
        assert_eq!(report.size, Some((320, 180)), "the clip has the size that is shown for {rotation:?}");
    }
}

#[test]
fn sound_and_picture_stay_together() {
    for container in [Container::Mp4, Container::Mkv, Container::Ts] {
        let folder = Folder::new();
        let source = probed(with_sound(container).write(&folder, "source"));
        let target = folder.file("clip.mp4");
        let range = TimeRange::new(seconds(1.31), seconds(3.5));
        let report = export_clip(&source.request(range, &target), &mut go_on).expect("it succeeds");
        assert_eq!(report.samples, 105_120, "2.19 s at 48 kHz, to the sample");
        let (_, _, kept) = analyse(&target).expect("the clip can be decoded");
        let heard = kept.burst_starts();
        assert_eq!(heard.len(), 3, "three tones lie in the range, heard at {heard:?}");
        for (heard, expected) in heard.into_iter().zip([0.21, 0.89, 1.69].map(seconds)) {
            assert_close(heard, expected, 5, "a tone");
        }
    }
}

#[test]
fn sound_that_starts_late_stays_in_place() {
    let folder = Folder::new();
    let sound = Sound { start: seconds(1.0), ..Sound::bursts([1.0, 2.5].map(seconds)) };
    let source = probed(Clip { sound: Some(sound), ..Clip::default() }.write(&folder, "source"));
    let target = folder.file("clip.mp4");
    let range = TimeRange::new(seconds(0.6), seconds(3.0));
    export_clip(&source.request(range, &target), &mut go_on).expect("the export succeeds");
    let (_, _, kept) = analyse(&target).expect("the clip can be decoded");
    let heard = kept.burst_starts();
    assert_eq!(heard.len(), 2, "both tones are heard");
    assert_close(heard[0], seconds(0.4), 5, "the first tone");
    assert_close(heard[1], seconds(1.9), 5, "the second tone");
}

#[test]
fn sound_alone_and_picture_alone_can_be_exported() {
    let folder = Folder::new();
    let clip = Clip { pictures: Pictures::None, ..with_sound(Container::Mp4) };
    let source = probed(clip.write(&folder, "sound"));
    let target = folder.file("clip.mp4");
    let range = TimeRange::new(seconds(1.0), seconds(2.5));
    let report = export_clip(&source.request(range, &target), &mut go_on).expect("it succeeds");
    assert_eq!((report.size, report.samples), (None, 72_000));
    assert_eq!(ffprobe(&target, "stream=codec_type"), ["audio"]);
    check_frames(&Clip::default(), 0.5, 1.5);
}

#[test]
fn sound_of_an_unknown_codec_is_told_and_the_picture_is_kept() {
    let folder = Folder::new();
    let source = with_sound(Container::Mkv).write(&folder, "source");
    let mut bytes = std::fs::read(&source).expect("the clip was just written");
    let name = bytes.windows(6).position(|name| name == b"A_FLAC").expect("Matroska names its codecs");
    bytes[name..name + 6].copy_from_slice(b"A_ELSE");
    std::fs::write(&source, bytes).expect("a temporary folder can be written to");
    let (_, decoded, _) = analyse(&source).expect("the picture can be analysed");
    assert_eq!(decoded.unsupported_sound.len(), 1, "the pass tells of the sound it left out");
    let target = folder.file("clip.mp4");
    let range = TimeRange::new(seconds(1.0), seconds(2.0));
    let report = export_clip(&probed(source).request(range, &target), &mut go_on).expect("it succeeds");
    assert_eq!(report.unsupported_sound, decoded.unsupported_sound, "the export tells the same");
    assert_eq!((report.frames, report.samples), (25, 0), "the clip is silent and whole");
}

#[test]
fn odd_sides_become_even_and_a_wanted_size_is_kept() {
    let report = check_frames(
        &Clip { size: (321, 181), options: strings(&["-pix_fmt", "yuv444p"]), ..Clip::default() },
        1.0,
        2.0,
    );
    assert_eq!(report.size, Some((320, 180)));
    let folder = Folder::new();
    let source = probed(Clip::default().write(&folder, "source"));
    let target = folder.file("clip.mp4");
    let wanted = ClipRequest {
        width: Some(160),
        ..source.request(TimeRange::new(seconds(1.0), seconds(2.0)), &target)
    };
    export_clip(&wanted, &mut go_on).expect("the export succeeds");
    assert_eq!(ffprobe(&target, "stream=width,height"), ["160", "90"]);
}

#[test]
fn a_cancelled_or_impossible_export_leaves_nothing() {
    let folder = Folder::new();
    let source = probed(Clip::default().write(&folder, "source"));
    let target = folder.file("clip.mp4");
    let range = TimeRange::new(seconds(0.0), seconds(4.0));
    let cancelled = export_clip(&source.request(range, &target), &mut |_| ControlFlow::Break(()));
    assert!(
        matches!(cancelled, Err(MediaError::Cancelled)),
        "cancelling ends in that outcome: {cancelled:?}"
    );
    assert!(!target.exists(), "a cancelled export takes its file away");
    let outside = TimeRange::new(seconds(10.0), seconds(12.0));
    let empty = export_clip(&source.request(outside, &target), &mut go_on);
    assert!(matches!(empty, Err(MediaError::EmptyRange { .. })), "a range outside is refused: {empty:?}");
    let nowhere = folder.file("missing/clip.mp4");
    let unwritable = export_clip(&source.request(range, &nowhere), &mut go_on);
    assert!(
        matches!(unwritable, Err(MediaError::Unwritable { .. })),
        "a missing folder is told: {unwritable:?}"
    );
    assert!(!target.exists(), "nothing was written");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_as_such() {
    let folder = Folder::new();
    let source = probed(Clip::default().write(&folder, "source"));
    let range = TimeRange::new(seconds(0.0), seconds(4.0));
    // Every write to this device fails as on a full disk; a link keeps the clean-up from touching the device itself.
    let target = folder.file("full.mp4");
    std::os::unix::fs::symlink("/dev/full", &target).expect("a link can be made");
    let full = export_clip(&source.request(range, &target), &mut go_on);
    assert!(matches!(full, Err(MediaError::DiskFull { .. })), "a full disk is told: {full:?}");
}

fn strings(options: &[&str]) -> Vec<String> {
    options.iter().map(|option| (*option).to_owned()).collect()
}
