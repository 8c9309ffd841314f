//! A picture as CLIP's picture network takes it.
//!
//! The shorter side is brought to the network's side by a bicubic filter, the middle is cut out, and values are centred and
//! scaled by the mean and the spread of the pictures that CLIP was trained on. The filter is that of Pillow, with which the
//! published models were trained: a cubic kernel of a = -0.5 that is stretched when it makes smaller, first along rows, then
//! along columns, each in whole numbers of 22 bits with 8-bit results.

use model::ColourPicture;

/// Means of red, green and blue, 0 to 1 (CLIP's paper's code).
const MEAN: [f32; 3] = [0.481_454_66, 0.457_827_5, 0.408_210_72];
/// Their standard deviations.
const SPREAD: [f32; 3] = [0.268_629_55, 0.261_302_6, 0.275_777_1];
/// Bits after the point of the filter's weights.
const PRECISION: u32 = 22;
/// How far the kernel reaches, in pixels of the larger of the two pictures.
const REACH: f64 = 2.0;

/// Red, green and blue planes of `side * side` values; `None` when the picture is empty or holds less than it says.
pub(super) fn pixel_values(picture: &ColourPicture<'_>, side: usize) -> Option<Vec<f32>> {
    let (width, height) = (picture.width, picture.height);
    if width == 0 || height == 0 || picture.rgb.len() < width.checked_mul(height)?.checked_mul(3)? {
        return None;
    }
    let longer = |length: usize| length * side / width.min(height);
    let (new_width, new_height) =
        if width <= height { (side, longer(height)) } else { (longer(width), side) };
    let rows = resized(picture.rgb, (width, height), new_width, Axis::Rows);
    let whole = resized(&rows, (new_width, height), new_height, Axis::Columns);
    let (left, top) = ((new_width - side) / 2, (new_height - side) / 2);
    let mut values = Vec::with_capacity(3 * side * side);
    for channel in 0..3 {
        for y in 0..side {
            for x in 0..side {
                let value = f32::from(whole[((top + y) * new_width + left + x) * 3 + channel]) / 255.0;
                values.push((value - MEAN[channel]) / SPREAD[channel]);
            }
        }
    }
    Some(values)
}

#[derive(Clone, Copy)]
enum Axis {
    Rows,
    Columns,
}

/// The pixels that one pixel of the result is made of: the first of them, and their weights.
struct Window {
    first: usize,
    weights: Vec<i64>,
}

/// The picture with one of its sides brought to another length.
fn resized(rgb: &[u8], (width, height): (usize, usize), length: usize, axis: Axis) -> Vec<u8> {
    let (from, new_width, new_height) = match axis {
        Axis::Rows => (width, length, height),
        Axis::Columns => (height, width, length),
    };
    if from == length {
        return rgb[..width * height * 3].to_vec();
    }
    let windows = windows(from, length);
    let mut result = Vec::with_capacity(new_width * new_height * 3);
    for y in 0..new_height {
        for x in 0..new_width {
            let (window, start, step) = match axis {
                Axis::Rows => (&windows[x], y * width, 1),
                Axis::Columns => (&windows[y], x, width),
            };
            for channel in 0..3 {
                let pixel = |i: usize| i64::from(rgb[(start + (window.first + i) * step) * 3 + channel]);
                let sum: i64 = window.weights.iter().enumerate().map(|(i, weight)| weight * pixel(i)).sum();
                result.push(((sum + (1 << (PRECISION - 1))) >> PRECISION).clamp(0, 255) as u8);
            }
        }
    }
    result
}

fn windows(from: usize, to: usize) -> Vec<Window> {
    let scale = from as f64 / to as f64;
    let stretch = scale.max(1.0);
    let reach = REACH * stretch;
    let window = |index: usize| {
        let centre = (index as f64 + 0.5) * scale;
        let first = (centre - reach + 0.5).max(0.0) as usize;
        let end = ((centre + reach + 0.5) as usize).min(from);
        let weights: Vec<f64> = (first..end).map(|i| cubic((i as f64 - centre + 0.5) / stretch)).collect();
        let sum: f64 = weights.iter().sum();
        let whole = |weight: f64| (weight / sum * f64::from(1 << PRECISION)).round() as i64;
        Window { first, weights: weights.into_iter().map(whole).collect() }
    };
    (0..to).map(window).collect()
}

/// Keys' cubic kernel (1981) with a = -0.5.
fn cubic(x: f64) -> f64 {
    const A: f64 = -0.5;
    let x = x.abs();
    if x < 1.0 {
        ((A + 2.0) * x - (A + 3.0)) * x * x + 1.0
    } else if x < REACH {
        (((x - 5.0) * x + 8.0) * x - 4.0) * A
    } else {
        0.0
    }
}
