//! How the light changed between two pictures, place by place.
//!
//! Light keeps the pattern of a place and changes its level; what moves changes the pattern. A lamp may light a part of
//! the picture only, hence each cell is asked for itself. It has no edges: between the middles of cells the change is
//! interpolated.

use super::raster::{HEIGHT, WIDTH};

/// Columns and rows of cells.
const CELLS_X: usize = 8;
const CELLS_Y: usize = 6;
const CELLS: usize = CELLS_X * CELLS_Y;
const CELL_WIDTH: usize = WIDTH / CELLS_X;
const CELL_HEIGHT: usize = HEIGHT / CELLS_Y;
/// A cell has a pattern when its brightness spreads at least so much.
const PATTERN: f32 = 2.0;
/// A cell whose pattern stayed has at least this correlation with itself.
const STAYED: f32 = 0.92;
/// A cell that changes by less than this from the whole picture, in grey levels, has no lamp of its own: something that
/// moves a little changes it as much.
const LEAST: f32 = 2.0;
/// Light makes a cell at most so many times as bright or dark.
const STRONGEST: f32 = 4.0;

/// How light changes brightness: lamps multiply it, haze and a camera's own black level add to it. A fit of both at once
/// would take a lamp's unevenness within a cell for contrast.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Multiplies,
    Adds,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Multiplies, Self::Adds];

    /// The change that makes one mean of another.
    fn change(self, before: f32, now: f32) -> Change {
        match self {
            Self::Multiplies => {
                Change { gain: (now / before.max(1.0)).clamp(1.0 / STRONGEST, STRONGEST), offset: 0.0 }
            }
            Self::Adds => Change { gain: 1.0, offset: now - before },
        }
    }
}

/// What light makes of brightness: `gain * brightness + offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Change {
    gain: f32,
    offset: f32,
}

impl Change {
    fn of(self, brightness: f32) -> f32 {
        self.gain * brightness + self.offset
    }

    /// The change at a place between two, the share of the way towards the other.
    fn towards(self, other: Self, share: f32) -> Self {
        let between = |one: f32, other: f32| one * (1.0 - share) + other * share;
        Self { gain: between(self.gain, other.gain), offset: between(self.offset, other.offset) }
    }
}

/// The change of the light in every cell.
pub(crate) struct Light([Change; CELLS]);

/// Sums over a cell of pairs of brightness, before and now.
#[derive(Default, Clone, Copy)]
struct Sums {
    count: f32,
    before: f32,
    now: f32,
    before_squared: f32,
    now_squared: f32,
    product: f32,
}

impl Light {
    /// From one picture, shifted as the camera moved, to the next; `None` where the shifted one shows nothing.
    pub(crate) fn between(before: &[Option<f32>], now: &[f32], kind: Kind) -> Self {
        let mut sums = [Sums::default(); CELLS];
        for (i, (before, now)) in before.iter().zip(now).enumerate() {
            if let Some(before) = before {
                sums[cell_of(i)].add(*before, *now);
            }
        }
        let stayed = sums.map(|sums| sums.change(kind));
        let common = common(&stayed, &sums);
        let is_own = |cell: usize, change: &Change| {
            let mean = sums[cell].mean_before();
            (change.of(mean) - common.of(mean)).abs() >= LEAST
        };
        let mut changes = [common; CELLS];
        for (cell, change) in stayed.iter().enumerate() {
            if let Some(change) = change.filter(|change| is_own(cell, change)) {
                changes[cell] = change;
            } else if sums[cell].is_plain() {
                changes[cell] = lit_like_neighbours(cell, &stayed, &sums[cell], kind).unwrap_or(common);
            }
        }
        Self(changes)
    }

    /// The brightness that the light alone would make of every pixel of the raster; `None` where nothing was.
    pub(crate) fn on(&self, before: &[Option<f32>]) -> Vec<Option<f32>> {
        let columns: [_; WIDTH] = std::array::from_fn(|x| neighbours(x, CELL_WIDTH, CELLS_X));
        let mut lit = Vec::with_capacity(before.len());
        for (y, row) in before.chunks_exact(WIDTH).enumerate() {
            let (top, bottom, down) = neighbours(y, CELL_HEIGHT, CELLS_Y);
            let cells: [Change; CELLS_X] = std::array::from_fn(|x| {
                self.0[top * CELLS_X + x].towards(self.0[bottom * CELLS_X + x], down)
            });
            lit.extend(row.iter().zip(columns).map(|(value, (left, right, across))| {
                value.map(|value| cells[left].towards(cells[right], across).of(value).clamp(0.0, 255.0))
            }));
        }
        lit
    }
}

/// The cells whose middles lie on either side of a place, and how near it is to the second one's, 0 to 1.
fn neighbours(place: usize, size: usize, count: usize) -> (usize, usize, f32) {
    let at = ((place as f32 + 0.5) / size as f32 - 0.5).clamp(0.0, (count - 1) as f32);
    let first = at as usize;
    (first, (first + 1).min(count - 1), at - first as f32)
}

fn cell_of(pixel: usize) -> usize {
    pixel / WIDTH / CELL_HEIGHT * CELLS_X + pixel % WIDTH / CELL_WIDTH
}

/// The median change of the cells that kept their pattern; where few did, the change of the whole picture's mean.
fn common(own: &[Option<Change>], sums: &[Sums]) -> Change {
    let known: Vec<Change> = own.iter().flatten().copied().collect();
    if known.len() < CELLS / 8 {
        let total = |of: fn(&Sums) -> f32| sums.iter().map(of).sum::<f32>();
        let count = total(|sums| sums.count).max(1.0);
        return Change { gain: 1.0, offset: (total(|sums| sums.now) - total(|sums| sums.before)) / count };
    }
    let median = |of: fn(&Change) -> f32| {
        let mut values: Vec<f32> = known.iter().map(of).collect();
        values.sort_by(f32::total_cmp);
        values[values.len() / 2]
    };
    Change { gain: median(|change| change.gain), offset: median(|change| change.offset) }
}

/// The change of a cell without a pattern: its own, where the light of the cells around it changed about as much.
fn lit_like_neighbours(cell: usize, stayed: &[Option<Change>], sums: &Sums, kind: Kind) -> Option<Change> {
    let (x, y) = (cell % CELLS_X, cell / CELLS_X);
    let mean = sums.mean_before();
    let (mut sum, mut count) = (0.0_f32, 0.0_f32);
    for near_y in y.saturating_sub(1)..=(y + 1).min(CELLS_Y - 1) {
        for near_x in x.saturating_sub(1)..=(x + 1).min(CELLS_X - 1) {
            if let Some(change) = stayed[near_y * CELLS_X + near_x] {
                (sum, count) = (sum + change.of(mean) - mean, count + 1.0);
            }
        }
    }
    let (around, own) = (sum / count.max(1.0), sums.mean_now() - mean);
    let is_light = count > 0.0 && (own - around).abs() <= 0.5 * around.abs() + 1.0;
    is_light.then(|| kind.change(mean, sums.mean_now()))
}

impl Sums {
    fn mean_before(&self) -> f32 {
        self.before / self.count.max(1.0)
    }

    fn mean_now(&self) -> f32 {
        self.now / self.count.max(1.0)
    }

    /// How far brightness spreads, before and now.
    fn spreads(&self) -> (f32, f32) {
        let spread = |squares: f32, mean: f32| (squares / self.count.max(1.0) - mean * mean).max(0.0).sqrt();
        (spread(self.before_squared, self.mean_before()), spread(self.now_squared, self.mean_now()))
    }

    fn is_plain(&self) -> bool {
        let (before, now) = self.spreads();
        self.count > 0.0 && before < PATTERN && now < PATTERN
    }

    fn add(&mut self, before: f32, now: f32) {
        self.count += 1.0;
        self.before += before;
        self.now += now;
        self.before_squared += before * before;
        self.now_squared += now * now;
        self.product += before * now;
    }

    /// `None` without a pattern, or when the pattern did not stay.
    fn change(&self, kind: Kind) -> Option<Change> {
        let (before, now) = (self.mean_before(), self.mean_now());
        let (spread_before, spread_now) = self.spreads();
        if spread_before < PATTERN || spread_now < PATTERN {
            return None;
        }
        let product = self.product / self.count.max(1.0);
        let correlation = (product - before * now) / (spread_before * spread_now);
        let gain = spread_now / spread_before;
        let is_light = correlation >= STAYED && (1.0 / STRONGEST..=STRONGEST).contains(&gain);
        is_light.then(|| kind.change(before, now))
    }
}
