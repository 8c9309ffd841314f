//! Motion of things, not of the camera or the light: what is left of the change between two pictures after the camera's
//! own movement and the change of the light are taken out.

use super::light::{Kind, Light};
use super::raster::{HEIGHT, Raster, WIDTH};
use super::shift::{between, find};

/// Blocks in which the rest is measured, so that one bright corner does not speak for the whole picture.
const BLOCK: usize = 4;
/// A block's rest counts up to this much: a flash or a new object is no more motion than a strong movement.
const MOST: f32 = 64.0;
/// A picture that changes less than this rests; nothing is looked for in it.
const REST: f32 = 0.5;

/// One shift of the whole picture that leaves at most this share of the change explains it.
const EXPLAINS: f32 = 0.2;

/// What changed between two pictures, in mean absolute change, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Change {
    /// What neither a movement of the camera nor a change of the light explains.
    pub(crate) amount: f32,
    /// The same, were the shift the camera's where that is open.
    pub(crate) least: f32,
    /// How far all of the picture moved, in pixels of the raster; zero where no shift explains the change.
    pub(crate) shift: (f32, f32),
}

/// The change from one picture to the next.
pub(crate) fn change(before: &Raster, now: &Raster) -> Change {
    let unmoved: Vec<Option<f32>> = before.luma.iter().copied().map(Some).collect();
    let still = rest(&unmoved, now, &[0.0; WIDTH * HEIGHT]);
    let unexplained = Change { amount: still, least: still, shift: (0.0, 0.0) };
    if still < REST {
        return unexplained;
    }
    let Some(shift) = find(before, now) else { return unexplained };
    let by = (shift.dx, shift.dy);
    let shifted = shifted(before, by);
    let tolerances: Vec<f32> = (0..WIDTH * HEIGHT).map(|pixel| blur(&shifted, pixel)).collect();
    let rest = rest(&shifted, now, &tolerances);
    if shift.is_cameras {
        let amount = still.min(rest);
        return Change { amount, least: amount, shift: by };
    }
    if rest > EXPLAINS * still {
        return unexplained;
    }
    Change { amount: still, least: rest, shift: by }
}

/// The picture as the camera would show it after its movement; `None` where it looked elsewhere.
fn shifted(before: &Raster, (dx, dy): (f32, f32)) -> Vec<Option<f32>> {
    let place = |i: usize| ((i % WIDTH) as f32 - dx, (i / WIDTH) as f32 - dy);
    (0..WIDTH * HEIGHT).map(place).map(|(x, y)| between(&before.luma, x, y)).collect()
}

/// How far a pixel may be off because it was taken between pixels, half a pixel in any direction: the tolerance of Birchfield
/// and Tomasi's measure (1998), which does not depend on where a picture was sampled.
fn blur(shifted: &[Option<f32>], pixel: usize) -> f32 {
    let (x, y) = (pixel % WIDTH, pixel / WIDTH);
    let at = |inside: bool, index: usize| if inside { shifted.get(index).copied().flatten() } else { None };
    let Some(centre) = at(true, pixel) else { return 0.0 };
    let around = [
        at(x > 0, pixel.wrapping_sub(1)),
        at(x + 1 < WIDTH, pixel + 1),
        at(y > 0, pixel.wrapping_sub(WIDTH)),
        at(y + 1 < HEIGHT, pixel + WIDTH),
    ];
    around.into_iter().flatten().map(|value| (value - centre).abs() / 2.0).fold(0.0, f32::max)
}

/// What the light leaves over: the mean over blocks of the differences, each less the tolerance of its pixel.
fn rest(before: &[Option<f32>], now: &Raster, tolerances: &[f32]) -> f32 {
    let lit = |kind| Light::between(before, &now.luma, kind).on(before);
    Kind::ALL.into_iter().map(|kind| rest_of(&lit(kind), now, tolerances)).fold(f32::INFINITY, f32::min)
}

fn rest_of(lit: &[Option<f32>], now: &Raster, tolerances: &[f32]) -> f32 {
    let (columns, rows) = (WIDTH / BLOCK, HEIGHT / BLOCK);
    let mut blocks = vec![(0.0_f32, 0.0_f32); columns * rows];
    for (i, ((value, now), tolerance)) in lit.iter().zip(&now.luma).zip(tolerances).enumerate() {
        let Some(value) = value else { continue };
        let difference = ((now - value).abs() - tolerance).max(0.0);
        let (sum, count) = &mut blocks[i / WIDTH / BLOCK * columns + i % WIDTH / BLOCK];
        (*sum, *count) = (*sum + difference, *count + 1.0);
    }
    let seen = blocks.iter().filter(|(_, count)| *count > 0.0);
    let (total, count) = seen
        .fold((0.0, 0.0), |(total, count), (sum, pixels)| (total + (sum / pixels).min(MOST), count + 1.0));
    total / f32::max(count, 1.0)
}
