//! How large the pictures of a clip are.

/// Sizes that differ by less than this share are taken for the same shape: thin black bars would only be noticed.
const SAME_SHAPE: f64 = 0.01;

/// The size of written pictures, in square pixels, all sides even.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PictureSize {
    /// Of the source's picture, scaled.
    pub(crate) picture: (u32, u32),
    /// Of what is written: the picture in the middle, black around it.
    pub(crate) canvas: (u32, u32),
}

impl PictureSize {
    /// Pictures without anything around them.
    pub(crate) fn plain(size: (u32, u32)) -> Self {
        Self { picture: size, canvas: size }
    }

    /// What becomes of a picture that is shown as `shown`: nothing wanted keeps its size, one side wanted makes the other
    /// follow its shape, both are met to the pixel by black bars.
    pub(crate) fn of(shown: (u32, u32), width: Option<u32>, height: Option<u32>) -> Self {
        let (shown_width, shown_height) = (f64::from(shown.0.max(1)), f64::from(shown.1.max(1)));
        match (width, height) {
            (None, None) => Self::plain((even(f64::from(shown.0 & !1)), even(f64::from(shown.1 & !1)))),
            (Some(width), None) => {
                Self::plain((even(width.into()), even(f64::from(width) * shown_height / shown_width)))
            }
            (None, Some(height)) => {
                Self::plain((even(f64::from(height) * shown_width / shown_height), even(height.into())))
            }
            (Some(width), Some(height)) => {
                let canvas = (even(width.into()), even(height.into()));
                let (across, down) = (f64::from(canvas.0) / shown_width, f64::from(canvas.1) / shown_height);
                let scale = across.min(down);
                if across.max(down) / scale <= 1.0 + SAME_SHAPE {
                    return Self::plain(canvas);
                }
                let fitted = |side: f64, limit: u32| even(side * scale).min(limit);
                Self { picture: (fitted(shown_width, canvas.0), fitted(shown_height, canvas.1)), canvas }
            }
        }
    }
}

/// The nearest even number, at least two.
fn even(side: f64) -> u32 {
    ((side / 2.0).round() as u32).saturating_mul(2).max(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_side_follows_the_picture_and_sides_are_even() {
        let check = |shown, width, height, expected| {
            let size = PictureSize::of(shown, width, height);
            assert_eq!(size, PictureSize::plain(expected), "{shown:?} for {width:?} by {height:?}");
        };
        check((1_919, 1_081), None, None, (1_918, 1_080));
        check((1_919, 1_080), Some(960), None, (960, 540));
        check((1_919, 1_080), None, Some(540), (960, 540));
        check((1_080, 1_920), Some(360), None, (360, 640));
        check((854, 480), None, Some(720), (1_282, 720));
    }

    #[test]
    fn both_sides_are_met_with_bars_unless_the_shape_is_the_same() {
        let check = |shown, (width, height), picture| {
            let size = PictureSize::of(shown, Some(width), Some(height));
            assert_eq!(size.canvas, (width, height), "exactly what was asked for");
            assert_eq!(size.picture, picture, "{shown:?} within {width} by {height}");
        };
        check((1_920, 1_080), (1_280, 720), (1_280, 720));
        check((854, 480), (1_920, 1_080), (1_920, 1_080));
        check((1_920, 1_080), (1_080, 1_920), (1_080, 608));
        check((1_080, 1_920), (1_920, 1_080), (608, 1_080));
        check((640, 480), (1_920, 1_080), (1_440, 1_080));
    }
}
