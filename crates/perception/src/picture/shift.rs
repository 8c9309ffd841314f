//! How the camera moved between two pictures: the shift that most of the picture agrees on.
//!
//! The shift of least difference is looked for on the picture at half size first and refined to a fraction of a pixel.
//! Differences count up to a limit only, so that things which move do not outvote the scene. What fits best may
//! still be a thing that moves before a plain wall: hence the border of the picture is asked. A camera that moves,
//! moves all of it.

use super::raster::{HEIGHT, Raster, WIDTH};

/// The farthest shift looked for, in pixels of the raster at half size: an eighth of the picture's width.
const REACH: i32 = 4;
/// A difference counts up to this, in grey levels.
const LIMIT: f32 = 24.0;
/// Blocks of the border's vote.
const BLOCK: usize = 4;
/// Rings of blocks that are the border.
const RINGS: usize = 2;
/// A block whose brightness spreads less than this cannot tell a shift.
const TEXTURE: f32 = 3.0;
/// A block is for the shift when it leaves at most this share of the difference, and against it when it leaves more than
/// there was.
const FOR: f32 = 0.75;
/// The share of the votes that must be for it.
const MAJORITY: f32 = 0.65;
/// Votes for it that the leftmost and the rightmost quarter must give each: what moves in the middle is no camera.
const EACH_SIDE: usize = 2;

/// Luma of any size.
#[derive(Clone, Copy)]
struct Grid<'a> {
    luma: &'a [f32],
    width: usize,
    height: usize,
}

/// A shift of the picture: what was at (x, y) is now at (x + dx, y + dy), in pixels of the raster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shift {
    pub(crate) dx: f32,
    pub(crate) dy: f32,
    /// Whether the border says that it was the camera; a thing before a plain wall, or the camera before one, leaves it open.
    pub(crate) is_cameras: bool,
}

/// The shift that explains most of the change. `None` when the picture rests, or moved too far to follow.
pub(crate) fn find(before: &Raster, now: &Raster) -> Option<Shift> {
    // What the light changed must not weigh in.
    let (before, now) = (levelled(&before.luma), levelled(&now.luma));
    let (half_before, half_now) = (halved(&before), halved(&now));
    let half = |luma| Grid { luma, width: WIDTH / 2, height: HEIGHT / 2 };
    let coarse = best_of(half(&half_before), half(&half_now), (0, 0), REACH);
    let whole = |luma| Grid { luma, width: WIDTH, height: HEIGHT };
    let (before, now) = (whole(&before), whole(&now));
    let (x, y) = best_of(before, now, (2 * coarse.0, 2 * coarse.1), 1);
    if x.abs() > 2 * REACH || y.abs() > 2 * REACH {
        return None;
    }
    let cost = |dx, dy| difference(before, now, x + dx, y + dy);
    let centre = cost(0, 0);
    let (fx, fy) = (vertex(cost(-1, 0), centre, cost(1, 0)), vertex(cost(0, -1), centre, cost(0, 1)));
    let shift = (x as f32 + fx, y as f32 + fy);
    let is_rest = shift.0.abs().max(shift.1.abs()) < 0.05;
    let (dx, dy) = shift;
    (!is_rest).then(|| Shift { dx, dy, is_cameras: border_agrees(before, now, shift) })
}

/// Around no brightness, with one spread.
fn levelled(luma: &[f32]) -> Vec<f32> {
    let count = luma.len() as f32;
    let mean = luma.iter().sum::<f32>() / count;
    let spread = (luma.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count).sqrt();
    // Pictures of hardly any contrast are not blown up into noise.
    let gain = 40.0 / spread.max(10.0);
    luma.iter().map(|value| (value - mean) * gain).collect()
}

fn halved(luma: &[f32]) -> Vec<f32> {
    let mut halved = Vec::with_capacity(luma.len() / 4);
    for pair in luma.chunks_exact(2 * WIDTH) {
        let (upper, lower) = pair.split_at(WIDTH);
        let columns = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
        halved.extend(columns.map(|(u, l)| (u[0] + u[1] + l[0] + l[1]) / 4.0));
    }
    halved
}

/// The whole shift of least difference within a reach around another; of equals the one nearest to it.
fn best_of(before: Grid<'_>, now: Grid<'_>, around: (i32, i32), reach: i32) -> (i32, i32) {
    let mut best = (difference(before, now, around.0, around.1), around);
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let at = (around.0 + dx, around.1 + dy);
            let cost = difference(before, now, at.0, at.1);
            if cost < best.0 {
                best = (cost, at);
            }
        }
    }
    best.1
}

/// Mean limited difference where both pictures show something after a whole shift.
fn difference(before: Grid<'_>, now: Grid<'_>, dx: i32, dy: i32) -> f32 {
    let (columns, rows) = (overlap(dx, now.width), overlap(dy, now.height));
    let mut sum = 0.0;
    for y in rows.clone() {
        let here = &now.luma[y * now.width..][columns.clone()];
        let from = (y as i32 - dy) as usize * now.width;
        let there = &before.luma[from..from + now.width][moved(&columns, -dx)];
        sum += limited(here, there);
    }
    sum / (columns.len() * rows.len()).max(1) as f32
}

/// The sum of limited differences, in several sums at once that need not wait for each other.
fn limited(one: &[f32], other: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0_f32; LANES];
    let (whole, rest) = one.as_chunks::<LANES>();
    let (other_whole, other_rest) = other.as_chunks::<LANES>();
    for (one, other) in whole.iter().zip(other_whole) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += (one - other).abs().min(LIMIT);
        }
    }
    let rest = rest.iter().zip(other_rest).map(|(one, other)| (one - other).abs().min(LIMIT));
    sums.into_iter().chain(rest).sum()
}

/// The places of a picture that what was in the one before can have come to.
fn overlap(shift: i32, size: usize) -> std::ops::Range<usize> {
    let shift = shift.clamp(-(size as i32), size as i32);
    shift.max(0) as usize..(size as i32 + shift.min(0)) as usize
}

fn moved(range: &std::ops::Range<usize>, by: i32) -> std::ops::Range<usize> {
    (range.start as i32 + by) as usize..(range.end as i32 + by) as usize
}

/// Where, from -0.5 to 0.5, the costs of three neighbouring shifts are lowest between them. Sums of absolute differences
/// make a V with two sides alike, not a parabola.
fn vertex(left: f32, middle: f32, right: f32) -> f32 {
    let steep = left.max(right) - middle;
    if steep > 1e-6 { (0.5 * (left - right) / steep).clamp(-0.5, 0.5) } else { 0.0 }
}

/// Whether the blocks along the picture's border that can tell moved by the shift as well.
fn border_agrees(before: Grid<'_>, now: Grid<'_>, shift: (f32, f32)) -> bool {
    let (columns, rows) = (WIDTH / BLOCK, HEIGHT / BLOCK);
    let (mut left, mut middle, mut right, mut against) = (0, 0, 0, 0);
    for row in 0..rows {
        for column in 0..columns {
            let ring = column.min(columns - 1 - column).min(row).min(rows - 1 - row);
            if ring >= RINGS {
                continue;
            }
            match vote(before, now, shift, column * BLOCK, row * BLOCK) {
                Some(true) if column < columns / 4 => left += 1,
                Some(true) if column >= columns - columns / 4 => right += 1,
                Some(true) => middle += 1,
                Some(false) => against += 1,
                None => {}
            }
        }
    }
    let all = left + middle + right;
    left.min(right) >= EACH_SIDE && all as f32 >= MAJORITY * (all + against) as f32
}

/// What a block says of a shift; `None` where it cannot tell.
fn vote(before: Grid<'_>, now: Grid<'_>, shift: (f32, f32), x: usize, y: usize) -> Option<bool> {
    let (mut still, mut shifted, mut sum, mut squares, mut count) =
        (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
    for row in y..y + BLOCK {
        for column in x..x + BLOCK {
            let Some(from) = between(before.luma, column as f32 - shift.0, row as f32 - shift.1) else {
                continue;
            };
            let value = now.luma[row * WIDTH + column];
            still += (value - before.luma[row * WIDTH + column]).abs();
            shifted += (value - from).abs();
            sum += value;
            squares += value * value;
            count += 1.0;
        }
    }
    let spread = (squares / count.max(1.0) - (sum / count.max(1.0)).powi(2)).max(0.0).sqrt();
    if count < (BLOCK * BLOCK / 2) as f32 || spread < TEXTURE {
        return None;
    }
    if shifted <= FOR * still { Some(true) } else { (shifted > still).then_some(false) }
}

/// The brightness between pixels of a raster, bilinear; `None` outside.
pub(crate) fn between(luma: &[f32], x: f32, y: f32) -> Option<f32> {
    let (left, top) = (x.floor(), y.floor());
    if left < 0.0 || top < 0.0 || x > (WIDTH - 1) as f32 || y > (HEIGHT - 1) as f32 {
        return None;
    }
    let (fx, fy) = (x - left, y - top);
    let (left, top) = (left as usize, top as usize);
    let (right, bottom) = ((left + 1).min(WIDTH - 1), (top + 1).min(HEIGHT - 1));
    let row = |y: usize| luma[y * WIDTH + left] * (1.0 - fx) + luma[y * WIDTH + right] * fx;
    Some(row(top) * (1.0 - fy) + row(bottom) * fy)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A raster of smooth waves, seen from a place.
    fn waves(x: f32, y: f32) -> Raster {
        let wave =
            |x: f32, y: f32| 50.0 * ((x * 0.21).sin() + (y * 0.27).cos() * (x * 0.08 + y * 0.11).sin());
        let luma = (0..WIDTH * HEIGHT)
            .map(|i| 128.0 + wave((i % WIDTH) as f32 - x, (i / WIDTH) as f32 - y))
            .collect();
        Raster { luma }
    }

    #[test]
    fn a_shift_is_measured_to_a_fraction_of_a_pixel() {
        for (x, y) in [(1.0, 0.0), (0.4, -0.3), (-5.3, 2.6), (7.0, -6.5)] {
            let found = find(&waves(0.0, 0.0), &waves(x, y));
            let off = found.map_or(f32::INFINITY, |shift| (shift.dx - x).abs().max((shift.dy - y).abs()));
            assert!(
                off < 0.2 && found.is_some_and(|shift| shift.is_cameras),
                "a shift by ({x}, {y}) is found, not {found:?}"
            );
        }
    }

    #[test]
    fn a_rest_is_no_shift_and_neither_is_a_leap() {
        assert_eq!(find(&waves(0.0, 0.0), &waves(0.0, 0.0)), None);
        // Grain: nothing in it is anywhere in the waves.
        let grain = |i: usize| {
            (i as u32 ^ 0x9e37).wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(0x85eb_ca6b) >> 24
        };
        let elsewhere = Raster { luma: (0..WIDTH * HEIGHT).map(|i| grain(i) as f32).collect() };
        let found = find(&waves(0.0, 0.0), &elsewhere);
        assert!(found.is_none_or(|shift| !shift.is_cameras), "{found:?} is no movement of the camera");
    }

    #[test]
    fn a_thing_before_a_plain_wall_is_no_camera() {
        let wall = |from: usize| {
            let thing = waves(from as f32, 0.0);
            let pixel = |i: usize| {
                let inside = (from..from + 24).contains(&(i % WIDTH)) && (8..30).contains(&(i / WIDTH));
                if inside { thing.luma[i] } else { 90.0 }
            };
            Raster { luma: (0..WIDTH * HEIGHT).map(pixel).collect() }
        };
        let found = find(&wall(18), &wall(21));
        assert!(found.is_some_and(|shift| !shift.is_cameras), "{found:?} may be the thing's movement");
    }
}
