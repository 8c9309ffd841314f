//! Pictures of the window's main states, compared with the ones that were looked at and committed.
//!
//! Fonts and codecs differ a little between machines, so a picture may differ a little, too; a moved panel, a missing
//! control or a wrong colour is far outside of what is allowed.

use std::path::{Path, PathBuf};

use image::{GrayImage, RgbImage};
use testkit::Folder;

/// Set to keep the pictures as they are now instead of comparing them.
const WRITE: &str = "STANDOUT_WRITE_SCREENSHOTS";
/// Pictures are compared at this width, where the edges of letters no longer matter.
const COMPARED_WIDTH: u32 = 320;
/// A difference of brightness that an eye sees at once, of 255.
const VISIBLE: u8 = 28;
/// The share of the picture that may differ visibly.
const MOST_DIFFERENT: f64 = 0.02;

/// Compares the picture `png` with the one committed under `name`.
pub(crate) fn compare(name: &str, png: &[u8]) {
    compare_at(&folder().join(format!("{name}.png")), png);
}

/// As [`compare`], with a smaller picture in few colours: `width` pixels wide.
pub(crate) fn compare_small(committed: &Path, width: u32, png: &[u8]) {
    let scratch = Folder::new();
    let [full, small] = [scratch.file("full.png"), scratch.file("small.png")];
    std::fs::write(&full, png).expect("a temporary folder can be written to");
    let filter = format!(
        "scale={width}:-1:flags=lanczos,split[a][b];[a]palettegen=96[p];[b][p]paletteuse=dither=none"
    );
    let [from, to] = [&full, &small].map(|path| path.to_str().expect("temporary paths are UTF-8"));
    testkit::ffmpeg(["-i", from, "-filter_complex", &filter, to]);
    compare_at(committed, &std::fs::read(&small).expect("ffmpeg wrote the picture"));
}

/// As [`compare`], with a picture that lies elsewhere.
pub(crate) fn compare_at(committed: &Path, png: &[u8]) {
    let name = committed.file_name().expect("a picture has a name").to_string_lossy();
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(committed, png).expect("the folder of screenshots can be written to");
        return;
    }
    let now = image::load_from_memory(png).expect("a screenshot is a PNG").to_rgb8();
    let before = image::open(committed)
        .unwrap_or_else(|error| {
            panic!("no screenshot {name} is committed ({error}); write it with {WRITE}=1")
        })
        .to_rgb8();
    let different = difference(&before, &now);
    if different > MOST_DIFFERENT {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&*name);
        std::fs::write(&kept, png).expect("the folder of temporary files can be written to");
        panic!(
            "{:.1} % of the window looks different in {name}; look at {} and, if that is right, write it with {WRITE}=1",
            different * 100.0,
            kept.display()
        );
    }
}

/// The share of two pictures that differs visibly; all of it when they differ in size.
fn difference(before: &RgbImage, now: &RgbImage) -> f64 {
    if before.dimensions() != now.dimensions() {
        return 1.0;
    }
    let (before, now) = (reduced(before), reduced(now));
    let differing =
        before.pixels().zip(now.pixels()).filter(|(one, other)| one.0[0].abs_diff(other.0[0]) > VISIBLE);
    differing.count() as f64 / f64::from(before.width() * before.height())
}

fn reduced(picture: &RgbImage) -> GrayImage {
    let grey = image::imageops::grayscale(picture);
    let height = picture.height() * COMPARED_WIDTH / picture.width();
    image::imageops::resize(&grey, COMPARED_WIDTH, height, image::imageops::FilterType::Triangle)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/screenshots")
}

#[test]
fn a_missing_panel_is_noticed_and_a_slightly_different_letter_is_not() {
    let plain = RgbImage::from_pixel(400, 300, image::Rgb([20, 20, 24]));
    let mut with_letter = plain.clone();
    (0..6).for_each(|x| with_letter.put_pixel(200 + x, 150, image::Rgb([230, 230, 230])));
    let mut with_panel = plain.clone();
    for x in 0..100 {
        (0..300).for_each(|y| with_panel.put_pixel(x, y, image::Rgb([70, 70, 80])));
    }
    assert!(difference(&plain, &with_letter) <= MOST_DIFFERENT);
    assert!(difference(&plain, &with_panel) > MOST_DIFFERENT);
}
