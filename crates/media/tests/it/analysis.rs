//! Probing and the one decode pass, on clips of which everything is known.

use std::ops::ControlFlow;
use std::path::Path;

use media::{DecodeSink, MediaError, decode, probe, refine_cuts, thumbnail};
use model::{ColourPicture, MediaTime, Picture, Rotation, Samples, TimeRange};
use testkit::{Clip, Container, Folder, Pictures, Sound, Timing, ffmpeg};

use crate::common::{analyse, assert_close, file, seconds};

fn check_times(clip: &Clip) {
    let folder = Folder::new();
    let path = clip.write(&folder, "source");
    let (info, decoded, kept) = analyse(&path).expect("the clip can be analysed");
    assert_close(info.duration, clip.duration(), 60, "the probed end");
    assert_eq!(decoded.damaged_packets, 0, "nothing is damaged in {clip:?}");
    assert!(
        kept.pictures.len() as f64 >= clip.duration().as_seconds() * 4.0,
        "enough pictures remain of {clip:?}"
    );
    for (time, number) in &kept.pictures {
        let number = number.unwrap_or_else(|| panic!("the picture at {time} of {clip:?} shows its number"));
        assert_close(*time, clip.time_of(number), 5, "a picture");
    }
    if let Some(sound) = &clip.sound {
        let heard = kept.burst_starts();
        assert_eq!(heard.len(), sound.bursts.len(), "every tone of {clip:?} is heard");
        for (heard, expected) in heard.iter().zip(&sound.bursts) {
            assert_close(*heard, *expected, 5, "a tone");
        }
        let expected = (decoded.duration.as_seconds() * 100.0).ceil() as usize * 2;
        assert_eq!(decoded.peaks.len(), expected, "peaks cover the whole material");
        assert_close(
            MediaTime::from_ticks(decoded.samples as i64, 1, 16_000),
            decoded.duration,
            1,
            "the end of the sound",
        );
    }
}

/// Every picture that is not left out depends on others like it only, so that it shows exactly its own frame.
fn independent_of_b_frames() -> Clip {
    Clip { options: ["-x264-params", "b-pyramid=none"].map(str::to_owned).to_vec(), ..Clip::default() }
}

fn with_sound(container: Container) -> Clip {
    let clip = match container {
        Container::Mp4 | Container::Mkv | Container::Ts => independent_of_b_frames(),
        Container::Webm | Container::Avi => Clip::default(),
    };
    Clip { container, sound: Some(Sound::bursts([0.5, 1.52, 2.2, 3.0].map(seconds))), ..clip }
}

#[test]
fn pictures_and_sound_have_their_true_times_in_every_container() {
    for container in [Container::Mp4, Container::Mkv, Container::Ts, Container::Webm, Container::Avi] {
        check_times(&with_sound(container));
    }
}

#[test]
fn pictures_that_depend_on_what_is_left_out_show_a_frame_nearby() {
    let folder = Folder::new();
    let clip = Clip { timing: Timing::Varying, frames: 60, ..Clip::default() };
    let (_, _, kept) = analyse(&clip.write(&folder, "pyramid")).expect("the clip can be analysed");
    let numbers: Vec<_> =
        kept.pictures.iter().filter_map(|(time, number)| Some((*time, (*number)?))).collect();
    assert!(numbers.len() * 10 >= kept.pictures.len() * 9, "nearly every picture shows its number");
    for (time, number) in numbers {
        // x264 puts at most three B-frames between two others, and frames of this clip last 80 ms at most.
        assert_close(time, clip.time_of(number), 4 * 80, "what a picture shows");
    }
}

#[test]
fn varying_rates_rotation_and_late_sound_are_understood() {
    for container in [Container::Mp4, Container::Mkv] {
        let varying = Clip { timing: Timing::Varying, frames: 60, container, ..independent_of_b_frames() };
        check_times(&varying);
    }
    let late = Sound { start: seconds(1.0), ..Sound::bursts([1.0, 2.5].map(seconds)) };
    check_times(&Clip { sound: Some(late), ..independent_of_b_frames() });
    let surround = Sound { channels: 6, ..Sound::bursts([0.5, 2.0].map(seconds)) };
    check_times(&Clip { sound: Some(surround), ..independent_of_b_frames() });
    for rotation in [Rotation::Right, Rotation::Half, Rotation::Left] {
        let clip = Clip { rotation, ..independent_of_b_frames() };
        check_times(&clip);
        let folder = Folder::new();
        let info = probe(&file(&clip.write(&folder, "turned"))).expect("the clip can be probed");
        let video = info.video.expect("the clip has a picture");
        assert_eq!((video.rotation, video.width, video.height), (rotation, 320, 180));
    }
}

#[test]
fn ten_bits_full_range_and_rgb_give_the_same_brightness() {
    for format in ["yuv420p10le", "yuvj420p", "yuv444p", "nv12"] {
        check_times(&Clip { options: ["-pix_fmt", format].map(str::to_owned).to_vec(), ..Clip::default() });
    }
    let options = ["-c:v", "ffv1", "-pix_fmt", "bgra"].map(str::to_owned).to_vec();
    check_times(&Clip { options, container: Container::Mkv, ..Clip::default() });
}

#[test]
fn groups_that_are_decoded_side_by_side_come_in_order_and_always_the_same() {
    let options = |options: &[&str]| options.iter().map(|option| (*option).to_owned()).collect();
    let closed = options(&["-g", "25", "-x264-params", "b-pyramid=none"]);
    let open = options(&["-g", "25", "-x264-params", "b-pyramid=none:open-gop=1"]);
    let alone = options(&["-c:v", "mjpeg", "-q:v", "3"]);
    for (options, container) in [(closed, Container::Mp4), (open, Container::Ts), (alone, Container::Mkv)] {
        let clip = Clip { frames: 500, options, container, ..Clip::default() };
        check_times(&clip);
        let folder = Folder::new();
        let path = clip.write(&folder, "groups");
        let seen = || analyse(&path).expect("the clip can be analysed").2.pictures;
        let first = seen();
        assert!(first.is_sorted_by(|a, b| a.0 < b.0), "pictures of {clip:?} come in order of time");
        assert_eq!(seen(), first, "a second look at {clip:?} sees the same");
    }
}

#[test]
fn an_edit_list_moves_the_time_line() {
    let folder = Folder::new();
    let source = Clip {
        options: ["-g", "25", "-bf", "2", "-x264-params", "b-pyramid=none"].map(str::to_owned).to_vec(),
        ..with_sound(Container::Mp4)
    }
    .write(&folder, "source");
    let cut = folder.file("cut.mp4");
    // A cut without encoding starts at a key frame before 1.2 s and hides what comes earlier behind an edit list.
    let (from, to) = (source.to_str().expect("UTF-8"), cut.to_str().expect("UTF-8"));
    ffmpeg(["-ss", "1.2", "-i", from, "-c", "copy", to]);
    let (_, _, kept) = analyse(&cut).expect("the cut can be analysed");
    assert!(kept.pictures[0].0 <= seconds(0.2), "the pictures begin with the time line");
    for (time, number) in &kept.pictures {
        // Frame 30 is the one at 1.2 s, which is where the cut's time line begins.
        let number = number.expect("a frame of the cut shows its number");
        assert_close(*time, seconds(f64::from(number) / 25.0 - 1.2), 2, "a frame of the cut");
    }
    assert_close(kept.burst_starts()[0], seconds(0.32), 30, "the first tone");
}

#[test]
fn progress_rises_and_a_sink_can_cancel() {
    struct Impatient;
    impl DecodeSink for Impatient {
        fn samples(&mut self, _: Samples<'_>) {}
        fn picture(&mut self, _: Picture<'_>) {}
        fn progress(&mut self, _: f32) -> ControlFlow<()> {
            ControlFlow::Break(())
        }
    }
    let folder = Folder::new();
    let path = Clip::default().write(&folder, "source");
    let (info, _, kept) = analyse(&path).expect("the clip can be analysed");
    assert!(kept.fractions.is_sorted() && kept.fractions.last() == Some(&1.0), "{:?}", kept.fractions);
    let cancelled = decode(&file(&path), &info, &mut Impatient);
    assert!(
        matches!(cancelled, Err(MediaError::Cancelled)),
        "cancelling ends in that outcome: {cancelled:?}"
    );
}

/// Keeps pictures in colour, and the brightness of the four quarters of each beside that of the grey one.
struct Coloured {
    interval: MediaTime,
    size: (usize, usize),
    seen: Vec<(MediaTime, Vec<u8>)>,
    grey: [f64; 4],
    differences: Vec<f64>,
}

/// Mean of the values that are at each quarter of a picture.
fn quarters(width: usize, height: usize, value: impl Fn(usize) -> f64) -> [f64; 4] {
    let (mut sums, mut counts) = ([0.0; 4], [0.0; 4]);
    for i in 0..width * height {
        let quarter = 2 * (2 * (i / width) / height) + 2 * (i % width) / width;
        sums[quarter] += value(i);
        counts[quarter] += 1.0;
    }
    [0, 1, 2, 3].map(|quarter| sums[quarter] / counts[quarter])
}

impl DecodeSink for Coloured {
    fn samples(&mut self, _: Samples<'_>) {}

    fn picture(&mut self, picture: Picture<'_>) {
        self.grey = quarters(picture.width, picture.height, |i| f64::from(picture.luma[i]));
    }

    fn colour_interval(&self) -> Option<MediaTime> {
        Some(self.interval)
    }

    fn colour_picture(&mut self, picture: ColourPicture<'_>) {
        self.size = (picture.width, picture.height);
        assert_eq!(picture.rgb.len(), picture.width * picture.height * 3, "a picture has all its pixels");
        // The grey picture just before is of the same frame. Where it is grey in colour too, green is as bright.
        let green = quarters(picture.width, picture.height, |i| f64::from(picture.rgb[3 * i + 1]));
        self.differences.extend(green.iter().zip(self.grey).map(|(green, grey)| (green - grey).abs()));
        self.seen.push((picture.time, picture.rgb.to_vec()));
    }

    fn progress(&mut self, _: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

fn coloured(path: &Path, interval: MediaTime) -> Coloured {
    let info = probe(&file(path)).expect("the clip can be probed");
    let mut sink =
        Coloured { interval, size: (0, 0), seen: Vec::new(), grey: [0.0; 4], differences: Vec::new() };
    decode(&file(path), &info, &mut sink).expect("the clip can be decoded");
    sink
}

#[test]
fn pictures_in_colour_come_as_often_as_they_are_wanted() {
    let folder = Folder::new();
    let path = folder.file("halves.mp4");
    let halves = "color=red:s=640x720:d=7,pad=1280:720:0:0:blue,format=yuv420p,setsar=1";
    let colours = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"];
    let to_bt709 = format!("{halves},scale=out_color_matrix=bt709");
    let output = path.to_str().expect("UTF-8");
    ffmpeg(["-f", "lavfi", "-i", &to_bt709].into_iter().chain(colours).chain([output]));
    let kept = coloured(&path, seconds(2.0));
    assert_eq!(kept.size, (398, 224), "the shorter side has 224 pixels");
    let times: Vec<f64> = kept.seen.iter().map(|(time, _)| time.as_seconds()).collect();
    assert_eq!(times.len(), 4, "one picture in two seconds: {times:?}");
    for (picture, expected) in times.iter().zip([0.0, 2.0, 4.0, 6.0]) {
        assert!((expected..expected + 0.3).contains(picture), "a picture soon after {expected} s: {picture}");
    }
    for (_, rgb) in &kept.seen {
        for (x, expected) in [(50, [255, 0, 0]), (350, [0, 0, 255])] {
            let pixel = &rgb[(100 * 398 + x) * 3..][..3];
            let off = pixel.iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max();
            assert!(off < Some(12), "column {x} is {expected:?}, not {pixel:?}");
        }
    }
}

#[test]
fn pictures_in_colour_are_upright() {
    let folder = Folder::new();
    for rotation in [Rotation::None, Rotation::Right, Rotation::Half, Rotation::Left] {
        let path = Clip { rotation, size: (320, 180), ..Clip::default() }.write(&folder, "turned");
        let kept = coloured(&path, seconds(1.0));
        assert_eq!(kept.size, (320, 180), "small pictures are not made larger");
        assert!(kept.seen.len() >= 3, "a picture a second: {}", kept.seen.len());
        let worst = kept.differences.iter().copied().fold(0.0, f64::max);
        assert!(worst < 6.0, "turned by {rotation:?}, colour and grey differ by {worst}");
    }
}

#[test]
fn cuts_are_found_to_the_frame() {
    let folder = Folder::new();
    let cuts = [23, 41, 77];
    for container in [Container::Mp4, Container::Mkv, Container::Ts] {
        let clip = Clip {
            pictures: Pictures::Shots(cuts.to_vec()),
            container,
            options: ["-sc_threshold", "0"].map(str::to_owned).to_vec(),
            ..Clip::default()
        };
        let path = clip.write(&folder, "shots");
        let info = probe(&file(&path)).expect("the clip can be probed");
        let around = cuts.map(|cut| TimeRange::new(clip.time_of(cut - 3), clip.time_of(cut + 2)));
        let refined = refine_cuts(&file(&path), &info, &around, &mut |_| ControlFlow::Continue(()))
            .expect("the cuts can be refined");
        for (found, cut) in refined.into_iter().zip(cuts) {
            assert_close(found, clip.time_of(cut), 1, "a cut");
        }
    }
}

#[test]
fn cuts_of_one_group_of_pictures_are_found_to_the_frame_in_any_order() {
    let folder = Folder::new();
    let cuts = [37, 58, 61, 140, 333];
    let clip = Clip {
        pictures: Pictures::Shots(cuts.to_vec()),
        frames: 400,
        // One key frame, and B-frames that others are predicted from.
        options: ["-sc_threshold", "0", "-g", "999", "-bf", "3"].map(str::to_owned).to_vec(),
        ..Clip::default()
    };
    let path = clip.write(&folder, "shots");
    let info = probe(&file(&path)).expect("the clip can be probed");
    let mut around: Vec<TimeRange> =
        cuts.iter().map(|cut| TimeRange::new(clip.time_of(cut - 2), clip.time_of(cut + 1))).collect();
    let neighbours = TimeRange::new(clip.time_of(139), clip.time_of(140));
    around.push(neighbours);
    around.reverse();
    for _ in 0..2 {
        let refined = refine_cuts(&file(&path), &info, &around, &mut |_| ControlFlow::Continue(()))
            .expect("the cuts can be refined");
        for (found, stretch) in refined.iter().zip(&around) {
            let before = if *stretch == neighbours { 1 } else { 2 };
            let expected = stretch.start + clip.time_of(before);
            assert_close(*found, expected, 1, "a cut");
        }
        around.reverse();
    }
}

#[test]
fn a_thumbnail_is_a_small_upright_jpeg() {
    let folder = Folder::new();
    let path =
        Clip { rotation: Rotation::Right, size: (180, 320), ..Clip::default() }.write(&folder, "turned");
    let info = probe(&file(&path)).expect("the clip can be probed");
    let jpeg = thumbnail(&file(&path), &info, seconds(1.0), 90).expect("a thumbnail can be made");
    assert!(jpeg.starts_with(&[0xff, 0xd8]), "a JPEG starts with its mark");
    let file = folder.file("thumbnail.jpg");
    std::fs::write(&file, jpeg).expect("a temporary folder can be written to");
    assert_eq!(testkit::ffprobe(&file, "stream=width,height"), ["90", "160"]);
}

#[test]
fn a_black_beginning_is_passed_over() {
    let folder = Folder::new();
    let path = folder.file("fade.mp4");
    let (black, white) = ("color=black:s=160x90:d=3", "color=white:s=160x90:d=3");
    let output = path.to_str().expect("UTF-8");
    ffmpeg(["-f", "lavfi", "-i", black, "-f", "lavfi", "-i", white, "-filter_complex", "concat", output]);
    let info = probe(&file(&path)).expect("the clip can be probed");
    let jpeg = folder.file("thumbnail.jpg");
    let bytes = thumbnail(&file(&path), &info, MediaTime::ZERO, 80).expect("a thumbnail can be made");
    std::fs::write(&jpeg, bytes).expect("a temporary folder can be written to");
    let still = folder.file("still.gray");
    ffmpeg([
        "-i",
        jpeg.to_str().expect("UTF-8"),
        "-f",
        "rawvideo",
        "-pix_fmt",
        "gray",
        still.to_str().expect("UTF-8"),
    ]);
    let luma = std::fs::read(still).expect("ffmpeg wrote the picture");
    assert!(luma.iter().all(|&value| value > 200), "the picture is from the white part");
}
