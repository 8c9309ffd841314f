//! How stored pictures are turned before they are shown.

use ffmpeg_next::Stream;
use ffmpeg_next::codec::packet::side_data::Type as SideData;
use model::Rotation;

/// A mirroring followed by a turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Orientation {
    /// Left and right are swapped first …
    pub(crate) mirrored: bool,
    /// … then the picture is turned.
    pub(crate) rotation: Rotation,
}

impl Orientation {
    /// What the stream's display matrix asks for, to the nearest quarter turn.
    pub(crate) fn of(stream: &Stream<'_>) -> Self {
        stream
            .side_data()
            .find(|data| data.kind() == SideData::DisplayMatrix)
            .and_then(|data| Self::from_matrix(data.data()))
            .unwrap_or_default()
    }

    /// Reads the nine 32-bit numbers of a display matrix, of which four say how the axes lie.
    fn from_matrix(bytes: &[u8]) -> Option<Self> {
        let entry = |index: usize| {
            let bytes: [u8; 4] = bytes.get(index * 4..index * 4 + 4)?.try_into().ok()?;
            Some(i64::from(i32::from_ne_bytes(bytes)))
        };
        let (a, b, c, d) = (entry(0)?, entry(1)?, entry(3)?, entry(4)?);
        let mirrored = a * d - b * c < 0;
        // After the mirroring is taken off, only a rotation is left: its cosine and sine tell the quarter.
        let (cosine, sine) = if mirrored { (-a, -b) } else { (a, b) };
        let rotation = match (cosine.abs() >= sine.abs(), cosine < 0, sine < 0) {
            (true, false, _) => Rotation::None,
            (true, true, _) => Rotation::Half,
            (false, _, false) => Rotation::Right,
            (false, _, true) => Rotation::Left,
        };
        Some(Self { mirrored, rotation })
    }

    /// The four numbers of a display matrix that say how the axes lie, row by row.
    pub(crate) fn matrix(self) -> [i32; 4] {
        let [a, b, c, d] = match self.rotation {
            Rotation::None => [1, 0, 0, 1],
            Rotation::Right => [0, 1, -1, 0],
            Rotation::Half => [-1, 0, 0, -1],
            Rotation::Left => [0, -1, 1, 0],
        };
        if self.mirrored { [-a, -b, c, d] } else { [a, b, c, d] }
    }

    /// True when width and height change places.
    pub(crate) fn swaps_sides(self) -> bool {
        matches!(self.rotation, Rotation::Right | Rotation::Left)
    }

    /// FFmpeg filters that do the same to pixels.
    pub(crate) fn filters(self) -> Vec<&'static str> {
        let mut filters = Vec::new();
        if self.mirrored {
            filters.push("hflip");
        }
        match self.rotation {
            Rotation::None => {}
            Rotation::Right => filters.push("transpose=clock"),
            Rotation::Half => filters.extend(["hflip", "vflip"]),
            Rotation::Left => filters.push("transpose=cclock"),
        }
        filters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_matrix_becomes_a_mirroring_and_a_turn() {
        let check = |[a, b, c, d]: [i32; 4], mirrored, rotation| {
            let matrix = [a, b, 0, c, d, 0, 0, 0, 1 << 14].map(|value| value << 16);
            let bytes: Vec<u8> = matrix.iter().flat_map(|value: &i32| value.to_ne_bytes()).collect();
            let expected = Some(Orientation { mirrored, rotation });
            assert_eq!(
                Orientation::from_matrix(&bytes),
                expected,
                "the matrix [{a} {b}; {c} {d}] was misread"
            );
            assert_eq!(
                expected.map(Orientation::matrix),
                Some([a, b, c, d]),
                "and is written as it was read"
            );
        };
        check([1, 0, 0, 1], false, Rotation::None);
        check([0, 1, -1, 0], false, Rotation::Right);
        check([-1, 0, 0, -1], false, Rotation::Half);
        check([0, -1, 1, 0], false, Rotation::Left);
        check([-1, 0, 0, 1], true, Rotation::None);
        check([1, 0, 0, -1], true, Rotation::Half);
        check([0, 1, 1, 0], true, Rotation::Left);
        check([0, -1, -1, 0], true, Rotation::Right);
        assert_eq!(Orientation::from_matrix(&[0; 7]), None, "half a matrix says nothing");
    }
}
