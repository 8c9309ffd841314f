//! Motion of things, not of the camera or the light: what is left of the change between two pictures after the best
//! common shift and the common change of brightness are taken out.

use super::raster::{HEIGHT, Raster, WIDTH};

/// The farthest shift looked for, in pixels of the small raster: a tenth of the picture's width.
const REACH: i32 = 6;
/// Blocks in which the rest is measured, so that one bright corner does not speak for the whole picture.
const BLOCK: usize = 4;
/// A block's rest counts up to this much: a flash or a new object is no more motion than a strong movement.
const MOST: f32 = 64.0;

/// Mean absolute change, 0 to 255, that neither a shift of the whole picture nor a change of the light explains.
pub(crate) fn motion(before: &Raster, now: &Raster) -> f32 {
    let still = rest(before, now, 0.0, 0.0);
    if still < 0.5 {
        return still;
    }
    let dx = best_shift(&columns(before), &columns(now));
    let dy = best_shift(&rows(before), &rows(now));
    if dx == 0.0 && dy == 0.0 { still } else { still.min(rest(before, now, dx, dy)) }
}

/// Mean of each column.
fn columns(raster: &Raster) -> Vec<f32> {
    (0..WIDTH).map(|x| (0..HEIGHT).map(|y| raster.luma[y * WIDTH + x]).sum::<f32>() / HEIGHT as f32).collect()
}

/// Mean of each row.
fn rows(raster: &Raster) -> Vec<f32> {
    raster.luma.chunks_exact(WIDTH).map(|row| row.iter().sum::<f32>() / WIDTH as f32).collect()
}

/// The shift, to a fraction of a pixel, under which one projection looks most like the other.
fn best_shift(before: &[f32], now: &[f32]) -> f32 {
    let costs: Vec<f32> = (-REACH..=REACH).map(|shift| projection_cost(before, now, shift)).collect();
    let Some(best) = (0..costs.len()).min_by(|a, b| costs[*a].total_cmp(&costs[*b])) else { return 0.0 };
    let whole = best as f32 - REACH as f32;
    if best == 0 || best + 1 == costs.len() {
        return whole;
    }
    // The vertex of the parabola through the three lowest costs.
    let (left, middle, right) = (costs[best - 1], costs[best], costs[best + 1]);
    let bend = left - 2.0 * middle + right;
    if bend > 1e-6 { whole + ((left - right) / (2.0 * bend)).clamp(-0.5, 0.5) } else { whole }
}

/// Mean squared difference of two projections after a shift, their means taken out.
fn projection_cost(before: &[f32], now: &[f32], shift: i32) -> f32 {
    let reach = REACH as usize;
    let inner = reach..before.len() - reach;
    let moved = |i: usize| before[(i as i32 - shift) as usize];
    let count = inner.len() as f32;
    let mean = inner.clone().map(|i| now[i] - moved(i)).sum::<f32>() / count;
    inner.map(|i| (now[i] - moved(i) - mean).powi(2)).sum::<f32>() / count
}

/// What a shift and a common change of brightness leave over.
fn rest(before: &Raster, now: &Raster, dx: f32, dy: f32) -> f32 {
    let (mut differences, mut sum, mut count) = (vec![None; WIDTH * HEIGHT], 0.0_f32, 0.0_f32);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            if let Some(value) = at(before, x as f32 - dx, y as f32 - dy) {
                let difference = now.luma[y * WIDTH + x] - value;
                differences[y * WIDTH + x] = Some(difference);
                sum += difference;
                count += 1.0;
            }
        }
    }
    let light = sum / count.max(1.0);
    let (mut total, mut blocks) = (0.0_f32, 0.0_f32);
    for top in (0..HEIGHT).step_by(BLOCK) {
        for left in (0..WIDTH).step_by(BLOCK) {
            let inside =
                (top..top + BLOCK).flat_map(|y| differences[y * WIDTH + left..][..BLOCK].iter().flatten());
            let (block, pixels) =
                inside.fold((0.0, 0.0), |(block, pixels), d: &f32| (block + (d - light).abs(), pixels + 1.0));
            if pixels > 0.0 {
                total += f32::min(block / pixels, MOST);
                blocks += 1.0;
            }
        }
    }
    total / f32::max(blocks, 1.0)
}

/// The brightness between pixels, bilinear; `None` outside.
fn at(raster: &Raster, x: f32, y: f32) -> Option<f32> {
    let (left, top) = (x.floor(), y.floor());
    if left < 0.0 || top < 0.0 || x > (WIDTH - 1) as f32 || y > (HEIGHT - 1) as f32 {
        return None;
    }
    let (fx, fy) = (x - left, y - top);
    let (left, top) = (left as usize, top as usize);
    let (right, bottom) = ((left + 1).min(WIDTH - 1), (top + 1).min(HEIGHT - 1));
    let row = |y: usize| raster.luma[y * WIDTH + left] * (1.0 - fx) + raster.luma[y * WIDTH + right] * fx;
    Some(row(top) * (1.0 - fy) + row(bottom) * fy)
}
