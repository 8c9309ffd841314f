//! Small pictures side by side, and when frames are shown.

use media::{StripPictures, frame_times, probe, strip};
use model::{MediaTime, Rotation};
use testkit::{Clip, Container, Folder, Timing, ffmpeg, read_counter};

use crate::common::{assert_close, file, seconds};

/// Every kind of file whose frames an editor steps through.
fn kinds() -> Vec<Clip> {
    let mut kinds: Vec<Clip> =
        [Container::Mp4, Container::Mkv, Container::Ts, Container::Webm, Container::Avi]
            .map(|container| Clip { container, ..Clip::default() })
            .to_vec();
    kinds.push(Clip { timing: Timing::Varying, ..Clip::default() });
    kinds.push(Clip { timing: Timing::Constant(24_000, 1_001), ..Clip::default() });
    kinds.push(Clip { rotation: Rotation::Right, ..Clip::default() });
    kinds
}

#[test]
fn every_frame_has_its_own_time() {
    let folder = Folder::new();
    for (place, clip) in kinds().into_iter().enumerate() {
        let path = clip.write(&folder, &format!("clip-{place}"));
        let times = frame_times(&file(&path)).expect("a clip can be read");
        assert_eq!(times.len(), clip.frames as usize, "every frame of {clip:?} is listed once");
        for (frame, time) in (0..).zip(times) {
            assert_close(time, clip.time_of(frame), 1, &format!("frame {frame} of {clip:?}"));
        }
    }
}

/// The numbers that the pictures of a strip show.
fn numbers(strip: &[u8], folder: &Folder, (width, height): (usize, usize)) -> Vec<Option<u32>> {
    let (jpeg, raw) = (folder.file("strip.jpg"), folder.file("strip.raw"));
    std::fs::write(&jpeg, strip).expect("a temporary folder can be written to");
    let (input, output) = (jpeg.to_str().expect("UTF-8"), raw.to_str().expect("UTF-8"));
    ffmpeg(["-i", input, "-vf", "format=gray", "-f", "rawvideo", output]);
    let luma = std::fs::read(&raw).expect("ffmpeg wrote the pixels");
    let row = luma.len() / height;
    let picture = |place: usize| -> Vec<u8> {
        luma.chunks(row).flat_map(|row| row[place * width..(place + 1) * width].to_vec()).collect()
    };
    (0..row / width).map(|place| read_counter(&picture(place), width, height)).collect()
}

#[test]
fn a_strip_shows_the_pictures_on_screen_at_its_times() {
    let folder = Folder::new();
    for (place, clip) in kinds().into_iter().enumerate() {
        let source = file(&clip.write(&folder, &format!("clip-{place}")));
        let info = probe(&source).expect("the clip can be probed");
        let frames = [0, 1, 2, 30, 31, 77, 99];
        let times = frames.map(|frame| clip.time_of(frame) + MediaTime::from_millis(5));
        let strip = strip(&source, &info, &times, 72, StripPictures::Exact).expect("a strip can be made");
        let found = numbers(&strip, &folder, (128, 72));
        assert_eq!(found, frames.map(Some), "the pictures of {clip:?}");
    }
}

#[test]
fn key_frames_stand_for_pictures_that_are_far_apart() {
    let folder = Folder::new();
    // Many bars change at once now and then, which must not be taken for a cut.
    let options = ["-sc_threshold", "0"].map(str::to_owned).to_vec();
    let clip = Clip { options, ..Clip::default() };
    let source = file(&clip.write(&folder, "clip"));
    let info = probe(&source).expect("the clip can be probed");
    let strip = strip(&source, &info, &[0.5, 1.9, 3.0].map(seconds), 72, StripPictures::Keys);
    let found = numbers(&strip.expect("a strip can be made"), &folder, (128, 72));
    assert_eq!(found, [Some(0), Some(0), Some(50)], "a key frame is every fiftieth");
}

#[test]
fn the_end_of_a_strip_behind_the_last_frame_shows_that_frame() {
    let folder = Folder::new();
    let source = file(&Clip::default().write(&folder, "clip"));
    let info = probe(&source).expect("the clip can be probed");
    let strip = strip(&source, &info, &[3.9, 3.99, 5.0].map(seconds), 72, StripPictures::Exact);
    let found = numbers(&strip.expect("a strip can be made"), &folder, (128, 72));
    assert_eq!(found, [Some(97), Some(99), Some(99)]);
}
