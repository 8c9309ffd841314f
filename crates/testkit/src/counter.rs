//! Frame numbers that can be read back from a picture, however small, coarse or cropped by a pixel it has become.

/// Upright bars side by side: two that tell the orientation (white, black), then the number, highest bit first, then a
/// black one, so that a mirrored counter does not begin with white.
const BARS: usize = 16;

/// Numbers below this can be drawn.
const LIMIT: u32 = 1 << (BARS - 3);

/// Brightness of white and black in broadcast range.
const LEVELS: [u8; 2] = [16, 235];

/// The luma of a picture that shows `number`.
///
/// # Panics
/// When the number is 8192 or more.
#[must_use]
pub fn draw_counter(number: u32, width: usize, height: usize) -> Vec<u8> {
    assert!(number < LIMIT, "{number} does not fit into the bars");
    let row: Vec<u8> = (0..width).map(|x| LEVELS[usize::from(bar(number, x * BARS / width))]).collect();
    row.repeat(height)
}

/// The number a picture shows; `None` when it is mirrored, turned, or no counter at all.
#[must_use]
pub fn read_counter(luma: &[u8], width: usize, height: usize) -> Option<u32> {
    let bright = |bar: usize| {
        let (left, right) = (bar * width / BARS, (bar + 1) * width / BARS);
        let margin = (right - left) / 4;
        let (top, bottom) = (height / 4, (height - height / 4).max(height / 4 + 1));
        let columns = left + margin..(right - margin).max(left + margin + 1);
        let values: Vec<u32> = (top..bottom)
            .flat_map(|y| columns.clone().map(move |x| u32::from(luma[y * width + x])))
            .collect();
        values.iter().sum::<u32>() / values.len() as u32 > 127
    };
    let bits = (2..BARS - 1).fold(0, |number, bar| number << 1 | u32::from(bright(bar)));
    (bright(0) && !bright(1) && !bright(BARS - 1)).then_some(bits)
}

fn bar(number: u32, index: usize) -> bool {
    match index {
        0 => true,
        1 => false,
        index if index == BARS - 1 => false,
        index => number >> (BARS - 2 - index) & 1 == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_can_be_read() {
        for number in [0, 1, 77, 4_095, 8_191] {
            assert_eq!(read_counter(&draw_counter(number, 128, 72), 128, 72), Some(number));
        }
        let mirrored: Vec<u8> = draw_counter(77, 128, 72).into_iter().rev().collect();
        assert_eq!(read_counter(&mirrored, 128, 72), None, "an upside-down counter must not be read");
    }
}
