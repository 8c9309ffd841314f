//! Faces: where they are in a picture and how large, by YuNet, whose weights are a file of their own.
//!
//! YuNet (Wu, Peng and Yu, "YuNet: A Tiny Millisecond-level Face Detector", 2023) looks at a grid of places 8, 16 and 32
//! pixels apart and says for each how certain it is of a face and where its box lies.

mod boxes;
mod following;

use model::{ColourPicture, MediaTime};

use crate::onnx::{Network, OnnxError, planes};
use boxes::{Grid, best};
pub(crate) use following::Following;

/// Why bytes cannot be used as YuNet.
#[derive(Debug, thiserror::Error)]
pub enum FaceModelError {
    /// They are another model, or none.
    #[error("this is not the face detector YuNet: {0}. Download or import yunet_n_dynamic.onnx")]
    NotYunet(#[source] OnnxError),
    /// It could not be run on a picture.
    #[error("faces could not be looked for: {0}. Download or import yunet_n_dynamic.onnx again")]
    Failed(#[source] OnnxError),
}

/// A face in a picture, in the picture's own pixels. Parts of it may lie outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// How certain it is, 0 to 1.
    pub score: f32,
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// From the left edge to the right one.
    pub width: f32,
    /// From the upper edge to the lower one.
    pub height: f32,
}

/// Distances between the places of the three grids, in pixels.
const STRIDES: [usize; 3] = [8, 16, 32];
/// Sides of what the network sees are multiples of this.
const MULTIPLE: usize = 32;
/// The longest side of what it sees: faces of a twentieth of the height are still found, in two thirds of the time that
/// pictures of 400 pixels take.
const LONGEST_SIDE: usize = 320;
/// Less certain faces are left out: people who talk to a camera score 0.93, drawn animals up to 0.9.
const CERTAIN: f32 = 0.9;

/// The detector.
pub struct FaceDetector {
    network: Network,
    /// The only size of picture that these weights take, when they are for one.
    size: Option<(usize, usize)>,
}

impl FaceDetector {
    /// How far apart pictures are looked at: whoever speaks to the camera stays longer, and one picture takes as long as
    /// decoding three.
    pub const INTERVAL: MediaTime = MediaTime::from_whole_seconds(6);

    /// The detector whose weights are in the file `yunet_n_dynamic.onnx`, or in the one for pictures of a fixed size.
    ///
    /// # Errors
    /// When the bytes are anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FaceModelError> {
        let network = Network::load(bytes).map_err(FaceModelError::NotYunet)?;
        for name in STRIDES.iter().flat_map(|stride| outputs_at(*stride)).chain([INPUT.to_owned()]) {
            if !network.has(&name) {
                return Err(FaceModelError::NotYunet(OnnxError::Unnamed(name)));
            }
        }
        let size = match network.shape(INPUT)[..] {
            [_, _, Some(height), Some(width)] => Some((width, height)),
            _ => None,
        };
        Ok(Self { network, size })
    }

    /// The faces of a picture, the most certain first.
    ///
    /// # Errors
    /// When the network cannot be run, which weights that are not damaged never do.
    pub fn detect(&self, picture: &ColourPicture<'_>) -> Result<Vec<Face>, FaceModelError> {
        let Some(seen) = Seen::new(picture, self.size) else { return Ok(Vec::new()) };
        let (width, height) = (seen.width, seen.height);
        let input = planes([1, 3, height, width], seen.values);
        let names: Vec<String> = STRIDES.iter().flat_map(|stride| outputs_at(*stride)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let values = self.network.run(vec![(INPUT, input)], &names).map_err(FaceModelError::Failed)?;
        let grids = STRIDES.iter().zip(values.chunks_exact(3));
        let found = grids.flat_map(|(stride, values)| {
            let [certainty, objectness, boxes] = values else { return Vec::new() };
            Grid { stride: *stride, columns: width / stride, certainty, objectness, boxes }.faces(CERTAIN)
        });
        let scale = seen.scale;
        let own = |face: Face| Face {
            score: face.score,
            x: face.x / scale,
            y: face.y / scale,
            width: face.width / scale,
            height: face.height / scale,
        };
        Ok(best(found.collect()).into_iter().map(own).collect())
    }
}

const INPUT: &str = "input";

/// What the network says of one grid: how certain a face is, how certain a thing is, and where its box lies.
fn outputs_at(stride: usize) -> [String; 3] {
    ["cls", "obj", "bbox"].map(|what| format!("{what}_{stride}"))
}

/// A picture as the network sees it: blue, green and red planes, 0 to 255, black below and to the right of it.
struct Seen {
    width: usize,
    height: usize,
    values: Vec<f32>,
    /// Its pixels for one of the picture's.
    scale: f32,
}

impl Seen {
    /// `None` when the picture is empty or holds less than it says.
    fn new(picture: &ColourPicture<'_>, size: Option<(usize, usize)>) -> Option<Self> {
        let (width, height) = (picture.width, picture.height);
        if width == 0 || height == 0 || picture.rgb.len() < width.checked_mul(height)?.checked_mul(3)? {
            return None;
        }
        let (most_x, most_y) = size.unwrap_or((LONGEST_SIDE, LONGEST_SIDE));
        let scale = f32::min(most_x as f32 / width as f32, most_y as f32 / height as f32).min(1.0);
        let scaled = |side: usize| ((side as f32 * scale).round() as usize).max(1);
        let (inner_width, inner_height) = (scaled(width), scaled(height));
        let padded = |side: usize| side.div_ceil(MULTIPLE) * MULTIPLE;
        let (outer_width, outer_height) = size.unwrap_or((padded(inner_width), padded(inner_height)));
        let mut values = vec![0.0; 3 * outer_width * outer_height];
        for y in 0..inner_height {
            for x in 0..inner_width {
                let pixel = at(picture, (x as f32 + 0.5) / scale - 0.5, (y as f32 + 0.5) / scale - 0.5);
                for (plane, value) in pixel.into_iter().rev().enumerate() {
                    values[(plane * outer_height + y) * outer_width + x] = value;
                }
            }
        }
        Some(Self { width: outer_width, height: outer_height, values, scale })
    }
}

/// Red, green and blue between pixels, bilinear.
fn at(picture: &ColourPicture<'_>, x: f32, y: f32) -> [f32; 3] {
    let (x, y) = (x.clamp(0.0, (picture.width - 1) as f32), y.clamp(0.0, (picture.height - 1) as f32));
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(picture.width - 1), (top + 1).min(picture.height - 1));
    let (fx, fy) = (x - left as f32, y - top as f32);
    [0, 1, 2].map(|channel| {
        let value = |x: usize, y: usize| f32::from(picture.rgb[(y * picture.width + x) * 3 + channel]);
        let row = |y: usize| value(left, y) * (1.0 - fx) + value(right, y) * fx;
        row(top) * (1.0 - fy) + row(bottom) * fy
    })
}
