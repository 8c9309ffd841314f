//! What a window sees as it moves over rows and columns.

/// Where a window of `size` that moves by `stride` over a side of `length` lies, padded evenly (TensorFlow's "same").
#[derive(Clone, Copy)]
pub(crate) struct Side {
    length: usize,
    size: usize,
    stride: usize,
    before: usize,
    /// Positions of the window.
    pub(crate) count: usize,
}

impl Side {
    /// `None` when one of the figures is zero.
    pub(crate) fn new(length: usize, size: usize, stride: usize) -> Option<Self> {
        if length == 0 || size == 0 || stride == 0 {
            return None;
        }
        let count = length.div_ceil(stride);
        let covered = (count - 1).checked_mul(stride)?.checked_add(size)?;
        Some(Self { length, size, stride, before: covered.saturating_sub(length) / 2, count })
    }

    /// Places of the window at a position that lie inside: place in the window, place on the side.
    fn places(self, position: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..self.size).filter_map(move |place| {
            let at = (position * self.stride + place).checked_sub(self.before)?;
            (at < self.length).then_some((place, at))
        })
    }
}

/// A window that moves over rows and columns.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) rows: Side,
    pub(crate) columns: Side,
}

impl Window {
    /// Calls `each` with every place inside the window at a position: its number, and the pixel that it lies on.
    #[inline(always)]
    pub(super) fn places(&self, row: usize, column: usize, mut each: impl FnMut(usize, usize)) {
        for (y, from_row) in self.rows.places(row) {
            for (x, from_column) in self.columns.places(column) {
                each(y * self.columns.size + x, from_row * self.columns.length + from_column);
            }
        }
    }

    /// Lays what the window sees at each position side by side, `width` values a position, the rest zero.
    pub(crate) fn unfold(&self, values: &[i16], channels: usize, width: usize, unfolded: &mut Vec<i16>) {
        unfolded.clear();
        unfolded.resize(self.rows.count * self.columns.count * width, 0);
        for (position, seen) in unfolded.chunks_exact_mut(width).enumerate() {
            let (row, column) = (position / self.columns.count, position % self.columns.count);
            self.places(row, column, |place, pixel| {
                let from = &values[pixel * channels..(pixel + 1) * channels];
                seen[place * channels..(place + 1) * channels].copy_from_slice(from);
            });
        }
    }
}
