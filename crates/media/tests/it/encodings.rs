//! Every codec, at a quality and at a bit rate, in every file format that holds it.

use std::path::Path;

use media::{ClipRequest, MediaError, can_encode, check_container, estimated_bytes, export_clip};
use model::job::{RateControl, VideoCodec, VideoEncoding};
use model::{MediaTime, TimeRange};
use testkit::{Clip, Container, Folder, Pictures, Sound, Timing, ffprobe, shared_media};

use crate::common::{
    analyse, assert_close, at_default, frame_numbers, go_on, picture_facts, picture_rate, probed, seconds,
};

/// Those that encode, with the names `ffprobe` gives them.
const ENCODED: [(VideoCodec, &str); 4] = [
    (VideoCodec::H264, "h264"),
    (VideoCodec::H265, "hevc"),
    (VideoCodec::Vp9, "vp9"),
    (VideoCodec::Av1, "av1"),
];

fn with_sound() -> Clip {
    Clip { sound: Some(Sound::bursts([0.5, 1.52, 2.2, 3.0].map(seconds))), ..Clip::default() }
}

#[test]
fn this_ffmpeg_encodes_every_codec() {
    for codec in VideoCodec::ALL {
        assert!(can_encode(codec), "{} can be written here", codec.name());
    }
}

#[test]
fn every_codec_shows_the_frames_of_the_range_in_every_format_that_holds_it() {
    let folder = Folder::new();
    let source = probed(with_sound().write(&folder, "source"));
    for (codec, name) in ENCODED {
        for extension in ["mp4", "m4v", "mov", "mkv", "webm"] {
            if check_container(extension, codec).is_err() {
                continue;
            }
            let what = format!("{} in .{extension}", codec.name());
            let target = folder.file(&format!("{name}.{extension}"));
            let range = TimeRange::new(seconds(1.0), seconds(2.6));
            let wanted = ClipRequest { video: at_default(codec), ..source.request(range, &target) };
            let report = export_clip(&wanted, &mut go_on).expect(&what);
            assert_eq!((report.frames, report.samples), (40, 76_800), "the report of {what}");
            check_shown(&target, &what);
            let tags = picture_facts(&target, "codec_name,codec_tag_string");
            assert_eq!(tags[0], name, "the codec of {what}");
            if codec == VideoCodec::H265 && !extension.starts_with("mk") {
                assert_eq!(tags[1], "hvc1", "the name that QuickTime plays, of {what}");
            }
            check_sound(&target, &what);
        }
    }
}

/// Frames 25 to 64, 40 ms apart, from the beginning.
fn check_shown(target: &Path, what: &str) {
    let found = frame_numbers(target);
    let numbers: Vec<u32> = found.iter().filter_map(|(_, number)| *number).collect();
    assert_eq!(numbers, (25..65).collect::<Vec<u32>>(), "the frames of {what}");
    let first = found[0].0;
    // Matroska has no edit lists: what AAC and Opus need to settle lies before the first frame, or moves it.
    assert!(first <= MediaTime::from_millis(25), "{what} begins at once, not at {} s", first.as_seconds());
    for (place, (time, _)) in (0..).zip(found) {
        assert_close(
            time - first,
            MediaTime::from_millis(place * 40),
            2,
            &format!("frame {place} of {what}"),
        );
    }
}

/// The tones of the source at 1.52 s and 2.2 s.
fn check_sound(target: &Path, what: &str) {
    let (_, _, kept) = analyse(target).expect("the clip can be decoded");
    let heard = kept.burst_starts();
    assert_eq!(heard.len(), 2, "two tones lie in {what}, heard at {heard:?}");
    let shown = kept.pictures.first().map_or(MediaTime::ZERO, |(time, _)| *time);
    for (heard, expected) in heard.into_iter().zip([0.52, 1.2].map(seconds)) {
        assert_close(heard - shown, expected, 8, &format!("a tone of {what}"));
    }
}

#[test]
fn a_finer_factor_gives_more_bits() {
    let Some(shared) = shared_media() else { return };
    let source = probed(shared.join("film/big_buck_bunny.mp4"));
    let folder = Folder::new();
    let target = folder.file("clip.mp4");
    for (codec, _) in ENCODED {
        let rates = [20.0, 40.0].map(|crf| {
            let video = VideoEncoding { codec, rate: RateControl::Crf(crf) };
            let range = TimeRange::new(seconds(60.0), seconds(62.0));
            let wanted = ClipRequest { video, ..source.request(range, &target) };
            export_clip(&wanted, &mut go_on).expect("the export succeeds");
            picture_rate(&target, range.duration())
        });
        assert!(
            rates[1] * 2.0 < rates[0],
            "{}: 20 gives {} bit/s, 40 gives {}",
            codec.name(),
            rates[0],
            rates[1]
        );
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "how near each rate came is shown when a test is run by hand")]
fn a_bit_rate_is_met_within_a_tenth() {
    let Some(shared) = shared_media() else { return };
    let folder = Folder::new();
    let check = |film: &str, from: f64, length: f64, codec: VideoCodec, kilobits: u32| {
        let source = probed(shared.join("film").join(film));
        let target = folder.file("clip.mp4");
        let range = TimeRange::new(seconds(from), seconds(from + length));
        let video = VideoEncoding { codec, rate: RateControl::Bitrate(kilobits) };
        let wanted = ClipRequest { video, height: Some(90), ..source.request(range, &target) };
        let mut last = 0.0;
        let mut rising = |fraction: f32| {
            assert!(last <= fraction && fraction <= 1.0, "progress rises: {last} then {fraction}");
            last = fraction;
            std::ops::ControlFlow::Continue(())
        };
        export_clip(&wanted, &mut rising).expect("the export succeeds");
        assert!((last - 1.0).abs() < f32::EPSILON, "progress ends at one");
        let stated: f64 = picture_facts(&target, "bit_rate")[0].parse().expect("MP4 states the rate");
        let measured = picture_rate(&target, range.duration());
        let share = stated / (f64::from(kilobits) * 1_000.0);
        println!("{film} {length} s, {} at {kilobits} kbit/s: {share:.3}", codec.name());
        assert!(
            (0.9..=1.1).contains(&share),
            "{} of {film} at {kilobits} kbit/s is off: {share:.3}",
            codec.name()
        );
        assert!((stated / measured - 1.0).abs() < 0.02, "the packets say the same: {measured}");
        let others = std::fs::read_dir(folder.path()).expect("the folder can be read").count();
        assert_eq!(others, 1, "nothing is left beside the clip");
    };
    for (codec, _) in ENCODED {
        check("sintel_trailer.mp4", 20.0, 4.0, codec, 120);
        check("big_buck_bunny.mp4", 100.0, 6.0, codec, 100);
    }
    check("sintel_trailer.mp4", 5.0, 15.0, VideoCodec::H264, 80);
}

#[test]
fn pictures_that_need_fewer_bits_stay_below_the_rate() {
    let folder = Folder::new();
    let still = Clip { pictures: Pictures::Shots(vec![40]), ..Clip::default() };
    let source = probed(still.write(&folder, "source"));
    let target = folder.file("clip.mp4");
    let range = TimeRange::new(seconds(0.0), seconds(4.0));
    let video = VideoEncoding { codec: VideoCodec::H264, rate: RateControl::Bitrate(50_000) };
    let wanted = ClipRequest { video, ..source.request(range, &target) };
    let report = export_clip(&wanted, &mut go_on).expect("a rate that cannot be filled is no failure");
    assert_eq!(report.frames, 100, "every frame is there");
    assert!(picture_rate(&target, range.duration()) < 25_000_000.0, "still pictures are not blown up");
}

#[test]
fn what_a_file_cannot_hold_is_refused_before_work() {
    let folder = Folder::new();
    let source = probed(Clip::default().write(&folder, "source"));
    let range = TimeRange::new(seconds(0.0), seconds(1.0));
    let check = |name: &str, codec: VideoCodec, words: &str| {
        let target = folder.file(name);
        let wanted = ClipRequest { video: at_default(codec), ..source.request(range, &target) };
        let refused = export_clip(&wanted, &mut |_| panic!("{name} is refused before work"));
        let error = refused.expect_err("the pair is refused");
        assert!(matches!(error, MediaError::Container { .. }), "{error:?}");
        assert!(error.to_string().contains(words), "{error} says {words}");
        assert!(!target.exists(), "nothing was written");
    };
    check("clip.webm", VideoCodec::H264, "A .webm file cannot hold H.264");
    check("clip.mov", VideoCodec::Av1, "A .mov file cannot hold AV1");
    check("clip.avi", VideoCodec::H264, "Clips are not written as .avi");
    check("clip", VideoCodec::H264, "files without an ending");
    check("clip.webm", VideoCodec::Copy, "A .webm file cannot hold h264");
}

#[test]
fn varying_frame_times_are_kept_by_every_codec() {
    let folder = Folder::new();
    let clip = Clip { timing: Timing::Varying, frames: 60, ..Clip::default() };
    let source = probed(clip.write(&folder, "source"));
    let range = TimeRange::new(seconds(1.0), seconds(3.0));
    let inside: Vec<u32> = (0..60)
        .filter(|&frame| clip.time_of(frame) < range.end && range.start < clip.time_of(frame + 1))
        .collect();
    for (codec, name) in ENCODED {
        let target = folder.file(&format!("{name}.mp4"));
        let wanted = ClipRequest { video: at_default(codec), ..source.request(range, &target) };
        export_clip(&wanted, &mut go_on).expect("the export succeeds");
        let found = frame_numbers(&target);
        let numbers: Vec<u32> = found.iter().filter_map(|(_, number)| *number).collect();
        assert_eq!(numbers, inside, "the frames of {}", codec.name());
        for ((time, _), number) in found.into_iter().zip(&inside) {
            let shown = (clip.time_of(*number) - range.start).max(MediaTime::ZERO);
            assert_close(time, shown, 2, &format!("frame {number} of {}", codec.name()));
        }
    }
}

#[test]
fn sound_alone_is_written_in_every_format() {
    let folder = Folder::new();
    let clip = Clip { pictures: Pictures::None, container: Container::Mkv, ..with_sound() };
    let source = probed(clip.write(&folder, "sound"));
    for (extension, codec, sound) in [
        ("mp4", VideoCodec::H264, "aac"),
        ("mov", VideoCodec::H265, "aac"),
        ("webm", VideoCodec::Vp9, "opus"),
    ] {
        let target = folder.file(&format!("clip.{extension}"));
        let range = TimeRange::new(seconds(1.0), seconds(2.6));
        let video = VideoEncoding { codec, rate: RateControl::Bitrate(500) };
        let wanted = ClipRequest { video, ..source.request(range, &target) };
        let report = export_clip(&wanted, &mut go_on).expect("the export succeeds");
        assert_eq!((report.size, report.samples), (None, 76_800), "sound alone in .{extension}");
        assert_eq!(ffprobe(&target, "stream=codec_name"), [sound], "the sound of .{extension}");
        let (_, _, kept) = analyse(&target).expect("the clip can be decoded");
        assert_eq!(kept.burst_starts().len(), 2, "both tones are heard in .{extension}");
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "how near each estimate came is shown when a test is run by hand")]
fn sizes_are_estimated_within_a_factor_of_two_and_a_half() {
    let Some(shared) = shared_media() else { return };
    let folder = Folder::new();
    let factor = |name: &str, from: f64, length: f64, height: Option<u32>, video: VideoEncoding| {
        let source = probed(shared.join(name));
        let range = TimeRange::new(seconds(from), seconds(from + length));
        let target = folder.file("clip.mp4");
        let wanted = ClipRequest { video, height, ..source.request(range, &target) };
        export_clip(&wanted, &mut go_on).expect("the export succeeds");
        let written = std::fs::metadata(&target).expect("the clip is there").len() as f64;
        let estimate = estimated_bytes(&source.info, range, None, height, video) as f64;
        let factor = estimate / written;
        println!("{name} {}: {estimate} estimated, {written} written, {factor:.2}", video.codec.name());
        factor
    };
    for (name, from, length, height) in [
        ("film/big_buck_bunny.mp4", 100.0, 3.0, None),
        ("film/sintel_trailer.mp4", 20.0, 2.0, Some(240)),
        ("film/chaplin.mp4", 2.0, 1.5, None),
        ("talk/example.mp4", 5.0, 2.0, Some(240)),
        ("talk/nasa_13013.mp4", 2.0, 2.0, None),
    ] {
        for (codec, _) in ENCODED {
            let factor = factor(name, from, length, height, at_default(codec));
            assert!((0.4..=2.5).contains(&factor), "{} of {name} is off: {factor:.2}", codec.name());
        }
    }
    let large = factor("talk/example.mp4", 5.0, 2.0, None, at_default(VideoCodec::H264));
    assert!((0.4..=2.5).contains(&large), "720 lines that were pressed hard before are off: {large:.2}");
    let film = "film/big_buck_bunny.mp4";
    let video = VideoEncoding { codec: VideoCodec::H264, rate: RateControl::Bitrate(100) };
    let rated = factor(film, 100.0, 5.0, Some(90), video);
    assert!((0.88..=1.12).contains(&rated), "a bit rate leaves little to guess: {rated:.2}");
    let copied = factor(film, 100.0, 20.0, None, at_default(VideoCodec::Copy));
    assert!((0.4..=2.5).contains(&copied), "a copy is a share of the source: {copied:.2}");
}

#[test]
fn a_cancelled_export_ends_and_leaves_nothing_whatever_the_codec() {
    let folder = Folder::new();
    let source = probed(with_sound().write(&folder, "source"));
    let range = TimeRange::new(seconds(0.0), seconds(4.0));
    for codec in VideoCodec::ALL {
        for rate in [RateControl::Crf(codec.default_crf()), RateControl::Bitrate(300)] {
            let target = folder.file("clip.mp4");
            let video = VideoEncoding { codec, rate };
            let wanted = ClipRequest { video, ..source.request(range, &target) };
            let cancelled = export_clip(&wanted, &mut |_| std::ops::ControlFlow::Break(()));
            assert!(matches!(cancelled, Err(MediaError::Cancelled)), "{}: {cancelled:?}", codec.name());
            assert!(!target.exists(), "{} takes its file away", codec.name());
        }
    }
}
