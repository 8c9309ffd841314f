//! What the numbers of written pictures mean as colours.

use std::path::{Path, PathBuf};

use media::{ClipRequest, export_clip};
use model::TimeRange;
use model::job::VideoCodec;
use testkit::{Folder, ffmpeg, ffprobe};

use crate::common::{at_default, go_on, picture_facts, probed, seconds};

const TAGS: &str = "pix_fmt,color_range,color_space,color_transfer,color_primaries";

/// Half a second of one colour, given as numbers of luma and two of chroma, encoded with the given options.
fn source(folder: &Folder, name: &str, format: &str, [y, u, v]: [u32; 3], options: &[&str]) -> PathBuf {
    let path = folder.file(name);
    let fill = format!("nullsrc=s=320x180:r=25:d=0.6,format={format},geq=lum={y}:cb={u}:cr={v}");
    let output = path.to_str().expect("UTF-8");
    let input = ["-f", "lavfi", "-i", &fill];
    ffmpeg(input.into_iter().chain(options.iter().copied()).chain([output]));
    path
}

fn export(source: &Path, folder: &Folder, codec: VideoCodec, height: Option<u32>) -> PathBuf {
    let source = probed(source);
    let target = folder.file(&format!("{}.mp4", codec.name()));
    let range = TimeRange::new(seconds(0.0), seconds(0.4));
    let wanted = ClipRequest { video: at_default(codec), height, ..source.request(range, &target) };
    export_clip(&wanted, &mut go_on).expect("the export succeeds");
    target
}

/// Luma and both chromas in the middle of the first frame, as they are stored.
fn numbers(path: &Path) -> [u16; 3] {
    let raw = path.with_extension("raw");
    let (input, output) = (path.to_str().expect("UTF-8"), raw.to_str().expect("UTF-8"));
    ffmpeg(["-i", input, "-frames:v", "1", "-f", "rawvideo", output]);
    let bytes = std::fs::read(&raw).expect("ffmpeg wrote the frame");
    let facts = picture_facts(path, "width,height,pix_fmt");
    let [width, height] = [0, 1].map(|at| facts[at].parse::<usize>().expect("a number"));
    let wide = if facts[2].contains("10") { 2 } else { 1 };
    let value = |sample: usize| match wide {
        2 => u16::from_le_bytes([bytes[sample * 2], bytes[sample * 2 + 1]]),
        _ => u16::from(bytes[sample]),
    };
    let quarter = width / 2 * (height / 2);
    let middle = height / 4 * (width / 2) + width / 4;
    [height / 2 * width + width / 2, width * height + middle, width * height + quarter + middle].map(value)
}

fn assert_near(found: [u16; 3], expected: [u16; 3], tolerance: u16, what: &str) {
    let near = found.iter().zip(expected).all(|(found, expected)| found.abs_diff(expected) <= tolerance);
    assert!(near, "{what} has the numbers {found:?} and should have {expected:?}");
}

const PQ: [&str; 10] = [
    "-c:v",
    "libx265",
    "-x265-params",
    "log-level=none:hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400",
    "-colorspace",
    "bt2020nc",
    "-color_primaries",
    "bt2020",
    "-color_trc",
    "smpte2084",
];

#[test]
fn ten_bits_and_high_dynamic_range_are_kept_where_the_codec_can() {
    let folder = Folder::new();
    let source = source(&folder, "pq.mp4", "yuv420p10le", [500, 480, 560], &PQ);
    for codec in [VideoCodec::H265, VideoCodec::Vp9, VideoCodec::Av1] {
        for height in [None, Some(90)] {
            let target = export(&source, &folder, codec, height);
            let tags = picture_facts(&target, TAGS);
            let name = codec.name();
            assert_eq!(tags, ["yuv420p10le", "tv", "bt2020nc", "smpte2084", "bt2020"], "the tags of {name}");
            assert_near(numbers(&target), [500, 480, 560], 6, name);
        }
    }
    let target = export(&source, &folder, VideoCodec::H265, None);
    let light = ffprobe(&target, "frame_side_data");
    assert!(light.iter().any(|line| line == "Mastering display metadata"), "the screen is told: {light:?}");
    assert!(light.iter().any(|line| line == "10000000/10000"), "with its brightness: {light:?}");
    assert!(light.iter().any(|line| line == "Content light level metadata"), "and the light: {light:?}");
}

#[test]
fn high_dynamic_range_becomes_ordinary_in_h264() {
    let folder = Folder::new();
    for transfer in ["smpte2084", "arib-std-b67"] {
        let mut options = PQ;
        options[3] = "log-level=none";
        options[9] = transfer;
        // Grey of about diffuse white.
        let name = format!("{transfer}.mp4");
        let level = if transfer == "smpte2084" { 573 } else { 721 };
        let source = source(&folder, &name, "yuv420p10le", [level, 512, 512], &options);
        let target = export(&source, &folder, VideoCodec::H264, None);
        let tags = picture_facts(&target, TAGS);
        assert_eq!(tags, ["yuv420p", "tv", "bt709", "bt709", "bt709"], "{transfer} is mapped to BT.709");
        let [y, u, v] = numbers(&target);
        assert!((150..=235).contains(&y), "white of {transfer} is bright, not {y}");
        assert!(u.abs_diff(128) <= 3 && v.abs_diff(128) <= 3, "and grey stays grey: {u}, {v}");
    }
}

#[test]
fn ten_bits_of_ordinary_range_become_eight_in_h264_and_keep_their_tags() {
    let folder = Folder::new();
    let options =
        ["-c:v", "libx264", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"];
    let source = source(&folder, "ten.mkv", "yuv420p10le", [400, 480, 560], &options);
    let target = export(&source, &folder, VideoCodec::H264, None);
    let tags = picture_facts(&target, TAGS);
    assert_eq!([&tags[0], &tags[2], &tags[3], &tags[4]], ["yuv420p", "bt709", "bt709", "bt709"]);
    assert_near(numbers(&target), [100, 120, 140], 2, "H.264 of eight bits");
}

#[test]
fn the_range_is_kept_and_told() {
    let folder = Folder::new();
    let full = ["-c:v", "libx264", "-color_range", "pc", "-colorspace", "bt709"];
    let limited = ["-c:v", "libx264", "-color_range", "tv", "-colorspace", "smpte170m"];
    let full = source(&folder, "full.mp4", "yuvj420p", [250, 120, 140], &full);
    let limited = source(&folder, "limited.mp4", "yuv420p", [230, 120, 140], &limited);
    for codec in [VideoCodec::H264, VideoCodec::H265, VideoCodec::Vp9, VideoCodec::Av1] {
        for height in [None, Some(90)] {
            let target = export(&full, &folder, codec, height);
            let what = format!("{} of full range at {height:?}", codec.name());
            assert_eq!(picture_facts(&target, "color_range,color_space"), ["pc", "bt709"], "{what}");
            assert_near(numbers(&target), [250, 120, 140], 3, &what);
            let target = export(&limited, &folder, codec, height);
            let what = format!("{} of limited range at {height:?}", codec.name());
            assert_eq!(picture_facts(&target, "color_range,color_space"), ["tv", "smpte170m"], "{what}");
            assert_near(numbers(&target), [230, 120, 140], 3, &what);
        }
    }
}

#[test]
fn a_matrix_that_was_guessed_by_the_size_is_told_when_the_size_changes() {
    let folder = Folder::new();
    let source = source(&folder, "untold.mp4", "yuv420p", [150, 100, 170], &["-c:v", "libx264"]);
    let space = |height| {
        let target = export(&source, &folder, VideoCodec::H264, height);
        assert_near(numbers(&target), [150, 100, 170], 3, "a scaled picture");
        picture_facts(&target, "color_space")[0].clone()
    };
    assert_eq!(space(None), "unknown", "nothing is made up");
    assert_eq!(space(Some(90)), "unknown", "a small picture is guessed right");
    assert_eq!(space(Some(720)), "smpte170m", "a large one would be guessed wrong");
}
