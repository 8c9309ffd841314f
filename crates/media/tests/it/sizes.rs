//! The size and shape of written pictures.

use std::path::{Path, PathBuf};

use media::{ClipRequest, export_clip};
use model::{Rotation, TimeRange};
use testkit::{Clip, Folder, ffmpeg};

use crate::common::{frame_numbers, go_on, picture_facts, probed, seconds};

/// Exports half a second at a wanted size and gives `width,height,sample_aspect_ratio` as written.
fn export(source: &Path, folder: &Folder, wanted: (Option<u32>, Option<u32>)) -> (PathBuf, Vec<String>) {
    let source = probed(source);
    let target = folder.file("clip.mp4");
    let range = TimeRange::new(seconds(0.0), seconds(0.4));
    let wanted = ClipRequest { width: wanted.0, height: wanted.1, ..source.request(range, &target) };
    let report = export_clip(&wanted, &mut go_on).expect("the export succeeds");
    let facts = picture_facts(&target, "width,height,sample_aspect_ratio");
    let size = report.size.expect("there is a picture");
    assert_eq!([size.0.to_string(), size.1.to_string()], facts[..2], "the report tells the written size");
    (target, facts)
}

/// The luma of the first frame.
fn first_frame(path: &Path) -> Vec<u8> {
    let raw = path.with_extension("first.raw");
    let (input, output) = (path.to_str().expect("UTF-8"), raw.to_str().expect("UTF-8"));
    let filter = "scale=in_range=tv:out_range=tv,format=gray";
    ffmpeg(["-i", input, "-frames:v", "1", "-vf", filter, "-f", "rawvideo", output]);
    std::fs::read(&raw).expect("ffmpeg wrote the frame")
}

#[test]
fn one_side_follows_the_other_and_both_are_met_to_the_pixel() {
    let folder = Folder::new();
    let source = Clip::default().write(&folder, "source");
    let check = |width, height, expected: [&str; 2]| {
        let (target, facts) = export(&source, &folder, (width, height));
        assert_eq!(facts, [expected[0], expected[1], "1:1"], "for {width:?} by {height:?}");
        assert_eq!(frame_numbers(&target).len(), 10, "every frame is there");
    };
    check(None, None, ["320", "180"]);
    check(Some(160), None, ["160", "90"]);
    check(None, Some(240), ["426", "240"]);
    check(Some(640), Some(360), ["640", "360"]);
    check(Some(200), Some(200), ["200", "200"]);
}

#[test]
fn a_picture_of_another_shape_is_fitted_with_black_around_it() {
    let folder = Folder::new();
    let white = folder.file("white.mp4");
    let (colour, output) = ("color=white:s=320x180:r=25:d=1", white.to_str().expect("UTF-8"));
    ffmpeg(["-f", "lavfi", "-i", colour, "-c:v", "libx264", "-pix_fmt", "yuv420p", output]);
    let (target, _) = export(&white, &folder, (Some(200), Some(200)));
    let luma = first_frame(&target);
    // 200 columns of a picture of 16:9 are 112 lines, with 44 above and below.
    let at = |x: usize, y: usize| luma[y * 200 + x];
    for (y, bright) in
        [(0, false), (40, false), (48, true), (100, true), (150, true), (160, false), (199, false)]
    {
        for x in [0, 100, 199] {
            let value = at(x, y);
            assert_eq!(value > 200, bright, "the pixel at {x}, {y} is {value}");
            assert!(bright || value < 20, "bars are black, not {value} at {x}, {y}");
        }
    }
    let (target, _) = export(&white, &folder, (Some(400), Some(180)));
    let luma = first_frame(&target);
    assert!(luma[90 * 400] < 20 && luma[90 * 400 + 200] > 200, "a wide frame has black left and right");
}

#[test]
fn turned_sources_are_fitted_as_they_are_shown() {
    let folder = Folder::new();
    let source = Clip { size: (180, 320), rotation: Rotation::Right, ..Clip::default() };
    let source = source.write(&folder, "source");
    let (_, facts) = export(&source, &folder, (None, Some(160)));
    assert_eq!(facts, ["90", "160", "1:1"], "an upright picture of a telephone");
    let (target, facts) = export(&source, &folder, (Some(320), Some(180)));
    assert_eq!(facts, ["320", "180", "1:1"], "exactly what was asked for");
    let luma = first_frame(&target);
    assert!(luma[90 * 320 + 10] < 20 && luma[90 * 320 + 310] < 20, "with black left and right");
}

#[test]
fn pixels_that_are_not_square_become_so() {
    let folder = Folder::new();
    let options = ["-aspect", "16:9"].map(str::to_owned).to_vec();
    let source = Clip { size: (240, 180), options, ..Clip::default() }.write(&folder, "anamorphic");
    let (target, facts) = export(&source, &folder, (None, None));
    assert_eq!(facts, ["320", "180", "1:1"], "the size that is shown");
    assert_eq!(frame_numbers(&target)[3].1, Some(3), "and the picture fills it");
    let (_, facts) = export(&source, &folder, (Some(160), None));
    assert_eq!(facts, ["160", "90", "1:1"], "the other side follows the shown shape");
}
