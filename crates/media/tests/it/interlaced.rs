//! Interlaced sources: what is made of them shows whole pictures, without combs.

use std::path::{Path, PathBuf};

use media::{export_clip, plays_directly, prepare_preview};
use model::{MediaTime, TimeRange};
use testkit::{Folder, ffmpeg};

use crate::common::{assert_close, go_on, picture_times, probed, seconds};

const SIZE: (usize, usize) = (320, 180);

/// An upright bar that runs to the right, at fifty places a second, as twenty-five frames: the upper lines of a frame show
/// one place, the lower lines the next.
fn interlaced(folder: &Folder, extension: &str) -> PathBuf {
    let path = folder.file(&format!("fields.{extension}"));
    let (ground, bar) = ("color=black:s=320x180:r=50:d=2", "color=white:s=60x180:r=50:d=2");
    let fields = "overlay=x='mod(n*18,320)':y=0,format=yuv420p,tinterlace=interleave_top";
    let output = path.to_str().expect("UTF-8");
    let inputs = ["-f", "lavfi", "-i", ground, "-f", "lavfi", "-i", bar, "-filter_complex", fields];
    let encoder = ["-c:v", "libx264", "-flags", "+ildct+ilme", "-x264-params", "tff=1", output];
    ffmpeg(inputs.into_iter().chain(encoder));
    path
}

/// How much neighbouring lines differ, on average: in a whole picture of an upright bar, all lines are alike.
fn combing(path: &Path) -> f64 {
    let raw = path.with_extension("gray");
    let (input, output) = (path.to_str().expect("UTF-8"), raw.to_str().expect("UTF-8"));
    ffmpeg(["-i", input, "-map", "0:v", "-f", "rawvideo", "-pix_fmt", "gray", output]);
    let luma = std::fs::read(&raw).expect("ffmpeg wrote the frames");
    let frames = luma.chunks_exact(SIZE.0 * SIZE.1);
    let lines = frames.flat_map(|frame| frame.windows(SIZE.0 + 1));
    let (sum, count) = lines.fold((0_u64, 0_u64), |(sum, count), pair| {
        (sum + u64::from(pair[0].abs_diff(pair[SIZE.0])), count + 1)
    });
    sum as f64 / count as f64
}

fn check_whole(path: &Path, frames: usize, what: &str) {
    let times = picture_times(path);
    assert_eq!(times.len(), frames, "{what} has one frame for each of the source's");
    for (time, frame) in times.into_iter().zip(0..) {
        assert_close(time, MediaTime::from_millis(frame * 40), 2, "a frame");
    }
    let combing = combing(path);
    assert!(combing < 2.0, "{what} has no combs, but neighbouring lines differ by {combing:.1}");
}

#[test]
fn clips_and_previews_of_interlaced_sources_show_whole_pictures() {
    for extension in ["mp4", "mkv", "ts"] {
        let folder = Folder::new();
        let fields = interlaced(&folder, extension);
        assert!(combing(&fields) > 15.0, "the source has combs, or the test shows nothing");
        let source = probed(fields);
        assert!(!plays_directly(&source.info, &source.source), "a player would show the combs");

        let clip = folder.file("clip.mp4");
        let range = TimeRange::new(seconds(0.4), seconds(1.2));
        let request = source.request(range, &clip);
        let report = export_clip(&request, &mut go_on).expect("the export succeeds");
        assert_eq!(report.frames, 20, "the report counts the frames");
        check_whole(&clip, 20, "the clip");

        let preview = folder.file("preview.mp4");
        prepare_preview(&source.source, &source.info, None, &preview, &mut go_on)
            .expect("the preview can be prepared");
        check_whole(&preview, 50, "the preview");
    }
}
